//! Operation by operation: parameters, bodies and responses of one document beside those of the other.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::change::{Direction, Verdict, Witness};
use super::comparing::{Comparing, Part};
use super::media::{self, Sent};
use super::wire::Wire;
use crate::document::{Body, Document, Encoding, Located, MediaKind, Operation, Pointer, Style, essence};

/// What two documents have in common is what is called the same: a method and a path, whatever its parameters are called.
pub(super) fn key(operation: &Operation<'_>) -> (String, String) {
    let mut path = String::new();
    let mut within = false;
    for letter in operation.path.chars() {
        match letter {
            '{' => {
                within = true;
                path.push_str("{}");
            }
            '}' => within = false,
            _ if within => {}
            other => path.push(other),
        }
    }
    (operation.method.clone(), path)
}

pub(super) fn line(operation: &Operation<'_>) -> String {
    format!("{} {}", operation.method, operation.path)
}

impl<'d> Comparing<'d> {
    /// Compares all operations.
    pub(super) fn operations(&mut self, old: &[Operation<'d>], new: &[Operation<'d>]) {
        for before in old {
            let subject = line(before);
            match new.iter().find(|after| key(after) == key(before)) {
                Some(after) => self.operation(&subject, before, after),
                None => {
                    let what = format!("the operation `{}` is gone", before.id);
                    let change = self.note(
                        Verdict::Breaking,
                        "operation-removed",
                        &subject,
                        what,
                        (Some(&before.pointer), None),
                    );
                    change.direction = Some(Direction::Request);
                    change.witness = Some(Witness::Request(subject));
                }
            }
        }
        for after in new.iter().filter(|after| !old.iter().any(|before| key(before) == key(after))) {
            let what = format!("the operation `{}` is new", after.id);
            self.note(Verdict::Compatible, "operation-added", &line(after), what, (None, Some(&after.pointer)));
        }
    }

    fn operation(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        self.parameters(subject, old, new);
        self.request(subject, old, new);
        self.responses(subject, old, new);
        self.facts(subject, old, new);
    }

    fn request(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        let (before, after) = (place_of(&old.pointer, &old.request), place_of(&new.pointer, &new.request));
        let places = (Some(&before), Some(&after));
        if new.request_required && !old.request_required {
            let what = "a request body is required now";
            let change = self.note(Verdict::Breaking, "request-body-required", subject, what, places);
            change.direction = Some(Direction::Request);
            change.witness = Some(Witness::Request(format!("{subject} without a body")));
        } else if old.request_required && !new.request_required && !new.request.is_empty() {
            self.note(
                Verdict::Compatible,
                "request-body-required",
                subject,
                "the request body is optional now",
                places,
            );
        }
        for Sent { media_type, sender: body, taker } in media::sent(&old.request, &new.request) {
            let Some(covering) = taker else {
                let what = format!("a request body of `{media_type}` is taken no more");
                let change = self.note(
                    Verdict::Breaking,
                    "request-media-type-removed",
                    subject,
                    what,
                    (Some(&body.pointer), Some(&after)),
                );
                change.direction = Some(Direction::Request);
                change.witness = Some(Witness::Request(format!("{subject} with Content-Type: {media_type}")));
                continue;
            };
            let name = format!("a request body of `{media_type}`");
            self.body(("request-body", Direction::Request), subject, &name, (body, covering));
            self.encodings(subject, body, covering);
        }
        for body in new.request.iter().filter(|body| !old.request.iter().any(|known| media::overlap(known, body))) {
            let what = format!("a request body of `{}` is taken too", body.media_type);
            self.note(
                Verdict::Compatible,
                "request-media-type-added",
                subject,
                what,
                (Some(&before), Some(&body.pointer)),
            );
        }
    }

    /// How the properties of a form are written.
    fn encodings(&mut self, subject: &str, old: &Body<'d>, new: &Body<'d>) {
        let names: BTreeSet<&str> =
            old.encoding.iter().chain(&new.encoding).map(|encoding| encoding.property).collect();
        for name in names {
            let (before, after) = (old.encoding_of(name), new.encoding_of(name));
            let there = |body: &Body<'d>, found: Option<&Encoding<'d>>| {
                found.map_or_else(|| body.pointer.clone(), |found| found.pointer.clone())
            };
            let (one, other) = (there(old, before), there(new, after));
            let places = (Some(&one), Some(&other));
            let style = |body: &Body<'_>, found: Option<&Encoding<'_>>| {
                let stated = found.and_then(|found| found.style);
                // A form has a style where none is stated, a part has none.
                let usual = (body.kind() == MediaKind::Form).then_some((Style::Form, true));
                (stated.or(usual), found.is_some_and(|found| found.allow_reserved))
            };
            let what = format!("the property `{name}` of a form is written otherwise");
            if style(old, before) != style(new, after) {
                let change = self.note(Verdict::Breaking, "encoding", subject, what.as_str(), places);
                change.direction = Some(Direction::Request);
                change.witness = Some(Witness::Request(format!("{subject} with `{name}` written as it was")));
            }
            match (before.and_then(|found| found.content_type), after.and_then(|found| found.content_type)) {
                (Some(then), Some(now)) => {
                    let listed = |list: &str| list.split(',').map(essence).collect::<Vec<_>>();
                    let now = listed(now);
                    if let Some(gone) = listed(then).into_iter().find(|media_type| !now.contains(media_type)) {
                        let change = self.note(Verdict::Breaking, "encoding", subject, what.as_str(), places);
                        change.direction = Some(Direction::Request);
                        change.witness = Some(Witness::Request(format!("{subject} with `{name}` as {gone}")));
                    }
                }
                (None, None) => {}
                _ => {
                    let change = self.note(Verdict::Undecided, "encoding", subject, what.as_str(), places);
                    change.reason = Some("only one document states the media type of the property".into());
                }
            }
            let headers = |document: &'d Document, found: Option<&Encoding<'d>>| {
                found.and_then(|found| document.at(&found.pointer.child("headers"))).map(|found| found.value)
            };
            let same = match (headers(self.old.document, before), headers(self.new.document, after)) {
                (Some(one), Some(other)) => self.alike().values(one, other),
                (one, other) => one.is_none() && other.is_none(),
            };
            if !same {
                let change = self.note(Verdict::Undecided, "encoding", subject, what, places);
                change.reason = Some("headers of parts are not compared".into());
            }
        }
    }
}

/// Where the request body stands, or the operation that has none.
fn place_of(operation: &Pointer, bodies: &[Body<'_>]) -> Pointer {
    bodies.first().map_or_else(|| operation.clone(), |body| body.pointer.clone())
}

impl<'d> Comparing<'d> {
    /// The named schemas: those that are gone or new, as their names are part of what users write.
    pub(super) fn components(&mut self) {
        let (old, new) = (self.old.document.component_schemas(), self.new.document.component_schemas());
        for (name, schema) in &old {
            if !new.iter().any(|(other, _)| other == name) {
                let what = format!("the schema `{name}` is gone");
                self.note(Verdict::Compatible, "schema-removed", name, what, (Some(&schema.pointer), None));
            }
        }
        for (name, schema) in &new {
            if !old.iter().any(|(other, _)| other == name) {
                let what = format!("the schema `{name}` is new");
                self.note(Verdict::Compatible, "schema-added", name, what, (None, Some(&schema.pointer)));
            }
        }
        // What no operation leads to is there for others, who may send it and receive it.
        let reached = [reached(self.old.document), reached(self.new.document)];
        let is_reached = |schema: &Located<'d>| reached.iter().any(|reached| reached.contains(schema.pointer.as_str()));
        let mut unreached = old.clone();
        unreached.retain(|(_, schema)| self.old.has(&schema.pointer) && !is_reached(schema));
        for (name, before) in &unreached {
            let Some((_, after)) = new.iter().find(|(other, schema)| other == name && !is_reached(schema)) else {
                continue;
            };
            for direction in [Direction::Request, Direction::Response] {
                self.part(&Part {
                    kind: "schema",
                    subject: name,
                    direction,
                    name: &format!("a value of `{name}`"),
                    old: Some(before),
                    new: Some(after),
                    places: (&before.pointer, &after.pointer),
                    wire: Wire::Exact,
                });
            }
        }
    }
}

/// The places of whatever operations and webhooks lead to by references.
fn reached(document: &Document) -> HashSet<String> {
    fn gather<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#')));
                map.values().for_each(|inner| gather(inner, found));
            }
            Value::Array(list) => list.iter().for_each(|inner| gather(inner, found)),
            _ => {}
        }
    }
    let (mut open, mut reached) = (Vec::new(), HashSet::new());
    ["paths", "webhooks"]
        .iter()
        .filter_map(|field| document.root().get(field))
        .for_each(|root| gather(root, &mut open));
    while let Some(target) = open.pop() {
        if reached.insert(target.to_owned())
            && let Some(found) = Pointer::from_reference(&format!("#{target}")).and_then(|target| document.at(&target))
        {
            gather(found.value, &mut open);
            reached.insert(found.pointer.as_str().to_owned());
        }
    }
    reached
}
