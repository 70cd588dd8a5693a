//! Forms in a URL's encoding: progenitor's encoder takes no list and no object for a property, and knows no style.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::visit_mut::{VisitMut, visit_expr_method_call_mut};
use syn::{ExprMethodCall, Item, parse_quote};

use super::operations::{Operation, operations};
use super::requests::style;
use super::tree::{module, subject};
use super::{Context, Pass, PassError};
use crate::document::Pointer;
use crate::model::pascal;
use crate::normalize::{MEDIA_TYPE, ORIGIN, essence};

pub(super) const PASS: Pass = Pass {
    name: "forms",
    about: "a form with a list or an object in it could not be sent, and none in the styles of its document",
    apply,
};

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let body = operation.normalized.get("requestBody");
        let media_type = body.and_then(|body| body.get(MEDIA_TYPE)).and_then(Value::as_str).unwrap_or_default();
        if essence(media_type) != "application/x-www-form-urlencoded" {
            continue;
        }
        let type_name = pascal(operation.name);
        let mut form = Form { styles: styles(context, &operation), encoded: false };
        let builders = module(PASS.name, file, "builder")?;
        for item in builders.iter_mut().filter(|item| matches!(item, Item::Impl(_))) {
            if subject(item).is_some_and(|ident| *ident == type_name) {
                form.visit_item_mut(item);
            }
        }
        if !form.encoded {
            return Err(PassError { pass: PASS.name, what: format!("form of `{}`", operation.id) });
        }
    }
    Ok(())
}

/// The properties for which the document states how they are written.
pub(super) fn styles(context: &Context<'_>, operation: &Operation<'_>) -> Vec<TokenStream> {
    let content = operation.normalized.pointer("/requestBody/content").and_then(Value::as_object);
    let media = content.into_iter().flat_map(|content| content.values()).next();
    let origin = media.and_then(|media| media.get(ORIGIN)).and_then(Value::as_str).and_then(Pointer::from_reference);
    let stated = origin.and_then(|origin| context.document.get(&origin)?.get("encoding")?.as_object());
    let states_a_style = |encoding: &Value| ["style", "explode"].iter().any(|keyword| encoding.get(keyword).is_some());
    stated
        .into_iter()
        .flatten()
        .filter(|(_, encoding)| states_a_style(encoding))
        .map(|(name, encoding)| {
            let named = encoding.get("style").and_then(Value::as_str).unwrap_or("form");
            let explode = encoding.get("explode").and_then(Value::as_bool).unwrap_or(named == "form");
            let style = style(named);
            quote!((#name, #style, #explode))
        })
        .collect()
}

struct Form {
    styles: Vec<TokenStream>,
    encoded: bool,
}

impl VisitMut for Form {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_expr_method_call_mut(self, call);
        if call.method == "form_urlencoded"
            && let Some(body) = call.args.first_mut()
        {
            let styles = &self.styles;
            *body = parse_quote!(&super::runtime::form(#body, &[#(#styles),*]).map_err(Error::InvalidRequest)?);
            self.encoded = true;
        }
    }
}
