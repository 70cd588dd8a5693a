//! Reads the places of a YAML text from the events of a parser that knows them.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as CharSpan, StrInput, Tag};

use super::bounds::{MAX_ADDED_NODES, MAX_DEPTH, MAX_EXPANSION};
use super::builder::Builder;
use super::fault::{Fault, FaultKind};
use super::lines::Lines;
use super::slip::slip;
use super::tree::{Content, Index, Scalar, Span, Tree};

/// The tree of places of a YAML text, or everything that is wrong with it.
pub(crate) fn read(text: &str, lines: &Lines) -> Result<Tree, Vec<Fault>> {
    let mut reader = Reader {
        text,
        lines,
        parser: Parser::new_from_str(text),
        cursor: Cursor::default(),
        builder: Builder::new(text, lines),
        anchors: HashMap::new(),
        open_anchors: Vec::new(),
    };
    reader.read();
    let tree = reader.builder.finish()?;
    bound_aliases(&tree)?;
    Ok(tree)
}

/// The fault of a text that a parser of YAML refuses at an offset.
pub(crate) fn syntax_fault(text: &str, lines: &Lines, offset: usize, reason: &str) -> Fault {
    // The scanner runs ahead of the events, so its own bound may be met before ours.
    if reason.contains("recursion limit") {
        return FaultKind::TooDeep(MAX_DEPTH).at_offset(offset);
    }
    // A tab in the indentation is refused with words that do not name it, at its line or a neighbour's. Further up it
    // may stand rightly, in a block of text or in a flow collection.
    let place = lines.location(text, offset, offset + 1);
    let tabs: Vec<(usize, usize)> = tab_indented(text).collect();
    let near = tabs.iter().find(|(line, _)| line.abs_diff(place.line) <= 1);
    if let Some((line, tab)) = near {
        let also = match tabs.iter().filter(|(other, _)| other > line).count() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        return FaultKind::Tab(also).at_offset(*tab);
    }
    if let Some(outdent) = outdent(text, place.line).filter(|_| reason.contains("block")) {
        return FaultKind::Outdented { line: place.line, indent: outdent.indent }.at_offset(outdent.offset);
    }
    if let Some((offset, slip)) = slip(text, place.offset, reason) {
        return FaultKind::Slip(slip).at_offset(offset);
    }
    FaultKind::Yaml(reason.to_owned()).at_offset(place.offset)
}

/// A line that stands further left than the lines before and after it that belong together.
struct Outdent {
    offset: usize,
    /// How far in those stand.
    indent: usize,
}

/// The line that ended a block which the line of a fault goes on with: the nearest one above that stands further left,
/// where one before that stands as far in as the line of the fault.
fn outdent(text: &str, line: usize) -> Option<Outdent> {
    let mut begin = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let start = begin;
        begin += line.len();
        let content = line.trim_start_matches(' ');
        (start, line.len() - content.len(), content.trim_end())
    });
    let written: Vec<(usize, usize)> = lines
        .take(line)
        .enumerate()
        // The line of the fault counts whatever stands in it.
        .filter(|(at, (_, _, content))| at + 1 == line || !(content.is_empty() || content.starts_with('#')))
        .map(|(_, (start, indent, _))| (start, indent))
        .collect();
    let ((_, indent), above) = written.split_last()?;
    let at = above.iter().rposition(|(_, other)| other < indent)?;
    let (start, outdented) = *above.get(at)?;
    let before = above.get(..at)?.iter().rev().take_while(|(_, other)| *other > outdented);
    let goes_on = before.clone().any(|(_, other)| other == indent);
    goes_on.then_some(Outdent { offset: start + outdented, indent: *indent })
}

/// The lines whose indentation holds a tab, from 1, and the offset of the tab.
fn tab_indented(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut begin = 0;
    (1..).zip(text.split_inclusive('\n')).filter_map(move |(number, line)| {
        let start = begin;
        begin += line.len();
        let content = line.trim_start_matches([' ', '\t']);
        let indent = line.get(..line.len() - content.len())?;
        let tab = indent.find('\t').filter(|_| !content.trim_end().is_empty())?;
        Some((number, start + tab))
    })
}

struct Reader<'a> {
    text: &'a str,
    lines: &'a Lines,
    parser: Parser<'a, StrInput<'a>>,
    cursor: Cursor,
    builder: Builder<'a>,
    /// Finished nodes by the parser's number of their anchor.
    anchors: HashMap<usize, Index>,
    /// The anchor of each open list and mapping; 0 is none.
    open_anchors: Vec<(usize, Index)>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let mut documents = 0;
        while let Some(event) = self.parser.next_event() {
            let (event, span) = match event {
                Ok((event, span)) => (event, self.cursor.span(self.text, span)),
                Err(error) => {
                    let offset = self.cursor.offset(self.text, error.marker().index());
                    self.builder.faults.push(syntax_fault(self.text, self.lines, offset, error.info()));
                    return;
                }
            };
            if matches!(event, Event::DocumentStart(_)) {
                documents += 1;
                if documents == 2 {
                    self.builder.faults.push(FaultKind::ManyDocuments.at_offset(span.start));
                    return;
                }
            }
            if !self.take(event, span) {
                return;
            }
        }
        if documents == 0 {
            self.builder.faults.push(FaultKind::Empty.at_offset(0));
        }
    }

    /// Takes one event. `false` where reading cannot go on.
    fn take(&mut self, event: Event<'a>, span: Span) -> bool {
        if self.builder.wants_key() && !matches!(event, Event::MappingEnd) {
            return self.take_key(event, span);
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let scalar = self.read_scalar(text.into_owned(), style, tag.as_deref(), span);
                let index = self.builder.scalar(scalar, span);
                if anchor > 0 {
                    self.anchors.insert(anchor, index);
                }
                true
            }
            Event::SequenceStart(anchor, tag) => self.open(false, anchor, tag.as_deref(), span),
            Event::MappingStart(anchor, tag) => self.open(true, anchor, tag.as_deref(), span),
            Event::SequenceEnd | Event::MappingEnd => {
                self.builder.close(span.start);
                if let Some((anchor, index)) = self.open_anchors.pop().filter(|(anchor, _)| *anchor > 0) {
                    self.anchors.insert(anchor, index);
                }
                true
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some(target) => self.builder.alias(*target, span),
                None => {
                    self.builder.fault(FaultKind::AliasCycle, span);
                    false
                }
            },
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                true
            }
        }
    }

    fn open(&mut self, is_mapping: bool, anchor: usize, tag: Option<&Tag>, span: Span) -> bool {
        if let Some(tag) = tag
            && !(tag.is_yaml_core_schema() && tag.suffix == if is_mapping { "map" } else { "seq" })
        {
            self.builder.fault(FaultKind::UnknownTag(tag_text(tag)), span);
        }
        let Some(index) = self.builder.open(is_mapping, span) else { return false };
        self.open_anchors.push((anchor, index));
        true
    }

    fn take_key(&mut self, event: Event<'a>, span: Span) -> bool {
        let wrong = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                let is_null = is_plain && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                if !is_null {
                    if anchor > 0 {
                        // An alias of a key is rare enough to be refused rather than followed.
                        self.anchors.remove(&anchor);
                    }
                    self.builder.key(text.to_string(), span, is_plain && text == "<<");
                    return true;
                }
                "null"
            }
            Event::Alias(_) => "an alias",
            Event::SequenceStart(..) => "a list",
            Event::MappingStart(..) => "a mapping",
            _ => return true,
        };
        self.builder.fault(FaultKind::KeyNotText(wrong), span);
        if matches!(wrong, "a list" | "a mapping") && !self.skip_collection() {
            return false;
        }
        // The value that follows is still read for faults of its own.
        self.builder.key(format!("(key at {})", span.start), span, false);
        true
    }

    /// Skips to the end of a collection whose start was just read.
    fn skip_collection(&mut self) -> bool {
        let mut depth = 1;
        while depth > 0 {
            match self.parser.next_event() {
                Some(Ok((Event::SequenceStart(..) | Event::MappingStart(..), _))) => depth += 1,
                Some(Ok((Event::SequenceEnd | Event::MappingEnd, _))) => depth -= 1,
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return false,
            }
        }
        true
    }

    fn read_scalar(&mut self, text: String, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Scalar {
        match tag {
            Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => return Scalar::Text(text),
            Some(tag)
                if tag.is_yaml_core_schema() && matches!(tag.suffix.as_str(), "int" | "float" | "bool" | "null") =>
            {
                return Scalar::Plain(text);
            }
            Some(tag) => self.builder.fault(FaultKind::UnknownTag(tag_text(tag)), span),
            None => {}
        }
        if style == ScalarStyle::Plain { Scalar::Plain(text) } else { Scalar::Text(text) }
    }
}

fn tag_text(tag: &Tag) -> String {
    if tag.is_yaml_core_schema() { format!("!!{}", tag.suffix) } else { format!("{}{}", tag.handle, tag.suffix) }
}

/// Refuses a tree whose aliases stand for far more than its text; the place is that of the largest alias.
fn bound_aliases(tree: &Tree) -> Result<(), Vec<Fault>> {
    let written = tree.nodes.len();
    let limit = written.saturating_mul(MAX_EXPANSION).min(written.saturating_add(MAX_ADDED_NODES));
    if tree.nodes.get(tree.root).is_none_or(|root| root.size <= limit) {
        return Ok(());
    }
    let aliases = tree.nodes.iter().filter(|node| matches!(node.content, Content::Alias(_)));
    let offset = aliases.max_by_key(|node| node.size).map_or(0, |node| node.span.start);
    Err(vec![FaultKind::AliasExpansion(MAX_EXPANSION).at_offset(offset)])
}

/// From the parser's places, counted in code points, to bytes. Places come nearly in order, so each is sought
/// from the last one.
#[derive(Default)]
struct Cursor {
    chars: usize,
    bytes: usize,
}

impl Cursor {
    fn span(&mut self, text: &str, span: CharSpan) -> Span {
        let start = self.offset(text, span.start.index());
        Span { start, end: self.offset(text, span.end.index()) }
    }

    fn offset(&mut self, text: &str, chars: usize) -> usize {
        if chars < self.chars {
            let before = text.get(..self.bytes).unwrap_or_default().chars().rev().take(self.chars - chars);
            self.bytes -= before.map(char::len_utf8).sum::<usize>();
        } else {
            let after = text.get(self.bytes..).unwrap_or_default().chars().take(chars - self.chars);
            self.bytes += after.map(char::len_utf8).sum::<usize>();
        }
        self.chars = chars;
        self.bytes
    }
}
