//! `regenerate` killed at random moments, and two of them at once.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::scratch::{DOCUMENT, Scratch};

/// How often it is killed in the test command; `REGENERATE_KILLS` asks for more.
const KILLS: u32 = 16;

/// A document whose client differs in many files.
fn other() -> String {
    DOCUMENT.replace("Pet", "Animal").replace("title: Animals", "title: Animals of another kind")
}

fn tree(scratch: &Scratch) -> BTreeMap<String, Vec<u8>> {
    scratch.files("")
}

#[test]
fn killed_at_any_moment_it_leaves_all_old_or_all_new() {
    let kills = std::env::var("REGENERATE_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let scratch = Scratch::new();
    let documents = [DOCUMENT.to_owned(), other()];
    let whole = documents.clone().map(|document| {
        scratch.write("openapi/lineworks-partner.yaml", document);
        scratch.run(&["regenerate"]).ends(0);
        let mut files = tree(&scratch);
        files.remove("openapi/lineworks-partner.yaml");
        files
    });
    assert_ne!(whole[0], whole[1]);
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let (mut interrupted, mut within) = (0, 0);
    let start = Instant::now();
    scratch.run(&["regenerate", "--check"]).ends(0);
    let usual = start.elapsed();
    for round in 0..kills {
        let target = (round % 2) as usize;
        scratch.write("openapi/lineworks-partner.yaml", &documents[target]);
        let mut child = scratch.command(&["regenerate"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Half of them while files are being written: staged, or put in place.
        let awaited = [Some((".regenerate", 30_000)), Some((".regenerate/journal", 300)), None, None];
        let (file, longest) = awaited[(round / 2 % 4) as usize].unwrap_or(("", usual.as_micros() as u64));
        let file = scratch.path(file);
        while !file.exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        sleep(Duration::from_micros(chance.below(longest)));
        child.kill().unwrap();
        child.wait().unwrap();
        let journal = scratch.path(".regenerate/journal").exists();
        within += u32::from(scratch.path(".regenerate").exists());
        interrupted += u32::from(journal);
        for (path, contents) in tree(&scratch).iter().filter(|(path, _)| path.starts_with("generated-client/")) {
            assert!(whole.iter().any(|files| files.get(path) == Some(contents)), "{path} is neither old nor new");
        }
        if journal {
            scratch.run(&["regenerate", "--check"]).ends(4).says("a write was interrupted");
        }
        // A command that generates nothing finishes the write as well.
        scratch.run_with_cargo(&["ci"], "nothing", 0).ends(0);
        let mut files = tree(&scratch);
        files.remove("openapi/lineworks-partner.yaml");
        assert!(whole.contains(&files), "round {round}: {:?}", files.keys());
        // So that the next round has something to write, whatever came of this one.
        scratch.run(&["regenerate"]).ends(0);
    }
    println!(
        "{kills} kills, {within} of them while files were staged or written, {interrupted} after the write was decided"
    );
}

#[test]
fn two_at_once_end_as_one_after_the_other() {
    let scratch = Scratch::new();
    let [first, second] = [(), ()].map(|()| {
        let mut command = scratch.command(&["regenerate"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    });
    for child in [first, second] {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    scratch.run(&["regenerate", "--check"]).ends(0);
    assert!(!scratch.path(".regenerate").exists());
}

/// A generator of numbers that needs no crate: xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound.max(1)
    }
}
