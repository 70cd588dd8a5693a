//! What changed for a client's users between two generated sources: public items, fields, variants and methods.
//!
//! Only names and types are compared. Bodies, documentation and order are not part of what a user's code stands on.

mod expansion;
mod inventory;
mod items;
mod listing;
mod names;
mod tokens;
mod wording;

use std::collections::BTreeMap;
use std::fmt;

use crate::SourceFile;

use inventory::Entry;
pub use listing::list;

/// One change of what users of the client can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// There was no such name.
    Added {
        /// The path and, where it says something, the type.
        what: String,
    },
    /// The name is gone.
    Removed {
        /// The path.
        what: String,
    },
    /// The name stayed, what it stands for did not.
    Changed {
        /// The path.
        what: String,
        /// Its old type or signature.
        from: String,
        /// Its new one.
        to: String,
    },
}

/// A source that is not Rust, so that nothing can be said about its items.
#[derive(Debug, thiserror::Error)]
#[error("{path}:{line} is not valid Rust: expected {expected}")]
pub struct Unparsable {
    /// The file, as [`SourceFile::path`] names it.
    pub path: String,
    /// The line at which it stops being Rust.
    pub line: usize,
    expected: &'static str,
}

impl Unparsable {
    fn new(file: &SourceFile, at: usize, expected: &'static str) -> Self {
        let line = file.contents.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        Self { path: file.path.clone(), line, expected }
    }
}

/// Compares what users can name of two sets of sources, each of them whole, by the shortest name that it has.
/// The changes are sorted by path; the members of a whole item that came or went are not listed one by one.
///
/// # Errors
/// When a source cannot be parsed, which old files can be after a mistaken edit.
pub fn compare(old: &[SourceFile], new: &[SourceFile]) -> Result<Vec<Change>, Unparsable> {
    let named = |files| Ok(listing::named(files)?.0.into_iter().collect());
    let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) = (named(old)?, named(new)?);
    let mut changes = Vec::new();
    for (path, entry) in &old {
        match new.get(path) {
            None if is_told_by_owner(entry, &new, &old) => {}
            None => changes.push((path, Change::Removed { what: entry.label(path) })),
            Some(now) if now.text != entry.text => changes.push((
                path,
                Change::Changed { what: entry.label(path), from: entry.text.clone(), to: now.text.clone() },
            )),
            Some(_) => {}
        }
    }
    for (path, entry) in &new {
        if !old.contains_key(path) && !is_told_by_owner(entry, &old, &new) {
            changes.push((path, Change::Added { what: entry.label_with_text(path) }));
        }
    }
    changes.sort_by_key(|(path, _)| *path);
    Ok(changes.into_iter().map(|(_, change)| change).collect())
}

/// Whether the entry's owner is itself on one side only, so that naming the owner says enough.
fn is_told_by_owner(entry: &Entry, there: &BTreeMap<String, Entry>, here: &BTreeMap<String, Entry>) -> bool {
    entry.owner.as_ref().is_some_and(|owner| here.contains_key(owner) && !there.contains_key(owner))
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added { what } => write!(f, "+ {what}"),
            Self::Removed { what } => write!(f, "- {what}"),
            Self::Changed { what, from, to } => write!(f, "~ {what}: {from}, now {to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(old: &str, new: &str) -> Vec<String> {
        changes_of("pub mod types;", old, new)
    }

    /// The changes of a module `types`, of which the root says something.
    fn changes_of(root: &str, old: &str, new: &str) -> Vec<String> {
        let files = |types: &str| {
            let files = [("mod", root), ("types", types)];
            files.map(|(module, text)| SourceFile { path: format!("src/{module}.rs"), contents: text.to_owned() })
        };
        compare(&files(old), &files(new)).unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_interface_has_no_changes() {
        let old = "/// Old words.\npub struct A { pub a: u8, b: u8 } impl A { pub fn f(&self) -> u8 { 1 } }";
        let new = "pub struct A { b: u16, pub a: u8 } impl A { pub fn f(&self) -> u8 { 2 } fn g() {} }";
        assert_eq!(changes(old, new), [""; 0]);
    }

    #[test]
    fn fields_come_go_and_change() {
        let old = "pub struct A { pub memo: Option<String>, pub gone: u8 }";
        let new = "pub struct A { pub memo: Option<Memo>, pub come: Vec<u8> }";
        assert_eq!(
            changes(old, new),
            ["+ types::A.come: Vec<u8>", "- types::A.gone", "~ types::A.memo: Option<String>, now Option<Memo>"]
        );
    }

    #[test]
    fn variants_come_and_go() {
        assert_eq!(changes("pub enum E { A, B(String) }", "pub enum E { A, C }"), ["- types::E::B", "+ types::E::C"]);
    }

    #[test]
    fn a_whole_item_is_told_in_one_line() {
        assert_eq!(
            changes("", "pub struct A { pub a: u8 } impl A { pub fn f() {} } impl Clone for A {}"),
            ["+ types::A: struct"]
        );
    }

    #[test]
    fn methods_are_compared_by_signature() {
        assert_eq!(
            changes(
                "pub struct C; impl C { pub fn get<'a>(&'a self, id: i64) -> R<'a> { x() } }",
                "pub struct C; impl C { pub fn get<'a>(&'a self, id: i32) -> R<'a> { x() } }"
            ),
            ["~ types::C::get: fn(&'a self, id: i64) -> R<'a>, now fn(&'a self, id: i32) -> R<'a>"]
        );
    }

    #[test]
    fn a_deprecation_is_a_change() {
        assert_eq!(
            changes("pub struct A { pub a: u8 }", "pub struct A { #[deprecated(note = \"x\")] pub a: u8 }"),
            ["~ types::A.a: u8, now u8 (deprecated)"]
        );
    }

    #[test]
    fn what_a_type_may_hold_is_compared() {
        let memo = |length: &str| {
            format!("pub struct Memo(String); runtime::text!(Memo, rules {{ max_length: {length} }}.inline());")
        };
        assert_eq!(
            changes(&memo("Some(700)"), &memo("Some(701)")),
            ["~ types::Memo may hold: max_length: Some(700), now max_length: Some(701)"]
        );
        assert_eq!(changes("", &memo("Some(700)")), ["+ types::Memo: struct"]);
    }

    #[test]
    fn layout_is_no_change() {
        let call = |arguments| format!("pub struct A; impl A {{ pub fn f({arguments}) -> Vec<u8> {{ x() }} }}");
        assert_eq!(changes(&call("self, a: u8"), &call("self,\n a: u8,")), [""; 0]);
    }

    #[test]
    fn types_are_shown_as_people_write_them() {
        assert_eq!(
            changes("pub struct A;", "pub struct A { pub a: ::std::option::Option<::std::string::String> }"),
            ["+ types::A.a: Option<String>"]
        );
    }

    #[test]
    fn what_users_cannot_name_is_left_out() {
        assert_eq!(changes("mod hidden { pub struct A; } pub(crate) struct B;", ""), [""; 0]);
        let (old, new) = ("pub struct Shown; pub struct Check;", "pub struct Shown { pub a: u8 } pub struct Other;");
        assert_eq!(changes_of("mod types; pub use types::Shown;", old, new), ["+ Shown.a: u8"]);
        assert_eq!(changes_of("mod types;", old, new), [""; 0]);
    }

    #[test]
    fn trait_implementations_of_known_types_count() {
        assert_eq!(
            changes("pub struct A; impl TryFrom<&str> for A {}", "pub struct A; impl From<&str> for A {}"),
            ["+ types::A: From<&str>", "- types::A: TryFrom<&str>"]
        );
    }

    #[test]
    fn a_broken_source_is_named() {
        let broken = [SourceFile { path: "a.rs".to_owned(), contents: "pub struct".to_owned() }];
        assert_eq!(compare(&broken, &[]).unwrap_err().to_string(), "a.rs:1 is not valid Rust: expected a name");
    }
}
