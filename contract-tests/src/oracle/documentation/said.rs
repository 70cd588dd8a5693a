//! What the blocks that are about topics themselves say of them, and what they say beside.

use serde_json::Value;

use super::markdown::{Block, clauses, code, find, has_prose, has_word, plain, without};
use super::topic::{Fact, How, Topic};
use super::words::is_mistaken;
use crate::oracle::change::is_same;

/// An example may be left out of a sentence from this length on, if its length in bytes is told.
const LONG: usize = 1_000;

/// Stands for a name.
const CODE: &str = "\u{1}";

/// Blocks of documentation, read beside the facts that they are to tell.
pub struct Said<'t> {
    blocks: &'t [&'t Block],
    /// The names that the blocks are found by.
    names: Vec<&'t String>,
    prose: Vec<&'t String>,
    /// The facts that are not prose.
    others: Vec<&'t Fact>,
    /// Whatever may be told beside prose.
    allowed: Vec<&'t String>,
    /// The blocks without the document's prose.
    lines: Vec<String>,
    /// The code that stands in the blocks.
    pub spans: Vec<&'t str>,
    /// The same as a reader sees it.
    shown: Vec<String>,
}

impl<'t> Said<'t> {
    /// What blocks say of topics, whose facts these are; so many of them are named by the blocks.
    pub fn of(
        topics: &[&'t Topic],
        count: usize,
        facts: impl Iterator<Item = &'t Fact>,
        blocks: &'t [&'t Block],
    ) -> Self {
        let (prose, others): (Vec<&Fact>, Vec<&Fact>) = facts.partition(|fact| fact.how == How::Prose);
        let prose: Vec<&String> = prose.into_iter().flat_map(|fact| &fact.any).collect();
        let (mut words, sentences): (Vec<&String>, Vec<&String>) = prose.iter().partition(|prose| !prose.contains(' '));
        let lines = blocks.iter().map(|block| without_prose(&block.plain, &sentences, &mut words)).collect();
        let spans: Vec<&str> = blocks.iter().flat_map(|block| code(&block.source)).collect();
        let shown = spans.iter().map(|span| plain(span)).collect();
        let names: Vec<&String> = topics[..count].iter().flat_map(|topic| &topic.names).collect();
        let any = others.iter().flat_map(|fact| &fact.any);
        let allowed = topics.iter().flat_map(|topic| &topic.allowed).chain(any).chain(names.iter().copied()).collect();
        Self { blocks, names, prose, others, allowed, lines, spans, shown }
    }

    /// Whether a fact is told, by code that shows these values if it is an example.
    pub fn is_told(&self, fact: &Fact, values: &[Option<Value>]) -> bool {
        let in_lines = |one: &String| one.is_empty() || self.lines.iter().any(|line| find(line, one).is_some());
        let is_title = ["title", "name"].contains(&fact.keyword.as_str());
        // A description in which a name stands does not tell whose it is, and the blocks of one may stand in one line.
        let in_blocks = |one: &String| {
            let longer = self.prose.iter().copied().filter(|other| is_title && other.len() > one.len());
            let others: Vec<&String> = longer.chain(fact.any.iter().filter(|other| *other != one)).collect();
            let mut lines = self.blocks.iter().map(|block| without(&block.plain, others.iter().copied()));
            lines.any(|line| has_prose(&line, one, is_title))
        };
        match &fact.how {
            How::Prose => fact.any.iter().all(in_blocks),
            How::Whole => fact.any.iter().any(in_lines),
            How::Stem => self.lines.iter().any(|line| has_word(line, &fact.any)),
            How::Beside => self.lines.iter().flat_map(|line| clauses(line)).any(|(_, clause, _)| {
                fact.any.iter().any(|one| find(clause, one).is_some())
                    && !is_mistaken(&without(clause, &fact.any), &fact.keyword)
            }),
            // A long one by its length.
            How::Example(value) => {
                let length = value.to_string().len();
                values.iter().flatten().any(|shown| is_same(value, shown))
                    || (length > LONG && in_lines(&length.to_string()))
            }
        }
    }

    /// The code and the URLs that are neither the document's nor names that the client uses.
    pub fn strays(&self, values: &[Option<Value>], is_used: impl Fn(&str) -> bool) -> Vec<String> {
        let allowed = || self.allowed.iter().copied();
        let rest: Vec<String> = self.lines.iter().map(|line| without(line, allowed().chain(&self.shown))).collect();
        let is_right = |span: &str, value: Option<&Value>| match value {
            Some(value)
                if self.others.iter().any(|fact| matches!(&fact.how, How::Example(one) if is_same(one, value))) =>
            {
                true
            }
            // The example of a type is that of the document, or it is none that may be referred to.
            Some(_) if span.contains("::") => false,
            _ => {
                // What stands in a value names nothing of Rust's.
                let rest = without(&plain(span), allowed());
                let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
                words.all(|word| value.is_none() && is_used(word))
            }
        };
        // A block of code may be one of the document's.
        let is_block = |span: &str| span.contains('\n') && self.prose.iter().any(|prose| prose.contains(&plain(span)));
        let spans = self.spans.iter().copied().zip(values.iter().map(Option::as_ref));
        let spans = spans.filter(|(span, value)| !is_right(span, *value) && !is_block(span)).map(|(span, _)| span);
        let urls = rest.iter().flat_map(|line| line.split_whitespace());
        let urls = urls.filter(|word| word.contains("://") && !is_right(word, None));
        spans.chain(urls).map(str::to_owned).collect()
    }

    /// What is said beside all that is known: a description, unless it is the client's own wording.
    pub fn wording(&self) -> Vec<String> {
        let stems = self.others.iter().filter(|fact| fact.how == How::Stem).flat_map(|fact| &fact.any);
        let stems: Vec<&String> = stems.collect();
        // A topic's name stands as code in front of its description, and may well stand in it too.
        let is_name =
            |one: &&String| self.names.contains(one) && !self.others.iter().any(|fact| fact.any.contains(one));
        let known = self.allowed.iter().copied().chain(&self.shown).filter(|one| !is_name(one));
        let known: Vec<&String> = known.chain(self.prose.iter().copied()).collect();
        let told = self.blocks.iter().filter(|block| !block.source.starts_with('#') && !block.plain.ends_with(':'));
        let unnamed = |block: &Block| {
            self.names.iter().fold(block.source.clone(), |source, name| source.replace(&format!("`{name}`"), CODE))
        };
        let rest: Vec<String> = told.map(|block| without(&plain(&unnamed(block)), known.iter().copied())).collect();
        let is_clause = |clause: &&str| {
            clause.contains(char::is_alphabetic) && !clause.contains(['\0', '\u{1}']) && !has_word(clause, &stems)
        };
        // A description begins a block or follows a colon; what stands in front of one, or of a parenthesis, is about it.
        let clauses = rest.iter().flat_map(|line| clauses(line));
        let clauses = clauses.filter(|(before, _, after)| "\n:".contains(*before) && !":(".contains(*after));
        clauses.map(|(_, clause, _)| clause.trim()).filter(is_clause).map(str::to_owned).collect()
    }
}

/// A line without the document's prose. A description of one word may be a word of the rest too, such as a default: it stands
/// in front of everything, or behind a colon, and only once.
fn without_prose(line: &str, sentences: &[&String], words: &mut Vec<&String>) -> String {
    let begins = |part: &str, word: &str| find(part, word).is_some_and(|place| place.start == 0);
    let without_word = |part: &str| match words.iter().position(|word| begins(part, word)) {
        Some(at) => format!("\0{}", &part[words.swap_remove(at).len()..]),
        None => part.to_owned(),
    };
    without(line, sentences.iter().copied()).split_inclusive(": ").map(without_word).collect()
}
