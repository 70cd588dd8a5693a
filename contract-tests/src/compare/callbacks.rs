//! Webhooks and callbacks, whose requests are sent the other way: servers of the new document send them, and clients of the old
//! one take them.

use std::collections::HashSet;

use serde_json::Value;

use super::change::{Direction, Verdict, Witness};
use super::comparing::Comparing;
use super::media::{self, Sent};
use super::operations::{key, line};
use super::{parameters, responses};
use crate::document::{Document, DocumentError, Operation, Pointer};

/// A request that servers send of their own accord.
pub(super) struct Call<'d> {
    /// What it is called by, whatever the names of parameters are.
    key: Vec<String>,
    subject: String,
    pub(super) operation: Operation<'d>,
}

/// All that servers send: webhooks, and the callbacks of operations.
pub(super) fn calls<'d>(document: &'d Document, operations: &[Operation<'d>]) -> Result<Vec<Call<'d>>, DocumentError> {
    let mut found = Vec::new();
    for operation in document.webhooks()? {
        let key = vec![operation.method.clone(), operation.path.to_owned()];
        found.push(Call { key, subject: format!("webhook {}", line(&operation)), operation });
    }
    for owner in operations {
        for (name, operation) in document.callbacks(owner)? {
            let (method, path) = key(owner);
            let key = vec![method, path, name.clone(), operation.method.clone(), operation.path.to_owned()];
            let subject = format!("{}, callback {name}: {}", line(owner), line(&operation));
            found.push(Call { key, subject, operation });
        }
    }
    Ok(found)
}

impl<'d> Comparing<'d> {
    /// Whether what stands in both documents says the same.
    pub(super) fn alike(&self) -> Alike<'d> {
        Alike::of(self.old.document, self.new.document)
    }

    /// Compares what servers send.
    pub(super) fn callbacks(&mut self, old: &[Call<'d>], new: &[Call<'d>]) {
        for before in old {
            match new.iter().find(|after| after.key == before.key) {
                Some(after) => self.call(&before.subject, &before.operation, &after.operation),
                None => {
                    let places = (Some(&before.operation.pointer), None);
                    let what = "the request is no longer sent";
                    let change = self.note(Verdict::Undecided, "callback-removed", &before.subject, what, places);
                    change.reason = Some("whether clients wait for it is not in the documents".into());
                }
            }
        }
        for after in new.iter().filter(|after| !old.iter().any(|before| before.key == after.key)) {
            let places = (None, Some(&after.operation.pointer));
            self.note(Verdict::Compatible, "callback-added", &after.subject, "the request is sent too", places);
        }
    }

    fn call(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        for before in &old.parameters {
            let after = new.parameters.iter().find(|after| parameters::same(old, before, new, after));
            if before.required && after.is_none_or(|after| !after.required) {
                let what = format!("the {} parameter `{}` may be missing now", before.place, before.name);
                let there = after.map_or(&new.pointer, |after| &after.pointer);
                self.refused(subject, what, (&before.pointer, there), format!("{subject} without `{}`", before.name));
            }
            if let Some(after) = after {
                if parameters::is_written_otherwise(self, before, after) {
                    let what = format!("the {} parameter `{}` is written otherwise", before.place, before.name);
                    let witness = format!("{subject} with `{}` as it is written now", before.name);
                    self.refused(subject, what, (&before.pointer, &after.pointer), witness);
                }
                self.value(("callback-parameter", Direction::Response), subject, before, after);
            }
        }
        if old.request_required && !new.request_required {
            let places = (&old.pointer, &new.pointer);
            self.refused(
                subject,
                "a request may come without a body".into(),
                places,
                format!("{subject} without a body"),
            );
        }
        for Sent { media_type, sender: after, taker } in media::sent(&new.request, &old.request) {
            let Some(before) = taker else {
                let what = format!("a request body of `{media_type}` is sent too");
                let witness = format!("{subject} with Content-Type: {media_type}");
                self.refused(subject, what, (&old.pointer, &after.pointer), witness);
                continue;
            };
            let name = format!("a request body of `{media_type}`");
            self.body(("callback-body", Direction::Response), subject, &name, (before, after));
            self.otherwise(subject, "encoding", &before.pointer, &after.pointer);
        }
        self.replies(subject, old, new);
        for keyword in
            ["callbacks", "security", "servers", "deprecated", "operationId", "summary", "description", "tags"]
        {
            self.otherwise(subject, keyword, &old.pointer, &new.pointer);
        }
    }

    /// What a server may no longer send, as a client refuses it that keeps to the old document.
    fn refused(&mut self, subject: &str, what: String, (old, new): (&Pointer, &Pointer), witness: String) {
        let change = self.note(Verdict::Breaking, "callback", subject, what, (Some(old), Some(new)));
        change.direction = Some(Direction::Response);
        change.witness = Some(Witness::Request(witness));
    }

    /// With what clients respond.
    fn replies(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        for before in &old.responses {
            let status = before.status;
            let Some(after) = responses::described(new, before) else {
                let what = format!("the response {status} is taken no more");
                let places = (Some(&before.pointer), Some(&new.pointer));
                let change = self.note(Verdict::Breaking, "callback-response", subject, what, places);
                change.direction = Some(Direction::Request);
                change.witness = Some(Witness::Response(format!("{status} to {subject}")));
                continue;
            };
            for Sent { media_type, sender: body, taker } in media::sent(&before.bodies, &after.bodies) {
                let name = format!("a response {status} of `{media_type}`");
                let Some(taker) = taker else {
                    // A body that nothing is said of is one that nobody reads.
                    let verdict = if after.bodies.is_empty() { Verdict::Compatible } else { Verdict::Breaking };
                    let what = format!("{name} is taken no more");
                    let places = (Some(&body.pointer), Some(&after.pointer));
                    let change = self.note(verdict, "callback-response", subject, what, places);
                    change.direction = Some(Direction::Request);
                    let is_breaking = verdict == Verdict::Breaking;
                    change.witness =
                        is_breaking.then(|| Witness::Response(format!("{status} of {media_type} to {subject}")));
                    continue;
                };
                self.body(("callback-response", Direction::Request), subject, &name, (body, taker));
            }
            self.otherwise(subject, "headers", &before.pointer, &after.pointer);
        }
    }

    /// What else is said of such a request, or of a part of it, which is not compared but for whether it is the same.
    fn otherwise(&mut self, subject: &str, keyword: &str, old: &Pointer, new: &Pointer) {
        let places = (old.child(keyword), new.child(keyword));
        let found = (self.old.document.at(&places.0), self.new.document.at(&places.1));
        let same = match &found {
            (Some(one), Some(other)) => self.alike().values(one.value, other.value),
            (one, other) => one.is_none() && other.is_none(),
        };
        if same {
            return;
        }
        let is_told = ["summary", "description", "tags", "deprecated"].contains(&keyword);
        let verdict = if is_told { Verdict::Compatible } else { Verdict::Undecided };
        let what = format!("`{keyword}` of a request that the server sends is another");
        let change = self.note(verdict, "callback", subject, what, (Some(&places.0), Some(&places.1)));
        if !is_told {
            change.reason = Some("of requests that servers send, parameters and bodies alone are compared".into());
        }
    }
}

/// Whether what stands in two documents says the same, references followed.
pub(super) struct Alike<'d> {
    old: &'d Document,
    new: &'d Document,
    /// Pairs that references have led to: what leads to them again says nothing new.
    seen: HashSet<(*const Value, *const Value)>,
}

impl<'d> Alike<'d> {
    pub(super) fn of(old: &'d Document, new: &'d Document) -> Self {
        Self { old, new, seen: HashSet::new() }
    }

    pub(super) fn values(&mut self, one: &'d Value, other: &'d Value) -> bool {
        let (before, after) = (followed(self.old, one), followed(self.new, other));
        if before.is_some() || after.is_some() {
            let (one, other) = (before.unwrap_or(one), after.unwrap_or(other));
            return !self.seen.insert((std::ptr::from_ref(one), std::ptr::from_ref(other))) || self.values(one, other);
        }
        match (one, other) {
            (Value::Object(one), Value::Object(other)) => {
                one.len() == other.len()
                    && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| self.values(value, other)))
            }
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| self.values(one, other))
            }
            _ => one == other,
        }
    }
}

/// What a reference leads to, where it leads anywhere.
fn followed<'d>(document: &'d Document, value: &Value) -> Option<&'d Value> {
    let target = Pointer::from_reference(value.get("$ref")?.as_str()?)?;
    document.at(&target).map(|found| found.value)
}
