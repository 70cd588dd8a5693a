//! Changes that no payload shows: names, credentials, servers, deprecation, descriptions.

use serde_json::Value;

use super::change::{Verdict, Witness};
use super::comparing::Comparing;
use super::difference::brief;
use crate::document::{Operation, Security};
use crate::oracle::PAGINATION;

impl<'d> Comparing<'d> {
    /// What changed of an operation beside its payloads.
    pub(super) fn facts(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        // An operation without an identifier is called by its method and path.
        let called =
            |operation: &Operation<'_>| operation.id.starts_with(&format!("{} /", operation.method.to_lowercase()));
        if old.id != new.id && !(called(old) && called(new)) {
            let what = format!("the operation is called `{}` instead of `{}`", new.id, old.id);
            let places = (old.pointer.child("operationId"), new.pointer.child("operationId"));
            self.note(Verdict::Breaking, "operation-id", subject, what, (Some(&places.0), Some(&places.1)));
        }
        self.security(subject, old, new);
        let gone: Vec<&str> = old.servers.iter().filter(|url| !new.servers.contains(url)).copied().collect();
        let come: Vec<&str> = new.servers.iter().filter(|url| !old.servers.contains(url)).copied().collect();
        // Those of the whole document are told once.
        let told = |changes: &[super::change::Change], what: &str| changes.iter().any(|change| change.what == what);
        for url in gone {
            let what = format!("the server {url} is gone");
            if !told(&self.changes, &what) {
                self.note(Verdict::Breaking, "server", subject, what, (Some(&old.pointer), Some(&new.pointer)));
            }
        }
        for url in come {
            let what = format!("the server {url} is new");
            if !told(&self.changes, &what) {
                self.note(Verdict::Compatible, "server", subject, what, (Some(&old.pointer), Some(&new.pointer)));
            }
        }
        for (keyword, kind) in [
            ("deprecated", "deprecation"),
            ("x-deprecated-reason", "deprecation"),
            ("x-sunset", "deprecation"),
            (PAGINATION, "pagination"),
            ("summary", "description"),
            ("description", "description"),
            ("tags", "tags"),
            ("externalDocs", "description"),
        ] {
            let at = |operation: &Operation<'_>, root: &Value| {
                root.pointer(operation.pointer.as_str())
                    .and_then(|found| found.get(keyword))
                    .cloned()
                    .unwrap_or_default()
            };
            let (before, after) = (at(old, self.old.document.root()), at(new, self.new.document.root()));
            if before != after && !(keyword == "deprecated" && old.deprecated == new.deprecated) {
                let what = format!("`{keyword}` is {} instead of {}", brief(&after), brief(&before));
                let places = (old.pointer.child(keyword), new.pointer.child(keyword));
                // Clients that follow the pages would follow them elsewhere, or not at all.
                let is_followed = keyword == PAGINATION && !before.is_null();
                let verdict = if is_followed { Verdict::Breaking } else { Verdict::Compatible };
                self.note(verdict, kind, subject, what, (Some(&places.0), Some(&places.1)));
            }
        }
    }

    /// Credentials that sufficed and no longer do.
    fn security(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        let nothing = [Security { schemes: Vec::new() }];
        let alternatives = |list: &'_ [Security]| if list.is_empty() { nothing.to_vec() } else { list.to_vec() };
        let (before, after) = (alternatives(&old.security), alternatives(&new.security));
        let same = |one: &Security, other: &Security| suffices(one, other) && suffices(other, one);
        let equal = before.len() == after.len() && before.iter().all(|one| after.iter().any(|other| same(one, other)));
        let moved = old.security.iter().flat_map(|one| &one.schemes).find(|(name, _)| {
            let (then, now) = (self.old.document.credential(name), self.new.document.credential(name));
            now.is_some() && then != now
        });
        let places = (Some(&old.pointer), Some(&new.pointer));
        if let Some((name, _)) = moved {
            let what = format!("the credential of `{name}` is sent in another place");
            let name = name.clone();
            let change = self.note(Verdict::Breaking, "security", subject, what, places);
            change.witness = Some(Witness::Request(format!("{subject} with the credential of `{name}` where it was")));
        }
        if equal {
            return;
        }
        match before.iter().find(|held| !after.iter().any(|asked| suffices(held, asked))) {
            Some(held) => {
                let what = format!("credentials that sufficed no longer do: {}", spelled(held));
                let change = self.note(Verdict::Breaking, "security", subject, what, places);
                change.witness = Some(Witness::Request(format!("{subject} with {}", spelled(held))));
            }
            None => {
                self.note(Verdict::Compatible, "security", subject, "other credentials suffice too, or fewer", places);
            }
        }
    }
}

/// Whether who holds some credentials has those that are asked for.
fn suffices(held: &Security, asked: &Security) -> bool {
    asked.schemes.iter().all(|(name, scopes)| {
        let own = held.schemes.iter().find(|(known, _)| known == name);
        own.is_some_and(|(_, own)| scopes.iter().all(|scope| own.contains(scope)))
    })
}

fn spelled(security: &Security) -> String {
    if security.schemes.is_empty() {
        return "no credentials".to_owned();
    }
    let one = |(name, scopes): &(String, Vec<String>)| match scopes.as_slice() {
        [] => format!("`{name}`"),
        scopes => format!("`{name}` with the scopes {}", scopes.join(", ")),
    };
    security.schemes.iter().map(one).collect::<Vec<_>>().join(" and ")
}
