//! What a command has started ends with it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::scratch::{DOCUMENT, Scratch};

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
            // The server is a process that was started by the one that was started.
            format!("#!/bin/sh\nsleep 60 &\necho $! > '{0}.new'\nmv '{0}.new' '{0}'\nwait\n", noted.display()),
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

#[test]
fn an_interrupted_run_keeps_no_verdict() {
    for cut_short in ["build", "judge"] {
        let scratch = Scratch::new();
        scratch.write("Cargo.lock", "version = 4\n");
        scratch.write("all/a.yaml", DOCUMENT);
        scratch.write("all/b.yaml", DOCUMENT);
        let mut command = scratch.command_with_builder(&["contract", "--generated", "all", "--keep", "kept"]);
        command.env("SLEEPS", cut_short).stderr(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let noted = scratch.path("log.process");
        until("nothing was started", || noted.exists() || child.try_wait().unwrap().is_some());

        assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
        let output = child.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
        assert!(!output.status.success() && said.contains("error: interrupted"), "{cut_short}: {said}");
        assert!(!said.contains("fault"), "{cut_short}: {said}");
        let kept = scratch.files("kept");
        assert!(
            kept.keys().all(|path| !path.ends_with("outcome.json") && !path.ends_with("summary.json")),
            "{kept:#?}"
        );
    }
}

/// The state of a process, as `ps` has it: `T` where it is stopped.
fn state(process: &str) -> String {
    let output = Command::new("ps").args(["-o", "state=", "-p", process]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn what_a_command_has_started_stops_and_goes_on_with_it() {
    let scratch = Scratch::new();
    let (cargo, noted) = (scratch.path("cargo"), scratch.path("process"));
    scratch.write(
        "cargo",
        format!("#!/bin/sh\nsleep 60 &\necho $! > '{0}.new'\nmv '{0}.new' '{0}'\nwait\n", noted.display()),
    );
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = scratch.command(&["mock"]).env("CARGO", &cargo).spawn().unwrap();
    until("nothing was started", || noted.exists());
    let (server, own) = (fs::read_to_string(&noted).unwrap().trim().to_owned(), command.id().to_string());
    let signal = |signal: &str| assert!(Command::new("kill").args([signal, &own]).status().unwrap().success());
    signal("-TSTP");
    until("not all of it stops", || state(&server).starts_with('T') && state(&own).starts_with('T'));
    signal("-CONT");
    until("not all of it goes on", || !state(&server).starts_with('T') && !state(&own).starts_with('T'));
    signal("-TERM");
    assert!(!command.wait().unwrap().success());
    until("the server still runs", || !runs(&server));
}
