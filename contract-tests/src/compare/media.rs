//! Bodies by media type: which of one document and of the other describe the same messages.
//!
//! A range such as `image/*` stands for whatever no closer entry describes. Of each entry one media type that nothing else
//! describes is looked at, so that no pair is left out.

use super::change::Direction;
use super::comparing::{Comparing, Part};
use super::wire::Wire;
use crate::document::{Body, MediaKind, essence};

/// The entry that describes a media type: its own, else the closest range.
pub(super) fn describing<'b, 'd>(bodies: &'b [Body<'d>], media_type: &str) -> Option<&'b Body<'d>> {
    let written = bodies.iter().find(|body| body.media_type.eq_ignore_ascii_case(media_type));
    let own = || bodies.iter().find(|body| essence(body.media_type) == essence(media_type));
    let ranges = || {
        let covering = bodies.iter().filter(|body| body.covers(media_type));
        covering.max_by_key(|body| essence(body.media_type).len())
    };
    written.or_else(own).or_else(ranges)
}

/// What a sender may send, by the entry that describes it there and the one that describes it to who takes it.
pub(super) struct Sent<'b, 'd> {
    pub(super) media_type: String,
    pub(super) sender: &'b Body<'d>,
    pub(super) taker: Option<&'b Body<'d>>,
}

/// Each pair of entries that some message belongs to, and each entry with messages that belong to none, once.
pub(super) fn sent<'b, 'd>(sender: &'b [Body<'d>], taker: &'b [Body<'d>]) -> Vec<Sent<'b, 'd>> {
    let mut found: Vec<Sent<'b, 'd>> = Vec::new();
    let everything = sender.iter().chain(taker);
    for media_type in everything.flat_map(|body| standing_for(body, sender, taker)) {
        let Some(from) = describing(sender, &media_type) else { continue };
        let to = describing(taker, &media_type);
        let place = |body: &Body<'_>| body.pointer.clone();
        let known =
            |known: &Sent<'_, '_>| place(known.sender) == place(from) && known.taker.map(place) == to.map(place);
        if !found.iter().any(known) {
            found.push(Sent { media_type, sender: from, taker: to });
        }
    }
    found
}

/// A media type of an entry that no other entry describes.
fn standing_for(body: &Body<'_>, sender: &[Body<'_>], taker: &[Body<'_>]) -> Option<String> {
    let Some(kind) = essence(body.media_type).strip_suffix("/*").map(str::to_owned) else {
        return Some(body.media_type.to_owned());
    };
    let usual = body.concrete();
    let kind = if kind == "*" { "x-any".to_owned() } else { kind };
    let others = (0..).map(|index| format!("{kind}/x-any{index}"));
    let listed = |media_type: &String| {
        let is = |other: &Body<'_>| {
            let (own, other) = (essence(body.media_type), essence(other.media_type));
            own != other
                && (other == essence(media_type)
                    || own == "*/*" && other.strip_suffix('*').is_some_and(|start| media_type.starts_with(start)))
        };
        sender.iter().chain(taker).any(is)
    };
    [usual].into_iter().chain(others).find(|media_type| !listed(media_type))
}

/// Whether some message is described by both.
pub(super) fn overlap(one: &Body<'_>, other: &Body<'_>) -> bool {
    one.covers(other.media_type) || other.covers(one.media_type)
}

/// How a body is written.
fn wire(one: &Body<'_>, other: &Body<'_>) -> Wire {
    let typed = |body: &Body<'_>| body.encoding.iter().any(|encoding| encoding.content_type.is_some());
    match MediaKind::of(one.media_type) {
        MediaKind::Form | MediaKind::Multipart if typed(one) || typed(other) => Wire::Parts,
        MediaKind::Form | MediaKind::Multipart => Wire::Form,
        MediaKind::Text => Wire::Text,
        _ => Wire::Exact,
    }
}

impl<'d> Comparing<'d> {
    /// Compares what two entries say of a body.
    pub(super) fn body(
        &mut self,
        (kind, direction): (&'static str, Direction),
        subject: &str,
        name: &str,
        (old, new): (&Body<'d>, &Body<'d>),
    ) {
        self.part(&Part {
            kind,
            subject,
            direction,
            name,
            old: old.schema.as_ref(),
            new: new.schema.as_ref(),
            places: (&old.pointer, &new.pointer),
            wire: wire(old, new),
        });
    }
}
