//! Forms with files: progenitor errs on `multipart/form-data`, so normalisation shows it bytes; here the builder takes a form
//! of reqwest's, whose boundary and parts bytes alone could not tell.

use quote::ToTokens;
use serde_json::{Value, json};
use syn::visit_mut::{VisitMut, visit_expr_mut, visit_path_mut};
use syn::{Expr, LitStr, Path, parse_quote};

use super::operations::operations;
use super::tree::{module, subject};
use super::{Context, Pass, PassError};
use crate::markdown::code;
use crate::markdown::prose;
use crate::model::pascal;
use crate::normalize::{MEDIA_TYPE, RequestBody, essence};

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

/// What the parts of a form are, for whoever puts it together.
pub(super) fn words(context: &Context<'_>, body: &RequestBody) -> String {
    let encoding = context.document.get(&body.pointer).and_then(|media| media.get("encoding"));
    let required = body.schema.get("required").and_then(Value::as_array);
    let properties = body.schema.get("properties").and_then(Value::as_object);
    let mut lines = vec!["Sets the request's body, a form that you put together.".to_owned()];
    for (index, (name, schema)) in properties.into_iter().flatten().enumerate() {
        if index == 0 {
            lines.push("\nIts parts:\n".to_owned());
        }
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let own = encoding.and_then(|encoding| encoding.get(name)).unwrap_or(&Value::Null);
        let is_required = required.is_some_and(|names| names.iter().any(|one| one.as_str() == Some(name)));
        let mut line = format!("- {} ({})", code(&json!(name)), if is_required { "required" } else { "optional" });
        let headers = own.get("headers").and_then(Value::as_object).into_iter().flat_map(|headers| headers.keys());
        let told = text(schema, "description").map(|words| prose(&words).replace('\n', " "));
        let media_type = text(own, "contentType").map(|media_type| format!("as {}", code(&json!(media_type))));
        let headers = headers.map(|header| format!("with the header {}", code(&json!(header))));
        let told: Vec<String> = told.into_iter().chain(media_type).chain(headers).collect();
        if !told.is_empty() {
            line.push_str(&format!(": {}", told.join(", ")));
        }
        lines.push(line);
    }
    lines.join("\n")
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
