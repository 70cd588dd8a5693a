//! From the text of a document to its tree, event by event. Values and places come from this one reading.

use std::collections::{BTreeMap, HashMap};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput, Tag};
use serde_json::Value;

use super::error::Fault;
use super::scalar;
use super::tree::{Content, Entry, Index, Node, Position, Tree};

/// How many lists and mappings may be within each other.
const DEEPEST: usize = 120;
/// How many values a document may come to when its aliases are written out.
const LARGEST: usize = 1_000_000;

/// The tree of a text in YAML or JSON, or the first thing that is wrong with it and where.
pub(super) fn parse(text: &str) -> Result<Tree, (Position, Fault)> {
    let tree = parse_part(text)?;
    let found = match tree.nodes.get(tree.root).map(|root| &root.content) {
        Some(Content::Mapping(_)) => return Ok(tree),
        Some(Content::List(_)) => "a list",
        Some(Content::Scalar(Value::Null, _)) | None => "empty",
        Some(Content::Scalar(..)) => "a single value",
    };
    Err(((1, 1), Fault::NotAMapping(found)))
}

/// The same of a text that may hold any value, as a file beside the document's root does.
pub(super) fn parse_part(text: &str) -> Result<Tree, (Position, Fault)> {
    let prepared = Prepared::new(text);
    let parser = Parser::new_from_str(&prepared.text);
    let written = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    let tree = Tree { text: written, nodes: Vec::new(), root: 0 };
    let tree = Reading { prepared: &prepared, parser, tree, open: Vec::new(), anchors: HashMap::new() }.read()?;
    match tree.nodes.get(tree.root) {
        Some(_) => Ok(tree),
        None => Err(((1, 1), Fault::NotAMapping("empty"))),
    }
}

/// A text in the form that YAML's parser reads. JSON is YAML but for two things: tabs may indent it, and a code point
/// beyond 16 bits is escaped as two surrogates.
struct Prepared {
    text: String,
    /// Where an escape became two characters shorter, by line the columns that follow it.
    shorter: BTreeMap<usize, Vec<usize>>,
}

impl Prepared {
    fn new(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut prepared = Self { text: String::with_capacity(text.len()), shorter: BTreeMap::new() };
        if !text.trim_start().starts_with('{') {
            prepared.text.push_str(text);
            return prepared;
        }
        let (mut line, mut column, mut rest) = (1, 1, text);
        while let Some(letter) = rest.chars().next() {
            let escape = surrogates(rest).map(|code| (format!("\\U{code:08x}"), 12));
            // What follows a backslash is part of its escape.
            let escape = escape.or_else(|| rest.strip_prefix("\\\\").map(|_| ("\\\\".to_owned(), 2)));
            let plain = || (if letter == '\t' { ' ' } else { letter }.to_string(), letter.len_utf8());
            let (written, read) = escape.unwrap_or_else(plain);
            column += written.chars().count();
            if read == 12 {
                prepared.shorter.entry(line).or_default().push(column);
            }
            if letter == '\n' {
                (line, column) = (line + 1, 1);
            }
            prepared.text.push_str(&written);
            rest = rest.get(read..).unwrap_or_default();
        }
        prepared
    }

    /// Where a mark of the parser is in the text as it was written.
    fn position(&self, mark: &Marker) -> Position {
        let column = mark.col() + 1;
        let before = self.shorter.get(&mark.line()).map_or(0, |ends| ends.partition_point(|end| *end <= column));
        (mark.line(), column + 2 * before)
    }
}

/// The code point that two escaped surrogates at the start of a text stand for.
fn surrogates(text: &str) -> Option<u32> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let (high, low) = (unit(0)?, unit(6)?);
    let both = (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low);
    both.then(|| 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))
}

struct Reading<'a> {
    prepared: &'a Prepared,
    parser: Parser<'a, StrInput<'a>>,
    tree: Tree,
    open: Vec<Open>,
    /// Finished nodes by the number of their anchor.
    anchors: HashMap<usize, Index>,
}

/// A list or mapping whose end is not reached.
struct Open {
    start: Position,
    anchor: usize,
    size: usize,
    height: usize,
    content: Partial,
}

enum Partial {
    List(Vec<(Position, Index)>),
    Mapping {
        entries: Vec<Entry>,
        seen: HashMap<String, Position>,
        /// The key whose value comes next.
        key: Option<Key>,
        /// The values of merge keys, each with the place of its key.
        merged: Vec<(Position, Index)>,
    },
}

struct Key {
    name: String,
    at: Position,
    /// It is YAML 1.1's merge key `<<`, without quotes.
    merges: bool,
}

type Outcome<T = ()> = Result<T, (Position, Fault)>;

impl Reading<'_> {
    fn read(mut self) -> Outcome<Tree> {
        let mut documents = 0;
        while let Some(event) = self.parser.next_event() {
            let (event, span) = event
                .map_err(|error| (self.prepared.position(error.marker()), Fault::Syntax(error.info().to_owned())))?;
            let at = self.prepared.position(&span.start);
            if matches!(event, Event::DocumentStart(_)) {
                documents += 1;
                if documents > 1 {
                    return Err((at, Fault::ManyDocuments));
                }
            }
            self.take(event, at)?;
        }
        Ok(self.tree)
    }

    fn take(&mut self, event: Event<'_>, at: Position) -> Outcome {
        if let Some(Open { content: Partial::Mapping { key: None, .. }, .. }) = self.open.last()
            && !matches!(event, Event::MappingEnd)
        {
            return self.key(event, at);
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar_value(&text, style, tag.as_deref()).map_err(|fault| (at, fault))?;
                let written = (!value.is_string()).then(|| text.into_owned());
                let index = self.node(Content::Scalar(value, written), 1, 0, anchor);
                self.attach(index, at)
            }
            Event::SequenceStart(anchor, tag) => self.start(Partial::List(Vec::new()), anchor, tag.as_deref(), at),
            Event::MappingStart(anchor, tag) => {
                let (entries, seen, merged) = (Vec::new(), HashMap::new(), Vec::new());
                self.start(Partial::Mapping { entries, seen, key: None, merged }, anchor, tag.as_deref(), at)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some(target) => self.attach(*target, at),
                None => Err((at, Fault::AliasCycle)),
            },
            _ => Ok(()),
        }
    }

    fn key(&mut self, event: Event<'_>, at: Position) -> Outcome {
        let Event::Scalar(text, style, anchor, tag) = event else {
            return Err((at, Fault::KeyNotString("a list, a mapping or an alias")));
        };
        let plain = style == ScalarStyle::Plain && tag.is_none();
        if plain && scalar::is_null(&text) {
            return Err((at, Fault::KeyNotString("null")));
        }
        // An alias of a key is refused rather than followed.
        self.anchors.remove(&anchor);
        if let Some(Open { content: Partial::Mapping { seen, key, .. }, .. }) = self.open.last_mut() {
            // A key reads as it is written: `200` is the key "200".
            let name = text.into_owned();
            if let Some((first, _)) = seen.insert(name.clone(), at) {
                return Err((at, Fault::DuplicateKey { key: name, first }));
            }
            *key = Some(Key { merges: plain && name == "<<", name, at });
        }
        Ok(())
    }

    fn start(&mut self, content: Partial, anchor: usize, tag: Option<&Tag>, start: Position) -> Outcome {
        let own = if matches!(content, Partial::List(_)) { "seq" } else { "map" };
        if let Some(tag) = tag.filter(|tag| !(tag.is_yaml_core_schema() && tag.suffix == own)) {
            return Err((start, Fault::UnknownTag(spelled(tag))));
        }
        if self.open.len() >= DEEPEST {
            return Err((start, Fault::TooDeep(DEEPEST)));
        }
        self.open.push(Open { start, anchor, size: 1, height: 1, content });
        Ok(())
    }

    fn end(&mut self) -> Outcome {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let content = match open.content {
            Partial::List(items) => Content::List(items),
            Partial::Mapping { mut entries, merged, .. } => {
                for (at, value) in merged {
                    self.merge(&mut entries, value).map_err(|fault| (at, fault))?;
                }
                Content::Mapping(entries)
            }
        };
        let index = self.node(content, open.size, open.height, open.anchor);
        self.attach(index, open.start)
    }

    /// Takes in the entries of the mappings that a merge key names, but for the keys that are there already.
    fn merge(&self, entries: &mut Vec<Entry>, value: Index) -> Result<(), Fault> {
        let content = |index: Index| self.tree.nodes.get(index).map(|node| &node.content);
        let sources = match content(value) {
            Some(Content::List(items)) => items.iter().map(|(_, item)| *item).collect(),
            _ => vec![value],
        };
        for source in sources {
            let Some(Content::Mapping(more)) = content(source) else { return Err(Fault::BadMerge) };
            for entry in more {
                if !entries.iter().any(|known| known.key == entry.key) {
                    entries.push(entry.clone());
                }
            }
        }
        Ok(())
    }

    fn node(&mut self, content: Content, size: usize, height: usize, anchor: usize) -> Index {
        let index = self.tree.nodes.len();
        self.tree.nodes.push(Node { content, size, height });
        self.anchors.insert(anchor, index);
        index
    }

    /// Gives a value to the list or mapping that is open, or makes it the root.
    fn attach(&mut self, value: Index, at: Position) -> Outcome {
        let (size, height) = self.tree.nodes.get(value).map_or((1, 0), |node| (node.size, node.height));
        if self.open.len() + height > DEEPEST {
            return Err((at, Fault::TooDeep(DEEPEST)));
        }
        let Some(open) = self.open.last_mut() else {
            self.tree.root = value;
            return Ok(());
        };
        open.size = open.size.saturating_add(size);
        open.height = open.height.max(height + 1);
        if open.size > LARGEST {
            return Err((at, Fault::TooLarge(LARGEST)));
        }
        match &mut open.content {
            Partial::List(items) => items.push((at, value)),
            Partial::Mapping { entries, key, merged, .. } => match key.take() {
                Some(key) if key.merges => merged.push((key.at, value)),
                Some(key) => entries.push(Entry { key: key.name, position: key.at, value }),
                None => {}
            },
        }
        Ok(())
    }
}

fn scalar_value(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, Fault> {
    let plain = match tag {
        None => style == ScalarStyle::Plain,
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => false,
        Some(tag) if tag.is_yaml_core_schema() && ["int", "float", "bool", "null"].contains(&tag.suffix.as_str()) => {
            true
        }
        Some(tag) => return Err(Fault::UnknownTag(spelled(tag))),
    };
    if plain { scalar::plain(text).ok_or_else(|| Fault::NotFinite(text.to_owned())) } else { Ok(text.into()) }
}

fn spelled(tag: &Tag) -> String {
    if tag.is_yaml_core_schema() { format!("!!{}", tag.suffix) } else { format!("{}{}", tag.handle, tag.suffix) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::parse;
    use crate::document::Pointer;

    #[test]
    fn keys_and_items_have_their_places() {
        let yaml = "a:\n  é: [x, {b: 1}]\n  'c/d': &anchor\n    e: |\n      text\n  f: *anchor\n200: last\n";
        let json = "{\n\t\"a\": {\"é\": [\"x\\ud83d\\ude00\",\n\t\t{\"b\": 1}], \"c/d\": {\"\\ud83d\\ude00\": 0, \"e\": 2}},\n\t\"200\": 3\n}";
        for (text, expected) in [
            (
                yaml,
                [("/a", (1, 1)), ("/a/é/1/b", (2, 11)), ("/a/c~1d/e", (4, 5)), ("/a/f/e", (4, 5)), ("/200", (7, 1))],
            ),
            (
                json,
                [
                    ("/a", (2, 2)),
                    ("/a/é/1/b", (3, 4)),
                    ("/a/c~1d/e", (3, 41)),
                    ("/a/nowhere", (2, 2)),
                    ("/200", (4, 2)),
                ],
            ),
        ] {
            let tree = parse(text).expect("it is read");
            for (pointer, place) in expected {
                assert_eq!(tree.position(&Pointer::written(pointer)), place, "{pointer} in {text}");
            }
        }
    }

    #[test]
    fn a_code_point_in_two_escapes_is_read() {
        let tree = parse(r#"{"a": "\\ud83d \ud83d\ude00"}"#).expect("it is read");
        assert_eq!(tree.value(), json!({ "a": "\\ud83d 😀" }));
    }

    #[test]
    fn merge_keys_bring_what_is_missing_from_where_it_is_written() {
        let text = "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz:\n  <<: [*x, *y]\n  a: own\n'<<': plain\n";
        let tree = parse(text).expect("it is read");
        let z = json!({ "a": "own", "b": 2, "c": 4 });
        assert_eq!(tree.value(), json!({ "x": {"a": 1, "b": 2}, "y": {"b": 3, "c": 4}, "z": z, "<<": "plain" }));
        assert_eq!(tree.position(&Pointer::written("/z/a")), (5, 3));
        assert_eq!(tree.position(&Pointer::written("/z/c")), (2, 14));
    }
}
