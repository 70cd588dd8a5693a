//! What a command has started ends with it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::scratch::Scratch;

/// Whether a process of this number runs.
fn runs(process: &str) -> bool {
    Command::new("kill").args(["-0", process]).stderr(Stdio::null()).status().unwrap().success()
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_server_ends_with_the_command_that_started_it() {
    for signal in ["-TERM", "-HUP", "-INT"] {
        let scratch = Scratch::new();
        let (cargo, noted) = (scratch.path("cargo"), scratch.path("process"));
        scratch.write(
            "cargo",
            format!("#!/bin/sh\necho $$ > '{0}.new'\nmv '{0}.new' '{0}'\nexec sleep 60\n", noted.display()),
        );
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = scratch.command(&["mock"]).env("CARGO", &cargo).spawn().unwrap();
        until("nothing was started", || noted.exists());
        let server = fs::read_to_string(&noted).unwrap().trim().to_owned();
        assert!(runs(&server));

        assert!(Command::new("kill").args([signal, &command.id().to_string()]).status().unwrap().success());
        assert!(!command.wait().unwrap().success());
        until(&format!("after {signal} the server still runs"), || !runs(&server));
    }
}
