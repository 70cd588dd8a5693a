//! Operation by operation: parameters, bodies and responses of one document beside those of the other.

use serde_json::Value;

use super::change::{Direction, Verdict, Witness};
use super::comparing::{Comparing, Part};
use super::responses::covering;
use crate::document::{Body, Document, Operation, Parameter, Pointer, Style, essence};

/// How many references are followed into each other.
const DEEPEST: usize = 5;

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

fn line(operation: &Operation<'_>) -> String {
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

    fn parameters(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        let mut met = Vec::new();
        for before in &old.parameters {
            let after = new.parameters.iter().position(|after| same(old, before, new, after));
            let Some((index, after)) = after.and_then(|index| Some((index, new.parameters.get(index)?))) else {
                let what = format!("the {} parameter `{}` is gone", before.place, before.name);
                self.note(
                    Verdict::Breaking,
                    "parameter-removed",
                    subject,
                    what,
                    (Some(&before.pointer), Some(&new.pointer)),
                );
                continue;
            };
            met.push(index);
            self.parameter(subject, before, after);
        }
        let come = new.parameters.iter().enumerate().filter(|(index, _)| !met.contains(index));
        for (_, after) in come {
            let what = format!("the {} parameter `{}` is new", after.place, after.name);
            let required = after.required;
            let places = (Some(&old.pointer), Some(&after.pointer));
            if required {
                let change =
                    self.note(Verdict::Breaking, "parameter-added", subject, format!("{what} and required"), places);
                change.direction = Some(Direction::Request);
                change.witness = Some(Witness::Request(format!("{subject} without `{}`", after.name)));
            } else {
                self.note(Verdict::Compatible, "parameter-added", subject, what, places);
            }
        }
    }

    fn parameter(&mut self, subject: &str, old: &Parameter<'d>, new: &Parameter<'d>) {
        let name = format!("a value of the {} parameter `{}`", old.place, old.name);
        let places = (Some(&old.pointer), Some(&new.pointer));
        if new.required && !old.required {
            let what = format!("the {} parameter `{}` is required now", old.place, old.name);
            let change = self.note(Verdict::Breaking, "parameter-required", subject, what, places);
            change.direction = Some(Direction::Request);
            change.witness = Some(Witness::Request(format!("{subject} without `{}`", old.name)));
        } else if old.required && !new.required {
            let what = format!("the {} parameter `{}` is optional now", old.place, old.name);
            self.note(Verdict::Compatible, "parameter-required", subject, what, places);
        }
        if old.name != new.name && !(old.place == "header" && old.name.eq_ignore_ascii_case(new.name)) {
            let what = format!("the {} parameter `{}` is called `{}` now", old.place, old.name, new.name);
            self.note(Verdict::Breaking, "parameter-name", subject, what, places);
        }
        let written = |parameter: &Parameter<'_>| {
            (parameter.style, parameter.explode, parameter.allow_reserved, parameter.media_type.map(essence))
        };
        if written(old) != written(new) {
            let what = format!(
                "the {} parameter `{}` is written as {} instead of {}",
                old.place,
                old.name,
                form(new),
                form(old)
            );
            self.note(Verdict::Breaking, "parameter-style", subject, what, places);
        }
        self.part(&Part {
            kind: "parameter",
            subject,
            direction: Direction::Request,
            name: &name,
            old: old.schema.as_ref(),
            new: new.schema.as_ref(),
            places: (&old.pointer, &new.pointer),
            as_text: old.media_type.is_none(),
        });
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
        for body in &old.request {
            let Some(covering) = covering(&new.request, body) else {
                let what = format!("a request body of `{}` is taken no more", body.media_type);
                let change = self.note(
                    Verdict::Breaking,
                    "request-media-type-removed",
                    subject,
                    what,
                    (Some(&body.pointer), Some(&after)),
                );
                change.direction = Some(Direction::Request);
                change.witness = Some(Witness::Request(format!("{subject} with Content-Type: {}", body.concrete())));
                continue;
            };
            let name = format!("a request body of `{}`", body.media_type);
            self.part(&Part {
                kind: "request-body",
                subject,
                direction: Direction::Request,
                name: &name,
                old: body.schema.as_ref(),
                new: covering.schema.as_ref(),
                places: (&body.pointer, &covering.pointer),
                as_text: false,
            });
            self.encodings(subject, body, covering);
        }
        for body in new.request.iter().filter(|body| covering(&old.request, body).is_none()) {
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

    fn encodings(&mut self, subject: &str, old: &Body<'d>, new: &Body<'d>) {
        for before in &old.encoding {
            let after = new.encoding_of(before.property);
            let changed = after.is_none_or(|after| {
                (after.content_type, after.style, after.allow_reserved)
                    != (before.content_type, before.style, before.allow_reserved)
            });
            if changed {
                let what = format!("the property `{}` of a form is written otherwise", before.property);
                let there = after.map_or(&new.pointer, |after| &after.pointer);
                self.note(Verdict::Breaking, "encoding", subject, what, (Some(&before.pointer), Some(there)));
            }
        }
    }
}

/// Whether two parameters are the same: of one name, or in the same position of the path.
fn same(old: &Operation<'_>, before: &Parameter<'_>, new: &Operation<'_>, after: &Parameter<'_>) -> bool {
    if before.place != after.place {
        return false;
    }
    match before.place {
        "header" => before.name.eq_ignore_ascii_case(after.name),
        "path" => {
            let (then, now) = (position(old.path, before.name), position(new.path, after.name));
            before.name == after.name || then.is_some() && then == now
        }
        _ => before.name == after.name,
    }
}

fn position(path: &str, name: &str) -> Option<usize> {
    path.split('{').skip(1).position(|part| part.split('}').next() == Some(name))
}

/// A value with references replaced by what they lead to, but for those that lead back.
fn written_out(document: &Document, value: &Value, within: &mut Vec<Pointer>) -> Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
    if let Some(target) = target {
        let found = document.at(&target).filter(|_| !within.contains(&target) && within.len() < DEEPEST);
        let Some(found) = found else { return target.as_str().into() };
        within.push(target);
        let written = written_out(document, found.value, within);
        within.pop();
        return written;
    }
    match value {
        Value::Object(map) => {
            let members = map.iter().map(|(name, value)| (name.clone(), written_out(document, value, within)));
            Value::Object(members.collect())
        }
        Value::Array(list) => list.iter().map(|value| written_out(document, value, within)).collect(),
        other => other.clone(),
    }
}

/// Where the request body stands, or the operation that has none.
fn place_of(operation: &Pointer, bodies: &[Body<'_>]) -> Pointer {
    bodies.first().map_or_else(|| operation.clone(), |body| body.pointer.clone())
}

fn form(parameter: &Parameter<'_>) -> String {
    if let Some(media_type) = parameter.media_type {
        return format!("`{media_type}`");
    }
    let style = match parameter.style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
    };
    let explode = if parameter.explode { ", exploded" } else { "" };
    let reserved = if parameter.allow_reserved { ", reserved characters as they are" } else { "" };
    format!("`{style}`{explode}{reserved}")
}

impl<'d> Comparing<'d> {
    /// Webhooks and callbacks, whose requests are sent the other way: where they differ, that is all that is said.
    pub(super) fn callbacks(&mut self, old: &[Operation<'d>], new: &[Operation<'d>]) {
        let root = Pointer::root().child("webhooks");
        let mut pairs = vec![("webhooks".to_owned(), root.clone(), root)];
        for before in old {
            if let Some(after) = new.iter().find(|after| key(after) == key(before)) {
                pairs.push((line(before), before.pointer.child("callbacks"), after.pointer.child("callbacks")));
            }
        }
        for (subject, before, after) in pairs {
            let at = |side: &super::side::Side<'d>, pointer: &Pointer| {
                side.document.at(pointer).map(|found| written_out(side.document, found.value, &mut Vec::new()))
            };
            let (one, other) = (at(&self.old, &before), at(&self.new, &after));
            if one != other {
                let what = "requests that the server sends are described otherwise";
                let change = self.note(Verdict::Undecided, "callback", &subject, what, (Some(&before), Some(&after)));
                change.reason = Some("callbacks and webhooks are not compared".into());
            }
        }
    }

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
    }
}
