//! The list of what a set of sources makes public.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Fields, ImplItem, Item, Token, TraitItem, Type, Visibility};

use super::Unparsable;
use crate::SourceFile;

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
    let mut inventory = Inventory::default();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        let parsed =
            syn::parse_file(&file.contents).map_err(|source| Unparsable { path: file.path.clone(), source })?;
        inventory.module(&module_of(&file.path), &parsed.items);
    }
    inventory.finish();
    Ok(inventory.entries)
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
}

impl Inventory {
    fn add(&mut self, path: String, text: String, owner: Option<&str>, attributes: &[Attribute]) {
        let is_deprecated = attributes.iter().any(|attribute| attribute.path().is_ident("deprecated"));
        let text = if is_deprecated { format!("{text} (deprecated)") } else { text };
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
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let owner = path(&item.ident);
                self.add(owner.clone(), format!("enum{}", text(&item.generics)), None, &item.attrs);
                for variant in &item.variants {
                    let fields = text(&variant.fields);
                    self.add(format!("{owner}::{}", variant.ident), fields, Some(&owner), &variant.attrs);
                }
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
                self.add(owner.clone(), "trait".to_owned(), None, &item.attrs);
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
    /// `text!(Memo, TextRules { max_length: Some(700), .. })`.
    fn rules(&mut self, module: &str, called: &syn::Macro) {
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(arguments) = called.parse_body_with(arguments) else { return };
        let mut arguments = arguments.iter();
        let Some(owner) = arguments.next().map(|argument| join(module, &text(argument))) else { return };
        let rules: Vec<String> = arguments
            .map(|argument| match argument {
                Expr::Struct(rules) => text(&rules.fields).trim_end_matches(',').to_owned(),
                argument => text(argument),
            })
            .collect();
        self.add(format!("{owner} may hold"), rules.join(", "), Some(&owner), &[]);
    }

    fn finish(&mut self) {
        for (module, item) in std::mem::take(&mut self.implementations) {
            if let Some(owner) = self.owner_of(&module, &item.self_ty) {
                self.implementation(&owner, &item);
            }
        }
    }

    /// The public type that an implementation is for: in its own module, or else the only one of that name.
    fn owner_of(&self, module: &str, of: &Type) -> Option<String> {
        let Type::Path(of) = of else { return None };
        let name = of.path.segments.last()?.ident.to_string();
        let here = join(module, &name);
        if self.entries.contains_key(&here) {
            return Some(here);
        }
        let is_namesake = |path: &str| path.rsplit("::").next() == Some(name.as_str());
        let mut elsewhere = self.entries.iter().filter(|(path, entry)| entry.owner.is_none() && is_namesake(path));
        let (path, _) = elsewhere.next()?;
        elsewhere.next().is_none().then(|| path.clone())
    }

    fn implementation(&mut self, owner: &str, item: &syn::ItemImpl) {
        if let Some((of, _)) = &item.trait_ {
            let path = format!("{owner} implements {}", text(of));
            let entry = Entry { text: String::new(), owner: Some(owner.to_owned()), shown: false };
            self.entries.insert(path, entry);
            return;
        }
        for member in &item.items {
            match member {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    let path = format!("{owner}::{}", method.sig.ident);
                    self.add(path, signature(&method.sig), Some(owner), &method.attrs);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let path = format!("{owner}::{}", constant.ident);
                    self.add(path, text(&constant.ty), Some(owner), &constant.attrs);
                }
                _ => {}
            }
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

/// A signature without its name and generics: what a caller passes and gets.
fn signature(signature: &syn::Signature) -> String {
    let asyncness = if signature.asyncness.is_some() { "async " } else { "" };
    format!(
        "{asyncness}fn({}){}",
        text(&signature.inputs).trim_end_matches(','),
        match &signature.output {
            syn::ReturnType::Default => String::new(),
            syn::ReturnType::Type(_, ty) => format!(" -> {}", text(ty)),
        }
    )
}

/// Tokens as people write them. The spaces are for the eye alone: both sides of a comparison get the same ones.
/// So is leaving out where the standard library keeps its types, which generated code spells out.
fn text(tokens: &impl ToTokens) -> String {
    const TIGHT: [(&str, &str); 18] = [
        (" ::", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        ("( ", "("),
        (" )", ")"),
        (",)", ")"),
        (" (", "("),
        (" : ", ": "),
        (" ;", ";"),
        ("<::", "<"),
        ("std::option::", ""),
        ("std::string::", ""),
        ("std::vec::", ""),
        ("std::result::", ""),
    ];
    let written = tokens.to_token_stream().to_string();
    let text = TIGHT.iter().fold(written, |text, (wide, tight)| text.replace(wide, tight));
    text.trim_start_matches("::").to_owned()
}
