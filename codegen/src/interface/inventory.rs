//! The list of what a set of sources makes public.

mod failures;
mod implementations;

use std::collections::BTreeMap;

use super::Unparsable;
use super::expansion::Macros;
use super::items::{Attributes, Fields, Item, Missing, Part, Reader, What, inner, split, trees};
use super::names::Modules;
use super::tokens::{self, Kind, Malformed, Token};
use super::wording::{condition, fields, join, signature, text};
use crate::SourceFile;
use implementations::Pending;

/// How deep a macro may call another. A macro that calls itself must not go on for ever.
const DEEPEST: usize = 4;

/// What a re-export is listed as, ahead of what it brings in.
const USE: &str = "use ";

/// One thing that a user of the client can name.
#[derive(Debug)]
pub(super) struct Entry {
    /// The type or signature; equal texts mean equal interfaces.
    pub text: String,
    /// The path of the item that it is a member of.
    pub owner: Option<String>,
    shown: bool,
}

impl Entry {
    /// How a list names it where its text would be noise.
    pub fn label(&self, path: &str) -> String {
        if self.shown { path.to_owned() } else { path.replace(" implements", ":") }
    }

    /// Whether it says that a trait is implemented.
    pub fn is_implementation(&self) -> bool {
        !self.shown
    }

    /// How a list names it when it is new.
    pub fn label_with_text(&self, path: &str) -> String {
        match (self.shown, self.text.is_empty()) {
            (true, false) => format!("{path}: {}", self.text),
            _ => self.label(path),
        }
    }
}

/// The public items of sources by the places where they are defined, those among them that macros declare, and what the
/// modules say about names.
pub(super) fn take(files: &[SourceFile]) -> Result<(BTreeMap<String, Entry>, Modules<'_>), Unparsable> {
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    let read = rust.map(|file| match tokens::read(&file.contents) {
        Ok(tokens) => Ok((file, tokens)),
        Err(Malformed { at, expected }) => Err(Unparsable::new(file, at, expected)),
    });
    let sources = read.collect::<Result<Vec<_>, Unparsable>>()?;
    let mut macros = Macros::default();
    sources.iter().for_each(|(_, tokens)| macros.learn(tokens));
    let mut inventory = Inventory::default();
    for (file, tokens) in &sources {
        let module = module_of(&file.path);
        inventory.modules.enter(&module);
        inventory.items(&macros, &Place::new(&module), tokens).map_err(|Missing { found, expected }| {
            let start = file.contents.as_ptr() as usize;
            let at = found.and_then(|found| (found.as_ptr() as usize).checked_sub(start));
            Unparsable::new(file, at.unwrap_or(file.contents.len()), expected)
        })?;
    }
    inventory.finish();
    // Of entries of one path the last counts.
    Ok((inventory.entries.into_iter().collect(), inventory.modules))
}

/// The module that a file holds: `src/types.rs` is `types`, `mod.rs` and `src/lib.rs` are the root.
fn module_of(path: &str) -> String {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if matches!(path, "mod" | "lib") { String::new() } else { path.replace('/', "::") }
}

#[derive(Default)]
struct Inventory<'a> {
    entries: Vec<(String, Entry)>,
    modules: Modules<'a>,
    /// Kept until all types are known.
    implementations: Vec<Pending<'a>>,
}

/// Where items stand.
#[derive(Clone, Copy)]
struct Place<'p, 't, 'a> {
    module: &'p str,
    /// Whether a user can name the module from the one around it.
    is_public: bool,
    /// The attributes of the macro call that declares the items: what the call depends on, all of them depend on.
    call: Attributes<'t, 'a>,
    depth: usize,
}

impl<'p> Place<'p, '_, '_> {
    fn new(module: &'p str) -> Self {
        Self { module, is_public: true, call: Attributes::default(), depth: 0 }
    }
}

impl<'a> Inventory<'a> {
    fn items(
        &mut self,
        macros: &Macros<'_, 'a>,
        place: &Place<'_, '_, 'a>,
        tokens: &[Token<'a>],
    ) -> Result<(), Missing<'a>> {
        let mut reader = Reader::new(tokens);
        let mut calls = Vec::new();
        while let Some(item) = reader.item()? {
            match item.what {
                What::MacroCall(given) => {
                    self.rules(place.module, item.name, given);
                    calls.push((item.name, item.attributes, given));
                }
                What::Mod(content) => {
                    self.modules.module(place.module, item.name, item.is_public);
                    if let Some(content) = content {
                        let module = join(place.module, item.name);
                        self.modules.enter(&module);
                        let is_public = place.is_public && item.is_public;
                        self.items(macros, &Place { module: &module, is_public, ..*place }, content)?;
                    }
                }
                What::Use(tree) => {
                    self.modules.import(place.module, tree, item.is_public);
                    if item.is_public && place.is_public {
                        self.add(join(place.module, &(USE.to_owned() + &text(tree))), Some(String::new()), None);
                    }
                }
                What::Impl(implementation) if place.is_public => {
                    self.implementation(macros, place, item.attributes, &implementation);
                }
                _ => {
                    self.modules.item(place.module, &item);
                    if item.is_public && place.is_public {
                        self.item(place, item);
                    }
                }
            }
        }
        for (name, call, given) in calls.into_iter().filter(|_| place.depth < DEEPEST) {
            if let Some(declared) = macros.expand(name, given) {
                let within = Place { module: place.module, is_public: place.is_public, call, depth: place.depth + 1 };
                // A macro that is called for an expression declares nothing.
                let _ = self.items(macros, &within, &declared);
            }
        }
        Ok(())
    }

    fn add(&mut self, path: String, text: Option<String>, owner: Option<&str>) {
        if let Some(text) = text {
            self.entries.push((path, Entry { text, owner: owner.map(str::to_owned), shown: true }));
        }
    }

    fn item(&mut self, place: &Place<'_, '_, 'a>, item: Item<'_, 'a>) {
        let path = join(place.module, item.name);
        let attributes = item.attributes;
        let said = |text: String| said(text, attributes, place.call);
        match item.what {
            What::Struct { generics, fields } => {
                self.add(path.clone(), said(format!("struct{}", text(generics))), None);
                let (fields, is_named) = match fields {
                    Fields::Named(fields) => (fields, true),
                    Fields::Unnamed(fields) => (fields, false),
                    Fields::None => (&[][..], false),
                };
                for (index, field) in split(fields).enumerate() {
                    let field = Part::field(field, is_named);
                    if field.is_public {
                        let name = if is_named { format!("{path}.{}", field.name) } else { format!("{path}.{index}") };
                        let text = self::said(text(field.rest), field.attributes, Attributes::default());
                        self.add(name, text, Some(&path));
                    }
                }
                self.derived(&path, attributes);
            }
            What::Enum { generics, variants } => {
                self.add(path.clone(), said(format!("enum{}", text(generics))), None);
                for variant in split(variants) {
                    let variant = Part::variant(variant);
                    let text = self::said(fields(variant.fields()), variant.attributes, Attributes::default());
                    self.add(join(&path, variant.name), text, Some(&path));
                }
                self.derived(&path, attributes);
            }
            What::Type(of) => self.add(path, said(text(of)), None),
            What::Const { of, value } => self.add(path, said(format!("{} = {}", text(of), text(value))), None),
            What::Fn(of) => self.add(path, said(signature(&of)), None),
            What::Trait { generics, bounds, members } => {
                let colon = if bounds.is_empty() { "" } else { ": " };
                self.add(path.clone(), said(format!("trait{}{colon}{}", text(generics), text(bounds))), None);
                let mut members = Reader::new(members);
                while let Ok(Some(member)) = members.item() {
                    if let What::Fn(method) = member.what {
                        let text = self::said(signature(&method), member.attributes, Attributes::default());
                        self.add(join(&path, member.name), text, Some(&path));
                    }
                }
            }
            _ => {}
        }
    }

    /// What a type may hold is part of what users stand on, and is given to a macro of the runtime:
    /// `checked_text!(Memo, rules { max_length: Some(700) } …)`. What comes after the rules is how a schema shows them.
    fn rules(&mut self, module: &str, name: &str, given: &[Token<'a>]) {
        if let [owner @ Token { kind: Kind::Word, .. }, _, Token { kind: Kind::Word, .. }, rules @ ..] = given
            && let Some(rules) = trees(rules).next().filter(|tree| tree.len() > 1 && name.ends_with("text"))
        {
            let owner = join(module, owner.text);
            let rules = said(text(inner(rules)), Attributes::default(), Attributes::default());
            self.add(format!("{owner} may hold"), rules, Some(&owner));
        }
    }

    /// What is derived is implemented.
    fn derived(&mut self, owner: &str, attributes: Attributes<'_, 'a>) {
        for (name, given) in attributes.iter() {
            match name {
                "derive" => self.derives(owner, given, None),
                "cfg_attr" => {
                    let mut parts = split(given);
                    let condition = parts.next().map(text);
                    for part in parts {
                        let mut part = Reader::new(part);
                        if part.eat("derive") {
                            self.derives(owner, part.group("(").unwrap_or_default(), condition.as_deref());
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn derives(&mut self, owner: &str, traits: &[Token<'a>], condition: Option<&str>) {
        for of in split(traits).filter_map(<[_]>::last) {
            self.implements(owner, of.text, condition);
        }
    }

    fn implements(&mut self, owner: &str, of: &str, condition: Option<&str>) {
        let text = condition.map(|condition| format!("({condition})")).unwrap_or_default();
        let entry = Entry { text, owner: Some(owner.to_owned()), shown: false };
        self.entries.push(([owner, " implements ", of].concat(), entry));
    }
}

/// The text of an item with what its attributes say, and nothing where they hide it: that is public for the compiler's sake alone.
fn said(text: String, attributes: Attributes<'_, '_>, call: Attributes<'_, '_>) -> Option<String> {
    if attributes.iter().any(|(name, given)| name == "doc" && matches!(given, [hidden] if hidden.is("hidden"))) {
        return None;
    }
    // Macros of the runtime name everything from the root.
    let mut text = if text.contains("crate::generated::") { text.replace("crate::generated::", "") } else { text };
    for said in ["deprecated", "non_exhaustive"] {
        if attributes.has(said) {
            text = format!("{text} ({said})");
        }
    }
    match condition(attributes).or_else(|| condition(call)) {
        Some(condition) => Some(format!("{text} ({condition})")),
        None => Some(text),
    }
}
