//! Responses of one document beside those of the other: statuses, media types, bodies and headers.

use super::change::{Direction, Verdict, Witness};
use super::comparing::{Comparing, Part};
use super::media::{self, Sent};
use super::parameters::{shape_of_both, spelling};
use super::wire::Wire;
use crate::document::{Header, Operation, Response, Style, essence};

impl<'d> Comparing<'d> {
    pub(super) fn responses(&mut self, subject: &str, old: &Operation<'d>, new: &Operation<'d>) {
        for after in &new.responses {
            let before = described(old, after);
            match before {
                Some(before) => self.response(subject, before, after),
                None => {
                    let what = format!("the response {} is new", after.status);
                    // Any error is one to whoever sends a request, described or not.
                    let error = after.status.starts_with(['4', '5']);
                    let verdict = if error { Verdict::Compatible } else { Verdict::Undecided };
                    let places = (Some(&old.pointer), Some(&after.pointer));
                    let change = self.note(verdict, "response-added", subject, what, places);
                    if !error {
                        change.direction = Some(Direction::Response);
                        change.reason =
                            Some("what clients make of a status that the old document lacks is not in it".into());
                    }
                }
            }
        }
        for before in &old.responses {
            let Some(after) = described(new, before) else {
                let success = |status: &str| status.starts_with(['1', '2', '3']);
                let what = format!("the response {} is gone", before.status);
                let come = new.responses.iter().find(|other| success(other.status) && described(old, other).is_none());
                let verdict = match come {
                    _ if !success(before.status) => Verdict::Compatible,
                    Some(_) => Verdict::Breaking,
                    None => Verdict::Undecided,
                };
                let change =
                    self.note(verdict, "response-removed", subject, what, (Some(&before.pointer), Some(&new.pointer)));
                if verdict != Verdict::Compatible {
                    change.direction = Some(Direction::Response);
                    change.witness = come.map(|come| Witness::Response(format!("{} to {subject}", come.status)));
                    let unsaid = "no response has come for it; whether calls still succeed is not in the documents";
                    change.reason = come.is_none().then(|| unsaid.into());
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
        let status = old.status;
        for before in old.bodies.iter().filter(|before| !new.bodies.iter().any(|after| media::overlap(before, after))) {
            let what = format!("the response {status} is no longer offered as `{}`", before.media_type);
            let places = (Some(&before.pointer), Some(&new.pointer));
            let change = self.note(Verdict::Breaking, "response-media-type-removed", subject, what, places);
            change.direction = Some(Direction::Response);
            change.witness = Some(if new.bodies.is_empty() {
                Witness::Response(format!("{status} without a body"))
            } else {
                Witness::Request(format!("{subject} with Accept: {}", before.concrete()))
            });
        }
        for Sent { media_type, sender: after, taker } in media::sent(&new.bodies, &old.bodies) {
            let Some(before) = taker else {
                let what = format!("the response {} is offered as `{media_type}` too", new.status);
                let places = (Some(&old.pointer), Some(&after.pointer));
                let change = self.note(Verdict::Undecided, "response-media-type-added", subject, what, places);
                change.direction = Some(Direction::Response);
                change.reason =
                    Some("whether servers send it to those who do not ask for it is not in the documents".into());
                continue;
            };
            let name = format!("a response {status} of `{media_type}`");
            self.body(("response-body", Direction::Response), subject, &name, (before, after));
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
            let shape = shape_of_both(self, before.schema.as_ref(), after.schema.as_ref());
            let written =
                |header: &Header<'_>| (spelling(Style::Simple, header.explode, shape), header.media_type.map(essence));
            if written(before) != written(after) {
                let what = format!("the header `{}` of the response {status} is written otherwise", before.name);
                let places = (Some(&before.pointer), Some(&after.pointer));
                let change = self.note(Verdict::Breaking, "response-header-style", subject, what, places);
                change.direction = Some(Direction::Response);
                change.witness =
                    Some(Witness::Response(format!("{status} with `{}` as it is written now", before.name)));
            }
            let name = format!("a value of the header `{}`", before.name);
            self.part(&Part {
                kind: "response-header",
                subject,
                direction: Direction::Response,
                name: &name,
                old: before.schema.as_ref(),
                new: after.schema.as_ref(),
                places: (&before.pointer, &after.pointer),
                wire: if before.media_type.is_none() { Wire::Text } else { Wire::Exact },
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

/// The response of an operation that describes the status of another.
pub(super) fn described<'o, 'd>(operation: &'o Operation<'d>, other: &Response<'_>) -> Option<&'o Response<'d>> {
    let same = operation.responses.iter().find(|response| response.status.eq_ignore_ascii_case(other.status));
    same.or_else(|| match other.status.parse() {
        Ok(status) => operation.response(status),
        Err(_) => operation.responses.iter().find(|response| response.status == "default"),
    })
}
