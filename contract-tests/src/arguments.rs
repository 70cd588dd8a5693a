//! Arguments for the calls of an operation: each parameter alone, all together, none that is optional, the values that its
//! style makes hard to write, and what the document refuses.
//!
//! Every value is proven by the compiled schema, and none is looked up in the client: what a call should be given follows
//! from the document alone.

mod bodies;
mod hard;

pub(crate) use bodies::taken;

use serde_json::{Map, Value};

use crate::cases::Case;
use crate::client::{self, Argument, Arguments, Part, Payload, Place};
use crate::document::{Conjunction, Document, DocumentError, Kind, Located, Operation, Parameter, Pointer, Style, Way};
use crate::ground::Ground;
use crate::oracle::Validator;
use crate::oracle::change::{change, first_change};
use crate::request::{Shape, spelled};
use crate::strategy::StrategyError;

/// A call to make, and what must become of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// What is special about it.
    pub label: String,
    /// What the call is given.
    pub arguments: Arguments,
    /// What must become of it.
    pub expected: Expected,
}

/// What must become of a call's arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// They are sent, and the request means them.
    Sent,
    /// The wire has no form for them, or none that every server reads. If they are sent, the request means them.
    SentOrRefused,
    /// The document refuses them, and nothing is sent.
    Refused,
}

impl Expected {
    /// What must become of arguments that a client may take for either of two.
    fn or(self, other: Self) -> Self {
        if self == other { self } else { Self::SentOrRefused }
    }
}

/// The values for one parameter.
struct Values<'d> {
    parameter: Parameter<'d>,
    place: Place,
    usual: Value,
    valid: Vec<(String, Value)>,
    faulty: Vec<(String, Value)>,
}

impl Values<'_> {
    /// The usual value, or another one where a parameter has that already: two that are alike may change places unseen.
    fn unlike(&self, given: &Arguments) -> &Value {
        let own = |one: &Argument| (one.place, one.name.as_str()) == (self.place, self.parameter.name);
        let is_taken =
            |value: &&Value| given.parameters.iter().any(|one| !own(one) && as_text(&one.value) == as_text(value));
        let others = self.valid.iter().map(|(_, value)| value).filter(|value| is_plain(&self.parameter, value));
        std::iter::once(&self.usual).chain(others).find(|value| !is_taken(value)).unwrap_or(&self.usual)
    }
}

/// The arguments that every call of the operation can be given: what is required, as the document's examples have it.
pub fn usual<'d>(
    ground: &Ground<'d>,
    operation: &Operation<'d>,
    call: &client::Operation,
) -> Result<Arguments, StrategyError> {
    let mut arguments = Arguments::default();
    for values in parameters(ground, operation)?.into_iter().filter(|values| values.parameter.required) {
        arguments = arguments.with(values.place, values.parameter.name, values.usual);
    }
    if operation.request_required {
        arguments.body = bodies::usual(ground, operation, call)?;
    }
    Ok(arguments)
}

/// The label of the call that is given every parameter.
pub(crate) const EVERY_PARAMETER: &str = "every parameter";

/// Everything that a call of the operation is to be given.
pub fn attempts<'d>(
    ground: &Ground<'d>,
    operation: &Operation<'d>,
    call: &client::Operation,
) -> Result<Vec<Attempt>, StrategyError> {
    let usual = usual(ground, operation, call)?;
    let parameters = parameters(ground, operation)?;
    let mut all =
        vec![Attempt { label: "required arguments alone".into(), arguments: usual.clone(), expected: Expected::Sent }];
    let whole = parameters.iter().fold(usual.clone(), |given, values| {
        let value = values.unlike(&given).clone();
        given.with(values.place, values.parameter.name, value)
    });
    all.push(Attempt { label: EVERY_PARAMETER.into(), arguments: whole, expected: Expected::Sent });
    for values in &parameters {
        let Parameter { name, .. } = values.parameter;
        let with = |value: &Value| usual.clone().with(values.place, name, value.clone());
        for (label, value) in &values.valid {
            let declared =
                crate::request::demands(ground.requests, &values.parameter)?.declared(ground.requests, value)?;
            let expected = hard::expected(&values.parameter, value).or(hard::expected(&values.parameter, &declared));
            all.push(Attempt { label: format!("{name}: {label}"), arguments: with(value), expected });
        }
        for (label, value) in &values.faulty {
            let label = format!("{name}: {label}");
            all.push(Attempt { label, arguments: with(value), expected: Expected::Refused });
        }
        if values.parameter.required {
            let mut without = usual.clone();
            without.parameters.retain(|given| (given.place, given.name.as_str()) != (values.place, name));
            all.push(Attempt { label: format!("without {name}"), arguments: without, expected: Expected::Refused });
        }
    }
    all.extend(bodies::attempts(ground, operation, call, &usual)?);
    Ok(all)
}

fn parameters<'d>(ground: &Ground<'d>, operation: &Operation<'d>) -> Result<Vec<Values<'d>>, StrategyError> {
    let ignored = |parameter: &Parameter<'_>| crate::request::is_ignored(parameter.place, parameter.name);
    let known = operation.parameters.iter().filter(|parameter| !ignored(parameter));
    let places = known.filter_map(|parameter| Some((parameter, Place::named(parameter.place)?)));
    places.map(|(parameter, place)| values(ground, parameter, place)).collect()
}

fn values<'d>(ground: &Ground<'d>, parameter: &Parameter<'d>, place: Place) -> Result<Values<'d>, StrategyError> {
    let Some(schema) = &parameter.schema else {
        let usual = parameter.example.cloned().unwrap_or_else(|| "a".into());
        let valid = vec![("what the document shows".into(), usual.clone())];
        return Ok(Values { parameter: parameter.clone(), place, usual, valid, faulty: Vec::new() });
    };
    let cases = ground.cases(Way::Request, schema.clone())?;
    let validator = ground.validator(Way::Request, schema)?;
    let conjunction = Conjunction::of(ground.requests, schema.clone()).map_err(StrategyError::from)?;
    let (valid, faulty): (Vec<_>, Vec<_>) = cases.cases.iter().partition(|case| case.fault.is_none());
    let labelled = |case: &Case| (case.label.clone(), case.payload.clone());
    let mut valid: Vec<(String, Value)> = valid.into_iter().map(labelled).collect();
    let usual = usual_value(parameter, &valid, &validator);
    for value in hard::values(ground.requests, &conjunction, &usual).map_err(StrategyError::from)? {
        if validator.accepts(&value) && !valid.iter().any(|(_, known)| *known == value) {
            valid.push((format!("{value}"), value));
        }
    }
    let faulty = faulty.into_iter().map(labelled).collect();
    Ok(Values { parameter: parameter.clone(), place, usual, valid, faulty })
}

/// A value that can be written in the parameter's place: the document's example, else the simplest of its cases.
fn usual_value(parameter: &Parameter<'_>, valid: &[(String, Value)], validator: &Validator) -> Value {
    let example = parameter.example.filter(|example| validator.accepts(example)).cloned();
    let fits = |value: &&Value| is_plain(parameter, value);
    let plain = valid.iter().map(|(_, value)| value).filter(fits).min_by_key(|value| size(value));
    example.or_else(|| plain.cloned()).or_else(|| valid.first().map(|(_, value)| value.clone())).unwrap_or_default()
}

/// Whether a value can be sent, and told from none.
fn is_plain(parameter: &Parameter<'_>, value: &Value) -> bool {
    hard::expected(parameter, value) == Expected::Sent && !is_hollow(value) && value.as_str() != Some("")
}

/// Whether a value and none are written alike.
pub(crate) fn is_hollow(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty() || map.values().all(Value::is_null),
        _ => false,
    }
}

fn size(value: &Value) -> usize {
    value.to_string().len()
}

/// A schema and what it demands, by its place.
fn demands<'d>(ground: &Ground<'d>, schema: &Located<'d>) -> Result<Conjunction<'d>, StrategyError> {
    Conjunction::of(ground.requests, schema.clone()).map_err(StrategyError::from)
}

/// Whether two calls may make one request: they differ only in what the rules give no form of its own, such as an empty list
/// and none, and in properties that a caller's type leaves aside. The members of a form are like parameters in this.
pub(crate) fn alike<'d>(
    document: &'d Document,
    operation: &Operation<'d>,
    body: &BodySchema<'d>,
    left: &Arguments,
    right: &Arguments,
) -> Result<bool, DocumentError> {
    let given = |arguments: &Arguments, read: fn(&Value) -> Value| -> Result<Value, DocumentError> {
        let mut given = Map::new();
        for Argument { place, name, value } in &arguments.parameters {
            let parameter = operation.parameters_in(place.name()).find(|parameter| parameter.name == *name);
            let value = match parameter {
                Some(parameter) => {
                    let declared = crate::request::demands(document, parameter)?.declared(document, value)?;
                    if parameter.media_type.is_none() { read(&declared) } else { declared }
                }
                None => value.clone(),
            };
            given.insert(format!("{} {name}", place.name()), value);
        }
        Ok(Value::Object(solid(given)))
    };
    let differ = |read: fn(&Value) -> Value| -> Result<bool, DocumentError> {
        Ok(first_change(&given(left, read)?, &given(right, read)?, Pointer::root()).is_some())
    };
    if differ(Value::clone)? && differ(as_text)? {
        return Ok(false);
    }
    Ok(match (&left.body, &right.body, body) {
        (
            Some(Payload::Value(Value::Object(left))),
            Some(Payload::Value(Value::Object(right))),
            BodySchema::Form(schema),
        ) => {
            let [left, right] = [left, right].map(|map| Value::Object(solid(map.clone())));
            change(document, schema, &left, &right)?.is_none()
                || change(document, schema, &as_text(&left), &as_text(&right))?.is_none()
        }
        (
            Some(Payload::Value(left)),
            Some(Payload::Value(right)),
            BodySchema::Form(schema) | BodySchema::Other(schema),
        ) => change(document, schema, left, right)?.is_none(),
        (Some(Payload::Value(left)), Some(Payload::Value(right)), BodySchema::Text) => {
            spelled(left).is_some_and(|left| Shape::Text(left).expresses(right))
        }
        (Some(Payload::Parts(left)), Some(Payload::Parts(right)), BodySchema::Form(schema)) => {
            let files = |parts: &[(String, Part)]| -> Vec<(String, Part)> {
                parts.iter().filter(|(_, part)| matches!(part, Part::File { .. })).cloned().collect()
            };
            let values = |parts: &[(String, Part)]| {
                let values = parts.iter().filter_map(|(name, part)| match part {
                    Part::Value(value) => Some((name.clone(), value.clone())),
                    Part::File { .. } => None,
                });
                Value::Object(solid(values.collect()))
            };
            files(left) == files(right) && change(document, schema, &values(left), &values(right))?.is_none()
        }
        (left, right, _) => left == right,
    })
}

/// A value with its numbers and words as the strings that look like them, and a list of one as its item, as parameters and forms write
/// them: where a schema says no type, or several, nothing tells them apart.
fn as_text(value: &Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => value.to_string().into(),
        Value::Array(list) => match list.as_slice() {
            [only] => as_text(only),
            list => list.iter().map(as_text).collect(),
        },
        Value::Object(map) => {
            map.iter().map(|(name, value)| (name.clone(), as_text(value))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

/// What a body must be, and how it is written.
pub(crate) enum BodySchema<'d> {
    /// The members of a form.
    Form(Conjunction<'d>),
    /// A text, which stands for a value.
    Text,
    /// Anything else.
    Other(Conjunction<'d>),
}

/// What is written otherwise than nothing.
fn solid(given: Map<String, Value>) -> Map<String, Value> {
    given.into_iter().filter(|(_, value)| !is_hollow(value)).collect()
}

/// Whether a schema is for a list, an object or a single value, as far as one of them is plain.
fn plain_kind(schema: &Conjunction<'_>) -> Option<Kind> {
    schema.alternatives().is_empty().then(|| schema.kind()).flatten()
}

/// Whether a parameter's items stand between delimiters that a value may hold.
fn joins(parameter: &Parameter<'_>) -> bool {
    !parameter.explode || matches!(parameter.style, Style::Simple | Style::Label | Style::Matrix)
}
