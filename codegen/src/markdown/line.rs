//! A description within a line: behind a list's mark, in a sentence or in a cell of a table.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use pulldown_cmark_to_cmark::cmark;

use super::inert::{OPTIONS, inert, is_plain};
use super::quoted;

/// A description without its blocks, in one line: sentences, code and links stay. Nothing where nothing is said.
pub fn phrase(description: Option<&str>) -> Option<String> {
    let description = description?;
    if is_plain(description) {
        return Some(description.to_owned());
    }
    let blocks = inert(description);
    let line = if is_paragraph(&blocks) { blocks } else { joined(&blocks) };
    (!line.is_empty()).then_some(line)
}

/// Whether a text is a single paragraph in a single line, as most are.
fn is_paragraph(text: &str) -> bool {
    let mut events = Parser::new_ext(text, OPTIONS);
    !text.contains('\n')
        && matches!(events.next(), Some(Event::Start(Tag::Paragraph)))
        && !events.any(|event| matches!(event, Event::Start(Tag::Paragraph)))
}

fn joined(blocks: &str) -> String {
    let mut line = Line { events: vec![Event::Start(Tag::Paragraph)], space: Space::None };
    let mut in_code = false;
    for event in Parser::new_ext(blocks, OPTIONS) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::Text(code) if in_code => line.code(&code),
            Event::Text(text) => line.text(&text),
            Event::Code(code) => line.code(&code),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }) => {
                line.begin();
                line.events.push(event);
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => {
                line.events.push(event)
            }
            Event::SoftBreak | Event::HardBreak | Event::Rule | Event::End(_) => {
                in_code &= !matches!(event, Event::End(TagEnd::CodeBlock));
                line.space();
            }
            _ => {}
        }
    }
    line.events.push(Event::End(TagEnd::Paragraph));
    let mut written = String::with_capacity(blocks.len());
    match cmark(line.events, &mut written, OPTIONS) {
        // A single paragraph has nothing left that would end a line.
        Ok(_) => Some(inert(&written)).filter(|line| !line.contains('\n')).unwrap_or_else(|| quoted(blocks)),
        Err(_) => quoted(blocks),
    }
}

/// A line under way, with one space between what blanks or ends of blocks separate.
struct Line<'a> {
    events: Vec<Event<'a>>,
    space: Space,
}

/// What stands between what is written and what comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    /// Nothing is written yet.
    None,
    /// What comes next goes on where the last ended.
    Joined,
    /// One space.
    One,
}

impl Line<'_> {
    fn space(&mut self) {
        if self.space == Space::Joined {
            self.space = Space::One;
        }
    }

    fn begin(&mut self) {
        if self.space == Space::One {
            self.events.push(Event::Text(" ".into()));
        }
        self.space = Space::Joined;
    }

    fn text(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.space();
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        if !words.is_empty() {
            self.begin();
            self.events.push(Event::Text(words.join(" ").into()));
            if text.ends_with(char::is_whitespace) {
                self.space();
            }
        }
    }

    fn code(&mut self, code: &str) {
        let words: Vec<&str> = code.split_whitespace().collect();
        if !words.is_empty() {
            self.begin();
            self.events.push(Event::Code(words.join(" ").into()));
            if code.ends_with('\n') {
                self.space();
            }
        }
    }
}
