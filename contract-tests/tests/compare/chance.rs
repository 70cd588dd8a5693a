//! Schemas by chance: no value that they can be asked about contradicts a proof.

use contract_tests::compare::{Dialect, Inclusion, inclusion};
use contract_tests::oracle::Validator;
use serde_json::{Map, Value, json};

/// How many pairs are asked about.
const PAIRS: u32 = 500;

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
    all.extend([0.5, 1.5, 2.5, 0.1].map(|number| json!(number)));
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

fn schema(chance: &mut Chance, depth: u32, dialect: Dialect) -> Value {
    let mut map = Map::new();
    let later = dialect >= Dialect::Draft6;
    let types = ["null", "boolean", "integer", "number", "string", "array", "object"];
    if chance.below(2) == 0 {
        map.insert("type".into(), json!(types[chance.below(7) as usize]));
    }
    for _ in 0..=chance.below(3) {
        let small = chance.below(3);
        let number = json!(chance.below(5) as i64 - 1);
        let choices = if depth == 0 { 14 } else { 27 };
        let (keyword, value) = match chance.below(choices) {
            0 => ("enum", json!([chance.pick(&scalars()), chance.pick(&scalars())])),
            1 => ("minimum", number),
            2 => ("maximum", number),
            3 => ("multipleOf", json!([1.0, 2.0, 0.5, 1.5][chance.below(4) as usize])),
            4 => ("minLength", json!(small)),
            5 => ("maxLength", json!(small)),
            6 => ("pattern", json!(["^a", "b$", "^[ab]*$", "a", "^.{2}$", "^(?!b)"][chance.below(6) as usize])),
            7 => ("minItems", json!(small)),
            8 => ("maxItems", json!(small)),
            9 => ("uniqueItems", json!(true)),
            10 => ("required", json!([(["a", "b", "zz"][chance.below(3) as usize])])),
            11 => ("minProperties", json!(small)),
            12 => ("maxProperties", json!(small)),
            13 if later => ("exclusiveMaximum", number),
            13 => ("type", json!(["string", "integer"])),
            14 | 15 => ("items", schema(chance, depth - 1, dialect)),
            16 | 17 => (
                "properties",
                json!({ "a": schema(chance, depth - 1, dialect), "b": schema(chance, depth - 1, dialect) }),
            ),
            18 => ("additionalProperties", schema(chance, depth - 1, dialect)),
            19 => ("additionalProperties", json!(false)),
            20 => ("not", schema(chance, depth - 1, dialect)),
            21 => ("allOf", json!([schema(chance, depth - 1, dialect), schema(chance, depth - 1, dialect)])),
            22 => ("anyOf", json!([schema(chance, depth - 1, dialect), schema(chance, depth - 1, dialect)])),
            23 => ("oneOf", json!([schema(chance, depth - 1, dialect), schema(chance, depth - 1, dialect)])),
            24 if later => ("contains", schema(chance, depth - 1, dialect)),
            25 if later => ("propertyNames", json!({ "pattern": (["^a", "b$"][small as usize % 2]) })),
            26 => ("patternProperties", json!({ "^a": schema(chance, depth - 1, dialect) })),
            _ => ("minimum", number),
        };
        if keyword == "contains" && dialect == Dialect::Draft202012 {
            let word = ["minContains", "maxContains"][small as usize % 2];
            map.insert(word.into(), json!(chance.below(3)));
        }
        map.insert(keyword.into(), value);
    }
    Value::Object(map)
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

#[test]
fn no_value_contradicts_a_proof() {
    let values = values();
    let pairs = std::env::var("PAIRS").ok().and_then(|pairs| pairs.parse().ok()).unwrap_or(PAIRS);
    for dialect in [Dialect::Draft4, Dialect::Draft7, Dialect::Draft202012] {
        let mut chance = Chance(0x1234_5678_9abc_def1 + dialect as u64);
        let (mut proved, mut refuted, mut undecided) = (0, 0, Vec::new());
        for index in 0..pairs {
            let left = schema(&mut chance, 2, dialect);
            let right = if index % 2 == 0 { edited(&mut chance, &left) } else { schema(&mut chance, 1, dialect) };
            let (Ok(one), Ok(other)) =
                (Validator::json_schema(dialect, &left), Validator::json_schema(dialect, &right))
            else {
                continue;
            };
            let contrary = values.iter().find(|value| one.accepts(value) && !other.accepts(value));
            match inclusion(dialect, &left, &right) {
                Inclusion::Included => {
                    proved += 1;
                    assert_eq!(contrary, None, "{dialect:?}: {left} is said to be within {right}");
                }
                Inclusion::Counterexample(value) => {
                    refuted += 1;
                    assert!(one.accepts(&value) && !other.accepts(&value));
                }
                Inclusion::Undecided(reason) => {
                    undecided.push(format!("{left} within {right}: {reason} ({contrary:?})"))
                }
            }
        }
        let all = proved + refuted + undecided.len();
        println!("{dialect:?}: {proved} proved, {refuted} refuted, {} undecided", undecided.len());
        for one in undecided.iter().take(8) {
            println!("  {one}");
        }
        assert!(undecided.len() * 50 <= all, "more than 2 % are undecided");
    }
}
