//! Security: progenitor drops what an operation asks of its callers.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{ImplItem, Item, parse_quote};

use super::operations::{Operation, client_method, operations};
use super::tree::{doc, module, subject};
use super::{Context, Pass, PassError};
use crate::document::Pointer;
use crate::model::pascal;

pub(super) const PASS: Pass =
    Pass { name: "security", about: "no operation would say which credentials and scopes it asks for", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let missing = |what: &str| PassError { pass: PASS.name, what: format!("{what} of `{}`", operation.id) };
        let alternatives = alternatives(context, &operation);
        let words = words(&alternatives);
        if !words.is_empty() {
            let method = client_method(file, operation.name).ok_or_else(|| missing("client method"))?;
            method.attrs.extend(doc(&format!("\n# Access\n\n{words}")));
        }
        let type_name = pascal(operation.name);
        let builders = module(PASS.name, file, "builder")?;
        let item = builders.iter_mut().find_map(|item| match item {
            Item::Impl(_) if subject(item).is_some_and(|ident| *ident == type_name) => match item {
                Item::Impl(item) if item.trait_.is_none() => Some(item),
                _ => None,
            },
            _ => None,
        });
        let item = item.ok_or_else(|| missing("builder"))?;
        let alternatives = alternatives.iter().map(|alternative| {
            let requirements = alternative.iter().map(|requirement| {
                let (scheme, place, scopes) = (&requirement.scheme, &requirement.place, &requirement.scopes);
                quote!(super::runtime::Requirement::new(#scheme, super::runtime::Place::#place, &[#(#scopes),*]))
            });
            quote!(&[#(#requirements),*])
        });
        let constant: ImplItem = parse_quote! {
            /// What the operation asks for: one of these alternatives, and of it everything.
            pub const SECURITY: super::runtime::Security = &[#(#alternatives),*];
        };
        item.items.insert(0, constant);
    }
    Ok(())
}

/// One scheme that is asked for.
struct Requirement {
    scheme: String,
    place: TokenStream,
    scopes: Vec<String>,
}

/// What the operation says, or else the document as a whole.
fn alternatives(context: &Context<'_>, operation: &Operation<'_>) -> Vec<Vec<Requirement>> {
    let root = context.document.root();
    let stated = operation.original.get("security").or_else(|| root.get("security")).and_then(Value::as_array);
    stated
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|alternative| {
            let requirements = alternative.iter().map(|(scheme, scopes)| Requirement {
                scheme: scheme.clone(),
                place: place(scheme_object(context, scheme)),
                scopes: scopes.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
            });
            requirements.collect()
        })
        .collect()
}

fn scheme_object<'a>(context: &Context<'a>, name: &str) -> &'a Value {
    let mut found = context.document.get(&Pointer::root().join("components").join("securitySchemes").join(name));
    // Lint has refused circles; the bound is for whoever switches it off.
    for _ in 0..16 {
        let Some(reference) = found.and_then(|scheme| scheme.get("$ref")).and_then(Value::as_str) else { break };
        found = Pointer::from_reference(reference).and_then(|pointer| context.document.get(&pointer));
    }
    found.unwrap_or(&Value::Null)
}

/// Where a scheme's credential goes; OAuth 2.0 and OpenID Connect give bearer tokens.
fn place(scheme: &Value) -> TokenStream {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    match (text("type"), text("in"), text("scheme").to_ascii_lowercase().as_str()) {
        ("apiKey", place, _) => {
            let name = text("name");
            match place {
                "query" => quote!(Query(#name)),
                "cookie" => quote!(Cookie(#name)),
                _ => quote!(Header(#name)),
            }
        }
        ("http", _, "basic") => quote!(Authorization("Basic")),
        ("http", _, other) if other != "bearer" => {
            let word = text("scheme");
            quote!(Authorization(#word))
        }
        _ => quote!(Authorization("Bearer")),
    }
}

/// The alternatives as a list for readers.
fn words(alternatives: &[Vec<Requirement>]) -> String {
    let one = |requirement: &Requirement| {
        let scopes: Vec<String> =
            requirement.scopes.iter().map(|scope| format!("`{}`", scope.replace('`', "'"))).collect();
        let scheme = format!("`{}`", requirement.scheme.replace('`', "'"));
        if scopes.is_empty() { scheme } else { format!("{scheme} with {}", scopes.join(", ")) }
    };
    let lines = alternatives.iter().map(|alternative| match alternative.is_empty() {
        true => "- nothing".to_owned(),
        false => format!("- {}", alternative.iter().map(one).collect::<Vec<_>>().join(" and ")),
    });
    let lines: Vec<String> = lines.collect();
    match lines.len() {
        0 => String::new(),
        1 => lines.concat(),
        _ => format!("One of:\n\n{}", lines.join("\n")),
    }
}
