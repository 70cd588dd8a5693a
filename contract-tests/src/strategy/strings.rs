//! Strings that meet everything that is asked of them at once: patterns, formats and lengths.
//!
//! What each keyword asks is an expression. The machines of all of them are walked side by side, so that a string is built
//! however they restrict each other, or the two that no string meets are named.

use regex_syntax::hir::Hir;
use serde_json::Value;

use super::automaton::Machine;
use super::ecma::{self, Expression};
use super::product::{NoWalk, Product};
use super::source::{self, any_of, one_of};
use super::{Built, Source, Strategies, StrategyError, mailbox, pattern, stated, unsatisfiable};
use crate::document::{Conjunction, Pointer};
use crate::formats;
use crate::keyword::{self, Lengths};

/// How many strings are drawn for each thing that a case is about.
const CASES: usize = 3;

/// What one keyword asks of strings.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    keyword: &'static str,
    pointer: Pointer,
    written: String,
    expressions: Vec<Expression>,
    /// Whatever the keyword allows matches the expressions; some of what matches may still be refused.
    covers: bool,
}

/// The expressions of a term, read; those of a group that refers to itself have no machine.
struct Parsed {
    hirs: Vec<Hir>,
    machines: Option<Vec<Machine>>,
}

impl Term {
    /// A pattern.
    pub(crate) fn pattern(keyword: &'static str, pointer: Pointer, pattern: &str) -> Self {
        let expressions = ecma::expressions(pattern);
        Self { keyword, pointer, written: pattern.to_owned(), expressions, covers: true }
    }

    /// A format; nothing for one that is only a word.
    pub(crate) fn format(pointer: Pointer, format: &str) -> Option<Self> {
        let (text, covers) = formats::expression(format)?;
        let expressions = vec![Expression { text: text.to_owned(), negated: false }];
        Some(Self { keyword: "format", pointer, written: format.to_owned(), expressions, covers })
    }

    fn named(&self) -> String {
        format!("`{}: {}` at {}", self.keyword, self.written, self.pointer)
    }

    fn parsed(&self) -> Result<Parsed, StrategyError> {
        let mut hirs = Vec::new();
        for expression in &self.expressions {
            let hir = regex_syntax::parse(&expression.text).map_err(|error| StrategyError::Unsupported {
                pointer: self.pointer.clone(),
                reason: format!("the {} `{}`: {error}", self.keyword, self.written),
            })?;
            hirs.push(hir);
        }
        let groups = self.expressions.iter().any(|expression| pattern::refers_to_groups(&expression.text));
        let both = hirs.iter().zip(&self.expressions);
        let machines = both.map(|(hir, expression)| Machine::of(hir, expression.negated)).collect::<Option<Vec<_>>>();
        Ok(Parsed { hirs, machines: machines.filter(|_| !groups) })
    }
}

/// Builds the strings of a schema.
pub(crate) fn source<'d>(strategies: &mut Strategies<'d>, schema: &Conjunction<'d>) -> Result<Built, StrategyError> {
    let lengths = Lengths::of(schema)?;
    let terms = keyword::terms(schema);
    if terms.is_empty() {
        return Ok(Built::Sure(keyword::free_strings(lengths)));
    }
    let mut choices = Vec::new();
    let samples = samples(strategies, schema)?;
    if !samples.is_empty() {
        choices.push(one_of(samples));
    }
    if let [Term { keyword: "format", written, .. }] = terms.as_slice()
        && written == "email"
        && lengths.most.is_none()
        && lengths.least == 0
    {
        let mailboxes = source::source(|runner| Ok(mailbox::drawn(runner.rng()).into()));
        choices.extend([mailboxes.clone(), mailboxes]);
        return Ok(Built::Unsure(any_of(choices)));
    }
    let parsed = terms.iter().map(Term::parsed).collect::<Result<Vec<_>, _>>()?;
    match walk(&parsed, &lengths) {
        Ok(product) => choices.push(product_source(product, lengths.least)),
        Err(NoWalk::Empty) if choices.is_empty() || terms.iter().all(|term| term.covers) => {
            return Err(unsatisfiable(schema, conflict(schema, &terms, &parsed, &lengths)));
        }
        Err(_) => {
            let patterns = terms.iter().zip(&parsed).filter(|(term, _)| term.keyword != "format");
            let hirs = patterns.filter_map(|(_, parsed)| parsed.hirs.last().cloned());
            choices.extend(hirs.map(|hir| pattern::matching(hir, lengths.least, lengths.most)));
        }
    }
    if choices.is_empty() {
        return Err(unsatisfiable(schema, conflict(schema, &terms, &parsed, &lengths)));
    }
    Ok(Built::Unsure(any_of(choices)))
}

fn product_source(product: Product, least: usize) -> Source {
    let strings = source::source(move |runner| Ok(Value::String(product.draw(runner.rng()))));
    strings.weighing(1 + least as u64 / 16)
}

/// What is listed for the formats of a schema, as far as the rest of it lets it pass.
fn samples<'d>(strategies: &mut Strategies<'d>, schema: &Conjunction<'d>) -> Result<Vec<Value>, StrategyError> {
    let formats = schema.all("format").into_iter().filter_map(|format| format.value.as_str());
    let mut listed: Vec<Value> = formats.flat_map(formats::valid).map(Value::String).collect();
    let upper = |value: &Value| value.as_str().map(|text| Value::String(text.to_uppercase()));
    listed.extend(listed.iter().filter_map(upper).collect::<Vec<_>>());
    listed.dedup();
    let validators = strategies.validators(schema)?;
    listed.retain(|value| validators.iter().all(|one| one.accepts(value)));
    Ok(listed)
}

/// The walk through all terms; too large where one of them has no machine.
fn walk(parsed: &[Parsed], lengths: &Lengths) -> Result<Product, NoWalk> {
    let machines = parsed.iter().map(|one| one.machines.clone()).collect::<Option<Vec<_>>>();
    // A code point takes a byte at least.
    let most = lengths.most.unwrap_or(usize::MAX).min(lengths.bytes.unwrap_or(usize::MAX));
    let machines = machines.ok_or(NoWalk::TooLarge)?.concat();
    Product::of(&machines, lengths.least, Some(most).filter(|most| *most < usize::MAX))
}

/// The fewest keywords that no string meets together.
fn conflict(schema: &Conjunction<'_>, terms: &[Term], parsed: &[Parsed], lengths: &Lengths) -> String {
    let free = Lengths { least: 0, most: None, bytes: None };
    let none = |chosen: &[usize], lengths: &Lengths| {
        let machines = chosen.iter().map(|index| parsed.get(*index)?.machines.clone()).collect::<Option<Vec<_>>>();
        let most = lengths.most.into_iter().chain(lengths.bytes).min();
        machines
            .is_some_and(|machines| Product::of(&machines.concat(), lengths.least, most).err() == Some(NoWalk::Empty))
    };
    let one = (0..terms.len()).map(|index| vec![index]);
    let two = (0..terms.len()).flat_map(|first| (0..first).map(move |second| vec![second, first]));
    let sets: Vec<Vec<usize>> = one.chain(two).collect();
    let limits = stated(schema, &["minLength", "maxLength", "x-maxBytes"]);
    let names =
        |chosen: &[usize]| chosen.iter().filter_map(|index| terms.get(*index)).map(Term::named).collect::<Vec<_>>();
    let found = sets.iter().find(|chosen| none(chosen, &free)).map(|chosen| names(chosen));
    let found = found.or_else(|| {
        let chosen = sets.iter().find(|chosen| !limits.is_empty() && none(chosen, lengths))?;
        Some(names(chosen).into_iter().chain([limits.clone()]).collect())
    });
    let all =
        || terms.iter().map(Term::named).chain([limits.clone()].into_iter().filter(|one| !one.is_empty())).collect();
    format!("no string meets {}", found.unwrap_or_else(all).join(" and "))
}

/// Strings of a length that meet everything but what is said of lengths.
pub(crate) fn of_length(schema: &Conjunction<'_>, length: usize) -> Vec<String> {
    let parsed = keyword::terms(schema).iter().map(Term::parsed).collect::<Result<Vec<_>, _>>().unwrap_or_default();
    drawn(&parsed, &Lengths { least: length, most: Some(length), bytes: None })
}

/// Strings that meet everything but one thing that a keyword asks.
pub(crate) fn breaking(schema: &Conjunction<'_>, keyword: &str) -> Vec<String> {
    let terms = keyword::terms(schema);
    let Ok(lengths) = Lengths::of(schema) else { return Vec::new() };
    let mut found = Vec::new();
    for (index, term) in terms.iter().enumerate().filter(|(_, term)| term.keyword == keyword && term.covers) {
        for broken in 0..term.expressions.len() {
            let mut others = terms.clone();
            if let Some(expression) = others.get_mut(index).and_then(|term| term.expressions.get_mut(broken)) {
                expression.negated = !expression.negated;
            }
            let parsed = others.iter().map(Term::parsed).collect::<Result<Vec<_>, _>>().unwrap_or_default();
            found.extend(drawn(&parsed, &lengths));
        }
    }
    found
}

fn drawn(parsed: &[Parsed], lengths: &Lengths) -> Vec<String> {
    let mut runner = super::runner(0, 1);
    let walk = walk(parsed, lengths).ok().filter(|_| !parsed.is_empty());
    walk.map(|product| (0..CASES).map(|_| product.draw(runner.rng())).collect()).unwrap_or_default()
}

/// Strings that match a pattern and nothing else.
pub(crate) fn matching(pattern: &str) -> Vec<String> {
    let parsed = Term::pattern("pattern", Pointer::root(), pattern).parsed();
    parsed.map(|parsed| drawn(&[parsed], &Lengths { least: 0, most: None, bytes: None })).unwrap_or_default()
}

/// A pattern as what tells strings that match from others.
pub(crate) struct Matcher(Vec<Machine>);

impl Matcher {
    /// Nothing where there is no machine for it.
    pub(crate) fn of(pattern: &str) -> Option<Self> {
        let parsed = Term::pattern("pattern", Pointer::root(), pattern).parsed().ok()?;
        parsed.machines.map(Self)
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        self.0.iter().all(|machine| machine.accepts(text))
    }
}
