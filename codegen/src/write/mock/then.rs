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

/// The methods of an operation's `Then`.
pub fn methods(api: &Api<'_>, operation: &Operation<'_>) -> Vec<TokenStream> {
    let mut names = Names::reserving(&TAKEN);
    let mut methods = Vec::new();
    let readings = operation.readings.iter();
    let read: Vec<Read<'_>> = readings
        .filter_map(|reading| Some(Read { reading, response: operation.responses.get(reading.response)? }))
        .collect();
    for read in &read {
        names.claim(&read.name("status"));
        methods.push(read.typed());
        if let Some(body) = read.example(api) {
            names.claim(&read.name("example"));
            methods.push(body);
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for header in read.iter().flat_map(|read| &read.response.headers) {
        // The content's type is part of each response.
        if header.wire.eq_ignore_ascii_case("content-type") || seen.contains(&header.wire) {
            continue;
        }
        seen.push(header.wire);
        methods.push(of_header(api, header, &names.claim(&snake(header.wire))));
    }
    methods
}

/// A documented response under one of its statuses.
struct Read<'r> {
    reading: &'r Reading<'r>,
    response: &'r Response<'r>,
}

impl Read<'_> {
    fn name(&self, kind: &str) -> String {
        format!("{kind}_{}", self.reading.status.to_ascii_lowercase())
    }

    /// The status as a reader has it.
    fn named(&self) -> String {
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
        let name = format_ident!("{}", self.name("status"));
        let docs = doc(&format!("Responds with {}{}", self.named(), described(self.response.description)));
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
        let is_exact = key.parse::<u16>().is_ok();
        (!is_exact || !required.is_empty()).then(|| quote!(.as_documented(#key, &[#(#required),*])))
    }

    /// The document's own example of this response, as it stands there: the content's, or else its schema's.
    fn example(&self, api: &Api<'_>) -> Option<TokenStream> {
        let content = self.response.content_of(self.reading)?;
        let of_content = content.examples.iter().find_map(|example| example.value);
        let example = of_content.or_else(|| api.schemas.follow(content.schema?).get("example"))?;
        let media_type = self.media_type();
        let text = match example {
            Value::String(text) if !media_type.contains("json") => text.clone(),
            _ if !media_type.contains("json") => return None,
            json => json.to_string(),
        };
        let name = format_ident!("{}", self.name("example"));
        let said = described(self.response.description);
        let docs = doc(&format!("Responds with {} and the document's example{said}", self.named()));
        let ((parameter, status), text, documented) = (self.status(), literal(&text), self.documented());
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

fn of_header(api: &Api<'_>, header: &Header<'_>, name: &str) -> TokenStream {
    let (wire, description) = (header.wire, described(header.described.description));
    let docs = doc(&format!("Adds the header `{}`{description}", wire.replace('`', "'")));
    // Lists and JSON are given as the header has them.
    let ty = match read_as(&api.schemas, header) {
        TypeRef::Vec(_) | TypeRef::Any => TypeRef::String,
        scalar => scalar,
    };
    let (name, ty) = (format_ident!("{name}"), argument(&ty));
    quote! {
        #(#docs)*
        pub fn #name(&mut self, value: #ty) -> &mut Self {
            self.header(#wire, value)
        }
    }
}
