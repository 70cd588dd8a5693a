//! Setters: progenitor's take no `&str` for an optional text, drop the reason why a value is refused, send an argument that
//! the document refuses, and know no way to leave a body out.
//!
//! Both kinds of builders get theirs from here: those of structs, and those of operations.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::visit_mut::VisitMut;
use syn::{ImplItem, ImplItemFn, Item, LitStr, parse_quote};

use super::operations::operations;
use super::tree::{doc, module, subject};
use super::{Context, Pass, PassError, multipart};
use crate::model::{NamedTypes, TypeRef, pascal};
use crate::normalize::{BodyKind, Parameter, RequestBody};
use crate::write::conformance::rules;

pub(super) const PASS: Pass = Pass {
    name: "setters",
    about: "builders would take no text for an optional text, send arguments that the document refuses and not say why \
            they refuse others",
    apply,
};

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let types = NamedTypes::new(&context.normalized.types);
    for operation in operations(context) {
        let builders = module(PASS.name, file, "builder")?;
        let type_name = pascal(operation.name);
        for parameter in context.normalized.parameters.iter().filter(|one| one.operation == operation.name) {
            replace(builders, &type_name, &parameter.ident, of_parameter(parameter, types))?;
        }
        if let Some(body) = context.normalized.bodies.iter().find(|body| body.operation == operation.name) {
            replace(builders, &type_name, "body", of_body(body, types))?;
            if body.kind == BodyKind::Form {
                let method = method(builders, &type_name, "body");
                method.into_iter().for_each(|method| method.attrs = doc(&multipart::words(context, body)));
            }
            if let (BodyKind::Struct(ty), false) = (&body.kind, body.required) {
                replace(builders, &type_name, "body_map", of_changed_body(ty))?;
            }
        }
    }
    say_what_is_missing(module(PASS.name, file, "builder")?);
    Ok(())
}

/// Puts a method in the place of the one of its name; what is documented stays so.
fn replace(items: &mut [Item], owner: &str, name: &str, mut by: ImplItemFn) -> Result<(), PassError> {
    let method = method(items, owner, name);
    let method = method.ok_or_else(|| PassError { pass: PASS.name, what: format!("setter `{name}` of `{owner}`") })?;
    by.attrs = std::mem::take(&mut method.attrs);
    *method = by;
    Ok(())
}

/// A method of a builder.
fn method<'a>(items: &'a mut [Item], owner: &str, name: &str) -> Option<&'a mut ImplItemFn> {
    let of_owner = items.iter_mut().filter(|item| subject(item).is_some_and(|ident| *ident == *owner));
    let inherent = of_owner.filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(item),
        _ => None,
    });
    inherent.flat_map(|item| item.items.iter_mut()).find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    })
}

/// progenitor has two wordings for what was not given, one for each kind of builder.
fn say_what_is_missing(items: &mut [Item]) {
    struct Wording;
    impl VisitMut for Wording {
        fn visit_lit_str_mut(&mut self, text: &mut LitStr) {
            let value = text.value();
            let name =
                value.strip_suffix(" was not initialized").or_else(|| value.strip_prefix("no value supplied for "));
            if let Some(name) = name {
                *text = LitStr::new(&format!("{name} is missing"), text.span());
            }
        }
    }
    for item in items.iter_mut().filter(|item| matches!(item, Item::Impl(_))) {
        // The literals stand within calls, and no macro hides any.
        Wording.visit_item_mut(item);
    }
}

/// What a setter takes, and the field's new content that it makes of `value`.
struct Taken {
    generics: TokenStream,
    argument: TokenStream,
    content: TokenStream,
}

fn setter(name: &str, Taken { generics, argument, content }: &Taken) -> ImplItemFn {
    let ident = format_ident!("{name}");
    parse_quote! {
        pub fn #ident #generics(mut self, value: #argument) -> Self {
            self.#ident = #content;
            self
        }
    }
}

fn required(name: &str, ty: &TokenStream, runtime: &TokenStream) -> Taken {
    Taken {
        generics: quote!(),
        argument: quote!(impl ::std::convert::TryInto<#ty, Error: ::std::fmt::Display>),
        content: quote!(#runtime::required(#name, value)),
    }
}

fn optional(name: &str, ty: &TokenStream, runtime: &TokenStream) -> Taken {
    Taken {
        generics: quote!(<Way>),
        argument: quote!(impl #runtime::Optional<#ty, Way>),
        content: quote!(#runtime::optional(#name, value)),
    }
}

fn of_parameter(parameter: &Parameter, types: NamedTypes<'_>) -> ImplItemFn {
    let runtime = quote!(super::runtime);
    let name = &parameter.ident;
    let ty = parameter.ty.beside_types();
    // Null has no form in a request, so that a null is nothing given.
    let mut taken = match (parameter.required, parameter.nullable) {
        (true, false) => required(name, &ty, &runtime),
        _ if parameter.ty == TypeRef::Any => required(name, &quote!(::std::option::Option<#ty>), &runtime),
        _ => optional(name, &ty, &runtime),
    };
    checked(&mut taken, name, &parameter.schema, &parameter.ty, types);
    if !parameter.required && parameter.nullable {
        let content = &taken.content;
        taken.content = quote!(#content.map(Some));
    }
    setter(name, &taken)
}

/// Holds an argument against the document, where it says anything of one.
fn checked(taken: &mut Taken, name: &str, schema: &Value, ty: &TypeRef, types: NamedTypes<'_>) {
    let rules = rules(schema, ty, types);
    let is_free = matches!(ty, TypeRef::Bool | TypeRef::String | TypeRef::Any)
        || matches!(ty, TypeRef::I32 | TypeRef::I64 | TypeRef::F64) && rules.to_string().ends_with("NONE");
    if !is_free {
        let content = &taken.content;
        taken.content = quote!(#content.and_then(|value| super::runtime::within(#name, value, &#rules)));
    }
}

fn of_body(body: &RequestBody, types: NamedTypes<'_>) -> ImplItemFn {
    let runtime = quote!(super::runtime);
    let (ty, change) = match &body.kind {
        BodyKind::Struct(ty) => (ty.beside_types(), Some(quote!(::std::convert::From::from))),
        BodyKind::Value(ty) => (ty.beside_types(), None),
        BodyKind::Text => (quote!(::std::string::String), Some(quote!(::std::convert::From::from))),
        BodyKind::Bytes => (quote!(reqwest::Body), None),
        BodyKind::Form => (quote!(reqwest::multipart::Form), None),
    };
    let mut taken = match body.required {
        true => required("body", &ty, &runtime),
        false if body.kind == BodyKind::Value(TypeRef::Any) => {
            required("body", &quote!(::std::option::Option<#ty>), &runtime)
        }
        false => optional("body", &ty, &runtime),
    };
    // A struct is held against the document when its builder builds it.
    if let BodyKind::Value(ty) = &body.kind {
        checked(&mut taken, "body", &body.schema, ty, types);
    }
    if let Some(change) = change {
        let content = &taken.content;
        taken.content = match body.required {
            true => quote!(#content.map(#change)),
            false => quote!(#content.map(|body| body.map(#change))),
        };
    }
    setter("body", &taken)
}

/// Whoever changes a body that may be left out wants it sent.
fn of_changed_body(ty: &TypeRef) -> ImplItemFn {
    let ty = ty.builder_beside_types();
    parse_quote! {
        pub fn body_map(mut self, change: impl FnOnce(#ty) -> #ty) -> Self {
            self.body = self.body.map(|body| Some(change(body.unwrap_or_default())));
            self
        }
    }
}
