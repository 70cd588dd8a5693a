//! Which responses: methods for each documented status of an operation, and one for each documented header.
//!
//! They are named by status, as the variants of status enums are: `404` is what a document says, what the client's
//! documentation lists and what logs show, and a range or an unusual status has no other name.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::{argument, is_copied};
use crate::markdown::phrase;
use crate::model::{Api, Header, Names, Operation, Reading, Response, ResponseBody, TypeRef, read_as, snake};
use crate::write::doc::doc;
use crate::write::json::literal;

/// What the methods of every `Then` are called.
const TAKEN: [&str; 12] = [
    "json",
    "raw",
    "header",
    "times",
    "and",
    "new",
    "respond_all",
    "respond_json",
    "respond_empty",
    "respond_text",
    "as_documented",
    "fault",
];

/// What an operation's `Then` has methods for.
pub struct Listed<'o> {
    /// The documented responses.
    pub responses: Vec<Read<'o>>,
    /// The documented headers, each with its method and what that takes.
    pub headers: Vec<(&'o Header<'o>, String, TypeRef)>,
}

/// A documented response under one of its statuses.
pub struct Read<'o> {
    /// The status, and what is read.
    pub reading: &'o Reading<'o>,
    response: &'o Response<'o>,
    /// The document's example, as it is sent.
    example: Option<String>,
}

/// The methods of an operation's `Then`.
pub fn methods(api: &Api<'_>, operation: &Operation<'_>) -> Vec<TokenStream> {
    let Listed { responses, headers } = listed(api, operation);
    let of_responses = responses.iter().flat_map(|read| [Some(read.typed()), read.exemplary()]).flatten();
    of_responses.chain(headers.iter().map(|(header, name, ty)| of_header(header, name, ty))).collect()
}

/// What there are methods for, and how they are called.
pub fn listed<'o>(api: &'o Api<'_>, operation: &'o Operation<'_>) -> Listed<'o> {
    let mut names = Names::reserving(&TAKEN);
    let read = |reading: &'o Reading<'o>| {
        let response = operation.responses.get(reading.response)?;
        let read = Read { reading, response, example: None };
        Some(Read { example: read.example(api), ..read })
    };
    let responses: Vec<Read<'o>> = operation.readings.iter().filter_map(read).collect();
    responses.iter().flat_map(|read| [Some(read.method()), read.example_method()]).flatten().for_each(|name| {
        names.claim(&name);
    });
    let mut headers: Vec<(&Header<'_>, String, TypeRef)> = Vec::new();
    for header in responses.iter().flat_map(|read| &read.response.headers) {
        // The content's type is part of each response.
        let is_known = headers.iter().any(|(known, ..)| known.wire == header.wire);
        if !is_known && !header.wire.eq_ignore_ascii_case("content-type") {
            // Lists and JSON are given as the header has them.
            let ty = match read_as(&api.schemas, header) {
                TypeRef::Vec(_) | TypeRef::Any => TypeRef::String,
                scalar => scalar,
            };
            headers.push((header, names.claim(&snake(header.wire)), ty));
        }
    }
    Listed { responses, headers }
}

impl Read<'_> {
    /// The method that responds with a given body.
    pub fn method(&self) -> String {
        self.named("status")
    }

    /// The method that responds with the document's example, where it has one.
    pub fn example_method(&self) -> Option<String> {
        self.example.as_ref().map(|_| self.named("example"))
    }

    /// Whether the document has a range, and the caller says which status of it is meant.
    pub fn is_ranged(&self) -> bool {
        self.reading.status.parse::<u16>().is_err()
    }

    fn named(&self, kind: &str) -> String {
        format!("{kind}_{}", self.reading.status.to_ascii_lowercase())
    }

    /// The status as a reader has it.
    fn shown(&self) -> String {
        match self.reading.status.parse::<u16>() {
            Ok(status) => format!("status {status}"),
            Err(_) if self.reading.status == "default" => "a status that no other response has".to_owned(),
            Err(_) => format!("a status of the range {}", self.reading.status),
        }
    }

    /// The status as an argument, where the document gives a range, and as an expression.
    fn status(&self) -> (TokenStream, TokenStream) {
        match self.reading.status.parse() {
            Ok(status) => {
                let status = Literal::u16_unsuffixed(status);
                (quote!(), quote!(#status))
            }
            Err(_) => (quote!(status: u16,), quote!(status)),
        }
    }

    /// The media type that the response names.
    fn media_type(&self) -> &str {
        let found = self.response.content_of(self.reading).map_or("application/json", |content| content.media_type);
        match found {
            _ if !found.contains('*') => found,
            _ if found.contains("json") => "application/json",
            _ if found.starts_with("text/") => "text/plain",
            _ => "application/octet-stream",
        }
    }

    fn typed(&self) -> TokenStream {
        let name = format_ident!("{}", self.method());
        let docs = doc(&format!("Responds with {}{}", self.shown(), described(self.response.description)));
        let documented = self.documented();
        let ((parameter, status), media_type) = (self.status(), self.media_type());
        let (body, call) = match &self.reading.body {
            ResponseBody::Empty => (quote!(), quote!(respond_empty(#status))),
            ResponseBody::Raw | ResponseBody::Stream(..) => {
                (quote!(body: impl AsRef<[u8]>), quote!(raw(#status, #media_type, body)))
            }
            body @ (ResponseBody::Json(ty, _) | ResponseBody::Text(ty, _)) => {
                let (argument, value) = (argument(ty), if is_copied(ty) { quote!(&body) } else { quote!(body) });
                let call = match (body, media_type) {
                    (ResponseBody::Text(..), media_type) => quote!(respond_text(#status, #media_type, #value)),
                    (_, "application/json") => quote!(json(#status, #value)),
                    (_, other) => quote!(respond_json(#status, #other, #value)),
                };
                (quote!(body: #argument), call)
            }
        };
        quote! {
            #(#docs)*
            pub fn #name(&mut self, #parameter #body) -> &mut Self {
                self.#call #documented
            }
        }
    }

    /// The call that holds the response against the document, where there is something to hold it against.
    fn documented(&self) -> Option<TokenStream> {
        let required = self.response.headers.iter().filter(|header| header.required).map(|header| header.wire);
        let required: Vec<&str> = required.filter(|name| !name.eq_ignore_ascii_case("content-type")).collect();
        let key = self.reading.status;
        (self.is_ranged() || !required.is_empty()).then(|| quote!(.as_documented(#key, &[#(#required),*])))
    }

    /// The document's own example of this response, as it stands there: the content's, or else its schema's.
    fn example(&self, api: &Api<'_>) -> Option<String> {
        let content = self.response.content_of(self.reading)?;
        let of_content = content.examples.iter().find_map(|example| example.value);
        match of_content.or_else(|| api.schemas.follow(content.schema?).get("example"))? {
            json if self.media_type().contains("json") => Some(json.to_string()),
            Value::String(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn exemplary(&self) -> Option<TokenStream> {
        let name = format_ident!("{}", self.example_method()?);
        let said = described(self.response.description);
        let docs = doc(&format!("Responds with {} and the document's example{said}", self.shown()));
        let ((parameter, status), media_type) = (self.status(), self.media_type());
        let (text, documented) = (literal(self.example.as_deref()?), self.documented());
        let respond = match media_type {
            "application/json" => quote!(json_text(#status, #text)),
            _ => quote!(raw(#status, #media_type, #text)),
        };
        Some(quote! {
            #(#docs)*
            pub fn #name(&mut self, #parameter) -> &mut Self {
                self.#respond #documented
            }
        })
    }
}

/// What the document says of a response or header, as it follows its status or name.
fn described(description: Option<&str>) -> String {
    let text = phrase(description).unwrap_or_default();
    if text.is_empty() { ".".to_owned() } else { format!(": {text}") }
}

fn of_header(header: &Header<'_>, name: &str, ty: &TypeRef) -> TokenStream {
    let (wire, description) = (header.wire, described(header.described.description));
    let docs = doc(&format!("Adds the header `{}`{description}", wire.replace('`', "'")));
    let (name, ty) = (format_ident!("{name}"), argument(ty));
    quote! {
        #(#docs)*
        pub fn #name(&mut self, value: #ty) -> &mut Self {
            self.header(#wire, value)
        }
    }
}
