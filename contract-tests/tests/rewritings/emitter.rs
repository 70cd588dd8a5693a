//! YAML in many styles: what a tree of values looks like when different people write it.

use serde_json::{Map, Value};

/// How a tree is written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Within braces and brackets.
    pub flow: bool,
    /// How deep a block is indented.
    pub indent: usize,
    /// How strings and keys are quoted.
    pub quotes: Quotes,
    /// How numbers, booleans and null are written.
    pub scalars: Scalars,
    /// What occurs again is an alias of what occurs first.
    pub aliases: bool,
    /// Mappings that share members are merged from an earlier one.
    pub merges: bool,
    /// A comment stands behind every entry.
    pub comments: bool,
}

/// How strings are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// Always, with `"`.
    Double,
    /// Always, with `"`, and each character as an escape.
    Escapes,
    /// With `'`, where that can be.
    Single,
    /// Not at all, where that can be; strings of several lines as blocks.
    Plain,
}

/// How other scalars are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalars {
    /// As JSON has them.
    Json,
    /// As only YAML has them: hexadecimal, in capitals, `~`.
    Yaml,
    /// Each with its tag.
    Tagged,
}

impl Style {
    /// Blocks, with every string in double quotes.
    pub const BLOCK: Self = Self {
        flow: false,
        indent: 2,
        quotes: Quotes::Double,
        scalars: Scalars::Json,
        aliases: false,
        merges: false,
        comments: false,
    };
}

/// A tree in a style.
pub fn yaml(root: &Value, style: Style) -> String {
    let mut emitter = Emitter { style, known: Vec::new(), anchors: 0, text: String::new() };
    if style.flow {
        emitter.flow(root)
    } else {
        emitter.block(root, 0)
    };
    emitter.text + "\n"
}

struct Emitter {
    style: Style,
    /// What has an anchor, with its number.
    known: Vec<(usize, Value)>,
    anchors: usize,
    text: String,
}

impl Emitter {
    fn block(&mut self, value: &Value, depth: usize) {
        let margin = " ".repeat(depth * self.style.indent);
        let entries: Vec<(String, Value)> = match value {
            Value::Object(map) if !map.is_empty() => {
                let (merged, rest) = self.merged(map);
                if let Some(merged) = merged {
                    self.text.push_str(&format!("{margin}<<: *a{merged}\n"));
                }
                rest.into_iter().map(|(key, value)| (format!("{}:", self.string(&key)), value)).collect()
            }
            Value::Array(list) if !list.is_empty() => {
                list.iter().map(|value| ("-".to_owned(), value.clone())).collect()
            }
            scalar => return self.text.push_str(&format!("{margin}{}", self.scalar(scalar))),
        };
        for (lead, inner) in entries {
            self.text.push_str(&format!("{margin}{lead}"));
            let comment = if self.style.comments { " # a comment: [not] read" } else { "" };
            if let Some(known) = self.alias(&inner) {
                self.text.push_str(&format!(" *a{known}{comment}\n"));
            } else if is_leaf(&inner) {
                let scalar = match &inner {
                    Value::String(text) if self.style.quotes == Quotes::Plain && is_block(text) => {
                        let margin = " ".repeat((depth + 1) * self.style.indent);
                        let lines: Vec<String> = text
                            .lines()
                            .map(|line| if line.is_empty() { String::new() } else { format!("{margin}{line}") })
                            .collect();
                        format!("|-\n{}", lines.join("\n"))
                    }
                    other => self.scalar(other) + comment,
                };
                self.text.push_str(&format!(" {scalar}\n"));
            } else {
                let number = self.anchors;
                self.anchors += 1;
                let anchored = self.style.aliases || self.style.merges;
                let anchor = if anchored { format!(" &a{number}") } else { String::new() };
                self.text.push_str(&format!("{anchor}{comment}\n"));
                self.block(&inner, depth + 1);
                // Nothing stands for a value that it is within.
                self.known.push((number, inner));
            }
        }
    }

    fn flow(&mut self, value: &Value) {
        if let Some(known) = self.alias(value) {
            return self.text.push_str(&format!("*a{known} "));
        }
        match value {
            Value::Object(map) if !map.is_empty() => {
                self.text.push_str("{ ");
                for (key, inner) in map {
                    let key = self.string(key);
                    self.text.push_str(&format!("{key}: "));
                    self.flow(inner);
                    self.text.push_str(", ");
                }
                self.text.push('}');
            }
            Value::Array(list) if !list.is_empty() => {
                self.text.push('[');
                for inner in list {
                    self.flow(inner);
                    self.text.push_str(",\n  ");
                }
                self.text.push(']');
            }
            scalar => {
                let scalar = self.scalar(scalar);
                self.text.push_str(&scalar);
            }
        }
    }

    /// The number of the anchor that a value has already.
    fn alias(&self, value: &Value) -> Option<usize> {
        let worth = self.style.aliases && !is_leaf(value);
        worth.then(|| self.known.iter().find(|(_, known)| known == value).map(|(number, _)| *number)).flatten()
    }

    /// The earlier mapping that brings most members, and the members that are to be written beside it.
    fn merged(&self, map: &Map<String, Value>) -> (Option<usize>, Vec<(String, Value)>) {
        let all = || map.iter().map(|(key, value)| (key.clone(), value.clone()));
        let shared = |known: &Value| {
            let known = known.as_object()?;
            let same = known.iter().filter(|(key, value)| map.get(*key) == Some(value)).count();
            known.keys().all(|key| map.contains_key(key)).then_some(same).filter(|same| *same > 0)
        };
        let found = self.known.iter().filter_map(|(number, known)| Some((shared(known)?, *number, known)));
        match found.max_by_key(|(same, ..)| *same).filter(|_| self.style.merges) {
            None => (None, all().collect()),
            Some((_, at, known)) => (Some(at), all().filter(|(key, value)| known.get(key) != Some(value)).collect()),
        }
    }

    fn scalar(&self, value: &Value) -> String {
        match (value, self.style.scalars) {
            (Value::String(text), _) => self.string(text),
            (Value::Null, Scalars::Yaml) => "~".into(),
            (Value::Bool(flag), Scalars::Yaml) => (if *flag { "TRUE" } else { "False" }).into(),
            (Value::Number(number), Scalars::Yaml) => match number.as_u64() {
                Some(whole) => format!("0x{whole:X}"),
                None => number.to_string(),
            },
            (Value::Bool(flag), Scalars::Tagged) => format!("!!bool {flag}"),
            (Value::Number(number), Scalars::Tagged) if number.is_i64() => format!("!!int \"{number}\""),
            (other, _) => other.to_string(),
        }
    }

    fn string(&self, text: &str) -> String {
        let tag = if self.style.scalars == Scalars::Tagged { "!!str " } else { "" };
        let quoted = match self.style.quotes {
            Quotes::Single if !text.contains('\n') => format!("'{}'", text.replace('\'', "''")),
            Quotes::Plain if is_plain(text) && !(self.style.flow && text.contains(',')) => text.to_owned(),
            Quotes::Escapes => format!("\"{}\"", text.encode_utf16().map(escaped).collect::<String>()),
            _ => Value::from(text).to_string(),
        };
        format!("{tag}{quoted}")
    }
}

fn escaped(unit: u16) -> String {
    format!("\\u{unit:04x}")
}

fn is_leaf(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => true,
    }
}

/// Whether a string can be written as a literal block.
fn is_block(text: &str) -> bool {
    text.contains('\n') && !text.ends_with('\n') && !text.starts_with([' ', '\n'])
}

fn is_plain(text: &str) -> bool {
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let inner = |letter: char| letter.is_alphanumeric() || " ._/-;,()".contains(letter);
    text.starts_with(char::is_alphabetic)
        && text.chars().all(inner)
        && !text.ends_with(' ')
        && !reserved.contains(&text.to_lowercase().as_str())
}
