//! What a schema asks of a value beside what its type holds: the keywords of JSON Schema that hold a value, or a part of one,
//! against other schemas.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::decode::decode;
use super::texts::Matching;
use super::violation::token;
use super::{Conformance, Examiner, Pattern, Rules, Violation, violations_within};

/// A schema that a value is held against.
#[derive(Debug)]
pub struct Schema {
    rules: &'static Rules,
    required: &'static [&'static str],
    violations: fn(&Value, &'static Rules) -> Vec<Violation>,
}

impl Schema {
    /// The schema of which a type, and the rules of its place, are made.
    pub const fn of<T: Conformance + DeserializeOwned>(rules: &'static Rules) -> Self {
        Self { rules, required: &[], violations: violations::<T> }
    }

    /// The same, with properties that an object must have. Its type leaves them optional, since a type that a value does not decode
    /// into says one thing that deviates, and no more.
    pub const fn requiring(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    fn violations(&self, value: &Value) -> Vec<Violation> {
        let mut violations = (self.violations)(value, self.rules);
        let missing = self.required.iter().filter(|name| value.as_object().is_some_and(|members| !members.contains_key(**name)));
        violations.extend(missing.map(|name| {
            let mut violation = Violation::new("required", "present", "absent");
            violation.pointer = format!("/{}", token(name));
            violation
        }));
        violations
    }

    fn holds(&self, value: &Value) -> bool {
        self.violations(value).is_empty()
    }
}

fn violations<T: Conformance + DeserializeOwned>(value: &Value, rules: &'static Rules) -> Vec<Violation> {
    let json = value.to_string();
    let (mut held, mut violations) = (value.clone(), Vec::new());
    loop {
        match decode::<T>(held.to_string().as_bytes()) {
            Ok(value) => {
                violations.append(&mut violations_within(&value, json.as_bytes(), rules));
                return violations;
            }
            Err(error) => {
                let violation = error.violation();
                // What a property breaks says nothing of the others.
                let is_left_out = violation.pointer.split('/').nth(1).is_some_and(|name| {
                    let name = name.replace("~1", "/").replace("~0", "~");
                    held.as_object_mut().is_some_and(|members| members.remove(&name).is_some())
                });
                violations.push(violation);
                if !is_left_out {
                    return violations;
                }
            }
        }
    }
}

/// What is asked of a value.
#[derive(Debug)]
pub enum Check {
    /// `not`: the value is none of the schema.
    Not(Schema),
    /// `propertyNames`: each name is a value of the schema.
    Names(Schema),
    /// `patternProperties`: each property whose name matches is a value of the schema, and each that is neither declared nor
    /// matches one of `additionalProperties`.
    Matching {
        /// The patterns.
        patterns: &'static [(Pattern, Schema)],
        /// The declared properties.
        declared: &'static [&'static str],
        /// What the others are.
        others: Others,
    },
    /// `dependentRequired`: where there is a property, there are others.
    Required(&'static str, &'static [&'static str]),
    /// `dependentSchemas`: where there is a property, the value is one of the schema.
    Dependent(&'static str, Schema),
    /// `if`, `then` and `else`.
    Conditional(Schema, Option<Schema>, Option<Schema>),
    /// `contains`, `minContains` and `maxContains`: how many items are values of the schema.
    Contains(Schema, u64, Option<u64>),
    /// `prefixItems`, and `items` for those behind them.
    Prefix(&'static [Schema], Option<Schema>),
}

/// What the properties of an object are of which nothing else is said.
#[derive(Debug)]
pub enum Others {
    /// Anything.
    Any,
    /// There are none.
    None,
    /// Values of a schema.
    Of(Schema),
}

impl Examiner<'_> {
    /// Reports what of all that is asked a value does not meet.
    pub(crate) fn check(&mut self, value: &impl Serialize, checks: &[Check]) {
        let Ok(value) = serde_json::to_value(value) else { return };
        checks.iter().for_each(|check| self.one(&value, check));
    }

    fn one(&mut self, value: &Value, check: &Check) {
        match (check, value) {
            (Check::Not(refused), _) => {
                if refused.holds(value) {
                    self.report(Violation::new("not", "another value", "one that is refused"));
                }
            }
            (Check::Conditional(condition, then, otherwise), _) => {
                let branch = if condition.holds(value) { then } else { otherwise };
                branch.iter().for_each(|branch| self.adopt("", branch.violations(value)));
            }
            (_, Value::Object(members)) => self.members(value, members, check),
            (_, Value::Array(items)) => self.items(items, check),
            _ => {}
        }
    }

    fn members(&mut self, value: &Value, members: &Map<String, Value>, check: &Check) {
        match check {
            Check::Names(names) => {
                for name in members.keys().filter(|name| !names.holds(&Value::from(name.as_str()))) {
                    self.report(Violation::new("propertyNames", "names of the schema", name));
                }
            }
            Check::Matching { patterns, declared, others } => {
                for (name, member) in members {
                    let mut is_known = declared.contains(&name.as_str());
                    for (pattern, schema) in *patterns {
                        if (pattern.matches)(pattern.source, name) == Matching::Yes {
                            is_known = true;
                            self.adopt(name, schema.violations(member));
                        }
                    }
                    match others {
                        Others::Of(schema) if !is_known => self.adopt(name, schema.violations(member)),
                        Others::None if !is_known => {
                            let violation = Violation::new("additionalProperties", "false", "an undeclared property");
                            self.adopt(name, vec![violation]);
                        }
                        _ => {}
                    }
                }
            }
            Check::Required(property, names) if members.contains_key(*property) => {
                for name in names.iter().filter(|name| !members.contains_key(**name)) {
                    self.report(Violation::new("dependentRequired", name, format_args!("{property} without it")));
                }
            }
            Check::Dependent(property, schema) if members.contains_key(*property) => {
                self.adopt("", schema.violations(value));
            }
            _ => {}
        }
    }

    fn items(&mut self, items: &[Value], check: &Check) {
        match check {
            Check::Contains(schema, least, most) => {
                let count = items.iter().filter(|item| schema.holds(item)).count() as u64;
                if count < *least {
                    self.report(Violation::new("contains", format_args!("{least} of such items"), count));
                }
                if let Some(most) = most.filter(|most| count > *most) {
                    self.report(Violation::new("maxContains", most, count));
                }
            }
            Check::Prefix(first, rest) => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(schema) = first.get(index).or(rest.as_ref()) {
                        self.adopt(&index.to_string(), schema.violations(item));
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes the deviations of a member of the value that is being examined, or of the value itself where no name is given.
    fn adopt(&mut self, name: &str, violations: Vec<Violation>) {
        for mut violation in violations {
            let within = std::mem::take(&mut violation.pointer);
            let step = if name.is_empty() { String::new() } else { format!("/{}", token(name)) };
            self.report_below(violation, &(step + &within));
        }
    }
}
