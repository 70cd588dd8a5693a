//! Which calls: a method for each parameter of an operation, and one for its body.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::Context;
use super::super::forms::styles;
use super::super::operations::Operation;
use super::super::requests::style;
use super::super::sections::words_of;
use super::super::tree::doc;
use super::{argument, is_copied};
use crate::model::{NamedTypes, Names};
use crate::normalize::{BodyKind, Parameter, RequestBody};

/// What the methods of every `When` are called; the runtime's own begin with `expect_`.
const TAKEN: [&str; 9] = [
    "credential",
    "without_credentials",
    "regardless_of_credentials",
    "and",
    "new",
    "never",
    "body",
    "body_includes",
    "expect_all",
];

/// The methods of an operation's `When`.
pub fn methods(context: &Context<'_>, operation: &Operation<'_>) -> Vec<TokenStream> {
    let types = NamedTypes::new(&context.normalized.types);
    let mut names = Names::reserving(&TAKEN);
    let parameters = context.normalized.parameters.iter().filter(|parameter| parameter.operation == operation.name);
    let mut methods: Vec<TokenStream> = parameters
        .map(|parameter| {
            let name = names.claim(&parameter.ident);
            of_parameter(context, operation, parameter, &name, types)
        })
        .collect();
    let body = context.normalized.bodies.iter().find(|body| body.operation == operation.name);
    methods.extend(body.map(|body| of_body(context, operation, body)));
    methods
}

fn of_parameter(
    context: &Context<'_>,
    operation: &Operation<'_>,
    parameter: &Parameter,
    name: &str,
    types: NamedTypes<'_>,
) -> TokenStream {
    // A null has no form in a request, so a parameter that is null is left out.
    let required = parameter.required && (!parameter.nullable || parameter.place == "path");
    let absent = if required { "" } else { ". `None`: only calls without it" };
    let words = doc(&format!(
        "Only calls with this `{}`{}{absent}.",
        parameter.ident,
        words_of(context.document, operation, parameter).trim_end_matches('.')
    ));
    let name = format_ident!("{name}");
    let ty = argument(&parameter.ty);
    let ty = if required { ty } else { quote!(Option<#ty>) };
    let wire = &parameter.wire;
    let is_text = types.is_scalar(&parameter.ty) && parameter.style != "json";
    let style = style(&parameter.style);
    let explode = parameter.explode;
    // The value as a reference, or none.
    let referred = match (required, is_copied(&parameter.ty)) {
        (true, true) => quote!(Some(&value)),
        (true, false) => quote!(Some(value)),
        (false, true) => quote!(value.as_ref()),
        (false, false) => quote!(value),
    };
    let text =
        if parameter.required { quote!(Some(value.to_string())) } else { quote!(value.map(|value| value.to_string())) };
    let call = match parameter.place.as_str() {
        "path" if is_text && parameter.style == "simple" => quote!(expect_path(#wire, value)),
        "path" if is_copied(&parameter.ty) => quote!(expect_path_in(#wire, &value, #style, #explode)),
        "path" => quote!(expect_path_in(#wire, value, #style, #explode)),
        "header" if is_text => quote!(expect_header(#wire, #text)),
        "header" => quote!(expect_header_in(#wire, #referred, #style, #explode)),
        "cookie" if is_text => quote!(expect_cookie(#wire, #text)),
        "cookie" => quote!(expect_cookie_in(#wire, #referred, #style, #explode)),
        _ if parameter.reserved => quote!(expect_reserved(#wire, #referred, #style, #explode)),
        _ if parameter.style == "form" && (explode || types.is_scalar(&parameter.ty)) => {
            quote!(expect_query(#wire, #referred))
        }
        _ => quote!(expect_query_in(#wire, #referred, #style, #explode)),
    };
    quote! {
        #(#words)*
        pub fn #name(&mut self, value: #ty) -> &mut Self {
            self.#call
        }
    }
}

/// The method for the body that the client sends.
fn of_body(context: &Context<'_>, operation: &Operation<'_>, body: &RequestBody) -> TokenStream {
    let is_json = operation.normalized.pointer("/requestBody/content/application~1json").is_some();
    let (ty, call) = match &body.kind {
        // The parts stand between boundaries that nobody can foresee.
        BodyKind::Form => {
            let words = doc("Only calls whose form has this text in it.");
            return quote! {
                #(#words)*
                pub fn body_includes(&mut self, text: &str) -> &mut Self {
                    let text = text.to_owned();
                    self.and(move |when| when.body_includes(text))
                }
            };
        }
        BodyKind::Text => (quote!(&str), quote!(expect_bytes(body.as_bytes()))),
        BodyKind::Bytes => (quote!(&[u8]), quote!(expect_bytes(body))),
        BodyKind::Struct(ty) | BodyKind::Value(ty) => {
            let value = if is_copied(ty) { quote!(&body) } else { quote!(body) };
            let call = if is_json {
                quote!(expect_json(#value))
            } else {
                let styles = styles(context, operation);
                quote!(expect_form(#value, &[#(#styles),*]))
            };
            (argument(ty), call)
        }
    };
    let (words, ty, content) = if body.required {
        ("Only calls with this body.", ty, quote!(self.#call))
    } else {
        let content = quote! {
            match body {
                Some(body) => self.#call,
                None => self.expect_bytes(&[]),
            }
        };
        ("Only calls with this body. `None`: only calls without one.", quote!(Option<#ty>), content)
    };
    let words = doc(words);
    quote! {
        #(#words)*
        pub fn body(&mut self, body: #ty) -> &mut Self {
            #content
        }
    }
}
