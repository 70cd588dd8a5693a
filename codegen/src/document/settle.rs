//! Compares what the two readers of a document read, and resolves YAML 1.1's merge keys on the way.

use serde_json::{Map, Number, Value};

use super::fault::{Fault, FaultKind};
use super::pointer::Pointer;
use super::tree::{Content, Entry, Index, Scalar, Span, Tree};

/// A plain scalar that is one value to the core schema of YAML 1.2 and another to many readers.
#[derive(Debug)]
pub(crate) struct Ambiguity {
    /// As it is written.
    pub(crate) text: String,
    /// What the core schema makes of it.
    pub(crate) one: String,
    /// What others make of it.
    pub(crate) other: String,
}

/// The value is left with its merge keys resolved, and with YAML 1.2's reading of each scalar on which readers disagree.
pub(crate) fn settle(tree: &Tree, value: &mut Value) -> Result<Vec<(Pointer, Ambiguity)>, Vec<Fault>> {
    let mut settler = Settler { tree, ambiguous: Vec::new(), faults: Vec::new() };
    settler.node(tree.root, value, &Way::Root);
    if settler.faults.is_empty() { Ok(settler.ambiguous) } else { Err(settler.faults) }
}

struct Settler<'t> {
    tree: &'t Tree,
    ambiguous: Vec<(Pointer, Ambiguity)>,
    faults: Vec<Fault>,
}

/// The way from the root down to a node, made into a pointer only where a fault needs it.
enum Way<'w> {
    Root,
    Item(&'w Way<'w>, usize),
    Key(&'w Way<'w>, &'w str),
}

impl Way<'_> {
    fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Item(parent, at) => parent.pointer().join(at),
            Self::Key(parent, key) => parent.pointer().join(key),
        }
    }
}

impl Settler<'_> {
    // The depth of both trees is bounded by now, so recursion is.
    fn node(&mut self, index: Index, value: &mut Value, way: &Way<'_>) {
        let Some(node) = self.tree.resolve(index) else { return };
        match (&node.content, value) {
            (Content::List(items), Value::Array(values)) if items.len() == values.len() => {
                for (at, (item, value)) in items.iter().zip(values).enumerate() {
                    self.node(*item, value, &Way::Item(way, at));
                }
            }
            (Content::Mapping(entries), Value::Object(values)) if same_keys(entries, values) => {
                for (entry, (key, value)) in entries.iter().zip(values.iter_mut()) {
                    self.node(entry.value, value, &Way::Key(way, key));
                }
                for entry in entries.iter().filter(|entry| entry.is_merge) {
                    self.merge(values, entry, way);
                }
            }
            (Content::Scalar(scalar), value) => self.scalar(scalar, value, node.span, way),
            (_, value) => {
                self.faults.push(FaultKind::Misread(describe(value)).at(node.span, way.pointer()));
            }
        }
    }

    fn scalar(&mut self, scalar: &Scalar, value: &mut Value, span: Span, way: &Way<'_>) {
        let (text, read) = match (scalar, &*value) {
            // Most are read alike, and need no copy to be compared.
            (Scalar::Text(text), Value::String(read)) if read == text => return,
            (Scalar::Text(text), _) => (text, Value::String(text.clone())),
            (Scalar::Plain(text), Value::String(read)) if read == text && is_string(text) => return,
            (Scalar::Plain(text), _) => match core_schema(text) {
                Some(read) => (text, read),
                None => {
                    self.faults.push(FaultKind::NotFinite(text.clone()).at(span, way.pointer()));
                    return;
                }
            },
        };
        if !same_scalar(&read, value) {
            let ambiguity = Ambiguity { text: text.clone(), one: describe(&read), other: describe(value) };
            self.ambiguous.push((way.pointer(), ambiguity));
            *value = read;
        }
    }

    fn merge(&mut self, values: &mut Map<String, Value>, entry: &Entry, way: &Way<'_>) {
        let sources = match values.shift_remove(&entry.key) {
            Some(Value::Array(sources)) => sources,
            Some(source) => vec![source],
            None => return,
        };
        for source in sources {
            let Value::Object(source) = source else {
                let kind = FaultKind::BadMerge(kind_name(&source));
                self.faults.push(kind.at(entry.key_span, way.pointer().join(&entry.key)));
                continue;
            };
            for (key, value) in source {
                values.entry(key).or_insert(value);
            }
        }
    }
}

fn same_keys(entries: &[Entry], values: &Map<String, Value>) -> bool {
    entries.len() == values.len() && entries.iter().zip(values.keys()).all(|(entry, key)| entry.key == *key)
}

fn same_scalar(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

/// Whether a plain scalar is nothing but a string, by its first letter: those of null, booleans and numbers are few.
fn is_string(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(['~', 'n', 'N', 't', 'T', 'f', 'F', '.', '+', '-'])
        && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// A plain scalar by the core schema of YAML 1.2, which JSON's scalars agree with. `None` for what is no finite number.
fn core_schema(text: &str) -> Option<Value> {
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return None,
        _ => {
            let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
            if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
                return None;
            }
            if let Some(integer) = radix(text) {
                return Some(integer.into());
            }
            if !is_number(unsigned) {
                return Some(Value::String(text.to_owned()));
            }
            let plain = text.strip_prefix('+').unwrap_or(text);
            let integer = plain.parse::<i64>().map(Number::from).or_else(|_| plain.parse::<u64>().map(Number::from));
            return integer.ok().or_else(|| Number::from_f64(plain.parse().ok()?)).map(Value::Number);
        }
    };
    Some(value)
}

fn radix(text: &str) -> Option<u64> {
    let (digits, radix) =
        text.strip_prefix("0x").map(|digits| (digits, 16)).or_else(|| Some((text.strip_prefix("0o")?, 8)))?;
    if digits.starts_with('+') { None } else { u64::from_str_radix(digits, radix).ok() }
}

/// `[0-9]+(\.[0-9]*)?` or `\.[0-9]+`, with an exponent or without.
fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}

fn describe(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Object(_) | Value::Null => kind_name(value).to_owned(),
        Value::String(text) => format!("the string `{text}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::Bool(truth) => truth.to_string(),
    }
}

/// What kind of value it is, with its article.
pub(crate) fn kind_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}
