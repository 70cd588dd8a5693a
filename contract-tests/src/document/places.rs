//! Where things stand in the text of a document: from a pointer to a line and a column.
//!
//! The text is read a second time, by a parser that knows places, and only when something is to be said about it.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, StrInput};

use super::Pointer;

/// A line and a column, both from 1 and the column in code points.
pub type Place = (usize, usize);

/// The places of everything that has a pointer.
#[derive(Debug, Default)]
pub struct Places {
    found: HashMap<Pointer, Place>,
}

/// A list or mapping that isn't at its end yet.
enum Open {
    List { place: Pointer, next: usize },
    Mapping { place: Pointer, key: Option<String> },
}

impl Places {
    /// The places in a text in YAML or JSON; as far as it can be read.
    pub fn of(text: &str) -> Self {
        // JSON may be indented by tabs, which YAML's parser refuses in places; a space takes as much room.
        let spaced = text.trim_start().starts_with('{').then(|| text.replace('\t', " "));
        let mut places = Self::default();
        places.read(Parser::new_from_str(spaced.as_deref().unwrap_or(text)));
        places
    }

    /// Where a value stands: at its key, or where it begins as an item. What an alias stands for has the alias's place.
    pub fn at(&self, pointer: &Pointer) -> Place {
        let mut here = pointer.clone();
        loop {
            if let Some(place) = self.found.get(&here) {
                return *place;
            }
            match here.parent() {
                Some((parent, _)) => here = parent,
                None => return (1, 1),
            }
        }
    }

    fn read(&mut self, mut parser: Parser<'_, StrInput<'_>>) {
        let mut open: Vec<Open> = Vec::new();
        while let Some(Ok((event, span))) = parser.next_event() {
            let place = (span.start.line(), span.start.col() + 1);
            match event {
                Event::Scalar(text, ..) => {
                    if let Some(Open::Mapping { place: parent, key: key @ None }) = open.last_mut() {
                        self.found.entry(parent.child(&text)).or_insert(place);
                        *key = Some(text.into_owned());
                    } else {
                        self.value(&mut open, place);
                    }
                }
                Event::Alias(_) => drop(self.value(&mut open, place)),
                Event::SequenceStart(..) => {
                    let here = self.value(&mut open, place);
                    open.push(Open::List { place: here, next: 0 });
                }
                Event::MappingStart(..) => {
                    let here = self.value(&mut open, place);
                    open.push(Open::Mapping { place: here, key: None });
                }
                Event::SequenceEnd | Event::MappingEnd => drop(open.pop()),
                _ => {}
            }
        }
    }

    /// The pointer of a value that begins.
    fn value(&mut self, open: &mut [Open], at: Place) -> Pointer {
        match open.last_mut() {
            None => Pointer::root(),
            Some(Open::List { place, next }) => {
                let here = place.index(*next);
                *next += 1;
                self.found.entry(here.clone()).or_insert(at);
                here
            }
            // A key that is itself a list or a mapping is refused elsewhere.
            Some(Open::Mapping { place, key }) => place.child(&key.take().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Pointer};

    #[test]
    fn keys_and_items_have_their_places() {
        let yaml = "a:\n  é: [x, {b: 1}]\n  'c/d': &anchor\n    e: |\n      text\n  f: *anchor\n200: last\n";
        let json = "{\n\t\"a\": {\"é\": [\"x\",\n\t\t{\"b\": 1}], \"c/d\": {\"e\": 2}},\n\t\"200\": 3\n}";
        for (text, expected) in [
            (
                yaml,
                [("/a", (1, 1)), ("/a/é/1/b", (2, 11)), ("/a/c~1d/e", (4, 5)), ("/a/f/e", (6, 3)), ("/200", (7, 1))],
            ),
            (
                json,
                [
                    ("/a", (2, 2)),
                    ("/a/é/1/b", (3, 4)),
                    ("/a/c~1d/e", (3, 22)),
                    ("/a/nowhere", (2, 2)),
                    ("/200", (4, 2)),
                ],
            ),
        ] {
            let places = Places::of(text);
            for (pointer, place) in expected {
                assert_eq!(places.at(&Pointer::written(pointer)), place, "{pointer} in {text}");
            }
        }
        assert_eq!(Places::of("").at(&Pointer::written("/a")), (1, 1));
    }
}
