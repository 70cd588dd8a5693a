//! The list of what a set of sources makes public.

use std::collections::{BTreeMap, HashMap};

use proc_macro2::TokenTree;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Fields, GenericArgument, ImplItem, Item, PathArguments, Token, TraitItem, Type};

use super::Unparsable;
use super::expansion::Macros;
use super::hollow::hollow;
use super::wording::{condition, is_public, join, signature, text};
use crate::SourceFile;

/// A source that has been parsed, and the module that it holds.
pub(super) struct Source {
    pub module: String,
    pub file: syn::File,
}

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

/// Lists the public items of sources by their paths.
pub(super) fn take(files: &[SourceFile]) -> Result<BTreeMap<String, Entry>, Unparsable> {
    Ok(of(&parse(files)?))
}

/// Parses the Rust files among these, and adds what their macros declare.
pub(super) fn parse(files: &[SourceFile]) -> Result<Vec<Source>, Unparsable> {
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    let parsed = rust.map(|file| {
        let parsed = syn::parse_file(&hollow(&file.contents));
        let parsed = parsed.map_err(|source| Unparsable { path: file.path.clone(), source })?;
        Ok(Source { module: module_of(&file.path), file: parsed })
    });
    let mut sources = parsed.collect::<Result<Vec<Source>, Unparsable>>()?;
    let mut macros = Macros::default();
    sources.iter().for_each(|source| macros.learn(&source.file.items));
    for source in &mut sources {
        source.file.items.extend(macros.expand(&source.file.items));
    }
    Ok(sources)
}

/// The public items of sources by the places where they are defined.
pub(super) fn of(sources: &[Source]) -> BTreeMap<String, Entry> {
    let mut inventory = Inventory::default();
    for Source { module, file } in sources {
        inventory.module(module, &file.items);
    }
    inventory.finish();
    inventory.entries
}

/// The module that a file holds: `src/types.rs` is `types`, `mod.rs` and `src/lib.rs` are the root.
fn module_of(path: &str) -> String {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if matches!(path, "mod" | "lib") { String::new() } else { path.replace('/', "::") }
}

#[derive(Default)]
struct Inventory {
    entries: BTreeMap<String, Entry>,
    /// Implementations with the modules they stand in, kept until all types are known.
    implementations: Vec<(String, syn::ItemImpl)>,
    /// Where items of a name are defined.
    namesakes: HashMap<String, Vec<String>>,
}

impl Inventory {
    fn add(&mut self, path: String, text: String, owner: Option<&str>, attributes: &[Attribute]) {
        // What is hidden from readers is public for the compiler's sake alone.
        let is_hidden = |attribute: &Attribute| {
            attribute.path().is_ident("doc") && attribute.parse_args::<syn::Ident>().is_ok_and(|said| said == "hidden")
        };
        if attributes.iter().any(is_hidden) {
            return;
        }
        // Macros of the runtime name everything from the root.
        let mut text = text.replace("crate::generated::", "");
        for said in ["deprecated", "non_exhaustive"] {
            if attributes.iter().any(|attribute| attribute.path().is_ident(said)) {
                text = format!("{text} ({said})");
            }
        }
        if let Some(condition) = condition(attributes) {
            text = format!("{text} ({condition})");
        }
        self.entries.insert(path, Entry { text, owner: owner.map(str::to_owned), shown: true });
    }

    fn module(&mut self, module: &str, items: &[Item]) {
        for item in items {
            self.item(module, item);
        }
    }

    fn item(&mut self, module: &str, item: &Item) {
        let path = |name: &dyn ToString| join(module, &name.to_string());
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let owner = path(&item.ident);
                self.add(owner.clone(), format!("struct{}", text(&item.generics)), None, &item.attrs);
                self.fields(&owner, &item.fields);
                self.derived(&owner, &item.attrs);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let owner = path(&item.ident);
                self.add(owner.clone(), format!("enum{}", text(&item.generics)), None, &item.attrs);
                for variant in &item.variants {
                    let mut fields = variant.fields.clone();
                    fields.iter_mut().for_each(|field| field.attrs.clear());
                    let fields = text(&fields).replace(", }", " }");
                    self.add(format!("{owner}::{}", variant.ident), fields, Some(&owner), &variant.attrs);
                }
                self.derived(&owner, &item.attrs);
            }
            Item::Type(item) if is_public(&item.vis) => {
                self.add(path(&item.ident), text(&item.ty), None, &item.attrs);
            }
            Item::Const(item) if is_public(&item.vis) => {
                let value = format!("{} = {}", text(&item.ty), text(&item.expr));
                self.add(path(&item.ident), value, None, &item.attrs);
            }
            Item::Fn(item) if is_public(&item.vis) => {
                self.add(path(&item.sig.ident), signature(&item.sig), None, &item.attrs);
            }
            Item::Trait(item) if is_public(&item.vis) => {
                let owner = path(&item.ident);
                let bounds =
                    if item.supertraits.is_empty() { String::new() } else { format!(": {}", text(&item.supertraits)) };
                self.add(owner.clone(), format!("trait{}{bounds}", text(&item.generics)), None, &item.attrs);
                for member in &item.items {
                    if let TraitItem::Fn(method) = member {
                        let path = format!("{owner}::{}", method.sig.ident);
                        self.add(path, signature(&method.sig), Some(&owner), &method.attrs);
                    }
                }
            }
            Item::Use(item) if is_public(&item.vis) => {
                self.add(join(module, &format!("use {}", text(&item.tree))), String::new(), None, &[]);
            }
            Item::Mod(item) if is_public(&item.vis) => {
                if let Some((_, items)) = &item.content {
                    self.module(&path(&item.ident), items);
                }
            }
            Item::Macro(item) => self.rules(module, &item.mac),
            Item::Impl(item) => self.implementations.push((module.to_owned(), item.clone())),
            _ => {}
        }
    }

    fn fields(&mut self, owner: &str, fields: &Fields) {
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            self.add(format!("{owner}.{name}"), text(&field.ty), Some(owner), &field.attrs);
        }
    }

    /// What a type may hold is part of what users stand on, and is given to a macro of the runtime:
    /// `checked_text!(Memo, rules { max_length: Some(700) } …)`. What comes after the rules is how a schema shows them.
    fn rules(&mut self, module: &str, called: &syn::Macro) {
        let name = called.path.segments.last().map(|segment| segment.ident.to_string());
        if !name.is_some_and(|name| name.ends_with("text")) {
            return;
        }
        let tokens: Vec<TokenTree> = called.tokens.clone().into_iter().collect();
        let [TokenTree::Ident(owner), TokenTree::Punct(_), TokenTree::Ident(_), TokenTree::Group(rules), ..] = &*tokens
        else {
            return;
        };
        let owner = join(module, &owner.to_string());
        let rules = text(&rules.stream()).trim_end_matches(',').to_owned();
        self.add(format!("{owner} may hold"), rules, Some(&owner), &[]);
    }

    /// What is derived is implemented.
    fn derived(&mut self, owner: &str, attributes: &[Attribute]) {
        for attribute in attributes {
            let (traits, condition) = match attribute.path().get_ident().map(ToString::to_string).as_deref() {
                Some("derive") => {
                    (attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated), None)
                }
                Some("cfg_attr") => {
                    let parsed = attribute.parse_args_with(Punctuated::<syn::Meta, Token![,]>::parse_terminated);
                    let Ok(metas) = parsed else { continue };
                    let derive = metas.iter().skip(1).filter_map(|meta| meta.require_list().ok());
                    let Some(derive) = derive.into_iter().find(|list| list.path.is_ident("derive")) else { continue };
                    (derive.parse_args_with(Punctuated::parse_terminated), metas.first().map(text))
                }
                _ => continue,
            };
            for of in traits.into_iter().flatten().filter_map(|mut path| path.segments.pop()) {
                self.implements(owner, &text(&of), condition.clone());
            }
        }
    }

    fn implements(&mut self, owner: &str, of: &str, condition: Option<String>) {
        let text = condition.map(|condition| format!("({condition})")).unwrap_or_default();
        let entry = Entry { text, owner: Some(owner.to_owned()), shown: false };
        self.entries.insert(format!("{owner} implements {of}"), entry);
    }

    /// What an operation asks for is data; who has no such credentials cannot call it. One alternative more takes none away.
    fn alternatives(&mut self, path: &str, owner: &str, security: &Expr) {
        let Expr::Reference(security) = security else { return };
        let Expr::Array(security) = &*security.expr else { return };
        let mut alternatives: Vec<String> = security.elems.iter().map(text).collect();
        if alternatives.is_empty() {
            alternatives.push(text(&quote::quote!(&[])));
        }
        for alternative in alternatives {
            self.add(format!("{path} by {alternative}"), String::new(), Some(owner), &[]);
        }
    }

    fn finish(&mut self) {
        let defined = self.entries.iter().filter(|(path, entry)| entry.owner.is_none() && !path.contains("use "));
        for (path, _) in defined {
            let name = path.rsplit("::").next().unwrap_or(path);
            self.namesakes.entry(name.to_owned()).or_default().push(path.clone());
        }
        for (module, item) in std::mem::take(&mut self.implementations) {
            if let Some(owner) = self.owner_of(&module, &item.self_ty) {
                self.implementation(&owner, &item);
            }
        }
    }

    /// The public type that an implementation is for: in its own module, or else the only one of that name.
    fn owner_of(&self, module: &str, of: &Type) -> Option<String> {
        let Type::Path(of) = of else { return None };
        // A path from the root leads to another crate.
        if of.path.leading_colon.is_some() {
            return None;
        }
        let name = of.path.segments.last()?.ident.to_string();
        let above = of.path.segments.iter().take_while(|segment| segment.ident == "super").count();
        let module = (0..above).fold(module, |module, _| module.rsplit_once("::").map_or("", |(above, _)| above));
        let here = join(module, &name);
        if self.entries.contains_key(&here) {
            return Some(here);
        }
        match self.namesakes.get(&name)?.as_slice() {
            [path] => Some(path.clone()),
            _ => None,
        }
    }

    fn implementation(&mut self, owner: &str, item: &syn::ItemImpl) {
        if let Some((of, _)) = &item.trait_ {
            // Where a trait comes from is written in as many ways as there are modules.
            let of = of.segments.last().map(text).unwrap_or_default();
            self.implements(owner, of.trim_end_matches("<'de>"), condition(&item.attrs));
            return;
        }
        let of = format!("{owner}{}", instance(item));
        for member in &item.items {
            match member {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    let path = format!("{of}::{}", method.sig.ident);
                    self.add(path, signature(&method.sig), Some(owner), &method.attrs);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let path = format!("{of}::{}", constant.ident);
                    if constant.ident == "SECURITY" {
                        self.alternatives(&path, owner, &constant.expr);
                    }
                    self.add(path, text(&constant.ty), Some(owner), &constant.attrs);
                }
                _ => {}
            }
        }
    }
}

/// Of which type of a generic one an implementation is, such as `<builder::GetThing>`; nothing where it is of all of them.
fn instance(item: &syn::ItemImpl) -> String {
    let Type::Path(of) = &*item.self_ty else { return String::new() };
    let Some(PathArguments::AngleBracketed(arguments)) = of.path.segments.last().map(|last| &last.arguments) else {
        return String::new();
    };
    let is_parameter = |ty: &Type| item.generics.type_params().any(|parameter| parameter.ident == text(ty));
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) if !is_parameter(ty) => {
            Some(text(ty).replace("<'static>", "").replace("super::", ""))
        }
        _ => None,
    });
    let types: Vec<String> = types.collect();
    if types.is_empty() { String::new() } else { format!("<{}>", types.join(", ")) }
}
