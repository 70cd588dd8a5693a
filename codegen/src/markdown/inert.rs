//! Descriptions are Markdown of strangers. In the documentation of a crate, rustdoc would compile their code blocks, send
//! their HTML to the page, follow their links to wherever they lead and look their brackets up among the items.
//!
//! [`inert`] reads a description as rustdoc does, with rustdoc's own parser, and escapes just those places; a description
//! without any comes back as it was. What was written is read again, until nothing is left to escape.

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use pulldown_cmark_to_cmark::cmark;

use super::readable;

/// What rustdoc reads, except that straight quotes stay straight.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// The language that no tool compiles.
const TEXT: &str = "text";

/// How often a description is read again. Each reading escapes all that it finds, so that more are never needed but by
/// input that was made for it, which is shown as it is written then.
const READINGS: usize = 8;

/// Markdown with the same content in which rustdoc compiles nothing, and finds neither HTML, nor a link that leads
/// anywhere but to another page, nor one to an item. Bare URLs become links.
pub fn inert(description: &str) -> String {
    if is_plain(description) {
        return description.to_owned();
    }
    let lines = readable(&description.replace("\r\n", "\n").replace('\r', "\n"));
    let mut text = framed(&lines).to_owned();
    for _ in 0..READINGS {
        let found = Reading::of(&text);
        if found.is_rewritten {
            let Some(rewritten) = rewritten(&text) else { break };
            text = rewritten;
        } else if found.edits.is_empty() {
            return text;
        } else {
            text = edited(&text, found.edits);
        }
    }
    as_code(&text)
}

/// Whether a text is one line in which no character means anything to Markdown, as names and most short sentences are: it
/// need not be read.
pub(super) fn is_plain(text: &str) -> bool {
    let is_part =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | ';' | '?' | '%' | '\'' | '(' | ')' | '/');
    text.starts_with(char::is_alphabetic) && !text.ends_with(' ') && text.chars().all(is_part) && !text.contains("http")
}

/// What is inserted or replaced in a text.
struct Edit {
    place: Range<usize>,
    by: String,
}

/// What a description holds that must not reach rustdoc.
#[derive(Default)]
struct Reading {
    edits: Vec<Edit>,
    /// Whether the whole has to be written again: only so does code without a fence become code with one, and do links
    /// stand without a definition elsewhere, which would hold for all that is written around the description.
    is_rewritten: bool,
    /// How many blocks surround the place that is read.
    depth: usize,
    /// How many links or images surround the place that is read.
    in_link: usize,
    in_code: bool,
    /// Text that may hold URLs: the parser gives it in pieces.
    plain: Range<usize>,
}

impl Reading {
    fn of(text: &str) -> Self {
        let brackets = RefCell::new(Vec::new());
        let note = |broken: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
            brackets.borrow_mut().push(broken.span.start);
            None
        };
        let mut reading = Self::default();
        let mut events = Parser::new_with_broken_link_callback(text, OPTIONS, Some(note)).into_offset_iter();
        reading.is_rewritten = events.reference_definitions().iter().next().is_some();
        for (event, place) in &mut events {
            reading.take(text, &event, place);
        }
        drop(events);
        reading.end_of_text(text);
        reading.edits.extend(brackets.into_inner().into_iter().map(escape_at));
        reading
    }

    fn take(&mut self, text: &str, event: &Event<'_>, place: Range<usize>) {
        if let Event::Text(_) = event
            && !self.in_code
            && self.in_link == 0
        {
            if self.plain.end != place.start {
                self.end_of_text(text);
                self.plain.start = place.start;
            }
            self.plain.end = place.end;
            return;
        }
        self.end_of_text(text);
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                self.is_rewritten = true;
                self.in_code = true;
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                self.in_code = true;
                let fence = Fence::of(text, &place);
                // A block that nothing surrounds would go on behind the description.
                if self.depth == 1 && place.end == text.len() && !fence.closed {
                    self.edits.push(Edit { place: place.end..place.end, by: format!("\n{}", fence.mark) });
                }
                if language.as_ref() != TEXT {
                    self.edits.push(Edit { place: fence.language, by: TEXT.to_owned() });
                }
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Html(_) | Event::InlineHtml(_) => {
                let html = text.get(place.clone()).unwrap_or_default();
                self.edits.extend(html.match_indices('<').map(|(at, _)| escape_at(place.start + at)));
            }
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                self.in_link += 1;
                if !leads_out(dest_url, *link_type) {
                    let within = text.get(place.clone()).unwrap_or_default();
                    let bracket = within.find(['[', '<']).unwrap_or_default();
                    self.edits.push(escape_at(place.start + bracket));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.in_link = self.in_link.saturating_sub(1),
            _ => {}
        }
    }

    /// Looks for URLs in the text that has just ended.
    fn end_of_text(&mut self, text: &str) {
        let plain = std::mem::take(&mut self.plain);
        let Some(written) = text.get(plain.clone()) else { return };
        let mut at = 0;
        while let Some(found) = written.get(at..).and_then(|rest| rest.find("http")) {
            let start = at + found;
            let follows_a_letter = written[..start].ends_with(char::is_alphanumeric);
            let length = if follows_a_letter { 0 } else { url_length(&written[start..]) };
            if length > 0 {
                let url = plain.start + start..plain.start + start + length;
                self.edits.push(Edit { by: format!("<{}>", &text[url.clone()]), place: url });
            }
            at = start + length.max("http".len());
        }
    }
}

fn escape_at(at: usize) -> Edit {
    Edit { place: at..at, by: "\\".to_owned() }
}

/// The fence of a block of code.
struct Fence<'a> {
    mark: &'a str,
    /// What stands behind it in its line.
    language: Range<usize>,
    /// Whether the block ends with a fence.
    closed: bool,
}

impl<'a> Fence<'a> {
    fn of(text: &'a str, block: &Range<usize>) -> Self {
        let lines = text.get(block.clone()).unwrap_or_default();
        let unindented = lines.trim_start();
        let character = if unindented.starts_with('~') { '~' } else { '`' };
        let mark = &unindented[..unindented.len() - unindented.trim_start_matches(character).len()];
        let start = block.start + lines.len() - unindented.len() + mark.len();
        let line = block.start + lines.find('\n').unwrap_or(lines.len());
        // Indented further, it would be part of the code.
        let last = lines.trim_end().rsplit_once('\n').map_or("", |(_, last)| last);
        let fence = last.trim_start_matches(' ');
        let closed =
            last.len() - fence.len() < 4 && fence.starts_with(mark) && fence.trim_start_matches(character).is_empty();
        Self { mark, language: start..line.max(start), closed }
    }
}

fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.place.start, edit.place.end));
    let mut written = String::with_capacity(text.len() + edits.len() * 2);
    let mut at = 0;
    for edit in edits {
        // What lies within another edit is found again when the result is read.
        let overlaps =
            edit.place.start < at || (edit.place.start == at && edit.place.is_empty() && written.ends_with('\\'));
        if overlaps {
            continue;
        }
        written.push_str(&text[at..edit.place.start]);
        written.push_str(&edit.by);
        at = edit.place.end;
    }
    written.push_str(&text[at..]);
    written
}

/// The same, written anew with a fence around all code, and with each link's target beside it.
fn rewritten(text: &str) -> Option<String> {
    let events = Parser::new_ext(text, OPTIONS).map(|event| match event {
        Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(TEXT.into()))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type: beside(link_type), dest_url, title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type: beside(link_type), dest_url, title, id })
        }
        event => event,
    });
    let mut written = String::with_capacity(text.len() + 64);
    cmark(events, &mut written, OPTIONS).ok()?;
    Some(framed(&written).to_owned())
}

/// A text without blank lines around it. Indentation of its first line means something.
fn framed(text: &str) -> &str {
    let start = text.len() - text.trim_start().len();
    text[text[..start].rfind('\n').map_or(0, |end| end + 1)..].trim_end()
}

fn beside(link: LinkType) -> LinkType {
    if matches!(link, LinkType::Autolink | LinkType::Email) { link } else { LinkType::Inline }
}

/// The text as one block of code, which holds whatever is in it.
fn as_code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{TEXT}\n{text}\n{fence}")
}

/// Whether a link leads to a page or to a place on one, rather than to a program or to what may be the name of an item.
pub(super) fn leads_out(target: &str, kind: LinkType) -> bool {
    if kind == LinkType::Email {
        return true;
    }
    // Browsers pass over these within a scheme.
    let target: String =
        target.chars().filter(|character| !character.is_control() && !character.is_whitespace()).collect();
    let before = target.split(['/', '?', '#']).next().unwrap_or_default();
    match before.split_once(':') {
        Some((scheme, _)) => ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known)),
        None => target.starts_with('#') || target.contains(['/', '.']),
    }
}

/// How much of a text's start is a URL, the stop of a sentence left out.
fn url_length(text: &str) -> usize {
    if !(text.starts_with("http://") || text.starts_with("https://")) {
        return 0;
    }
    let end = text.find(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '[' | ']' | '\\' | '(' | ')' | '|')
    });
    let url = text[..end.unwrap_or(text.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    if url.ends_with("//") { 0 } else { url.len() }
}
