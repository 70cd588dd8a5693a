//! Places in progenitor's syntax tree, and words as documentation attributes.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Ident, Item, ItemMod, Lit, LitStr, Meta, MetaNameValue, parse_quote};

use super::PassError;
use crate::model::{NamedType, NamedTypes};
use crate::normalize::prose;

/// The items of a module at the file's root.
pub fn module<'a>(pass: &'static str, file: &'a mut syn::File, name: &str) -> Result<&'a mut Vec<Item>, PassError> {
    let found = file.items.iter_mut().find_map(|item| match item {
        Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) if ident == name => Some(items),
        _ => None,
    });
    found.ok_or_else(|| PassError { pass, what: format!("module `{name}`") })
}

/// The identifier of an item that declares a type, or of the type that an `impl` is for.
pub fn subject(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Impl(item) => match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
            _ => None,
        },
        _ => None,
    }
}

/// A text as documentation, a line an attribute, as a comment of `///` would be; none for an empty text.
pub fn doc(text: &str) -> Vec<Attribute> {
    if text.is_empty() {
        return Vec::new();
    }
    text.lines()
        .map(|line| {
            // What turns the direction of a text around is an error in Rust's comments, and so is a lone carriage return.
            let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\r' | '\0');
            let line: String = line.chars().filter(|c| !turns(c)).collect();
            let line = if line.is_empty() { line } else { format!(" {line}") };
            doc_line(&line)
        })
        .collect()
}

/// `#[doc = "…"]`, put together by hand: there are hundreds, and parsing each takes longer than all else of a pass.
fn doc_line(line: &str) -> Attribute {
    let text = LitStr::new(line, Span::call_site());
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: Default::default(),
            value: Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Str(text) }),
        }),
    }
}

/// What a schema says of itself in words: description, default, example, bounds, and that it is read-only or deprecated.
pub fn schema_prose(schema: &Value, fallback: &str) -> String {
    let text = |key: &str| schema.get(key).and_then(Value::as_str).map(prose).filter(|text| !text.is_empty());
    let mut paragraphs = vec![text("description").or_else(|| text("title")).unwrap_or_else(|| fallback.to_owned())];
    let notes = constraints(schema);
    if !notes.is_empty() {
        paragraphs.push(format!("Constraints: {}.", notes.join("; ")));
    }
    if let Some(property) = schema.pointer("/discriminator/propertyName").and_then(Value::as_str) {
        paragraphs.push(format!("Told apart by the property `{}`.", property.replace('`', "'")));
    }
    if let Some(default) = schema.get("default") {
        paragraphs.push(format!("Default: {}", code(default)));
    }
    if let Some(example) = schema.get("example").filter(|example| !example.is_object() && !example.is_array()) {
        paragraphs.push(format!("Example: {}", code(example)));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

/// What a schema demands of a value beside its type, a phrase each.
pub fn constraints(schema: &Value) -> Vec<String> {
    let flag = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
    let mut notes = Vec::new();
    for (key, words) in [
        ("minLength", "at least {} characters"),
        ("maxLength", "at most {} characters"),
        ("x-maxBytes", "at most {} bytes in UTF-8"),
        ("pattern", "matches {}"),
        ("format", "format {}"),
        ("minimum", "minimum {}"),
        ("maximum", "maximum {}"),
        ("multipleOf", "a multiple of {}"),
        ("minItems", "at least {} items"),
        ("maxItems", "at most {} items"),
        ("minProperties", "at least {} properties"),
        ("maxProperties", "at most {} properties"),
    ] {
        if let Some(value) = schema.get(key) {
            notes.push(words.replace("{}", &code(value)));
        }
    }
    for (key, words) in [
        ("exclusiveMinimum", "the minimum itself excluded"),
        ("exclusiveMaximum", "the maximum itself excluded"),
        ("uniqueItems", "no item twice"),
        ("readOnly", "set by the server, never sent"),
        ("writeOnly", "sent only, never received"),
    ] {
        if flag(key) {
            notes.push(words.to_owned());
        }
    }
    notes
}

/// A value as inline code.
pub fn code(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = text.replace(['\n', '\r'], " ");
    // As many backticks as stand nowhere in the text.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    if longest > 0 { format!("{ticks} {text} {ticks}") } else { format!("`{text}`") }
}

/// The traits of equality that a type can have, as a list for its `derive`.
pub fn equality(ty: &NamedType, types: NamedTypes<'_>) -> TokenStream {
    let total = types.named_has_total_equality(&ty.ident);
    if total { quote!(PartialEq, Eq, Hash,) } else { quote!(PartialEq,) }
}

/// `#[deprecated]` with the document's reason, where the schema or operation is deprecated.
pub fn deprecation(value: &Value) -> Option<Attribute> {
    if value.get("deprecated").and_then(Value::as_bool) != Some(true) {
        return None;
    }
    let reason = ["x-deprecated-reason", "x-deprecatedReason"].into_iter().find_map(|key| value.get(key)?.as_str());
    Some(match reason {
        Some(reason) => parse_quote!(#[deprecated(note = #reason)]),
        None => parse_quote!(#[deprecated]),
    })
}
