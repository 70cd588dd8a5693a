//! Whether null is among the values of a schema.

use std::collections::HashMap;

use serde_json::Value;

use super::references::{follow, reference};
use crate::document::Pointer;
use crate::keyword::constraints;

/// Says of schemas whether null is among their values; each reference is judged once.
#[derive(Debug)]
pub struct Nullability<'a> {
    root: &'a Value,
    reading: Reading,
    known: HashMap<String, Known>,
}

/// What is known of a reference's schema.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Known {
    /// Whether it says of which type its values are.
    typed: bool,
    /// Whether it allows null where it stands alone.
    alone: bool,
    /// Whether it does where the schema around it says of which type its values are.
    within: bool,
}

/// How `nullable` is read where no `type` stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// As its author means it: null is a value, whatever a reference beside it leads to.
    Meant,
    /// As the specification has it: `nullable` adds null to the `type` of the same schema, and does nothing else.
    Letter,
    /// The same of a later version in the words of 3.0, in which `nullable` stands for an alternative of its own.
    Translated,
}

impl<'a> Nullability<'a> {
    /// Judges schemas whose references lead into a document's tree.
    pub fn new(root: &'a Value, reading: Reading) -> Self {
        Self { root, reading, known: HashMap::new() }
    }

    /// Whether a JSON null is among the schema's values, its references and the members of its `allOf` followed.
    pub fn is_nullable(&mut self, schema: &Value) -> bool {
        self.learn(schema);
        self.allows(schema, false)
    }

    /// Judges all references that a schema leads to.
    ///
    /// References that lead back to where they are from say nothing new, so all are first taken for refusing null and for
    /// saying no type, and what is found to do otherwise has those judged again that refer to it.
    fn learn(&mut self, schema: &Value) {
        let mut open: Vec<String> = references(schema).map(str::to_owned).collect();
        let mut found = Vec::new();
        let mut referring: HashMap<&str, Vec<usize>> = HashMap::new();
        while let Some(target) = open.pop() {
            if self.known.contains_key(&target) {
                continue;
            }
            self.known.insert(target.clone(), Known::default());
            let start = Pointer::from_reference(&target).and_then(|pointer| pointer.of(self.root));
            let Some((resolved, _)) = start.and_then(|start| follow(self.root, start, &Pointer::root())) else {
                continue;
            };
            for next in references(resolved) {
                referring.entry(next).or_default().push(found.len());
                open.push(next.to_owned());
            }
            found.push((target, resolved));
        }
        let mut open: Vec<usize> = (0..found.len()).collect();
        while let Some((target, schema)) = open.pop().and_then(|at| found.get(at)) {
            let found = Known {
                typed: self.is_typed(schema),
                alone: self.allows(schema, false),
                within: self.allows(schema, true),
            };
            if self.known.insert(target.clone(), found) != Some(found) {
                open.extend(referring.get(target.as_str()).into_iter().flatten());
            }
        }
    }

    /// Whether a schema allows null, as far as its references are known. `typed` is whether the schema that it is a member of
    /// says of which type the values are.
    fn allows(&self, schema: &Value, typed: bool) -> bool {
        if let Some(target) = reference(schema) {
            let known = self.known.get(target).copied().unwrap_or_default();
            return if typed { known.within } else { known.alone };
        }
        let is_nullable = schema.get("nullable").and_then(Value::as_bool) == Some(true);
        match self.reading {
            Reading::Translated if is_nullable && schema.get("type").is_none() => return true,
            Reading::Translated | Reading::Letter => {
                return self.allows_by_letter(schema, is_nullable, typed || self.is_typed(schema));
            }
            Reading::Meant if is_nullable => return true,
            Reading::Meant => {}
        }
        if members(schema, "enum").contains(&Value::Null) {
            return schema.get("type").is_none();
        }
        if schema.get("type").is_some() {
            return false;
        }
        if schema.get("allOf").is_some_and(Value::is_array) {
            let all = members(schema, "allOf");
            // A member that says this alone says it of the whole.
            let says_so =
                |member: &Value| member.get("nullable") == Some(&Value::Bool(true)) && member.get("type").is_none();
            return all.iter().any(says_so) || (!all.is_empty() && all.iter().all(|member| self.allows(member, typed)));
        }
        ["oneOf", "anyOf"]
            .into_iter()
            .flat_map(|keyword| members(schema, keyword))
            .any(|member| self.allows(member, typed))
    }

    fn allows_by_letter(&self, schema: &Value, is_nullable: bool, typed: bool) -> bool {
        let listed = members(schema, "enum");
        let allowed = match schema.get("type") {
            Some(_) => is_nullable && (listed.is_empty() || listed.contains(&Value::Null)),
            None if !listed.is_empty() => listed.contains(&Value::Null),
            // What says nothing of values leaves them to others; what says something of objects alone is meant to be one, unless
            // the type is said elsewhere: `required` says nothing of a null.
            None => typed || !constraints(schema).keys().any(|keyword| !COMBINING.contains(&keyword.as_str())),
        };
        let all = members(schema, "allOf").iter().all(|member| self.allows(member, typed));
        let any = |keyword: &str| {
            let any = members(schema, keyword);
            any.is_empty() || any.iter().any(|member| self.allows(member, typed))
        };
        allowed && all && any("oneOf") && any("anyOf")
    }

    /// Whether a schema or its members say of which type the values are, as far as its references are known.
    fn is_typed(&self, schema: &Value) -> bool {
        if let Some(target) = reference(schema) {
            return self.known.get(target).is_some_and(|known| known.typed);
        }
        let each = |keyword: &str| {
            let each = members(schema, keyword);
            !each.is_empty() && each.iter().all(|member| self.is_typed(member))
        };
        ["type", "enum"].iter().any(|keyword| schema.get(keyword).is_some())
            || members(schema, "allOf").iter().any(|member| self.is_typed(member))
            || each("oneOf")
            || each("anyOf")
    }
}

/// The keywords that leave to other schemas whether null is a value.
const COMBINING: [&str; 4] = ["allOf", "oneOf", "anyOf", "not"];

/// The references that say whether a schema allows null: its own, and those of the members of its unions.
fn references(schema: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    if let Some(target) = reference(schema) {
        return Box::new(std::iter::once(target));
    }
    let members = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|keyword| members(schema, keyword));
    Box::new(members.flat_map(references))
}

fn members<'s>(schema: &'s Value, keyword: &str) -> &'s [Value] {
    schema.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_circle_allows_null_where_a_way_out_of_it_does() {
        let root = json!({
            "a": { "oneOf": [{ "$ref": "#/b" }, { "type": "string", "nullable": true }] },
            "b": { "allOf": [{ "$ref": "#/a" }] },
            "c": { "oneOf": [{ "$ref": "#/d" }] },
            "d": { "anyOf": [{ "$ref": "#/c" }, { "type": "string" }] },
        });
        let mut nullability = Nullability::new(&root, Reading::Meant);
        let mut judge = |name: &str| nullability.is_nullable(&json!({ "$ref": format!("#/{name}") }));
        assert_eq!(["a", "b", "c", "d"].map(&mut judge), [true, true, false, false]);
    }

    #[test]
    fn each_reference_is_judged_once_however_many_ways_lead_to_it() {
        let mut root = json!({ "0": { "nullable": true } });
        for level in 1..64 {
            let below = json!({ "$ref": format!("#/{}", level - 1) });
            root[level.to_string()] = json!({ "allOf": [below, below] });
        }
        let mut nullability = Nullability::new(&root, Reading::Meant);
        assert!(nullability.is_nullable(&json!({ "$ref": "#/63" })));
        assert_eq!(nullability.known.len(), 64);
    }

    #[test]
    fn by_the_letter_nullable_changes_the_type_beside_it_alone() {
        let root = json!({
            "text": { "type": "string" },
            "textOrNull": { "type": "string", "nullable": true },
            "part": { "required": ["a"] },
        });
        let mut nullability = Nullability::new(&root, Reading::Letter);
        for (schema, allows) in [
            (json!({ "type": "string", "nullable": true }), true),
            (json!({ "nullable": true, "allOf": [{ "$ref": "#/text" }] }), false),
            (json!({ "description": "a text or nothing", "allOf": [{ "$ref": "#/textOrNull" }] }), true),
            (json!({ "nullable": true, "allOf": [{ "$ref": "#/textOrNull" }, { "$ref": "#/text" }] }), false),
            (json!({ "nullable": true, "oneOf": [{ "$ref": "#/text" }] }), false),
            (json!({ "oneOf": [{ "$ref": "#/text" }, { "$ref": "#/textOrNull" }] }), true),
            (json!({ "nullable": true, "enum": ["a"] }), false),
            (json!({ "type": "string", "nullable": true, "enum": ["a"] }), false),
            (json!({ "type": "string", "nullable": true, "enum": ["a", null] }), true),
            (json!({ "enum": ["a", null] }), true),
            (json!({ "nullable": true, "properties": {} }), false),
            (
                json!({ "type": "object", "nullable": true, "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
                true,
            ),
            (json!({ "type": "object", "nullable": true, "anyOf": [{ "$ref": "#/part" }] }), true),
            (json!({ "allOf": [{ "$ref": "#/textOrNull" }, { "$ref": "#/part" }] }), true),
            (json!({ "allOf": [{ "$ref": "#/text" }, { "$ref": "#/part" }] }), false),
            (json!({ "required": ["a"], "oneOf": [{ "$ref": "#/textOrNull" }, { "$ref": "#/part" }] }), false),
            (json!({ "required": ["a"], "oneOf": [{ "$ref": "#/textOrNull" }, { "$ref": "#/text" }] }), true),
            (json!({ "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }), false),
        ] {
            assert_eq!(nullability.is_nullable(&schema), allows, "{schema}");
        }
    }
}
