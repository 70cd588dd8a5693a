//! Deterministic cases: valid payloads at each boundary, and invalid ones with exactly one labelled fault.
//!
//! Chance rarely meets a boundary, and valid payloads cannot notice a loosened document, so both are enumerated before
//! anything is drawn. A candidate counts as a case only when the document's compiled schema gives exactly the verdict on
//! its label; a constraint for which no candidate does is named, never passed over.

mod baseline;
pub mod graft;
pub mod lines;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::document::{Conjunction, Document, Kind, Located, Pointer};
use crate::keyword;
use crate::oracle::Violation;
use crate::strategy::{self, Strategies, StrategyError};
use crate::tolerances;

/// From this depth on only a baseline is built: the schemas below have cases of their own, as components.
const LAST_DEPTH: usize = 6;

/// How many values the payloads of one schema may hold, at every depth together, before a lesser depth must do. Schemas
/// that hold each other in many ways have so many places within six steps that nobody could wait for them.
const MOST: usize = 400_000;

/// One payload with the verdict that the document gives it.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// What is special about it.
    pub label: String,
    /// The payload.
    pub payload: Value,
    /// The one fault; nothing for a valid payload.
    pub fault: Option<Violation>,
}

/// A constraint that no case shows alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Uncovered {
    /// The constraint's keyword.
    pub keyword: String,
    /// Where in the payload.
    pub pointer: Pointer,
    /// What the compiled schema said of the first candidate.
    pub verdict: String,
}

/// The cases of one schema.
#[derive(Debug, Default, Serialize)]
pub struct Cases {
    /// The proven cases.
    pub cases: Vec<Case>,
    /// The candidates that turned out otherwise: label, and what the compiled schema said.
    pub refuted: Vec<(String, String)>,
    /// The constraints without a case.
    pub uncovered: Vec<Uncovered>,
    /// How many steps deep the cases go, where that is less than usual.
    pub shallow: Option<usize>,
}

/// A payload that should be valid.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) label: String,
    pub(crate) value: Value,
}

/// A payload that should have one fault.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) label: String,
    pub(crate) value: Value,
    violation: Violation,
}

/// Enumerates the cases of one document's schemas.
pub struct Enumerator<'d> {
    pub(crate) document: &'d Document,
    pub(crate) strategies: Strategies<'d>,
    /// What was found already for a schema at a depth: its baseline, and the same with everything optional.
    baselines: HashMap<(String, usize), Value>,
    bases: HashMap<(String, usize), Map<String, Value>>,
    /// The few payloads of components within other schemas: by demands, depth and the last depth.
    few_variants: HashMap<(String, usize, usize), Vec<Variant>>,
    few_faults: HashMap<(String, usize, usize), Vec<Fault>>,
    last_depth: usize,
    built: usize,
}

impl<'d> Enumerator<'d> {
    /// For this document.
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            strategies: Strategies::new(document),
            baselines: HashMap::new(),
            bases: HashMap::new(),
            few_variants: HashMap::new(),
            few_faults: HashMap::new(),
            last_depth: LAST_DEPTH,
            built: 0,
        }
    }

    /// Nothing in place of what cannot be built, which is reported. What no value can be is no loss.
    pub(crate) fn unless_left_out<T>(
        &mut self,
        build: impl FnOnce(&mut Self) -> Result<T, StrategyError>,
    ) -> Result<Option<T>, StrategyError> {
        let found = build(self);
        self.strategies.unless_left_out(|_| found)
    }

    /// The cases of a schema, each proven by the compiled schema.
    pub fn cases(&mut self, schema: Located<'d>) -> Result<Cases, StrategyError> {
        let validator = self.strategies.validator(&schema)?;
        let conjunction = Conjunction::of(self.document, schema)?;
        // A schema that no value satisfies is an error here, before any candidate is built.
        drop(self.strategies.conforming(&conjunction)?);
        let (variants, faults) = self.candidates(&conjunction)?;
        let mut seen = HashSet::new();
        let shallow = (self.last_depth < LAST_DEPTH).then_some(self.last_depth);
        let mut found = Cases { shallow, ..Cases::default() };
        for variant in variants {
            let digest = digest(&variant.value);
            if seen.contains(&digest) {
                continue;
            }
            if validator.accepts(&variant.value) {
                seen.insert(digest);
                found.cases.push(Case { label: variant.label, payload: variant.value, fault: None });
            } else {
                // What is no variant may well be a fault.
                found
                    .refuted
                    .push((variant.label, describe(&validator.violations(&variant.value)).unwrap_or_default()));
            }
        }
        let mut wanted: BTreeMap<Violation, Option<String>> = BTreeMap::new();
        for fault in faults {
            let violations = validator.violations(&fault.value);
            // To today's JSON Schema a number without a fraction is an integer however it is written, which is for nobody to show.
            if violations.is_empty() && tolerances::is_whole_fraction(&fault.value, &fault.violation.pointer) {
                continue;
            }
            let known = wanted.entry(fault.violation.clone());
            if violations == [fault.violation.clone()] {
                known.and_modify(|verdict| *verdict = None).or_insert(None);
                if seen.insert(digest(&fault.value)) {
                    found.cases.push(Case { label: fault.label, payload: fault.value, fault: Some(fault.violation) });
                }
            } else {
                let verdict = describe(&violations).unwrap_or_else(|| "accepted".into());
                known.or_insert_with(|| Some(verdict.clone()));
                found.refuted.push((fault.label, verdict));
            }
        }
        let open = wanted.into_iter().filter_map(|(violation, verdict)| Some((violation, verdict?)));
        found.uncovered = open
            .map(|(violation, verdict)| Uncovered { keyword: violation.keyword, pointer: violation.pointer, verdict })
            .collect();
        Ok(found)
    }

    /// The plainest payloads that conform, which vary nothing but what the schema itself says; the baseline first.
    pub fn plain(&mut self, schema: Located<'d>) -> Result<Vec<Case>, StrategyError> {
        let validator = self.strategies.validator(&schema)?;
        let conjunction = Conjunction::of(self.document, schema)?;
        drop(self.strategies.conforming(&conjunction)?);
        (self.last_depth, self.built) = (1, 0);
        let variants = self.variants(&conjunction, 0)?.into_iter();
        let conforming = variants.filter(|variant| validator.accepts(&variant.value));
        Ok(conforming.map(|variant| Case { label: variant.label, payload: variant.value, fault: None }).collect())
    }

    /// Everything that may be a case, down to the depth that is not too much.
    fn candidates(&mut self, schema: &Conjunction<'d>) -> Result<(Vec<Variant>, Vec<Fault>), StrategyError> {
        self.last_depth = LAST_DEPTH;
        loop {
            self.built = 0;
            let (variants, faults) = (self.variants(schema, 0)?, self.faults(schema, 0)?);
            if self.built <= MOST || self.last_depth == 1 {
                return Ok((variants, faults));
            }
            self.last_depth -= 1;
        }
    }

    /// Whether only a baseline is to be built here.
    pub(crate) fn at_end(&self, depth: usize) -> bool {
        depth >= self.last_depth || (self.built > MOST && self.last_depth > 1)
    }

    /// The payloads at the boundaries of a schema.
    pub(crate) fn variants(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Vec<Variant>, StrategyError> {
        let few = self.has_own_cases(schema, depth)?.then(|| (schema.key(), depth, self.last_depth));
        if let Some(known) = few.as_ref().and_then(|key| self.few_variants.get(key)) {
            return Ok(known.clone());
        }
        let mut found = vec![variant("baseline".into(), self.baseline(schema, depth)?)];
        if !self.at_end(depth) {
            for keyword in asked(schema) {
                if let Some(variants) = keyword.variants {
                    found.extend(variants(self, schema, depth)?);
                }
            }
        }
        if let Some(key) = few {
            found = few_variants(found);
            self.few_variants.insert(key, found.clone());
        }
        self.built += found.iter().map(|variant| size(&variant.value)).sum::<usize>();
        Ok(found)
    }

    /// The payloads just beyond the boundaries of a schema.
    pub(crate) fn faults(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Vec<Fault>, StrategyError> {
        let few = self.has_own_cases(schema, depth)?.then(|| (schema.key(), depth, self.last_depth));
        if let Some(known) = few.as_ref().and_then(|key| self.few_faults.get(key)) {
            return Ok(known.clone());
        }
        let mut found = Vec::new();
        if !self.at_end(depth) {
            for keyword in asked(schema) {
                if let Some(faults) = keyword.faults {
                    found.extend(faults(self, schema, depth)?);
                }
            }
        }
        if let Some(key) = few {
            found = few_faults(found);
            self.few_faults.insert(key, found.clone());
        }
        self.built += found.iter().map(|fault| size(&fault.value)).sum::<usize>();
        Ok(found)
    }

    /// Whether a schema within another is a component of objects, or of alternatives: it has all its cases as one, and within the
    /// other one a few show that it is looked at. Else their number would be a product at each step.
    fn has_own_cases(&self, schema: &Conjunction<'d>, depth: usize) -> Result<bool, StrategyError> {
        let composed = || schema.kind() == Some(Kind::Object) || !schema.alternatives().is_empty();
        if depth == 0 || !is_component(&schema.pointer()) || !composed() {
            return Ok(false);
        }
        let Some(component) = self.document.at(&schema.pointer()) else { return Ok(false) };
        Ok(Conjunction::of(self.document, component)?.key() == schema.key())
    }

    /// Strings of a schema by chance.
    pub(crate) fn drawn(&mut self, schema: &Conjunction<'d>, count: usize) -> Result<Vec<Value>, StrategyError> {
        let payloads = self.strategies.conforming(schema)?;
        let mut drawn = strategy::draw(&payloads, &schema.pointer(), 1, count)?;
        drawn.retain(Value::is_string);
        Ok(drawn)
    }
}

/// The keywords that have a say on a schema: those about its kind, up to one that claims it.
fn asked(schema: &Conjunction<'_>) -> impl Iterator<Item = &'static keyword::Keyword> {
    let kind = schema.kind();
    let claim = keyword::ALL.iter().position(|keyword| (keyword.claims)(schema));
    let last = claim.map_or(keyword::ALL.len(), |claim| claim + 1);
    keyword::ALL.iter().take(last).filter(move |keyword| keyword.is_about(kind))
}

/// Of a component's payloads those that the holder of one may take otherwise than the component: the baseline, the least, the
/// last, which is the most, and what is of another kind.
pub(crate) fn few_variants(all: Vec<Variant>) -> Vec<Variant> {
    let last = all.len().saturating_sub(1);
    let numbered = all.into_iter().enumerate();
    numbered.filter(|(at, one)| *at < 2 || *at == last || !one.value.is_object()).map(|(_, one)| one).collect()
}

/// Of a component's faults those of the value as a whole, and within it the first of each keyword.
pub(crate) fn few_faults(all: Vec<Fault>) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let is_whole = |fault: &Fault| fault.violation.pointer == Pointer::root();
    all.into_iter().filter(|fault| is_whole(fault) || seen.insert(fault.violation.keyword.clone())).collect()
}

/// Whether a schema stands among the components.
pub(crate) fn is_component(pointer: &Pointer) -> bool {
    pointer.parent().is_some_and(|(holder, _)| holder.as_str() == "/components/schemas")
}

/// By what payloads are told apart, numbers and the order of properties as they are written: of so few, no two have one digest by
/// chance.
fn digest(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.to_string().hash(&mut hasher);
    hasher.finish()
}

/// How many values a value holds, itself among them.
pub(crate) fn size(value: &Value) -> usize {
    match value {
        Value::Object(map) => 1 + map.values().map(size).sum::<usize>(),
        Value::Array(list) => 1 + list.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}

pub(crate) fn variant(label: String, value: impl Into<Value>) -> Variant {
    Variant { label, value: value.into() }
}

pub(crate) fn fault(keyword: &str, label: String, value: impl Into<Value>) -> Fault {
    fault_at(Pointer::root(), keyword, label, value)
}

pub(crate) fn fault_at(pointer: Pointer, keyword: &str, label: String, value: impl Into<Value>) -> Fault {
    let violation = Violation { pointer, keyword: keyword.into() };
    Fault { label: format!("{violation}: {label}"), value: value.into(), violation }
}

/// The same fault, seen from a value that holds it.
pub(crate) fn lifted(inner: Fault, step: &Pointer, hold: impl FnOnce(Value) -> Value) -> Fault {
    let violation =
        Violation { pointer: step.join(&inner.violation.pointer), keyword: inner.violation.keyword.clone() };
    let label = inner.label.split_once(": ").map_or(inner.label.as_str(), |(_, label)| label);
    Fault { label: format!("{violation}: {label}"), value: hold(inner.value), violation }
}

/// The place of one property in a payload.
pub(crate) fn step(name: &str) -> Pointer {
    Pointer::root().child(name)
}

fn describe(violations: &[Violation]) -> Option<String> {
    if violations.is_empty() {
        return None;
    }
    Some(violations.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}
