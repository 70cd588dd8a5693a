//! Which answers: methods for each documented status of an operation, and one for each documented header.
//!
//! They are named by status, as the variants of answers are: `404` is what a document says, what the client's
//! documentation lists and what logs show, and a range or an unusual status has no other name.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};
use syn::LitStr;

use super::super::Context;
use super::super::operations::Operation;
use super::super::responses::body_of;
use super::super::tree::doc;
use super::{argument, is_copied, resolved};
use crate::document::Pointer;
use crate::markdown::prose;
use crate::model::{Names, TypeRef, snake};
use crate::normalize::{AnswerBody, MEDIA_TYPE, ORIGIN};

/// What the methods of every `Then` are called.
const TAKEN: [&str; 9] = ["json", "raw", "header", "times", "and", "new", "answer_all", "answer_json", "answer_empty"];

/// The methods of an operation's `Then`.
pub fn methods(context: &Context<'_>, operation: &Operation<'_>) -> Vec<TokenStream> {
    let mut names = Names::reserving(&TAKEN);
    let mut methods = Vec::new();
    let responses = operation.normalized.get("responses").and_then(Value::as_object);
    let responses = || responses.into_iter().flatten();
    for (status, response) in responses() {
        let answer = Answer { status, response, words: described(response) };
        names.claim(&answer.name("status"));
        methods.push(answer.typed(&body_of(status, response, &context.normalized.answers)));
        if let Some(body) = answer.example(context) {
            names.claim(&answer.name("example"));
            methods.push(body);
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for (_, response) in responses() {
        let headers = original(context, response).get("headers").and_then(Value::as_object);
        for (wire, header) in headers.into_iter().flatten() {
            // The content's type is part of each answer.
            if wire.eq_ignore_ascii_case("content-type") || seen.contains(&wire.as_str()) {
                continue;
            }
            seen.push(wire);
            methods.push(of_header(context, wire, header, &names.claim(&snake(wire))));
        }
    }
    methods
}

/// A documented answer.
struct Answer<'a> {
    status: &'a str,
    response: &'a Value,
    words: String,
}

impl Answer<'_> {
    fn name(&self, kind: &str) -> String {
        format!("{kind}_{}", self.status.to_ascii_lowercase())
    }

    /// The status as a reader has it.
    fn named(&self) -> String {
        match self.status.parse::<u16>() {
            Ok(status) => format!("status {status}"),
            Err(_) => format!("a status of the range {}", self.status),
        }
    }

    /// The status as an argument, where the document gives a range, and as an expression.
    fn status(&self) -> (TokenStream, TokenStream) {
        match self.status.parse() {
            Ok(status) => {
                let status = Literal::u16_unsuffixed(status);
                (quote!(), quote!(#status))
            }
            Err(_) => (quote!(status: u16,), quote!(status)),
        }
    }

    /// The media type that the answer names.
    fn media_type(&self) -> &str {
        let found = self.response.get(MEDIA_TYPE).and_then(Value::as_str).unwrap_or("application/json");
        match (found.contains('*'), found.contains("json")) {
            (false, _) => found,
            (true, true) => "application/json",
            (true, false) => "application/octet-stream",
        }
    }

    fn typed(&self, body: &AnswerBody) -> TokenStream {
        let name = format_ident!("{}", self.name("status"));
        let words = doc(&format!("Answers with {}{}", self.named(), self.words));
        let ((parameter, status), media_type) = (self.status(), self.media_type());
        let (body, call) = match body {
            AnswerBody::Empty => (quote!(), quote!(answer_empty(#status))),
            AnswerBody::Raw => (quote!(body: impl AsRef<[u8]>), quote!(raw(#status, #media_type, body))),
            AnswerBody::Json(ty) => {
                let (argument, value) = (argument(ty), if is_copied(ty) { quote!(&body) } else { quote!(body) });
                let call = match media_type {
                    "application/json" => quote!(json(#status, #value)),
                    other => quote!(answer_json(#status, #other, #value)),
                };
                (quote!(body: #argument), call)
            }
        };
        quote! {
            #(#words)*
            pub fn #name(&mut self, #parameter #body) -> &mut Self {
                self.#call
            }
        }
    }

    /// The document's own example of this answer, as it stands there.
    fn example(&self, context: &Context<'_>) -> Option<TokenStream> {
        let media = original(context, self.response).get("content")?.get(self.response.get(MEDIA_TYPE)?.as_str()?)?;
        let example = example(context, media)?;
        let media_type = self.media_type();
        let text = match example {
            Value::String(text) if !media_type.contains("json") => text.clone(),
            _ if !media_type.contains("json") => return None,
            json => json.to_string(),
        };
        let name = format_ident!("{}", self.name("example"));
        let words = doc(&format!("Answers with {} and the document's example{}", self.named(), self.words));
        let ((parameter, status), text) = (self.status(), literal(&text));
        Some(quote! {
            #(#words)*
            pub fn #name(&mut self, #parameter) -> &mut Self {
                self.raw(#status, #media_type, #text)
            }
        })
    }
}

/// What the document says of an answer or header, as it follows its status or name.
fn described(part: &Value) -> String {
    let text = part.get("description").and_then(Value::as_str).map(prose).unwrap_or_default();
    let text = text.replace('\n', " ");
    if text.is_empty() { ".".to_owned() } else { format!(": {text}") }
}

/// The response as the document has it.
fn original<'a>(context: &Context<'a>, response: &Value) -> &'a Value {
    let origin = response.get(ORIGIN).and_then(Value::as_str).and_then(Pointer::from_reference);
    let found = origin.and_then(|origin| context.document.get(&origin)).unwrap_or(&Value::Null);
    resolved(context, found)
}

/// The example of a media type, else the first of its examples, else its schema's.
fn example<'a>(context: &Context<'a>, media: &'a Value) -> Option<&'a Value> {
    if let Some(example) = media.get("example") {
        return Some(example);
    }
    let named: Option<&Map<String, Value>> = media.get("examples").and_then(Value::as_object);
    let named = named.into_iter().flat_map(Map::values);
    let mut values = named.filter_map(|named| resolved(context, named).get("value"));
    values.next().or_else(|| resolved(context, media.get("schema")?).get("example"))
}

/// A text as a literal that a reader can read: raw, where nothing in it is invisible.
fn literal(text: &str) -> LitStr {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_visible = !text.chars().any(|c| c.is_control() || turns(c));
    // One more than follow any quotation mark.
    let longest = text.split('"').skip(1).map(|rest| rest.len() - rest.trim_start_matches('#').len()).max();
    let raw = longest.filter(|_| is_visible).and_then(|longest| {
        let hashes = "#".repeat(longest + 1);
        syn::parse_str(&format!("r{hashes}\"{text}\"{hashes}")).ok()
    });
    raw.unwrap_or_else(|| LitStr::new(text, proc_macro2::Span::call_site()))
}

fn of_header<'a>(context: &Context<'a>, wire: &str, header: &'a Value, name: &str) -> TokenStream {
    let header = resolved(context, header);
    let words = doc(&format!("Adds the header `{}`{}", wire.replace('`', "'"), described(header)));
    let schema = header.get("schema").map(|schema| resolved(context, schema));
    let ty = match schema.and_then(|schema| schema.get("type")).and_then(Value::as_str) {
        Some("integer") => TypeRef::I64,
        Some("number") => TypeRef::F64,
        Some("boolean") => TypeRef::Bool,
        _ => TypeRef::String,
    };
    let (name, ty) = (format_ident!("{name}"), argument(&ty));
    quote! {
        #(#words)*
        pub fn #name(&mut self, value: #ty) -> &mut Self {
            self.header(#wire, value)
        }
    }
}
