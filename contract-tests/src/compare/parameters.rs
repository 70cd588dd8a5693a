//! Parameters of one document beside those of the other, and how the values of parameters and headers are spelled.

use serde_json::Value;

use super::change::{Direction, Verdict, Witness};
use super::comparing::{Comparing, Part};
use super::side::Side;
use super::wire::Wire;
use crate::document::{Located, Operation, Parameter, Style, essence};

impl<'d> Comparing<'d> {
    pub(super) fn parameters(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        let mut met = Vec::new();
        for before in &old.parameters {
            let after = new.parameters.iter().position(|after| same(old, before, new, after));
            let Some((index, after)) = after.and_then(|index| Some((index, new.parameters.get(index)?))) else {
                let what = format!("the {} parameter `{}` is gone", before.place, before.name);
                let places = (Some(&before.pointer), Some(&new.pointer));
                let change = self.note(Verdict::Breaking, "parameter-removed", subject, what, places);
                change.direction = Some(Direction::Request);
                let with = format!("{subject} with the {} parameter `{}`", before.place, before.name);
                change.witness = Some(Witness::Request(with));
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
        if is_written_otherwise(self, old, new) {
            let what = format!(
                "the {} parameter `{}` is written as {} instead of {}",
                old.place,
                old.name,
                form(new),
                form(old)
            );
            let change = self.note(Verdict::Breaking, "parameter-style", subject, what, places);
            change.direction = Some(Direction::Request);
            let as_it_was = format!("{subject} with `{}` written as {}", old.name, form(old));
            change.witness = Some(Witness::Request(as_it_was));
        }
        self.value(("parameter", Direction::Request), subject, old, new);
    }

    /// Compares what two parameters hold.
    pub(super) fn value(
        &mut self,
        (kind, direction): (&'static str, Direction),
        subject: &str,
        old: &Parameter<'d>,
        new: &Parameter<'d>,
    ) {
        self.part(&Part {
            kind,
            subject,
            direction,
            name: &format!("a value of the {} parameter `{}`", old.place, old.name),
            old: old.schema.as_ref(),
            new: new.schema.as_ref(),
            places: (&old.pointer, &new.pointer),
            wire: if old.media_type.is_none() { Wire::Text } else { Wire::Exact },
        });
    }
}

/// Whether the values of two parameters are written otherwise.
pub(super) fn is_written_otherwise<'d>(comparing: &Comparing<'d>, old: &Parameter<'d>, new: &Parameter<'d>) -> bool {
    let shape = shape_of_both(comparing, old.schema.as_ref(), new.schema.as_ref());
    let written = |parameter: &Parameter<'_>| {
        let spelling = spelling(parameter.style, parameter.explode, shape);
        (spelling, parameter.allow_reserved, parameter.media_type.map(essence))
    };
    written(old) != written(new)
}

/// Whether two parameters are the same: of one name, or in the same position of the path.
pub(super) fn same(old: &Operation<'_>, before: &Parameter<'_>, new: &Operation<'_>, after: &Parameter<'_>) -> bool {
    if before.place != after.place {
        return false;
    }
    match before.place {
        "header" => before.name.eq_ignore_ascii_case(after.name),
        "path" => {
            // What a segment is called is nothing that a server sees.
            match (position(old.path, before.name), position(new.path, after.name)) {
                (Some(then), Some(now)) => then == now,
                _ => before.name == after.name,
            }
        }
        _ => before.name == after.name,
    }
}

fn position(path: &str, name: &str) -> Option<usize> {
    path.split('{').skip(1).position(|part| part.split('}').next() == Some(name))
}

/// What kind of values are written, as far as it says how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Scalar,
    List,
    Other,
}

/// What kind of values two schemas have in common.
pub(super) fn shape_of_both<'d>(
    comparing: &Comparing<'d>,
    old: Option<&Located<'d>>,
    new: Option<&Located<'d>>,
) -> Shape {
    let of = |side: &Side<'d>, schema: Option<&Located<'d>>| {
        let found = schema.map(|schema| side.bare(schema.clone()));
        match found.and_then(|found| found.value.get("type").and_then(Value::as_str)) {
            Some("string" | "number" | "integer" | "boolean") => Shape::Scalar,
            Some("array") => Shape::List,
            _ => Shape::Other,
        }
    };
    let (one, other) = (of(&comparing.old, old), of(&comparing.new, new));
    if one == other { one } else { Shape::Other }
}

/// Style and `explode`, the same for all that write such values alike.
pub(super) fn spelling(style: Style, explode: bool, shape: Shape) -> (Style, bool) {
    match (shape, style) {
        (Shape::Scalar, Style::SpaceDelimited | Style::PipeDelimited | Style::Form) => (Style::Form, false),
        (Shape::Scalar, style) => (style, false),
        (Shape::List, Style::Simple) => (Style::Simple, false),
        (Shape::List, Style::SpaceDelimited | Style::PipeDelimited) if explode => (Style::Form, true),
        (_, style) => (style, explode),
    }
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
