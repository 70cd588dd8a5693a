//! The comparison at work: pairs of schemas by direction, and the list of changes that grows.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::change::{Change, Comparison, Direction, Verdict, Witness};
use super::difference::{self, Difference};
use super::inclusion::{Inclusion, Schemas, Side as Hand};
use super::side::Side;
use super::wire::Wire;
use crate::document::{Located, Pointer};
use crate::prepared::Preparation;

/// For how many undecided pairs the judge's cases are tried.
const TRIED: usize = 40;

/// Why it is undecided whether a new property breaks anything.
const UNDECLARED: &str = "only a member that the sender's document does not declare shows a difference; whether anybody sends it \
                          is not in the documents";

/// A pair of schemas that was compared, by where they stand.
type Pair = (Option<Pointer>, Option<Pointer>, Direction, Wire);

/// What of two documents is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everything, schemas as they are written.
    All,
    /// What no schema says.
    Facts,
    /// Schemas, by what they mean in one direction. What else is noted in passing is not told.
    Schemas(Direction),
}

/// A part that both documents describe by a schema, or by none.
pub(super) struct Part<'d, 'p> {
    pub(super) kind: &'static str,
    pub(super) subject: &'p str,
    pub(super) direction: Direction,
    /// What it is called in a sentence.
    pub(super) name: &'p str,
    pub(super) old: Option<&'p Located<'d>>,
    pub(super) new: Option<&'p Located<'d>>,
    /// Where the parts stand, for where there is no schema.
    pub(super) places: (&'p Pointer, &'p Pointer),
    /// How a value is written.
    pub(super) wire: Wire,
}

/// Both documents, and what is known of them so far.
pub(super) struct Comparing<'d> {
    pub(super) old: Side<'d>,
    pub(super) new: Side<'d>,
    /// For senders that use no name before it is declared.
    declared: Schemas,
    /// For senders that use any name.
    open: Schemas,
    pub(super) changes: Vec<Change>,
    scope: Scope,
    pairs: HashMap<Pair, Option<usize>>,
    told: HashSet<(Pointer, Pointer, bool)>,
    facts: HashSet<(Pointer, Pointer, String)>,
    tried: usize,
    proved: usize,
    same: usize,
}

impl<'d> Comparing<'d> {
    pub(super) fn new(old: Side<'d>, new: Side<'d>, scope: Scope) -> Self {
        let schemas = |declares| Schemas::new(old.dialect(), old.root(), new.root(), declares);
        let (declared, open) = (schemas(true), schemas(false));
        Self {
            old,
            new,
            declared,
            open,
            changes: Vec::new(),
            scope,
            pairs: HashMap::new(),
            told: HashSet::new(),
            facts: HashSet::new(),
            tried: 0,
            proved: 0,
            same: 0,
        }
    }

    pub(super) fn finished(mut self) -> Comparison {
        self.changes.sort_by_key(|change| (change.verdict, change.direction.is_none()));
        Comparison {
            old: self.old.document.name().to_owned(),
            new: self.new.document.name().to_owned(),
            changes: self.changes,
            proved: self.proved,
            same: self.same,
        }
    }

    /// Notes a change that needs no search.
    pub(super) fn note(
        &mut self,
        verdict: Verdict,
        kind: &'static str,
        subject: &str,
        what: impl Into<String>,
        places: (Option<&Pointer>, Option<&Pointer>),
    ) -> &mut Change {
        let spot =
            |side: &Side<'_>, pointer: Option<&Pointer>| pointer.map(|pointer| side.spot(pointer)).unwrap_or_default();
        let change = Change {
            verdict,
            kind,
            subjects: vec![subject.to_owned()],
            direction: None,
            what: what.into(),
            details: Vec::new(),
            witness: None,
            reason: None,
            old: spot(&self.old, places.0),
            new: spot(&self.new, places.1),
            of_schemas: false,
            schema: None,
            client: None,
        };
        self.changes.push(change);
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    /// Compares two schemas in the direction of what is sent.
    pub(super) fn part(&mut self, part: &Part<'d, '_>) {
        if self.scope != Scope::All && self.scope != Scope::Schemas(part.direction) {
            return;
        }
        let before = self.changes.len();
        self.part_of_direction(part);
        self.changes.iter_mut().skip(before).for_each(|change| change.of_schemas = true);
    }

    fn part_of_direction(&mut self, part: &Part<'d, '_>) {
        self.annotations(part);
        let target =
            |side: &Side<'d>, schema: Option<&Located<'d>>| schema.map(|schema| side.bare(schema.clone()).pointer);
        let pair = (target(&self.old, part.old), target(&self.new, part.new), part.direction, part.wire);
        if let Some(known) = self.pairs.get(&pair) {
            if let Some(change) = known.and_then(|index| self.changes.get_mut(index))
                && !change.subjects.iter().any(|subject| subject == part.subject)
            {
                change.subjects.push(part.subject.to_owned());
            }
            return;
        }
        let before = self.changes.len();
        self.decide(part);
        self.pairs.insert(pair, (self.changes.len() > before).then_some(before));
    }

    fn decide(&mut self, part: &Part<'d, '_>) {
        let (Some(old), Some(new)) = (self.old.translated(part.old), self.new.translated(part.new)) else {
            self.changed(part, Verdict::Undecided, None, Some("a schema cannot be read".into()));
            return;
        };
        let found = asked(&mut self.declared, &self.old, &self.new, part, (&old, &new));
        match found {
            None => {
                self.proved += 1;
                self.same += 1;
            }
            // What no validator can be made of means nothing, whatever is proved of it.
            Some(Inclusion::Included) if let Some(fault) = self.fault(part) => {
                self.changed(part, Verdict::Undecided, None, Some(fault));
            }
            Some(Inclusion::Included) => match asked(&mut self.open, &self.old, &self.new, part, (&old, &new)) {
                None | Some(Inclusion::Included) => {
                    self.proved += 1;
                    self.changed(part, Verdict::Compatible, None, None);
                }
                Some(Inclusion::Counterexample(value)) => {
                    self.changed(part, Verdict::Undecided, Some(value), Some(UNDECLARED.into()));
                }
                Some(Inclusion::Undecided(reason)) => {
                    let reason = format!("{reason}; it was proved for members that are declared before they are sent");
                    self.changed(part, Verdict::Undecided, None, Some(reason));
                }
            },
            Some(Inclusion::Counterexample(value)) => self.changed(part, Verdict::Breaking, Some(value), None),
            Some(Inclusion::Undecided(reason)) => match self.by_cases(part) {
                Some(value) => self.changed(part, Verdict::Breaking, Some(value), None),
                None => {
                    let reason = self.fault(part).unwrap_or(reason);
                    self.changed(part, Verdict::Undecided, None, Some(reason));
                }
            },
        }
    }

    /// Why one of the schemas does not compile, where one doesn't.
    fn fault(&self, part: &Part<'d, '_>) -> Option<String> {
        let fault = self.old.fault(part.old).or_else(|| self.new.fault(part.new));
        fault.map(|fault| format!("a schema does not compile: {fault}"))
    }

    /// A case of the sender's schema that shows the difference, where the search has found none.
    fn by_cases(&mut self, part: &Part<'d, '_>) -> Option<Value> {
        self.tried += 1;
        if self.tried > TRIED {
            return None;
        }
        let (side, schema) = match part.direction {
            Direction::Request => (&self.old, part.old?),
            Direction::Response => (&self.new, part.new?),
        };
        let cases = Preparation::of(side.document).cases(schema.clone()).ok()?;
        let payloads = cases.cases.iter().map(|case| &case.payload);
        let mut shown: Vec<Value> =
            payloads.filter(|value| confirmed(&self.old, &self.new, part, value)).cloned().collect();
        shown.sort_by_key(|value| value.to_string().len());
        shown.into_iter().next()
    }

    fn differences(&self, part: &Part<'d, '_>) -> Vec<Difference> {
        let (Some(old), Some(new)) = (part.old, part.new) else { return Vec::new() };
        let mut found = difference::between((self.old.document, old.clone()), (self.new.document, new.clone()));
        for difference in &mut found {
            // What nobody has written follows from the tags.
            if !self.old.is_written(&difference.old) && !self.new.is_written(&difference.new) {
                difference.what = format!("by `discriminator`: {}", difference.what);
            }
        }
        // What is read in other words is told in those of the document, as far as it has any.
        if let (Some(one), Some(other)) = (self.old.shown(&old.pointer), self.new.shown(&new.pointer)) {
            let mut shown = difference::between(one, other);
            if shown.iter().all(|difference| difference.annotation) {
                shown.extend(found.into_iter().filter(|difference| !difference.annotation));
            }
            return shown;
        }
        found
    }

    fn changed(&mut self, part: &Part<'d, '_>, verdict: Verdict, witness: Option<Value>, reason: Option<String>) {
        let mut differences = self.differences(part);
        differences.retain(|difference| !difference.annotation);
        // What the receiving side's validator complains of is what a reader looks for.
        let blamed = witness.as_ref().map(|value| match part.direction {
            Direction::Request => self.new.keywords(part.new, value),
            Direction::Response => self.old.keywords(part.old, value),
        });
        let is_blamed = |difference: &Difference| blamed.iter().flatten().any(|keyword| *keyword == difference.keyword);
        differences.sort_by_key(|difference| !is_blamed(difference));
        let (old, new) = match differences.first() {
            Some(first) => (first.old.clone(), first.new.clone()),
            None => {
                let place = |schema: Option<&Located<'_>>, otherwise: &Pointer| {
                    schema.map_or_else(|| otherwise.clone(), |schema| schema.pointer.clone())
                };
                (place(part.old, part.places.0), place(part.new, part.places.1))
            }
        };
        let what = match (verdict, part.direction) {
            (Verdict::Breaking, Direction::Request) => {
                format!("the new document refuses {} that the old one allows", part.name)
            }
            (Verdict::Breaking, Direction::Response) => {
                format!("the new document allows {} that the old one refuses", part.name)
            }
            (Verdict::Undecided, _) => {
                format!("{} changed, and whether all that was fine still is was not found out", part.name)
            }
            (Verdict::Compatible, _) => format!("{} changed, and all that was fine still is", part.name),
        };
        let change = self.note(verdict, part.kind, part.subject, what, (Some(&old), Some(&new)));
        change.direction = Some(part.direction);
        change.details = differences.into_iter().map(|difference| difference.what).collect();
        change.witness = witness.map(Witness::Payload);
        change.schema = part.old.map(|schema| schema.pointer.clone());
        change.reason = reason;
    }

    /// What says nothing about values, told once for each place.
    fn annotations(&mut self, part: &Part<'d, '_>) {
        let (Some(old), Some(new)) = (part.old, part.new) else { return };
        let request = part.direction == Direction::Request;
        if !self.told.insert((old.pointer.clone(), new.pointer.clone(), request)) {
            return;
        }
        for difference in self.differences(part).into_iter().filter(|difference| difference.annotation) {
            // Where the documents are read by direction, what these say was compared.
            let unread = if self.scope == Scope::All { Verdict::Undecided } else { Verdict::Compatible };
            let (kind, verdict) = match difference.keyword.as_str() {
                "default" if request => ("default", Verdict::Breaking),
                "default" => ("default", Verdict::Compatible),
                "deprecated" | "x-deprecated-reason" => ("deprecation", Verdict::Compatible),
                "example" | "examples" => ("example", Verdict::Compatible),
                "discriminator" => ("discriminator", unread),
                "readOnly" | "writeOnly" => ("access", unread),
                keyword if keyword.starts_with("content") => ("content", Verdict::Breaking),
                keyword if keyword.starts_with("x-") => ("extension", Verdict::Compatible),
                _ => ("description", Verdict::Compatible),
            };
            let (old, new) = (self.old.written(&difference.old), self.new.written(&difference.new));
            let key = (old, new, format!("{kind}{verdict:?}{}", difference.keyword));
            if self.facts.insert(key) {
                let places = (Some(&difference.old), Some(&difference.new));
                let what = format!("{}: {}", part.name, difference.what);
                let change = self.note(verdict, kind, part.subject, what, places);
                if verdict == Verdict::Undecided {
                    change.reason = Some("what this keyword makes of requests and responses is not compared".into());
                }
            }
        }
    }
}

/// Whether all that is sent is taken; nothing where both schemas say the same.
fn asked(
    schemas: &mut Schemas,
    old: &Side<'_>,
    new: &Side<'_>,
    part: &Part<'_, '_>,
    values: (&Value, &Value),
) -> Option<Inclusion> {
    let one = schemas.compiled(Hand::Left, &old.place(part.old), values.0);
    let other = schemas.compiled(Hand::Right, &new.place(part.new), values.1);
    if one == other {
        return None;
    }
    let (sent, taken) = if part.direction == Direction::Request { (one, other) } else { (other, one) };
    let (hand, side, schema, value) = match part.direction {
        Direction::Request => (Hand::Right, new, part.new, values.1),
        Direction::Response => (Hand::Left, old, part.old, values.0),
    };
    let as_written = part.wire.taken(value);
    let taken = if as_written == *value { taken } else { schemas.compiled(hand, &side.place(schema), &as_written) };
    Some(schemas.inclusion(sent, taken, &|value| confirmed(old, new, part, value)))
}

/// Whether the validators of both documents see that a value is fine for who sends it and not for who takes it, however that
/// one reads what is written.
fn confirmed(old: &Side<'_>, new: &Side<'_>, part: &Part<'_, '_>, value: &Value) -> bool {
    let (sent, taken) = match part.direction {
        Direction::Request => ((old, part.old), (new, part.new)),
        Direction::Response => ((new, part.new), (old, part.old)),
    };
    let refused = |value: &Value| taken.0.accepts(taken.1, value) == Some(false);
    sent.0.accepts(sent.1, value) == Some(true)
        && refused(value)
        && part.wire.readings(value).is_some_and(|readings| readings.iter().all(refused))
}
