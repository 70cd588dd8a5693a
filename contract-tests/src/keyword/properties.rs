//! `properties`, `required` and `additionalProperties`: which properties an object has, may have and must not have.

mod cases;
mod operators;

use std::ops::RangeInclusive;

use proptest::prelude::RngExt;
use proptest::test_runner::{Reason, TestRunner};
use serde_json::{Map, Value};

use super::{Inner, Keyword, property_count};
use crate::document::{Conjunction, Kind};
use crate::strategy::{Built, SPARSE_DEPTH, Source, Strategies, StrategyError, source, stated, unsatisfiable};

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

/// Properties that the schema doesn't name.
struct Extra {
    /// How many; nothing where nobody asks for any, and one comes now and then.
    count: Option<RangeInclusive<usize>>,
    values: Source,
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
    let each = extra.as_ref().map_or(0, |extra| extra.values.weight);
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
        let Some(property) = schema.property(self.document, UNDECLARED)? else {
            return if missing == 0 {
                Ok(None)
            } else {
                let places = stated(schema, &["minProperties", "additionalProperties"]);
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
        Ok(Some(Extra { count, values }))
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
        let Some(count) = &self.count else {
            if runner.rng().random_bool(UNASKED) {
                let value = self.values.draw(runner)?;
                object.entry(UNDECLARED).or_insert(value);
            }
            return Ok(());
        };
        for index in 0..runner.rng().random_range(count.clone()) {
            let value = self.values.draw(runner)?;
            object.entry(format!("{UNDECLARED}{index}")).or_insert(value);
        }
        Ok(())
    }
}
