//! The client's sources, as a reader of its documentation finds them: what is said of each type, field, variant and method.

use std::collections::BTreeSet;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, Fields, GenericArgument, ImplItem, Lit, Meta, PathArguments, Type};

/// Everything that is documented in the sources, and every name that they use.
#[derive(Debug, Default)]
pub struct Sources {
    items: Vec<Item>,
    idents: BTreeSet<String>,
}

/// A type, a field, a variant or a method.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its path from the root of the sources; a member's own name.
    pub name: String,
    /// Its documentation, as Markdown.
    pub doc: String,
    /// That it is deprecated, and why; empty where no reason is given.
    pub deprecated: Option<String>,
    /// Of a field, its name in JSON.
    pub wire: String,
    /// Of a field, the path of the type that it holds in the end.
    pub holds: String,
    /// The fields or variants, and the methods.
    pub members: Vec<Item>,
}

impl Sources {
    /// Reads all Rust files in a directory and below it.
    pub fn read(directory: &Path) -> Result<Self, String> {
        Self::parse(&Self::files(directory)?)
    }

    /// The Rust files in a directory and below it, each with the path of its module.
    pub fn files(directory: &Path) -> Result<Vec<(String, String)>, String> {
        let mut files = Vec::new();
        list(directory, "", &mut files).map_err(|error| format!("{}: {error}", directory.display()))?;
        Ok(files)
    }

    /// Reads files, each with the path of its module.
    pub fn parse(files: &[(String, String)]) -> Result<Self, String> {
        let mut sources = Self::default();
        let mut methods = Vec::new();
        for (module, text) in files {
            let failed = |error: syn::Error| format!("the module `{module}`: {error}");
            sources.note(syn::parse_str(text).map_err(failed)?);
            for item in syn::parse_file(text).map_err(failed)?.items {
                let within = |name: &dyn ToString| format!("{module}{}", name.to_string());
                match item {
                    syn::Item::Struct(item) => sources.items.push(Item {
                        members: fields(&item.fields),
                        ..Item::of(within(&item.ident), &item.attrs)
                    }),
                    syn::Item::Enum(item) => sources.items.push(Item {
                        members: item.variants.iter().map(|one| Item::of(one.ident.to_string(), &one.attrs)).collect(),
                        ..Item::of(within(&item.ident), &item.attrs)
                    }),
                    syn::Item::Type(item) => {
                        let holds = held(&item.ty);
                        sources.items.push(Item { holds, ..Item::of(within(&item.ident), &item.attrs) });
                    }
                    syn::Item::Impl(item) if item.trait_.is_none() => {
                        let functions = item.items.into_iter().filter_map(|member| match member {
                            ImplItem::Fn(function) => Some(Item::of(function.sig.ident.to_string(), &function.attrs)),
                            _ => None,
                        });
                        methods.extend(functions.map(|function| (within(&held_by(&item.self_ty)), function)));
                    }
                    _ => {}
                }
            }
        }
        for (owner, method) in methods {
            let owners = sources.items.iter_mut().filter(|item| item.name == owner);
            owners.for_each(|item| item.members.push(method.clone()));
        }
        Ok(sources)
    }

    /// A type by its path, or by what it holds, such as `Option<types::Memo>`.
    pub fn item(&self, path: &str) -> Option<&Item> {
        let path = syn::parse_str::<Type>(path).map_or_else(|_| path.to_owned(), |ty| held(&ty));
        self.items.iter().find(|item| item.name == path)
    }

    /// The type that has all these methods.
    pub fn with_methods(&self, methods: &[&str]) -> Option<&Item> {
        let has = |item: &&Item| methods.iter().all(|method| item.member(method).is_some());
        self.items.iter().find(has)
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
                _ => {}
            }
        }
    }
}

impl Item {
    /// A method, or else a field or variant, of this name.
    pub fn member(&self, name: &str) -> Option<&Self> {
        self.members.iter().rev().find(|member| member.name == name)
    }

    fn of(name: String, attributes: &[Attribute]) -> Self {
        let mut item = Self {
            wire: name.trim_start_matches("r#").to_owned(),
            name,
            doc: String::new(),
            deprecated: None,
            holds: String::new(),
            members: Vec::new(),
        };
        for attribute in attributes {
            let string = |expr: &Expr| match expr {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Str(text) => Some(text.value()),
                    _ => None,
                },
                _ => None,
            };
            let mut named = Vec::new();
            // An attribute of another form says nothing that is asked for here.
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.input.peek(syn::Token![=]) {
                    let value: Expr = meta.value()?.parse()?;
                    named.extend(meta.path.get_ident().map(ToString::to_string).zip(string(&value)));
                }
                Ok(())
            });
            let value = |key: &str| named.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
            match &attribute.meta {
                Meta::NameValue(pair) if pair.path.is_ident("doc") => {
                    let line = string(&pair.value).unwrap_or_default();
                    item.doc.extend([line.strip_prefix(' ').unwrap_or(&line), "\n"]);
                }
                Meta::NameValue(pair) if pair.path.is_ident("deprecated") => item.deprecated = string(&pair.value),
                meta if meta.path().is_ident("deprecated") => item.deprecated = Some(value("note").unwrap_or_default()),
                meta if meta.path().is_ident("serde") => item.wire = value("rename").unwrap_or(item.wire),
                _ => {}
            }
        }
        item
    }
}

fn fields(fields: &Fields) -> Vec<Item> {
    let field = |field: &syn::Field| {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        Item { holds: held(&field.ty), ..Item::of(name, &field.attrs) }
    };
    fields.iter().map(field).collect()
}

/// The path of the type that is held in the end, whatever options, lists and maps are around it.
fn held(ty: &Type) -> String {
    let Type::Path(path) = ty else { return String::new() };
    let Some(last) = path.path.segments.last() else { return String::new() };
    if let PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(GenericArgument::Type(inner)) = arguments.args.last()
    {
        return held(inner);
    }
    held_by(ty)
}

/// The path of a type, without what it is generic over.
fn held_by(ty: &Type) -> String {
    let Type::Path(path) = ty else { return String::new() };
    path.path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>().join("::")
}

fn list(directory: &Path, module: &str, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    let mut entries = std::fs::read_dir(directory)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::path);
    for path in entries.iter().map(std::fs::DirEntry::path) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let own = if stem == "mod" { module.to_owned() } else { format!("{module}{stem}::") };
        if path.is_dir() {
            list(&path, &own, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push((own, std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}
