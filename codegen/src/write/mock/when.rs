//! Which calls: a method for each parameter of an operation, and one for its body.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{argument, is_copied};
use crate::model::{Api, BodyKind, Form, Names, Operation, Parameter, ParameterIn, RequestBody, TypeRef};
use crate::write::doc::doc;
use crate::write::docs;
use crate::write::styles;

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
pub fn methods(api: &Api<'_>, operation: &Operation<'_>) -> Vec<TokenStream> {
    let mut names = Names::reserving(&TAKEN);
    let of_parameters =
        operation.parameters.iter().map(|parameter| of_parameter(api, parameter, &names.claim(&parameter.ident)));
    let mut methods: Vec<TokenStream> = of_parameters.collect();
    methods.extend(operation.body.as_ref().and_then(|body| of_body(api, body)));
    let is_ranged = operation.body.as_ref().and_then(|body| body.sent.as_ref()?.range).is_some();
    methods.extend(is_ranged.then(|| {
        quote! {
            /// Only calls whose body is of this media type.
            pub fn content_type(&mut self, media_type: &str) -> &mut Self {
                let media_type = media_type.to_owned();
                self.and(move |when| when.header("content-type", media_type))
            }
        }
    }));
    methods
}

fn of_parameter(api: &Api<'_>, parameter: &Parameter<'_>, name: &str) -> TokenStream {
    let required = parameter.is_always_sent();
    let absent = if required { "" } else { ". `None`: only calls without it" };
    let docs = doc(&format!(
        "Only calls with this `{}`{}{absent}.",
        parameter.ident,
        docs::remarks(api, parameter).trim_end_matches('.')
    ));
    let name = format_ident!("{name}");
    let ty = argument(&parameter.ty);
    let ty = if required { ty } else { quote!(Option<#ty>) };
    let written = styles::parameter(parameter);
    // The value as a reference, or none.
    let referred = match (required, is_copied(&parameter.ty)) {
        (true, true) => quote!(Some(&value)),
        (true, false) => quote!(Some(value)),
        (false, true) => quote!(value.as_ref()),
        (false, false) => quote!(value),
    };
    let call = match parameter.location {
        ParameterIn::Path if is_copied(&parameter.ty) => quote!(expect_path(#written, &value)),
        ParameterIn::Path => quote!(expect_path(#written, value)),
        ParameterIn::Header => quote!(expect_header(#written, #referred)),
        ParameterIn::Cookie => quote!(expect_cookie(#written, #referred)),
        ParameterIn::Query => quote!(expect_query(#written, #referred)),
    };
    quote! {
        #(#docs)*
        pub fn #name(&mut self, value: #ty) -> &mut Self {
            self.#call
        }
    }
}

/// The method for the body that the client sends.
fn of_body(api: &Api<'_>, body: &RequestBody<'_>) -> Option<TokenStream> {
    let sent = body.sent.as_ref()?;
    let (ty, call) = match &sent.kind {
        BodyKind::Multipart => {
            let docs = doc("Only calls whose body has this text in it.");
            let parts = sent.parts.as_ref().map(|parts| {
                let ident = format_ident!("{}", parts.ident);
                quote! {
                    /// Only calls with these parts, in this order.
                    pub fn body(&mut self, body: types::#ident) -> &mut Self {
                        self.expect_parts(body.encoded())
                    }
                }
            });
            return Some(quote! {
                #(#docs)*
                pub fn body_includes(&mut self, text: &str) -> &mut Self {
                    let text = text.to_owned();
                    self.and(move |when| when.body_includes(text))
                }
                #parts
            });
        }
        BodyKind::Text(ty) => {
            let value = if is_copied(ty) { quote!(&body) } else { quote!(body) };
            (argument(ty), quote!(expect_text(#value)))
        }
        BodyKind::Bytes => (quote!(&[u8]), quote!(expect_bytes(body))),
        BodyKind::Json(ty) => {
            let (argument, value) = sent_as(api, ty);
            (argument, quote!(expect_json(#value)))
        }
        BodyKind::Form(ty) => {
            let (argument, value) = sent_as(api, ty);
            let (styles, required) = (styles::of_form(body.sent_content()), styles::required_of_form(sent));
            (argument, quote!(expect_form(#value, &[#(#styles),*], &[#(#required),*])))
        }
    };
    let (docs, ty, content) = if body.required {
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
    let docs = doc(docs);
    Some(quote! {
        #(#docs)*
        pub fn body(&mut self, body: #ty) -> &mut Self {
            #content
        }
    })
}

/// The argument that is compared with a body, and that as a reference. Where a type has a form for requests, what becomes one is
/// taken too, as the client does: the form may be younger than the test.
fn sent_as(api: &Api<'_>, ty: &TypeRef) -> (TokenStream, TokenStream) {
    let has_form = |ident: &String| api.types.get(ident).is_some_and(|ty| matches!(ty.form, Form::Request(_)));
    match ty {
        TypeRef::Named(ident) if has_form(ident) => {
            let ty = ty.beside_types();
            let converted = quote!(&::std::convert::Into::<#ty>::into(::std::clone::Clone::clone(body)));
            (quote!(&(impl ::std::clone::Clone + ::std::convert::Into<#ty>)), converted)
        }
        ty if is_copied(ty) => (argument(ty), quote!(&body)),
        ty => (argument(ty), quote!(body)),
    }
}
