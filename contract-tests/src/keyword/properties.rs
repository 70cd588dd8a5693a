//! `properties`, `required` and `additionalProperties`: which properties an object has, may have and must not have.

mod cases;
mod operators;

use std::ops::RangeInclusive;

use proptest::prelude::RngExt;
use proptest::test_runner::{Reason, TestRunner};
use serde_json::{Map, Value};

use super::{Inner, Keyword, property_count};
use crate::document::{Conjunction, Kind};
use crate::strategy::strings::matching;
use crate::strategy::{Built, SPARSE_DEPTH, Source, Strategies, StrategyError, runner, source, stated, unsatisfiable};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["properties", "required", "additionalProperties"],
    kind: Some(Kind::Object),
    copied: &["required"],
    inner: &[("properties", Inner::Map), ("additionalProperties", Inner::One)],
    variants: Some(cases::variants),
    faults: Some(cases::faults),
    source: Some(objects),
    operators: operators::OPERATORS,
    ..Keyword::NONE
};

/// A property that no document declares; real responses carry such properties.
pub(crate) const UNDECLARED: &str = "undeclaredProperty";

/// How often an optional property is there.
const PRESENT: f64 = 0.7;
/// How many names there are to choose from where names are restricted, beside those that must be there.
const SOME_NAMES: usize = 4;
const MOST_NAMES: usize = 1_000;
/// How often there is a property that nobody declared, where it may be there.
const UNASKED: f64 = 0.1;

/// A declared property.
struct Field {
    name: String,
    /// It must not be taken away again.
    needed: bool,
    /// It is there in every draw.
    always: bool,
    values: Source,
}

/// Properties that the schema doesn't declare.
struct Extra {
    /// How many; nothing where nobody asks for any, and one comes now and then.
    count: Option<RangeInclusive<usize>>,
    /// Their names and values; what has another name is [`UNDECLARED`].
    named: Vec<(String, Source)>,
    values: Option<Source>,
}

fn objects<'d>(
    strategies: &mut Strategies<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Option<Built>, StrategyError> {
    if schema.kind() != Some(Kind::Object) {
        return Ok(None);
    }
    let required = schema.required();
    let (least, most) = property_count::counts(schema);
    if most < least || most < required.len() {
        let reason = "maxProperties is below minProperties, or below the required ones";
        let both = stated(schema, &["minProperties", "maxProperties", "required"]);
        return Err(unsatisfiable(schema, format!("{reason}: {both}")));
    }
    let mut names = schema.properties();
    names.extend(required.iter().filter(|name| !schema.properties().contains(name)));
    let mut sure = required.len();
    let mut fields = Vec::new();
    let mut weight = 1_u64;
    for name in names {
        let needed = required.contains(&name);
        if !needed && depth >= SPARSE_DEPTH && sure >= least {
            continue;
        }
        let Some(property) = schema.property(strategies.document, name)? else {
            if needed {
                let places = stated(schema, &["required", "additionalProperties"]);
                let reason = format!("`{name}` is required here and forbidden there: {places}");
                return Err(unsatisfiable(schema, reason));
            }
            continue;
        };
        let values = match strategies.value(&property, depth + 1) {
            Err(error) if !needed => {
                strategies.without(error, schema, name, depth)?;
                continue;
            }
            other => other?,
        };
        // Where minProperties asks for more than is required, the first optional ones fill the gap.
        let filling = !needed && sure < least;
        sure += usize::from(filling);
        if needed || filling {
            weight = weight.saturating_add(values.weight);
        }
        fields.push(Field { name: name.to_owned(), needed, always: needed || filling, values });
    }
    let missing = least.saturating_sub(sure);
    let extra = strategies.additional(schema, depth, missing)?;
    let each = extra.as_ref().map_or(0, Extra::weight);
    let weight = strategies.weigh(schema, "minProperties", missing, each)?.saturating_add(weight);
    let objects = source(move |runner| {
        let mut object = Map::with_capacity(fields.len());
        for field in &fields {
            if field.always || runner.rng().random_bool(PRESENT) {
                object.insert(field.name.clone(), field.values.draw(runner)?);
            }
        }
        if let Some(extra) = &extra {
            extra.join(&mut object, runner)?;
        }
        while object.len() > most {
            let optional = |name: &&String| !fields.iter().any(|field| field.needed && field.name == **name);
            let Some(last) = object.keys().rev().find(optional).cloned() else { break };
            object.shift_remove(&last);
        }
        Ok(Value::Object(object))
    });
    Ok(Some(Built::Sure(objects.weighing(weight))))
}

impl<'d> Strategies<'d> {
    /// Properties that the schema doesn't name: those of `additionalProperties`, and now and then one that nobody declared.
    fn additional(
        &mut self,
        schema: &Conjunction<'d>,
        depth: usize,
        missing: usize,
    ) -> Result<Option<Extra>, StrategyError> {
        // Where names are restricted, there are no others.
        let is_open = schema.all("propertyNames").is_empty();
        let Some(property) = schema.property(self.document, UNDECLARED)?.filter(|_| is_open) else {
            let named = self.named(schema, depth, missing)?;
            return if named.len() >= missing && !named.is_empty() && (depth < SPARSE_DEPTH || missing > 0) {
                let count = Some(missing..=missing.saturating_add(2));
                Ok(Some(Extra { count, named, values: None }))
            } else if missing == 0 {
                Ok(None)
            } else {
                let places = stated(schema, &["minProperties", "additionalProperties", "propertyNames"]);
                let reason = format!("minProperties asks for more properties than may be there: {places}");
                Err(unsatisfiable(schema, reason))
            };
        };
        if depth >= SPARSE_DEPTH && missing == 0 {
            return Ok(None);
        }
        let values = match self.value(&property, depth + 1) {
            Err(error) if missing == 0 => {
                self.without(error, schema, UNDECLARED, depth)?;
                return Ok(None);
            }
            other => other?,
        };
        let asked = schema.all("additionalProperties").iter().any(|found| found.value != &Value::Bool(false));
        let count = (asked || missing > 0).then_some(missing..=missing.saturating_add(2));
        Ok(Some(Extra { count, named: Vec::new(), values: Some(values) }))
    }

    /// Properties with the names that `propertyNames` allows or `patternProperties` speaks of, and are not declared.
    fn named(
        &mut self,
        schema: &Conjunction<'d>,
        depth: usize,
        missing: usize,
    ) -> Result<Vec<(String, Source)>, StrategyError> {
        let wanted = missing.saturating_add(SOME_NAMES).min(MOST_NAMES);
        let mut names = Vec::new();
        let restrictions = schema.all("propertyNames");
        if !restrictions.is_empty() {
            let all = restrictions
                .into_iter()
                .try_fold(Conjunction::anything(), |all, names| all.and(self.document, names))?;
            let Some(drawn) = self.unless_left_out(|one| one.value(&all, depth + 1))? else { return Ok(Vec::new()) };
            let mut runner = runner(0, 1);
            let drawn = (0..4 * wanted).map_while(|_| drawn.draw(&mut runner).ok());
            names.extend(drawn.filter_map(|name| name.as_str().map(str::to_owned)));
        } else if self.document.is_3_1() {
            let patterns = schema.all("patternProperties").into_iter();
            let each = patterns.flat_map(|patterns| patterns.value.as_object().into_iter().flatten());
            names.extend(each.flat_map(|(pattern, _)| matching(pattern)));
        }
        let mut found: Vec<(String, Source)> = Vec::new();
        for name in names {
            let is_known = schema.properties().contains(&name.as_str()) || schema.required().contains(&name.as_str());
            if found.len() >= wanted || is_known || found.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let Some(property) = schema.property(self.document, &name)? else { continue };
            found.extend(self.unless_left_out(|one| one.value(&property, depth + 1))?.map(|values| (name, values)));
        }
        Ok(found)
    }
}

impl<'d> Strategies<'d> {
    /// Does without an optional property. One that parts of `allOf` forbid each other is absent, as one is that
    /// `additionalProperties: false` forbids; one that cannot be built is an error of its own.
    fn without(
        &mut self,
        error: StrategyError,
        schema: &Conjunction<'d>,
        name: &str,
        depth: usize,
    ) -> Result<(), StrategyError> {
        if matches!(error, StrategyError::Unsatisfiable { .. })
            && self.apart(schema, name, depth)?
            && let Some(property) = schema.property(self.document, name)?
        {
            self.note_dead(property.pointer());
            return Ok(());
        }
        self.leave_out(error)
    }

    /// Whether a property that no value can have is one that parts of `allOf` forbid each other: each of them alone allows
    /// it. It is then absent, as one that `additionalProperties: false` forbids.
    fn apart(&mut self, schema: &Conjunction<'d>, name: &str, depth: usize) -> Result<bool, StrategyError> {
        let mut demands = 0;
        for part in schema.apart() {
            let Some(property) = part.property(self.document, name)?.filter(|property| !property.parts.is_empty())
            else {
                continue;
            };
            demands += 1;
            if matches!(self.value(&property, depth + 1), Err(StrategyError::Unsatisfiable { .. })) {
                return Ok(false);
            }
        }
        Ok(demands > 1)
    }
}

impl Extra {
    fn join(&self, object: &mut Map<String, Value>, runner: &mut TestRunner) -> Result<(), Reason> {
        let count = match &self.count {
            Some(count) => runner.rng().random_range(count.clone()),
            None => usize::from(runner.rng().random_bool(UNASKED)),
        };
        for index in 0..count {
            let (name, values) = match (self.named.get(index), &self.values) {
                (Some((name, values)), _) => (name.clone(), values),
                (None, Some(values)) if self.count.is_some() => (format!("{UNDECLARED}{index}"), values),
                (None, Some(values)) => (UNDECLARED.to_owned(), values),
                (None, None) => break,
            };
            let value = values.draw(runner)?;
            object.entry(name).or_insert(value);
        }
        Ok(())
    }

    /// How large one of them is at least.
    fn weight(&self) -> u64 {
        let named = self.named.iter().map(|(_, values)| values.weight);
        named.chain(self.values.iter().map(|values| values.weight)).max().unwrap_or_default()
    }
}
