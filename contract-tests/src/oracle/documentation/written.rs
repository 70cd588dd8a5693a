//! What the sources say: the documentation of the client, of its calls and of their arguments, as text.
//!
//! Comments don't survive compilation, so the committed sources are read as text here, and only here.

use std::collections::BTreeMap;

use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta};

/// The files that hold the calls and their builders, as they were compiled into this judge.
const SOURCES: [&str; 2] = [
    include_str!("../../../../generated-client/src/generated/mod.rs"),
    include_str!("../../../../generated-client/src/generated/builder.rs"),
];

/// Types and their methods, by `Type` and `Type::method`.
#[derive(Debug, Default)]
pub struct Written {
    all: BTreeMap<String, Described>,
}

/// What is said of one of them.
#[derive(Debug, Default)]
pub struct Described {
    /// The text.
    pub text: String,
    /// That it is deprecated, and why; empty where no reason is given.
    pub deprecated: Option<String>,
}

impl Written {
    /// Reads the sources.
    pub fn read() -> Result<Self, String> {
        let mut written = Self::default();
        for source in SOURCES {
            let file = syn::parse_file(source).map_err(|error| error.to_string())?;
            for item in file.items {
                match item {
                    Item::Struct(item) => {
                        written.all.insert(item.ident.to_string(), Described::by(&item.attrs));
                    }
                    Item::Impl(item) if item.trait_.is_none() => {
                        let syn::Type::Path(path) = &*item.self_ty else { continue };
                        let Some(owner) = path.path.segments.last().map(|segment| segment.ident.to_string()) else {
                            continue;
                        };
                        for function in item.items {
                            let ImplItem::Fn(function) = function else { continue };
                            let name = format!("{owner}::{}", function.sig.ident);
                            written.all.insert(name, Described::by(&function.attrs));
                        }
                    }
                    _ => {}
                }
            }
        }
        Ok(written)
    }

    /// What is said of a type or a method.
    pub fn of(&self, name: &str) -> Option<&Described> {
        self.all.get(name)
    }
}

impl Described {
    fn by(attributes: &[Attribute]) -> Self {
        let mut described = Self::default();
        for attribute in attributes {
            if attribute.path().is_ident("deprecated") {
                let mut note = String::new();
                // Without a list, there is no reason.
                let _ = attribute.parse_nested_meta(|meta| {
                    note = meta.value()?.parse::<syn::LitStr>()?.value();
                    Ok(())
                });
                described.deprecated = Some(note);
            }
            if attribute.path().is_ident("doc")
                && let Meta::NameValue(pair) = &attribute.meta
                && let Expr::Lit(literal) = &pair.value
                && let Lit::Str(line) = &literal.lit
            {
                described.text.push_str(&line.value());
                described.text.push('\n');
            }
        }
        described
    }
}
