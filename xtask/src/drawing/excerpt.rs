//! The few lines of a document that a picture shows.
//!
//! `miette`'s own sources look for lines from the start of the text on each call and show lines whole. Documents are
//! long, diagnostics are many, and a minified document is one line: so the place that codegen knows is used instead.

use codegen::diagnostic::Location;
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::terminal::visible;

/// How many bytes a picture shows at most on either side of the place.
const REACH: usize = 160;

/// How many bytes it shows of a longer line, so that neither the line nor the mark below it is wrapped.
const CUT: usize = 34;

/// A window of a text around a place in it, with escapes for what would steer the terminal.
#[derive(Debug)]
pub(super) struct Excerpt {
    shown: String,
    location: Location,
    /// How many lines of the window precede the place's.
    lines_before: usize,
    /// Offset and length of the mark in the window.
    marked: (usize, usize),
}

impl Excerpt {
    /// The line of a place, and the ones next to it as far as they are short.
    pub fn new(text: &[u8], location: Location) -> Self {
        let offset = location.offset.min(text.len());
        let rest = text.get(offset..).unwrap_or_default();
        // A mark that spans lines would draw the whole of a large object.
        let to_line_end = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
        let length = location.length.min(to_line_end).min(REACH);
        let start = window_start(text, offset);
        let end = window_end(text, offset.saturating_add(length));
        let piece = |from: usize, to: usize| {
            let piece = String::from_utf8_lossy(text.get(from..to).unwrap_or_default()).replace("\r\n", "\n");
            visible(&piece).into_owned()
        };
        let (before, mark) = (piece(start, offset), piece(offset, offset + length));
        let lines_before = before.matches('\n').count();
        let marked = (before.len(), mark.len());
        Self { shown: before + &mark + &piece(offset + length, end), location, lines_before, marked }
    }

    /// Offset and length of what is marked.
    pub fn marked(&self) -> (usize, usize) {
        self.marked
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        _context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (line, column) = (self.location.line.saturating_sub(1), self.location.column.saturating_sub(1));
        // Without context lines, `miette` asks for the place itself.
        if context_lines_before == 0 {
            return Ok(Box::new(MietteSpanContents::new(&[], *span, line, column, 1)));
        }
        let whole = SourceSpan::from((0, self.shown.len()));
        let first_line = line.saturating_sub(self.lines_before);
        Ok(Box::new(MietteSpanContents::new(self.shown.as_bytes(), whole, first_line, 0, self.lines_before + 1)))
    }
}

/// The start of the line before the place's; nearer where that is too far away.
fn window_start(text: &[u8], offset: usize) -> usize {
    let line_start =
        text.get(..offset).unwrap_or_default().iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    if is_long(text, offset) && offset - line_start > CUT {
        return character_boundary(text, offset - CUT);
    }
    let nearest = offset.saturating_sub(REACH);
    let within = text.get(nearest..offset).unwrap_or_default();
    let mut breaks = within.iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n');
    let this_line = breaks.next().map(|(at, _)| nearest + at + 1);
    let line_before = breaks.next().map(|(at, _)| nearest + at + 1);
    match (this_line, line_before, nearest) {
        (_, Some(start), _) => start,
        (_, None, 0) => 0,
        (Some(start), None, _) => start,
        (None, None, _) => character_boundary(text, nearest),
    }
}

/// The end of the line after the place's; nearer where that is too far away.
fn window_end(text: &[u8], offset: usize) -> usize {
    if is_long(text, offset) {
        let line_end = text.get(offset..).unwrap_or_default().iter().position(|&byte| byte == b'\n');
        let cut = offset.saturating_add(CUT).min(text.len());
        return character_boundary(text, line_end.map_or(cut, |length| cut.min(offset + length)));
    }
    let farthest = offset.saturating_add(REACH).min(text.len());
    let within = text.get(offset..farthest).unwrap_or_default();
    let mut breaks = within.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let this_line = breaks.next().map(|(at, _)| offset + at + 1);
    let line_after = breaks.next().map(|(at, _)| offset + at + 1);
    line_after
        .or((farthest == text.len()).then_some(farthest))
        .or(this_line)
        .unwrap_or_else(|| character_boundary(text, farthest))
}

/// Whether the line of a place is longer than an excerpt shows.
fn is_long(text: &[u8], offset: usize) -> bool {
    let (before, after) = text.split_at(offset.min(text.len()));
    let before = before.iter().rev().take(REACH).position(|&byte| byte == b'\n').unwrap_or(before.len());
    let after = after.iter().take(REACH).position(|&byte| byte == b'\n').unwrap_or(after.len());
    before + after > REACH
}

/// The first byte from here on that does not continue a UTF-8 sequence.
fn character_boundary(text: &[u8], from: usize) -> usize {
    let continues = |byte: &&u8| (**byte & 0b1100_0000) == 0b1000_0000;
    from + text.get(from..).unwrap_or_default().iter().take(3).take_while(continues).count()
}
