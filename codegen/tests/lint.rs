//! Every rule bites on a fixture of its own, at the exact place, and a document without faults yields nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::diagnostic::Diagnostic;
use codegen::document::Document;
use codegen::files::joined;
use codegen::lint::{lint, rules};
use codegen::version::settled;
use loader::Files;

#[path = "generated/loader.rs"]
mod loader;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint")
}

/// The files that fixtures refer to.
fn beside(root: &str) -> Files {
    let folder = fixtures().join("files");
    let (mut files, mut open) = (BTreeMap::new(), vec![folder.clone()]);
    while let Some(next) = open.pop() {
        for path in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.strip_prefix(&folder).unwrap().display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    Files::of(root, files)
}

fn diagnose(path: &Path) -> Vec<Diagnostic> {
    let name = path.file_name().unwrap().to_string_lossy();
    let bytes = fs::read(path).unwrap();
    let files = beside(&name);
    let document = Document::parse(&name, &bytes).and_then(|document| joined(document, Some(&files)));
    document.map_or_else(|faults| faults, |document| lint(&settled(document)))
}

fn render(diagnostics: &[Diagnostic]) -> String {
    let lines = diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n    help: {}", diagnostic.help));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_fixture_yields_exactly_its_diagnostics() {
    let mut paths: Vec<PathBuf> = fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    insta::with_settings!({ snapshot_path => fixtures().join("snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
        for path in paths {
            let diagnostics = diagnose(&path);
            insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), render(&diagnostics));
        }
    });
}

#[test]
fn a_document_without_faults_yields_nothing() {
    assert_eq!(render(&diagnose(&fixtures().join("fine.yaml"))), "");
}

#[test]
fn every_rule_bites_on_the_fixture_of_its_name() {
    for rule in rules() {
        let diagnostics = diagnose(&fixtures().join(format!("{}.yaml", rule.id)));
        assert!(diagnostics.iter().any(|diagnostic| diagnostic.rule == rule.id), "{} finds nothing", rule.id);
        for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.rule == rule.id) {
            // A slip with one clear meaning is a warning, whatever the rule's level.
            assert!(diagnostic.level <= rule.level, "{}", rule.id);
            assert!(!diagnostic.help.is_empty(), "{} does not say what to do", rule.id);
            assert!(!diagnostic.message.ends_with('.'), "{} ends with a stop", rule.id);
        }
    }
}

#[test]
fn rules_are_sorted_unique_and_described() {
    let ids: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    for rule in rules() {
        assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
        assert!(rule.description.ends_with('.') && rule.description.len() > 10, "{}", rule.id);
    }
}

#[test]
fn diagnostics_come_in_the_order_of_the_text() {
    let diagnostics = diagnose(&fixtures().join("path-syntax.yaml"));
    assert!(diagnostics.is_sorted_by_key(|diagnostic| diagnostic.location.offset));
}

/// The document whose text stands in a fixture, with rules that its reader lowers.
fn generated(fixture: &str, allow: &[&str]) -> Result<String, String> {
    let bytes = fs::read(fixtures().join(fixture)).unwrap();
    let allow: Vec<String> = allow.iter().map(|rule| (*rule).to_owned()).collect();
    let files = beside(fixture);
    let input = codegen::Input { allow: &allow, files: Some(&files), ..codegen::Input::new(fixture, &bytes) };
    match input.generate(codegen::Layout::Module) {
        Ok(generated) => {
            let root = generated.files.into_iter().find(|file| file.path.ends_with("generated/mod.rs")).unwrap();
            Ok(root.contents)
        }
        Err(diagnostics) => Err(render(&diagnostics)),
    }
}

#[test]
fn an_error_is_lowered_one_rule_at_a_time_and_the_client_says_so() {
    // The document lowers one rule itself, and the other one is still an error.
    let refused = generated("x-lint.yaml", &[]).unwrap_err();
    assert!(refused.contains("warning[empty-enum]") && refused.contains("error[crossed-bounds]"), "{refused}");
    let root = generated("x-lint.yaml", &["crossed-bounds"]).unwrap();
    let head: Vec<&str> = root.lines().take_while(|line| line.starts_with("// ")).collect();
    assert_eq!(
        head[3..],
        [
            "// Findings of the rule `crossed-bounds` were let pass: --allow",
            "// Findings of the rule `empty-enum` were let pass: The registry fills them in later.",
        ]
    );
    // Where nobody could say how to read on, there is nothing to lower.
    let refused = generated("missing-field.yaml", &["missing-field"]).unwrap_err();
    assert!(refused.contains("error[missing-field]") && refused.contains("cannot be allowed"), "{refused}");
}

#[test]
fn every_error_that_can_be_lowered_leaves_a_client() {
    let all: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
    let mut lowered = 0;
    for path in fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match generated(&name, &all) {
            Ok(_) => lowered += usize::from(generated(&name, &[]).is_err()),
            Err(refused) => {
                assert!(!refused.contains("generator-defect"), "{name}:\n{refused}");
            }
        }
    }
    assert!(lowered >= 15, "{lowered}");
}
