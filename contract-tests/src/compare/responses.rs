//! Responses of one document beside those of the other: statuses, media types, bodies and headers.

use super::change::{Direction, Verdict, Witness};
use super::comparing::{Comparing, Part};
use crate::document::{Body, Operation, Response, essence};

impl<'d> Comparing<'d> {
    pub(super) fn responses(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        for after in &new.responses {
            let before = described(old, after);
            match before {
                Some(before) => self.response(subject, before, after),
                None => {
                    let what = format!("the response {} is new", after.status);
                    self.note(
                        Verdict::Compatible,
                        "response-added",
                        subject,
                        what,
                        (Some(&old.pointer), Some(&after.pointer)),
                    );
                }
            }
        }
        for before in &old.responses {
            let Some(after) = described(new, before) else {
                let success = |status: &str| status.starts_with(['1', '2', '3']);
                let what = format!("the response {} is gone", before.status);
                let verdict = if success(before.status) { Verdict::Breaking } else { Verdict::Compatible };
                let come = new.responses.iter().find(|other| success(other.status) && described(old, other).is_none());
                let change =
                    self.note(verdict, "response-removed", subject, what, (Some(&before.pointer), Some(&new.pointer)));
                if let Some(come) = come.filter(|_| verdict == Verdict::Breaking) {
                    change.direction = Some(Direction::Response);
                    change.witness = Some(Witness::Response(format!("{} to {subject}", come.status)));
                }
                continue;
            };
            // A status that the new document has under a range or `default` only, and was compared with no other.
            if after.status != before.status && !new.responses.iter().any(|other| other.status == before.status) {
                self.response(subject, before, after);
            }
        }
    }

    fn response(&mut self, subject: &str, old: &Response<'d>, new: &Response<'d>) {
        for before in &old.bodies {
            let status = old.status;
            let Some(after) = covering(&new.bodies, before)
                .or_else(|| new.bodies.iter().find(|after| before.covers(after.media_type)))
            else {
                let what = format!("the response {status} is no longer offered as `{}`", before.media_type);
                let shown = if new.bodies.is_empty() {
                    format!("{status} without a body")
                } else {
                    let types: Vec<&str> = new.bodies.iter().map(|body| body.media_type).collect();
                    format!("{status} with Content-Type: {}", types.join(" or "))
                };
                let places = (Some(&before.pointer), Some(&new.pointer));
                let change = self.note(Verdict::Breaking, "response-media-type-removed", subject, what, places);
                change.direction = Some(Direction::Response);
                change.witness = Some(Witness::Response(shown));
                continue;
            };
            let name = format!("a response {status} of `{}`", before.media_type);
            self.part(&Part {
                kind: "response-body",
                subject,
                direction: Direction::Response,
                name: &name,
                old: before.schema.as_ref(),
                new: after.schema.as_ref(),
                places: (&before.pointer, &after.pointer),
                as_text: false,
            });
        }
        for body in new.bodies.iter().filter(|body| covering(&old.bodies, body).is_none()) {
            let what = format!("the response {} is offered as `{}` too", new.status, body.media_type);
            self.note(
                Verdict::Compatible,
                "response-media-type-added",
                subject,
                what,
                (Some(&old.pointer), Some(&body.pointer)),
            );
        }
        self.headers(subject, old, new);
    }

    fn headers(&mut self, subject: &str, old: &Response<'d>, new: &Response<'d>) {
        for before in &old.headers {
            let status = old.status;
            let after = new.headers.iter().find(|after| after.name.eq_ignore_ascii_case(before.name));
            if before.required && after.is_none_or(|after| !after.required) {
                let what = format!("the header `{}` of the response {status} may be missing now", before.name);
                let there = after.map_or(&new.pointer, |after| &after.pointer);
                let change = self.note(
                    Verdict::Breaking,
                    "response-header-required",
                    subject,
                    what,
                    (Some(&before.pointer), Some(there)),
                );
                change.direction = Some(Direction::Response);
                change.witness = Some(Witness::Response(format!("{status} without `{}`", before.name)));
            }
            let Some(after) = after else {
                if !before.required {
                    let what = format!("the header `{}` of the response {status} is gone", before.name);
                    let places = (Some(&before.pointer), Some(&new.pointer));
                    self.note(Verdict::Compatible, "response-header-removed", subject, what, places);
                }
                continue;
            };
            let name = format!("a value of the header `{}`", before.name);
            self.part(&Part {
                kind: "response-header",
                subject,
                direction: Direction::Response,
                name: &name,
                old: before.schema.as_ref(),
                new: after.schema.as_ref(),
                places: (&before.pointer, &after.pointer),
                as_text: before.media_type.is_none(),
            });
        }
        for after in &new.headers {
            if !old.headers.iter().any(|before| before.name.eq_ignore_ascii_case(after.name)) {
                let what = format!("the header `{}` of the response {} is new", after.name, new.status);
                self.note(
                    Verdict::Compatible,
                    "response-header-added",
                    subject,
                    what,
                    (Some(&old.pointer), Some(&after.pointer)),
                );
            }
        }
    }
}

/// The body of a list that covers another.
pub(super) fn covering<'b, 'd>(bodies: &'b [Body<'d>], wanted: &Body<'_>) -> Option<&'b Body<'d>> {
    let exact = bodies.iter().find(|body| essence(body.media_type) == essence(wanted.media_type));
    exact.or_else(|| bodies.iter().find(|body| body.covers(wanted.media_type)))
}

/// The response of an operation that describes the status of another.
fn described<'o, 'd>(operation: &'o Operation<'d>, other: &Response<'_>) -> Option<&'o Response<'d>> {
    let same = operation.responses.iter().find(|response| response.status.eq_ignore_ascii_case(other.status));
    same.or_else(|| match other.status.parse() {
        Ok(status) => operation.response(status),
        Err(_) => operation.responses.iter().find(|response| response.status == "default"),
    })
}
