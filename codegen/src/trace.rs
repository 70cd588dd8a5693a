//! Whether two documents make the same source: their items are compared as they are written, and printed only where they differ.

use std::hash::{DefaultHasher, Hash, Hasher};

use syn::{Item, ItemMod};

use crate::render::unparse;
use crate::write::{Sink, WriteError};
use crate::{Diagnostic, Input, written};

/// What is left of the source that a document makes: enough to tell whether another document makes the same.
#[derive(Debug, Default)]
pub struct Trace {
    steps: Vec<Step>,
}

/// An item, or the beginning or the end of a module.
#[derive(Debug)]
struct Step {
    hash: u64,
    text: String,
}

impl Trace {
    /// The trace of the source that a document makes.
    ///
    /// # Errors
    /// What is wrong with the document, as in [`Input::generate`].
    pub fn of(input: Input<'_>) -> Result<Self, Vec<Diagnostic>> {
        let mut trace = Self::default();
        written(input, &mut trace)?.map_or(Ok(trace), |error| Err(vec![crate::defect(error.to_string())]))
    }

    /// Whether a document makes the same source. The header is left aside, which names the document's digest.
    ///
    /// # Errors
    /// What is wrong with the document, as in [`Input::generate`].
    pub fn is_same(&self, input: Input<'_>) -> Result<bool, Vec<Diagnostic>> {
        let mut comparison = Comparison { expected: &self.steps, differs: false };
        match written(input, &mut comparison)? {
            Some(WriteError::Enough) => Ok(false),
            Some(error) => Err(vec![crate::defect(error.to_string())]),
            None => Ok(!comparison.differs && comparison.expected.is_empty()),
        }
    }
}

impl Sink for Trace {
    fn item(&mut self, item: Item) {
        self.steps.push(Step { hash: hash(&item), text: unparse(Vec::new(), item) });
    }

    fn open(&mut self, module: ItemMod) {
        self.item(Item::Mod(module));
    }

    fn close(&mut self) {
        self.steps.push(Step { hash: 0, text: String::new() });
    }
}

/// A sink that takes items as long as they are the expected ones.
struct Comparison<'t> {
    /// What is still to come.
    expected: &'t [Step],
    differs: bool,
}

impl Comparison<'_> {
    fn step(&mut self, hash: u64, text: impl FnOnce() -> String) {
        match self.expected.split_first() {
            // Tokens that differ may still be printed alike.
            Some((step, rest)) if step.hash == hash || step.text == text() => self.expected = rest,
            _ => self.differs = true,
        }
    }
}

impl Sink for Comparison<'_> {
    fn item(&mut self, item: Item) {
        self.step(hash(&item), || unparse(Vec::new(), item));
    }

    fn open(&mut self, module: ItemMod) {
        self.item(Item::Mod(module));
    }

    fn close(&mut self) {
        self.step(0, String::new);
    }

    fn is_enough(&self) -> bool {
        self.differs
    }
}

fn hash(item: &Item) -> u64 {
    let mut hasher = DefaultHasher::new();
    item.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
                         responses: {'204': {description: Done}}\n";

    fn is_same(text: &str) -> Result<bool, Vec<Diagnostic>> {
        Trace::of(Input::new("a.yaml", PLAIN.as_bytes())).unwrap().is_same(Input::new("b.yaml", text.as_bytes()))
    }

    #[test]
    fn what_says_the_same_makes_the_same_and_each_other_item_is_seen() {
        assert_eq!(is_same(PLAIN), Ok(true));
        assert_eq!(is_same(&format!("# A comment\n{PLAIN}")), Ok(true));
        let more =
            format!("{PLAIN}components: {{schemas: {{A: {{type: object, properties: {{a: {{type: string}}}}}}}}}}\n");
        for other in
            [PLAIN.replace("Done", "Gone"), PLAIN.replace("/a:", "/b:"), PLAIN.replace("'1'", "'2'"), more.clone()]
        {
            assert_eq!(is_same(&other), Ok(false), "{other}");
        }
        let longer = Trace::of(Input::new("a.yaml", more.as_bytes())).unwrap();
        assert_eq!(longer.is_same(Input::new("a.yaml", PLAIN.as_bytes())), Ok(false));
        assert!(is_same("swagger: '2.0'\n").is_err());
    }
}
