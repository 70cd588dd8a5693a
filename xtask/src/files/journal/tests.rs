//! A write that is killed, fails, meets another, or meets somebody's own files.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::SourceFile;

use super::super::{Difference, FilesError, Lock, Output, STAGING, compare, recover};
use super::{Direction, draft, exists, path, prepare, write};

const MANIFEST: &str = "src/manifest.txt";

fn file(path: &str, contents: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), contents: contents.to_owned() }
}

fn old() -> Vec<SourceFile> {
    vec![file("a.rs", "old"), file("deep/gone.rs", "old"), file("same.rs", "same"), file("z.rs", "old")]
}

fn new() -> Vec<SourceFile> {
    vec![file("a.rs", "new"), file("other/new.rs", "new"), file("same.rs", "same"), file("z.rs", "new")]
}

fn regenerate(root: &Path, files: &[SourceFile]) -> Result<usize, FilesError> {
    let output = Output::new(root, MANIFEST);
    let lock = output.lock(|| panic!("nobody else is there"))?;
    let differences = output.compare(files, false)?;
    output.write(&lock, files, &differences).map(|()| differences.len())
}

/// Everything below the root, staging included.
fn tree(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut pending = vec![root.to_path_buf()];
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                found.push((name + "/", String::new()));
                pending.push(path);
            } else {
                found.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// A tree with the old files, and what `prepare` is asked for on the way to the new ones.
fn scene(root: &Path) -> (Vec<SourceFile>, Vec<Difference>) {
    regenerate(root, &old()).unwrap();
    let output = Output::new(root, MANIFEST);
    (output.with_manifest(&new()), output.compare(&new(), false).unwrap())
}

fn tree_of(files: &[SourceFile]) -> Vec<(String, String)> {
    let home = tempfile::tempdir().unwrap();
    regenerate(home.path(), files).unwrap();
    tree(home.path())
}

#[test]
fn files_are_written_replaced_and_removed_and_nothing_else_is_left() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("new").join("folder");
    assert_eq!(regenerate(&root, &old()).unwrap(), 5);
    assert_eq!(regenerate(&root, &new()).unwrap(), 5, "all but the one that is the same");
    let names: Vec<String> = tree(&root).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.rs", "other/", "other/new.rs", "same.rs", "src/", "src/manifest.txt", "z.rs"]);
    let written = || std::fs::metadata(root.join("a.rs")).unwrap().modified().unwrap();
    let before = written();
    assert_eq!(regenerate(&root, &new()).unwrap(), 0);
    assert_eq!(written(), before, "what is the same is not written");
}

#[test]
fn a_kill_after_any_step_ends_with_all_old_or_all_new() {
    let (all_old, all_new) = (tree_of(&old()), tree_of(&new()));
    let steps = 5;
    for done in 0..=steps {
        for undone in [None, Some(0), Some(done / 2), Some(done)] {
            let home = tempfile::tempdir().unwrap();
            let root = home.path();
            let (files, differences) = scene(root);
            let killed = Lock::take(root, || ()).unwrap();
            let mut journal = prepare(root, &files, &differences).unwrap();
            assert_eq!(journal.steps.len(), steps);
            journal.record(root).unwrap();
            journal.steps[..done].iter().for_each(|step| step.forward(root).unwrap());
            if let Some(undone) = undone {
                journal.direction = Direction::Back;
                journal.record(root).unwrap();
                journal.steps[..undone].iter().for_each(|step| step.back(root).unwrap());
            }
            drop(killed);
            assert!(exists(root), "the lock of a killed process takes no journal along");
            recover(root, || ()).unwrap();
            let expected = if undone.is_some() { &all_old } else { &all_new };
            assert_eq!(tree(root), *expected, "{done} steps done, {undone:?} taken back");
        }
    }
}

#[test]
fn a_kill_while_files_are_staged_ends_with_all_old() {
    let home = tempfile::tempdir().unwrap();
    let (files, differences) = scene(home.path());
    prepare(home.path(), &files, &differences).unwrap();
    std::fs::write(draft(home.path()), "{\"dir").unwrap();
    assert!(!exists(home.path()));
    recover(home.path(), || ()).unwrap();
    assert_eq!(tree(home.path()), tree_of(&old()));
}

#[test]
fn a_failure_in_the_middle_takes_everything_back() {
    let home = tempfile::tempdir().unwrap();
    let (files, differences) = scene(home.path());
    let before = tree(home.path());
    let lock = Lock::take(home.path(), || ()).unwrap();
    // Somebody is quicker: a folder stands where a file has to go, after others have been put in place.
    std::fs::create_dir_all(home.path().join("other/new.rs/inside")).unwrap();
    let error = write(home.path(), &files, &differences).unwrap_err().to_string();
    assert!(error.contains("new.rs: cannot be put in place"), "{error}");
    std::fs::remove_dir_all(home.path().join("other")).unwrap();
    drop(lock);
    assert_eq!(tree(home.path()), before);
}

#[test]
fn what_cannot_be_finished_is_kept_for_the_next_command() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path();
    let (files, differences) = scene(root);
    prepare(root, &files, &differences).unwrap().record(root).unwrap();
    std::fs::create_dir(root.join("other")).unwrap();
    std::fs::write(root.join("other/new.rs"), "mine").unwrap();
    let error = recover(root, || ()).unwrap_err().to_string();
    assert!(
        error.contains("other/new.rs: there is another file now; an interrupted write cannot be finished"),
        "{error}"
    );
    assert_eq!(std::fs::read_to_string(root.join("other/new.rs")).unwrap(), "mine");
    std::fs::remove_file(root.join("other/new.rs")).unwrap();
    recover(root, || ()).unwrap();
    assert_eq!(tree(root), tree_of(&new()));
}

#[test]
fn a_journal_that_leads_out_of_the_folder_or_is_none_is_refused() {
    for (journal, expected) in [
        (r#"{"direction":"forward","steps":[{"path":"../a.rs","action":"remove","had_old":true}]}"#, "is outside of"),
        ("[]", "the record of an interrupted write cannot be read"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("root");
        std::fs::write(home.path().join("a.rs"), "mine").unwrap();
        std::fs::create_dir_all(root.join(STAGING)).unwrap();
        std::fs::write(path(&root), journal).unwrap();
        let error = recover(&root, || ()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert!(home.path().join("a.rs").exists());
    }
}

#[test]
fn one_writer_waits_for_the_other() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path();
    regenerate(root, &old()).unwrap();
    let first = Lock::take(root, || ()).unwrap();
    std::thread::scope(|scope| {
        let (tell, told) = std::sync::mpsc::channel();
        let second = scope.spawn(move || {
            let lock = Lock::take(root, || tell.send(()).unwrap()).unwrap();
            assert!(root.join(STAGING).join("lock").exists(), "its lock is one that others can see");
            drop(lock);
        });
        told.recv().unwrap();
        assert!(!second.is_finished());
        drop(first);
    });
    assert_eq!(tree(root), tree_of(&old()));
}

#[test]
fn only_listed_files_are_ours() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path();
    regenerate(root, &[file("a.rs", "1")]).unwrap();
    std::fs::write(root.join("b.rs"), codegen::render::MARK).unwrap();
    assert_eq!(regenerate(root, &[file("a.rs", "1")]).unwrap(), 0);
    let error = regenerate(root, &[file("a.rs", "2"), file("b.rs", "2")]).unwrap_err();
    assert!(matches!(error, FilesError::Foreign { .. }), "{error}");
    assert_eq!(std::fs::read_to_string(root.join("a.rs")).unwrap(), "1");
    let listed = BTreeSet::from(["a.rs".to_owned()]);
    let adopted = compare::compare(root, &listed, &[file("b.rs", "2")], true).unwrap();
    assert_eq!(adopted.len(), 2, "one to be removed, and one taken over: {adopted:?}");
    for path in ["../a.rs", "/a.rs", ""] {
        let error = regenerate(root, &[file(path, "")]).unwrap_err();
        assert!(matches!(error, FilesError::Outside { .. }), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_neither_followed_nor_read() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("root");
    regenerate(&root, &[file("a/b.rs", "1"), file("c.rs", "1")]).unwrap();
    let elsewhere = home.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::remove_dir_all(root.join("a")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, root.join("a")).unwrap();
    let error = regenerate(&root, &[file("a/b.rs", "2")]).unwrap_err().to_string();
    assert!(error.contains("this is a symbolic link"), "{error}");
    assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 0);

    std::fs::remove_file(root.join("a")).unwrap();
    std::fs::remove_file(root.join("c.rs")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(root.join("c.rs")).status().unwrap();
    assert!(made.success());
    let error = regenerate(&root, &[file("c.rs", "2")]).unwrap_err().to_string();
    assert!(error.contains("this is a pipe"), "{error}");
}
