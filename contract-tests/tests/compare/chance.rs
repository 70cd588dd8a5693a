//! Schemas by chance: no value that they can be asked about contradicts a proof.

use contract_tests::compare::{Dialect, Inclusion, inclusion};
use contract_tests::oracle::Validator;
use serde_json::{Map, Value, json};

/// How many pairs are asked about.
const PAIRS: u32 = 300;

/// A small generator, the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    fn pick<'v>(&mut self, from: &'v [Value]) -> &'v Value {
        &from[self.below(from.len() as u64) as usize]
    }
}

fn scalars() -> Vec<Value> {
    let mut all = vec![json!(null), json!(true), json!(false)];
    all.extend((-2..6).map(|number| json!(number)));
    all.extend([0.5, 1.5, 2.5, 0.1, 1.0, 2.0].map(|number| json!(number)));
    all.extend(["", "a", "b", "aa", "ab", "ba", "abc", "é", "2024-02-29"].map(|text| json!(text)));
    all
}

fn values() -> Vec<Value> {
    let scalars = scalars();
    let mut all = scalars.clone();
    all.push(json!([]));
    all.push(json!({}));
    for one in &scalars {
        all.push(json!([one]));
        for name in ["a", "b", "zz"] {
            all.push(json!({ name: one }));
        }
        for other in scalars.iter().step_by(3) {
            all.push(json!([one, other]));
            all.push(json!({ "a": one, "b": other }));
            all.push(json!({ "a": one, "zz": other }));
        }
    }
    for inner in [json!({ "a": 1 }), json!(["a"]), json!({ "a": "a", "b": 2 }), json!([[]])] {
        all.push(json!([inner]));
        all.push(json!({ "a": inner }));
        all.push(json!({ "a": inner, "b": inner, "zz": 1 }));
        all.push(json!([inner, inner]));
    }
    all
}

/// The keywords of a dialect, with how often each comes compared with the others.
fn keywords(dialect: Dialect, depth: u32) -> Vec<&'static str> {
    let mut all = vec!["enum", "minimum", "maximum", "multipleOf", "minLength", "maxLength", "pattern", "format"];
    all.extend(["minItems", "maxItems", "uniqueItems", "required", "minProperties", "maxProperties"]);
    all.push(if dialect >= Dialect::Draft6 { "exclusiveMaximum" } else { "open" });
    if dialect >= Dialect::Draft6 {
        all.push("const");
    }
    if dialect == Dialect::OpenApi30 {
        all.extend(["x-maxBytes", "x-integerRange"]);
    }
    if dialect >= Dialect::Draft201909 {
        all.push("dependentRequired");
    } else if dialect >= Dialect::Draft4 {
        all.push("names");
    }
    if depth == 0 {
        return all;
    }
    all.extend(["items", "items", "properties", "properties", "additionalProperties", "closed"]);
    all.extend(["not", "not", "allOf", "anyOf", "anyOf", "oneOf", "oneOf"]);
    if dialect >= Dialect::Draft4 {
        all.extend(["patternProperties", "tuple", "dependencies"]);
    }
    if dialect >= Dialect::Draft6 {
        all.extend(["contains", "propertyNames"]);
    }
    if dialect >= Dialect::Draft7 {
        all.push("if");
    }
    if dialect >= Dialect::Draft201909 {
        all.extend(["counted", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems"]);
    }
    all
}

fn schema(chance: &mut Chance, depth: u32, dialect: Dialect) -> Value {
    let mut map = Map::new();
    let types = ["null", "boolean", "integer", "number", "string", "array", "object"];
    if chance.below(2) == 0 {
        map.insert("type".into(), json!(types[chance.below(7) as usize]));
    }
    let keywords = keywords(dialect, depth);
    for _ in 0..=chance.below(3) {
        let at = chance.below(keywords.len() as u64) as usize;
        keyword(chance, keywords[at], depth, dialect, &mut map);
    }
    Value::Object(map)
}

fn name(chance: &mut Chance) -> &'static str {
    ["a", "b", "zz"][chance.below(3) as usize]
}

fn keyword(chance: &mut Chance, keyword: &str, depth: u32, dialect: Dialect, map: &mut Map<String, Value>) {
    let small = chance.below(3);
    let number = json!(chance.below(5) as i64 - 1);
    let (one, two) = (name(chance), name(chance));
    let patterns = ["^a", "b$", "^[ab]*$", "a", "^.{2}$", "^(?!b)", "^\\\\d+$", "(ab|ba)+"];
    let pattern = patterns[chance.below(8) as usize].replace("\\\\", "\\");
    let inner = |chance: &mut Chance| schema(chance, depth.saturating_sub(1), dialect);
    let (keyword, value) = match keyword {
        "enum" => ("enum", json!([chance.pick(&scalars()), chance.pick(&scalars())])),
        "const" => ("const", chance.pick(&values()).clone()),
        "multipleOf" => (keyword, json!([1.0, 2.0, 0.5, 1.5, 3.0][chance.below(5) as usize])),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" | "x-maxBytes" => {
            (keyword, json!(small))
        }
        "x-integerRange" => (keyword, json!({ "least": -1, "most": small, "blame": "format" })),
        "pattern" => (keyword, json!(pattern)),
        "format" => (keyword, json!(["date", "ipv4", "email", "date-time"][chance.below(4) as usize])),
        "uniqueItems" => (keyword, json!(true)),
        "required" => (keyword, json!([one])),
        "open" => {
            map.insert("maximum".into(), number);
            ("exclusiveMaximum", json!(true))
        }
        "names" => ("dependencies", json!({ one: [two] })),
        "dependentRequired" => (keyword, json!({ one: [two] })),
        "dependencies" | "dependentSchemas" => (keyword, json!({ one: inner(chance) })),
        "properties" => (keyword, json!({ "a": inner(chance), one: inner(chance) })),
        "patternProperties" => (keyword, json!({ pattern: inner(chance) })),
        "closed" => ("additionalProperties", json!(false)),
        "allOf" | "anyOf" => (keyword, json!([inner(chance), inner(chance)])),
        "oneOf" => (keyword, json!([inner(chance), inner(chance), inner(chance)])),
        "propertyNames" => {
            let all = [
                json!({ "pattern": pattern }),
                json!({ "maxLength": small }),
                json!({ "enum": [one, two] }),
                inner(chance),
            ];
            (keyword, chance.pick(&all).clone())
        }
        "if" => {
            map.insert("then".into(), inner(chance));
            map.insert("else".into(), inner(chance));
            (keyword, inner(chance))
        }
        "counted" => {
            map.insert(["minContains", "maxContains"][chance.below(2) as usize].into(), json!(chance.below(3)));
            ("contains", inner(chance))
        }
        "tuple" => {
            let first = json!([inner(chance), inner(chance)]);
            let (items, rest) =
                if dialect == Dialect::Draft202012 { ("prefixItems", "items") } else { ("items", "additionalItems") };
            map.insert(
                rest.into(),
                if small == 0 && dialect >= Dialect::Draft6 { json!(false) } else { inner(chance) },
            );
            (items, first)
        }
        "unevaluatedProperties" | "unevaluatedItems" => {
            (keyword, if small == 0 { json!(false) } else { inner(chance) })
        }
        "items" | "additionalProperties" | "not" | "contains" => (keyword, inner(chance)),
        _ => (keyword, number),
    };
    map.insert(keyword.into(), value);
}

/// The schema with one of its keywords changed or gone.
fn edited(chance: &mut Chance, schema: &Value) -> Value {
    let mut map = schema.as_object().cloned().unwrap_or_default();
    let keys: Vec<String> = map.keys().cloned().collect();
    let Some(key) = keys.get(chance.below(keys.len().max(1) as u64) as usize) else { return json!({}) };
    let value = map[key].clone();
    let changed = match &value {
        _ if chance.below(4) == 0 => None,
        Value::Number(number) if number.is_u64() => Some(json!(number.as_u64().unwrap_or(0) + 1)),
        Value::Array(list) if list.len() > 1 => Some(json!(list[1..])),
        Value::Object(_) if key == "properties" => {
            let mut inner = value.as_object().cloned().unwrap_or_default();
            let below = edited(chance, &inner["a"]);
            inner.insert("a".into(), below);
            Some(Value::Object(inner))
        }
        Value::Object(_) if !key.ends_with("Properties") => Some(edited(chance, &value)),
        _ => None,
    };
    match changed {
        Some(changed) => drop(map.insert(key.clone(), changed)),
        None => drop(map.shift_remove(key)),
    }
    Value::Object(map)
}

/// Values that a schema lists, and those that nearly are.
fn listed(schema: &Value, found: &mut Vec<Value>) {
    match schema {
        Value::Object(map) => {
            if let Some(value) = map.get("const") {
                found.push(value.clone());
            }
            found.extend(map.get("enum").and_then(Value::as_array).into_iter().flatten().cloned());
            map.values().for_each(|inner| listed(inner, found));
        }
        Value::Array(list) => list.iter().for_each(|inner| listed(inner, found)),
        _ => {}
    }
}

#[test]
fn no_value_contradicts_a_proof() {
    use Dialect::{Draft4, Draft6, Draft7, Draft201909, Draft202012, OpenApi30};
    let values = values();
    let number = |name: &str, usual| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (pairs, seed) = (number("PAIRS", PAIRS), number("PAIRS_SEED", 0));
    for dialect in [OpenApi30, Draft4, Draft6, Draft7, Draft201909, Draft202012] {
        let mut chance = Chance(0x1234_5678_9abc_def1 + dialect as u64 + (u64::from(seed) << 8));
        let (mut proved, mut refuted, mut undecided) = (0, 0, Vec::new());
        for index in 0..pairs {
            let left = schema(&mut chance, 1 + index % 3, dialect);
            let right =
                if index % 2 == 0 { edited(&mut chance, &left) } else { schema(&mut chance, index % 3, dialect) };
            let (Ok(one), Ok(other)) =
                (Validator::json_schema(dialect, &left), Validator::json_schema(dialect, &right))
            else {
                continue;
            };
            let found = inclusion(dialect, &left, &right);
            let mut own = Vec::new();
            [&left, &right].into_iter().for_each(|schema| listed(schema, &mut own));
            let wrapped: Vec<Value> = own.iter().flat_map(|value| [json!([value]), json!({ "a": value })]).collect();
            let all = || values.iter().chain(&own).chain(&wrapped);
            let contrary = all().find(|value| one.accepts(value) && !other.accepts(value));
            match found {
                Inclusion::Included => {
                    proved += 1;
                    assert_eq!(contrary, None, "{dialect:?}: {left} is said to be within {right}");
                }
                Inclusion::Counterexample(value) => {
                    refuted += 1;
                    assert!(
                        one.accepts(&value) && !other.accepts(&value),
                        "{dialect:?}: {value} of {left} within {right}"
                    );
                }
                Inclusion::Undecided(reason) => {
                    undecided.push(format!("{left} within {right}: {reason} ({contrary:?})"));
                }
            }
        }
        let all = proved + refuted + undecided.len();
        println!("{dialect:?}: {proved} proved, {refuted} refuted, {} undecided", undecided.len());
        for one in undecided.iter().take(12) {
            println!("  {one}");
        }
        assert!(undecided.len() * 50 <= all, "more than 2 % are undecided");
    }
}
