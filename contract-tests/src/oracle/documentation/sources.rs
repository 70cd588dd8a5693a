//! The client's sources, as a reader of its documentation finds them: what is said of each type, field, variant and method.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, ExprLit, Field, File, GenericArgument, ImplItem, Item as Code, Lit, Meta, MetaNameValue,
    PathArguments, Token, TraitItem, Type,
};

use super::markdown::{Block, blocks};
use super::told::Judged;

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
    /// What came of holding it against what documents say.
    pub judged: Judged,
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
            let tokens: TokenStream = syn::parse_str(text).map_err(failed)?;
            sources.note(tokens.clone());
            for item in syn::parse2::<File>(tokens).map_err(failed)?.items {
                sources.read(module, &item);
            }
        }
        Ok(sources)
    }

    /// What is said of a type, or with `::` of its variants and methods.
    pub fn item(&self, path: &str) -> Option<&Item> {
        self.items.get(path)
    }

    /// All that stands in a type, with what follows its path.
    pub fn within(&self, path: String) -> impl Iterator<Item = (&str, &Item)> {
        self.items.range(path.clone()..).map_while(move |(name, item)| Some((name.strip_prefix(&path)?, item)))
    }

    /// The field of a type that has this name in JSON.
    pub fn field(&self, path: &str, wire: &str) -> Option<&Item> {
        let is_it = |name: &str, field: &Item| field.wire.as_deref().unwrap_or(name.trim_start_matches("r#")) == wire;
        self.within(format!("{path}.")).find_map(|(name, field)| is_it(name, field).then_some(field))
    }

    /// The type of the root, such as the client itself, that has a method of this name.
    pub fn with_method(&self, method: &str) -> Option<&str> {
        self.items.keys().find_map(|path| Some(path.split_once("::").filter(|(_, name)| *name == method)?.0))
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

    fn read(&mut self, module: &str, item: &Code) {
        let method = |ident: &Ident, attributes| (format!("::{ident}"), attributes, None);
        let (name, said, members): (_, _, Vec<Said<'_>>) = match item {
            // A macro may be given a declaration, and more behind it.
            Code::Macro(called) => {
                let declared = syn::parse2(called.mac.tokens.clone());
                return declared.iter().for_each(|Declared(declared)| self.read(module, declared));
            }
            Code::Struct(item) => {
                let name =
                    |field: &Field| format!(".{}", field.ident.as_ref().map_or_else(String::new, Ident::to_string));
                let fields = item.fields.iter().map(|field| (name(field), &field.attrs, Some(&field.ty)));
                (item.ident.to_string(), Some((&item.attrs, None)), fields.collect())
            }
            Code::Enum(item) => {
                let variants = item.variants.iter().map(|variant| method(&variant.ident, &variant.attrs));
                (item.ident.to_string(), Some((&item.attrs, None)), variants.collect())
            }
            Code::Type(item) => (item.ident.to_string(), Some((&item.attrs, Some(&*item.ty))), Vec::new()),
            Code::Trait(item) => {
                let methods = item.items.iter().filter_map(|member| match member {
                    TraitItem::Fn(function) => Some(method(&function.sig.ident, &function.attrs)),
                    _ => None,
                });
                (item.ident.to_string(), Some((&item.attrs, None)), methods.collect())
            }
            Code::Impl(item) if item.trait_.is_none() => {
                let methods = item.items.iter().filter_map(|member| match member {
                    ImplItem::Fn(function) => Some(method(&function.sig.ident, &function.attrs)),
                    _ => None,
                });
                (named(&item.self_ty), None, methods.collect())
            }
            _ => return,
        };
        let own = said.map(|(attributes, ty)| (String::new(), attributes, ty));
        for (suffix, attributes, ty) in own.into_iter().chain(members) {
            self.items.insert(format!("{module}{name}{suffix}"), Item::of(attributes, ty));
        }
    }
}

/// The item that a macro is given first.
struct Declared(Code);

impl Parse for Declared {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let item = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok(Self(item))
    }
}

/// What stands behind a type's name, its attributes, and the type that it has.
type Said<'c> = (String, &'c Vec<Attribute>, Option<&'c Type>);

impl Item {
    fn of(attributes: &[Attribute], holds: Option<&Type>) -> Self {
        let (mut item, mut doc) =
            (Self { holds: holds.map(held).unwrap_or_default(), ..Self::default() }, String::new());
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
        item
    }
}

/// The string behind `=`.
fn value(meta: &Meta) -> Option<String> {
    let Meta::NameValue(MetaNameValue { value: Expr::Lit(ExprLit { lit: Lit::Str(string), .. }), .. }) = meta else {
        return None;
    };
    Some(string.value())
}

/// The path of the type that is held in the end, whatever options, lists and maps are around it.
pub fn held(ty: &Type) -> String {
    if let Type::Path(path) = ty
        && let Some(PathArguments::AngleBracketed(arguments)) = path.path.segments.last().map(|last| &last.arguments)
        && let Some(GenericArgument::Type(inner)) = arguments.args.last()
    {
        return held(inner);
    }
    named(ty)
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
