//! Forms with files: progenitor errs on `multipart/form-data`, so normalisation shows it bytes; here the builder takes a form
//! of reqwest's, whose boundary and parts bytes alone could not tell.

use quote::ToTokens;
use serde_json::Value;
use syn::visit_mut::{VisitMut, visit_expr_mut, visit_path_mut};
use syn::{Expr, LitStr, Path, parse_quote};

use super::operations::operations;
use super::tree::{module, subject};
use super::{Context, Pass, PassError};
use crate::model::pascal;
use crate::normalize::{MEDIA_TYPE, essence};

pub(super) const PASS: Pass =
    Pass { name: "multipart", about: "forms would be sent as bytes that no server could take apart", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let body = operation.normalized.get("requestBody");
        let media_type = body.and_then(|body| body.get(MEDIA_TYPE)).and_then(Value::as_str).unwrap_or_default();
        if essence(media_type) != "multipart/form-data" {
            continue;
        }
        let type_name = pascal(operation.name);
        let mut form = Form { sent: false };
        let builders = module(PASS.name, file, "builder")?;
        for item in builders.iter_mut().filter(|item| subject(item).is_some_and(|ident| *ident == type_name)) {
            form.visit_item_mut(item);
        }
        if !form.sent {
            return Err(PassError { pass: PASS.name, what: format!("body of `{}`", operation.id) });
        }
    }
    Ok(())
}

struct Form {
    sent: bool,
}

impl VisitMut for Form {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_path_mut(self, path);
        if path.to_token_stream().to_string() == "reqwest :: Body" {
            *path = parse_quote!(reqwest::multipart::Form);
        }
    }

    fn visit_lit_str_mut(&mut self, text: &mut LitStr) {
        let value = text.value();
        if value.contains("`reqwest::Body`") {
            *text = LitStr::new(&value.replace("reqwest::Body", "reqwest::multipart::Form"), text.span());
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_expr_mut(self, expr);
        let Expr::MethodCall(call) = expr else { return };
        let receiver = &call.receiver;
        // reqwest sets the content type itself, with the boundary.
        if call.method == "header"
            && call.args.first().is_some_and(|name| name.to_token_stream().to_string().ends_with("CONTENT_TYPE"))
        {
            *expr = parse_quote!(#receiver);
        } else if call.method == "body" && receiver.to_token_stream().to_string().contains("client") {
            let body = &call.args;
            *expr = parse_quote!(#receiver.multipart(#body));
            self.sent = true;
        }
    }
}
