//! Documents damaged at random: whatever they say, they are accepted or refused, but never take the program down, and
//! what lint accepts progenitor must be able to read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use codegen::{Layout, generate};
use serde_json::Value;

use crate::fixtures::{self, Fixture};

/// How many damaged documents are tried for each fixture of a promise, where `FUZZ_SECONDS` gives no time; four times as
/// many for each of the others.
const USUALLY: u64 = 24;

/// A sequence of numbers that looks random and is the same on every run (SplitMix64).
struct Numbers(u64);

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
fn damage_bytes(text: &[u8], numbers: &mut Numbers) -> Vec<u8> {
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
fn damage_lines(text: &[u8], numbers: &mut Numbers) -> Vec<u8> {
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
fn damage_tree(tree: &Value, numbers: &mut Numbers) -> Vec<u8> {
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
const KEYS: [&str; 30] = [
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
];

fn odd(numbers: &mut Numbers) -> Value {
    use serde_json::json;
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

/// What became of a damaged document: whether it was accepted, or what is wrong with the generator.
fn outcome(fixture: &Fixture, tree: &Value, seed: u64) -> Result<bool, String> {
    let mut numbers = Numbers(seed);
    let damaged = match seed % 3 {
        0 => damage_bytes(&fixture.bytes, &mut numbers),
        1 => damage_lines(&fixture.bytes, &mut numbers),
        _ => damage_tree(tree, &mut numbers),
    };
    match catch_unwind(AssertUnwindSafe(|| generate(&fixture.file, &damaged, Layout::Crate))) {
        Err(_) => Err("panicked".to_owned()),
        Ok(Ok(_)) => Ok(true),
        Ok(Err(found)) => match found.into_iter().find(|found| found.rule == "generator-defect") {
            Some(defect) => Err(defect.message),
            None => Ok(false),
        },
    }
}

#[test]
fn a_damaged_document_is_accepted_or_refused_and_nothing_else() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let limit = number("FUZZ_SECONDS").map(Duration::from_secs);
    let first = number("FUZZ_SEED").unwrap_or(0);
    let documents: Vec<(Fixture, Value)> = fixtures::all()
        .into_iter()
        .map(|fixture| {
            let tree = codegen::Document::parse(&fixture.file, &fixture.bytes).map(|document| document.root().clone());
            let tree = tree.unwrap_or_else(|faults| panic!("{}: {faults:?}", fixture.name));
            (fixture, tree)
        })
        .collect();
    let (began, mut failures, mut runs, mut accepted) = (Instant::now(), Vec::new(), 0, 0);
    for seed in first.. {
        if limit.map_or(seed - first >= 4 * USUALLY, |limit| began.elapsed() >= limit) {
            break;
        }
        for (fixture, tree) in &documents {
            let whole = fixture.name.starts_with("tricky/") || fixture.name.starts_with("openapi/");
            if limit.is_none() && !whole && seed - first >= USUALLY {
                continue;
            }
            runs += 1;
            match outcome(fixture, tree, seed) {
                Ok(is_accepted) => accepted += u64::from(is_accepted),
                Err(failure) => failures.push(format!("{} with seed {seed}: {failure}", fixture.name)),
            }
        }
    }
    println!("{runs} runs in {:.0?}, {accepted} documents accepted, {} findings", began.elapsed(), failures.len());
    assert_eq!(failures, Vec::<String>::new());
}
