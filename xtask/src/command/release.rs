//! `release`: the client as its users get it, tried alone, and handed to the registry.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use super::ci::CLIENT;
use super::{Failure, Outcome};
use crate::process;
use crate::terminal::{complain, say};
use crate::workspace;

/// Package the client, test the package by itself, and rehearse its publication.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The tag that is released, `client-v` and the version: the manifest and the changelog must agree with it.
    #[arg(long)]
    tag: Option<String>,
    /// Publish the package, where the tag is given too.
    #[arg(long, requires = "tag")]
    publish: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let root = workspace::root();
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
    let manifest = read("generated-client/Cargo.toml");
    let stated = |key: &str| manifest.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    let version = stated("version").unwrap_or_default().trim_matches('"');
    if let Some(tag) = &arguments.tag {
        let obstacle = if *tag != format!("client-v{version}") {
            Some(format!("the tag is {tag}, and the client's version is {version}: the tag of it is client-v{version}"))
        } else if !read("CHANGELOG.md").contains(&format!("\n## [{version}]")) {
            Some(format!(
                "CHANGELOG.md has no section `## [{version}]`: give what is unreleased that heading, and the date"
            ))
        } else if stated("repository").is_none() {
            Some("generated-client/Cargo.toml has no `repository`: write where this repository is published".to_owned())
        } else {
            released_before(tag).and_then(|(before, listing)| due(&before, version, &listing, &read(LISTING)))
        };
        if let Some(obstacle) = obstacle {
            complain(format_args!("error: {obstacle}"));
            return Ok(Outcome::Failed);
        }
    }
    let package = format!("target/package/{CLIENT}-{version}/Cargo.toml");
    let dirty = if arguments.tag.is_some() { None } else { Some("--allow-dirty") };
    let rehearsal = if arguments.publish { None } else { Some("--dry-run") };
    let steps = [
        // Cargo unpacks what it verifies, and the next step tests just that.
        vec!["package", "--package", CLIENT],
        vec![
            "test",
            "--manifest-path",
            &package,
            "--features",
            "http2,mock,service-account,tracing",
            "--target-dir",
            "target/alone",
        ],
        vec!["publish", "--package", CLIENT, "--no-verify"],
    ];
    for (index, mut step) in steps.into_iter().enumerate() {
        // The package that is tested is no checkout, and knows no changes.
        step.extend(dirty.filter(|_| index != 1));
        step.extend(rehearsal.filter(|_| index == 2));
        say(format_args!("==> cargo {}", step.join(" ")));
        let outcome = process::run(process::cargo().args(&step))?;
        if outcome != Outcome::Fine {
            return Ok(outcome);
        }
    }
    Ok(Outcome::Fine)
}

/// The list of what the client offers.
const LISTING: &str = "generated-client/API.txt";

/// The version that was released last before a tag, and what it offered; nothing where git knows of none.
fn released_before(tag: &str) -> Option<(String, String)> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).current_dir(workspace::root()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let tags = git(&["tag", "--list", "client-v*", "--sort=-version:refname"])?;
    let before = tags.lines().find(|other| *other != tag)?;
    let listing = git(&["show", &format!("{before}:{LISTING}")])?;
    Some((before.trim_start_matches("client-v").to_owned(), listing))
}

/// Why a version may not follow another: what the other one offered is gone or changed, and the version says that it is not.
fn due(before: &str, version: &str, offered: &str, offers: &str) -> Option<String> {
    // Of a version 0.x the minor number says so, and of others the major one.
    let promise = |version: &str| -> Vec<String> {
        let numbers: Vec<String> = version.split('.').map(str::to_owned).collect();
        let kept = if numbers.first().is_some_and(|major| major == "0") { 2 } else { 1 };
        numbers.into_iter().take(kept).collect()
    };
    if promise(before) != promise(version) {
        return None;
    }
    let offers: BTreeSet<&str> = offers.lines().collect();
    let mut lost = offered.lines().filter(|line| !line.starts_with('#') && !offers.contains(line));
    let first = lost.next()?;
    let more = lost.count();
    Some(format!(
        "{LISTING} lost or changed {} since {before}, such as `{first}`: {version} must be raised further",
        if more == 0 { "a line".to_owned() } else { format!("{} lines", more + 1) }
    ))
}

#[cfg(test)]
mod tests {
    use super::due;

    #[test]
    fn what_is_lost_raises_the_version() {
        let (offered, fewer) = ("# Header\nA: u8\nB: u8\n", "# Other\nA: u8\nB: u16\nC: u8\n");
        for (before, version) in [("0.1.0", "0.1.1"), ("1.2.3", "1.3.0")] {
            let why = due(before, version, offered, fewer).unwrap();
            assert!(why.contains("a line") && why.contains("`B: u8`"), "{why}");
        }
        for (before, version) in [("0.1.0", "0.2.0"), ("0.9.0", "1.0.0"), ("1.2.3", "2.0.0")] {
            assert_eq!(due(before, version, offered, fewer), None, "{before} {version}");
        }
        assert_eq!(due("0.1.0", "0.1.1", fewer, &format!("{fewer}D: u8\n")), None);
    }
}
