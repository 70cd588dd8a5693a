//! Which calls: a method for each parameter of an operation, and one for its body.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::super::Context;
use super::super::operations::{Operation, words_of};
use super::super::tree::doc;
use super::{argument, is_copied};
use crate::normalize::{AnswerBody, MEDIA_TYPE, Parameter, body, essence};
use crate::shape::{NamedTypes, Names, TypeRef, pascal};

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
            of_parameter(operation, parameter, &name, types)
        })
        .collect();
    methods.extend(of_body(operation));
    methods
}

fn of_parameter(operation: &Operation<'_>, parameter: &Parameter, name: &str, types: NamedTypes<'_>) -> TokenStream {
    let absent = if parameter.required { "" } else { ". `None`: only calls without it" };
    let words = doc(&format!(
        "Only calls with this `{}`{}{absent}.",
        parameter.ident,
        words_of(operation, &parameter.ident).trim_end_matches('.')
    ));
    let name = format_ident!("{name}");
    let ty = argument(&parameter.ty);
    let ty = if parameter.required { ty } else { quote!(Option<#ty>) };
    let wire = &parameter.wire;
    let is_text = types.is_scalar(&parameter.ty) && parameter.style != "json";
    let style = format_ident!("{}", pascal(&parameter.style));
    let explode = parameter.explode;
    // The value as a reference, or none.
    let referred = match (parameter.required, is_copied(&parameter.ty)) {
        (true, true) => quote!(Some(&value)),
        (true, false) => quote!(Some(value)),
        (false, true) => quote!(value.as_ref()),
        (false, false) => quote!(value),
    };
    let text =
        if parameter.required { quote!(Some(value.to_string())) } else { quote!(value.map(|value| value.to_string())) };
    let call = match parameter.place.as_str() {
        "path" if is_text && parameter.style == "simple" => quote!(expect_path(#wire, value)),
        "path" if is_copied(&parameter.ty) => quote!(expect_path_in(#wire, &value, Style::#style, #explode)),
        "path" => quote!(expect_path_in(#wire, value, Style::#style, #explode)),
        "header" if is_text => quote!(expect_header(#wire, #text)),
        "header" => quote!(expect_header_in(#wire, #referred, Style::#style, #explode)),
        "cookie" if is_text => quote!(expect_cookie(#wire, #text)),
        "cookie" => quote!(expect_cookie_in(#wire, #referred, Style::#style, #explode)),
        _ if parameter.style == "form" && (explode || types.is_scalar(&parameter.ty)) => {
            quote!(expect_query(#wire, #referred))
        }
        _ => quote!(expect_query_in(#wire, #referred, Style::#style, #explode)),
    };
    quote! {
        #(#words)*
        pub fn #name(&mut self, value: #ty) -> &mut Self {
            self.#call
        }
    }
}

/// The method for the body that the client sends.
fn of_body(operation: &Operation<'_>) -> Option<TokenStream> {
    let request = operation.normalized.get("requestBody")?;
    let content = request.get("content")?;
    let media_type = request.get(MEDIA_TYPE).and_then(Value::as_str).unwrap_or_default();
    let words = doc("Only calls with this body.");
    let typed = |known: &str| {
        content.get(known)?;
        // What stands for a type is read where an answer's is.
        let holder = serde_json::json!({ "content": { "application/json": content.get(known)? } });
        match body(&holder) {
            AnswerBody::Json(ty) => Some(ty),
            _ => Some(TypeRef::Any),
        }
    };
    let (ty, call) = if let Some(ty) = typed("application/json") {
        let value = if is_copied(&ty) { quote!(&body) } else { quote!(body) };
        (argument(&ty), quote!(expect_json(#value)))
    } else if let Some(ty) = typed("application/x-www-form-urlencoded") {
        let value = if is_copied(&ty) { quote!(&body) } else { quote!(body) };
        (argument(&ty), quote!(expect_form(#value)))
    } else if content.get("text/plain").is_some() {
        (quote!(&str), quote!(expect_bytes(body.as_bytes())))
    } else if essence(media_type) == "multipart/form-data" {
        // The parts stand between boundaries that nobody can foresee.
        let words = doc("Only calls whose form has this text in it.");
        return Some(quote! {
            #(#words)*
            pub fn body_includes(&mut self, text: &str) -> &mut Self {
                let text = text.to_owned();
                self.and(move |when| when.body_includes(text))
            }
        });
    } else {
        (quote!(impl AsRef<[u8]>), quote!(expect_bytes(body.as_ref())))
    };
    Some(quote! {
        #(#words)*
        pub fn body(&mut self, body: #ty) -> &mut Self {
            self.#call
        }
    })
}
