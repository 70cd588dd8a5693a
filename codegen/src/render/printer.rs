//! Prints what is written: each item is spelled, its names are noted and its text is kept; the imports of a module are
//! chosen when the module ends.

use std::collections::BTreeSet;

use syn::{AttrStyle, Attribute, Item, ItemMod, ItemUse};

use super::spelling::Spelling;
use super::{imports, unparse};
use crate::SourceFile;
use crate::write::Sink;

/// A sink that makes a file of each module.
#[derive(Debug)]
pub struct Printer {
    spelling: Spelling,
    /// The modules that are open, the root first.
    open: Vec<Module>,
    files: Vec<SourceFile>,
}

/// A module that is open.
#[derive(Debug)]
struct Module {
    name: String,
    /// What stands at the top of its file.
    attributes: Vec<Attribute>,
    pieces: Vec<Piece>,
    used: imports::Used,
    /// Under which condition an item names the runtime, if one does: the attributes `cfg` that all such items have.
    names_the_runtime: Option<Vec<Attribute>>,
}

#[derive(Debug)]
enum Piece {
    Import(ItemUse),
    /// The declaration of a module that has a file of its own.
    Declaration(String),
    Item(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Import,
    Declaration,
    /// A call of a macro that adds something to an item.
    Call,
    Item,
}

impl Printer {
    /// A printer of a source whose root has some attributes. `hidden` are names that mean something else in its modules
    /// than in the standard library.
    pub fn new(attributes: Vec<Attribute>, hidden: BTreeSet<String>) -> Self {
        let root = Module::new("mod".to_owned(), attributes);
        Self { spelling: Spelling::new(hidden), open: vec![root], files: Vec::new() }
    }

    /// The files, with paths below the root.
    pub fn finish(mut self) -> Vec<SourceFile> {
        while !self.open.is_empty() {
            self.close();
        }
        self.files
    }
}

impl Sink for Printer {
    fn item(&mut self, mut item: Item) {
        let depth = self.open.len().saturating_sub(1);
        let Some(module) = self.open.last_mut() else { return };
        match item {
            Item::Use(import) => module.pieces.push(Piece::Import(import)),
            Item::Mod(declaration) => {
                module.pieces.push(Piece::Declaration(unparse(Vec::new(), Item::Mod(declaration))))
            }
            _ => {
                if self.spelling.spell(&mut item, depth, &mut module.used) {
                    let condition = condition(&item);
                    let known = module.names_the_runtime.get_or_insert_with(|| condition.clone());
                    known.retain(|one| condition.contains(one));
                }
                module.pieces.push(Piece::Item(unparse(Vec::new(), item)));
            }
        }
    }

    fn open(&mut self, mut module: ItemMod) {
        // The documentation belongs to the module's file; under which feature there is one, its declaration has to say.
        let docs = module.attrs.extract_if(.., |attribute| attribute.path().is_ident("doc"));
        let docs = docs.map(|attribute| Attribute { style: AttrStyle::Inner(Default::default()), ..attribute });
        let opened = Module::new(module.ident.to_string(), docs.collect());
        module.content = None;
        module.semi = Some(Default::default());
        if let Some(parent) = self.open.last_mut() {
            parent.pieces.push(Piece::Declaration(unparse(Vec::new(), Item::Mod(module))));
        }
        self.open.push(opened);
    }

    fn close(&mut self) {
        let depth = self.open.len().saturating_sub(1);
        let Some(module) = self.open.pop() else { return };
        let folders: String = self.open.iter().skip(1).map(|parent| format!("{}/", parent.name)).collect();
        let path = format!("{folders}{}.rs", module.name);
        let (contents, from_parent) = module.finish(depth);
        self.files.push(SourceFile { path, contents });
        if let Some(parent) = self.open.last_mut() {
            parent.used.add(from_parent);
        }
    }
}

/// The attributes `cfg` of an item.
fn condition(item: &Item) -> Vec<Attribute> {
    let attributes = match item {
        Item::Impl(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        _ => return Vec::new(),
    };
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

impl Module {
    fn new(name: String, attributes: Vec<Attribute>) -> Self {
        let used = imports::Used::default();
        Self { name, attributes, pieces: Vec::new(), used, names_the_runtime: None }
    }

    /// The text of its file, and the names that it imports from its parent.
    fn finish(self, depth: usize) -> (String, BTreeSet<String>) {
        let runtime = self.names_the_runtime.map(|condition| Piece::Import(imports::of_runtime(depth, condition)));
        let mut from_parent = BTreeSet::new();
        let mut source = unparse(self.attributes, None);
        let mut previous = None;
        for piece in runtime.into_iter().chain(self.pieces) {
            let (kind, text) = match piece {
                Piece::Import(import) => match self.used.keep(import, &mut from_parent) {
                    Some(import) => (Kind::Import, unparse(Vec::new(), Item::Use(import))),
                    None => continue,
                },
                Piece::Declaration(text) => (Kind::Declaration, text),
                Piece::Item(text) if text.starts_with("runtime::") && text.ends_with(");\n") => (Kind::Call, text),
                Piece::Item(text) => (Kind::Item, text),
            };
            // Imports and declarations of modules stand together, a call by the item it adds to or by other calls, all else apart.
            let is_together = match kind {
                Kind::Import | Kind::Declaration => previous == Some(kind),
                Kind::Call => matches!(previous, Some(Kind::Item | Kind::Call)),
                Kind::Item => false,
            };
            if !is_together {
                source.push('\n');
            }
            previous = Some(kind);
            source.push_str(&text);
        }
        let start = source.len() - source.trim_start().len();
        source.drain(..start);
        (source, from_parent)
    }
}
