//! The client's sources, as a reader of its documentation finds them: what is said of each type, field, variant and method.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, GenericArgument, ImplItem, Lit, Meta, PathArguments, Token, Type};

use super::markdown::{Block, blocks};

/// Everything that is documented in the sources, by its path, and every name that they use.
#[derive(Debug, Default)]
pub struct Sources {
    items: BTreeMap<String, Item>,
    idents: BTreeSet<String>,
}

/// A type, a field, a variant or a method.
#[derive(Debug, Default)]
pub struct Item {
    /// The blocks of its documentation.
    pub blocks: Vec<Block>,
    /// That it is deprecated, and why; empty where no reason is given.
    pub deprecated: Option<String>,
    /// Of a field, its name in JSON.
    wire: Option<String>,
    /// Of a field, the type that it holds in the end.
    pub holds: String,
}

impl Item {
    /// The blocks, and others after them.
    pub fn followed_by(&self, others: &[Block]) -> Vec<Block> {
        let behind = others.iter().cloned();
        let behind = behind.map(|block| Block { end: block.end + self.blocks.len(), ..block });
        self.blocks.iter().cloned().chain(behind).collect()
    }
}

impl Sources {
    /// Reads the Rust files in a directory and below it, each with the path of its module.
    pub fn files(directory: &Path) -> Result<Vec<(String, String)>, String> {
        let mut files = Vec::new();
        list(directory, "", &mut files).map_err(|error| format!("{}: {error}", directory.display()))?;
        Ok(files)
    }

    /// Reads sources, each with the path of its module.
    pub fn parse(files: &[(String, String)]) -> Result<Self, String> {
        let mut sources = Self::default();
        for (module, text) in files {
            let failed = |error: syn::Error| format!("the module `{module}` is not Rust: {error}");
            sources.note(syn::parse_str(text).map_err(failed)?);
            for item in syn::parse_file(text).map_err(failed)?.items {
                match item {
                    syn::Item::Struct(item) => {
                        let path = format!("{module}{}", item.ident);
                        sources.add(path.clone(), &item.attrs, String::new());
                        for field in &item.fields {
                            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                            sources.add(format!("{path}.{name}"), &field.attrs, held(&field.ty));
                        }
                    }
                    syn::Item::Enum(item) => {
                        let path = format!("{module}{}", item.ident);
                        sources.add(path.clone(), &item.attrs, String::new());
                        for variant in &item.variants {
                            sources.add(format!("{path}::{}", variant.ident), &variant.attrs, String::new());
                        }
                    }
                    syn::Item::Type(item) => {
                        sources.add(format!("{module}{}", item.ident), &item.attrs, held(&item.ty));
                    }
                    syn::Item::Impl(item) if item.trait_.is_none() => {
                        let path = format!("{module}{}", named(&item.self_ty));
                        for member in &item.items {
                            if let ImplItem::Fn(method) = member {
                                sources.add(format!("{path}::{}", method.sig.ident), &method.attrs, String::new());
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        Ok(sources)
    }

    /// What is said of a type, or with `::` of its variants and methods.
    pub fn item(&self, path: &str) -> Option<&Item> {
        self.items.get(path)
    }

    /// The field of a type that has this name in JSON.
    pub fn field(&self, path: &str, wire: &str) -> Option<&Item> {
        let prefix = format!("{path}.");
        let fields = self.items.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        let is_this = |(path, field): &(&String, &Item)| {
            field.wire.as_deref().unwrap_or(path[prefix.len()..].trim_start_matches("r#")) == wire
        };
        fields.into_iter().find(is_this).map(|(_, field)| field)
    }

    /// The path of the type that has a method of this name.
    pub fn with_method(&self, method: &str) -> Option<&str> {
        // The client itself is a type of the root.
        self.items
            .keys()
            .find_map(|path| path.split_once("::").filter(|(_, name)| *name == method))
            .map(|(path, _)| path)
    }

    /// Whether the sources use this as a name.
    pub fn uses(&self, ident: &str) -> bool {
        self.idents.contains(ident)
    }

    fn note(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => drop(self.idents.insert(ident.to_string())),
                TokenTree::Group(group) => self.note(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    fn add(&mut self, path: String, attributes: &[Attribute], holds: String) {
        let (mut item, mut doc) = (Item { holds, ..Item::default() }, String::new());
        for attribute in attributes {
            let listed = |key: &str| {
                let list = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
                list.iter().find(|meta| meta.path().is_ident(key)).and_then(value)
            };
            if attribute.path().is_ident("doc") {
                let line = value(&attribute.meta).unwrap_or_default();
                doc.extend([line.strip_prefix(' ').unwrap_or(&line), "\n"]);
            } else if attribute.path().is_ident("deprecated") {
                item.deprecated = value(&attribute.meta).or_else(|| listed("note")).or_else(|| Some(String::new()));
            } else if attribute.path().is_ident("serde") {
                item.wire = listed("rename").or(item.wire);
            }
        }
        item.blocks = blocks(&doc);
        self.items.insert(path, item);
    }
}

/// The string behind `=`.
fn value(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The path of the type that is held in the end, whatever options, lists and maps are around it.
pub fn held(ty: &Type) -> String {
    let Type::Path(path) = ty else { return String::new() };
    match path.path.segments.last().map(|last| &last.arguments) {
        Some(PathArguments::AngleBracketed(arguments)) => match arguments.args.last() {
            Some(GenericArgument::Type(inner)) => held(inner),
            _ => named(ty),
        },
        _ => named(ty),
    }
}

fn named(ty: &Type) -> String {
    let Type::Path(path) = ty else { return String::new() };
    path.path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>().join("::")
}

fn list(directory: &Path, module: &str, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let own = if stem == "mod" { module.to_owned() } else { format!("{module}{stem}::") };
        if path.is_dir() {
            list(&path, &own, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push((own, std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}
