//! Damage to documents at random, as those do it who try the generator and those who try the judge.

use serde_json::{Value, json};

/// A sequence of numbers that looks random and is the same on every run (SplitMix64).
pub struct Numbers(pub u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Bytes that mean something in YAML or JSON, or nothing at all in UTF-8.
const MARKS: &[u8] = b"\0\t{}[]:#&*!|>'\"%@`,?-\xff\xc3 0a$";

/// Changes bytes: drops, doubles or replaces a few.
pub fn damage_bytes(text: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(text.len());
        match numbers.below(4) {
            0 => drop(text.drain(at..(at + numbers.below(8)).min(text.len()))),
            1 => text.insert(at, MARKS[numbers.below(MARKS.len())]),
            2 => text[at] = (numbers.next() & 0xff) as u8,
            _ => text[at] ^= 1 << numbers.below(8),
        }
        if text.is_empty() {
            break;
        }
    }
    text
}

/// Changes lines: drops, doubles, moves or indents a few.
pub fn damage_lines(text: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=numbers.below(3) {
        let (at, other) = (numbers.below(lines.len()), numbers.below(lines.len()));
        match numbers.below(5) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(other, lines[at].clone()),
            2 => lines.swap(at, other),
            3 => lines[at].insert_str(0, "  "),
            _ => lines[at] = lines[at].strip_prefix("  ").unwrap_or(&lines[at]).to_owned(),
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n").into_bytes()
}

/// Changes the tree: puts other values into it, its own and odd ones, drops and renames members.
pub fn damage_tree(tree: &Value, numbers: &mut Numbers) -> Vec<u8> {
    let mut tree = tree.clone();
    let mut pointers = Vec::new();
    collect(&tree, &mut String::new(), &mut pointers);
    for _ in 0..=numbers.below(3) {
        let pointer = &pointers[numbers.below(pointers.len())];
        let other = tree.pointer(&pointers[numbers.below(pointers.len())]).cloned().unwrap_or(Value::Null);
        let Some(value) = tree.pointer_mut(pointer) else { continue };
        match (numbers.below(5), value) {
            (0, Value::Object(members)) if !members.is_empty() => {
                let key = members.keys().nth(numbers.below(members.len())).cloned().unwrap_or_default();
                members.shift_remove(&key);
            }
            (1, Value::Object(members)) if !members.is_empty() => {
                let key = members.keys().nth(numbers.below(members.len())).cloned().unwrap_or_default();
                let member = members.shift_remove(&key).unwrap_or_default();
                members.insert(KEYS[numbers.below(KEYS.len())].to_owned(), member);
            }
            (2, Value::Object(members)) => {
                members.insert(KEYS[numbers.below(KEYS.len())].to_owned(), other);
            }
            (3, value) => *value = odd(numbers),
            (_, value) => *value = other,
        }
    }
    tree.to_string().into_bytes()
}

/// Names that mean something somewhere in a document.
const KEYS: [&str; 42] = [
    "type",
    "nullable",
    "enum",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "items",
    "properties",
    "additionalProperties",
    "required",
    "$ref",
    "format",
    "pattern",
    "maxLength",
    "minimum",
    "default",
    "example",
    "discriminator",
    "description",
    "deprecated",
    "content",
    "schema",
    "parameters",
    "name",
    "in",
    "style",
    "explode",
    "x-maxBytes",
    "",
    "minLength",
    "maximum",
    "exclusiveMinimum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "readOnly",
    "writeOnly",
    "responses",
];

fn odd(numbers: &mut Numbers) -> Value {
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("名"),
        json!([]),
        json!({}),
        json!("string"),
        json!("object"),
        json!("#/components/schemas/A"),
        json!("#/paths"),
        json!("#"),
        json!({ "type": "string", "enum": ["a", "A", "-a"] }),
        json!({ "oneOf": [{ "type": "string" }, {}] }),
        json!({ "$ref": "#/components/schemas/A" }),
        json!({ "not": {} }),
        json!({ "allOf": [{ "type": "integer" }, {}] }),
        json!(["a"]),
        json!([null]),
        json!("^(a|b"),
        json!("\u{0}\"#*/"),
        json!({ "": {} }),
        json!(i64::MIN),
        json!(5e-324),
        json!("名\u{202e}\u{1b}[2J"),
        json!("array"),
        json!("integer"),
        json!("#/components/schemas/D"),
        json!({"$ref": "#/components/schemas/B"}),
        json!({"type": "integer"}),
        json!({"allOf": [{"type": "integer"}, {"type": "string"}]}),
        json!("(a+)+$"),
        json!("a{1000000}"),
        json!(["a", "a"]),
        json!("date"),
        json!("uuid"),
        json!("ipv4"),
        json!("hostname"),
        json!("byte"),
    ];
    odd[numbers.below(odd.len())].clone()
}

fn collect(value: &Value, at: &mut String, pointers: &mut Vec<String>) {
    pointers.push(at.clone());
    let length = at.len();
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (token, member) in members {
        at.push('/');
        at.push_str(&token);
        collect(member, at, pointers);
        at.truncate(length);
    }
}
