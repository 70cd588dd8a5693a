//! Requests: progenitor sends a header that no document names, calls parameters by the identifiers that normalisation
//! gave them, knows one style a place, and calls methods that reqwest does not have.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;
use syn::punctuated::Punctuated;
use syn::visit_mut::{VisitMut, visit_block_mut, visit_expr_mut};
use syn::{Block, Expr, ExprMethodCall, Item, Macro, Stmt, Token, parse_quote};

use super::client::base_url;
use super::operations::{Operation, operations};
use super::tree::{module, subject};
use super::{Context, Pass, PassError};
use crate::model::{NamedTypes, TypeRef, pascal};
use crate::normalize::{MEDIA_TYPE, Parameter};

pub(super) const PASS: Pass = Pass {
    name: "requests",
    about: "requests would carry a foreign header, and parameters under names and in styles that are not the document's",
    apply,
};

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let parameters: BTreeMap<String, &Parameter> = context
            .normalized
            .parameters
            .iter()
            .filter(|parameter| parameter.operation == operation.name)
            .map(|parameter| (parameter.ident.clone(), parameter))
            .collect();
        let has_headers = parameters.values().any(|parameter| matches!(parameter.place.as_str(), "header" | "cookie"));
        let mut visitor = Requests {
            types: NamedTypes::new(&context.normalized.types),
            media_type: operation
                .normalized
                .pointer("/requestBody")
                .and_then(|body| body.get(MEDIA_TYPE))
                .and_then(Value::as_str),
            accept: accept(&operation),
            server: own_server(context, &operation),
            has_headers,
            parameters,
            reserved: Vec::new(),
            sent: 0,
            version_header: false,
        };
        let type_name = pascal(operation.name);
        let builders = module(PASS.name, file, "builder")?;
        for item in builders.iter_mut().filter(|item| matches!(item, Item::Impl(_))) {
            if subject(item).is_some_and(|ident| *ident == type_name) {
                visitor.visit_item_mut(item);
            }
        }
        let missing = |what: &str| PassError { pass: PASS.name, what: format!("{what} of `{}`", operation.id) };
        if !visitor.version_header {
            return Err(missing("`api-version` header"));
        }
        if visitor.sent != visitor.parameters.len() {
            return Err(missing("place of every parameter"));
        }
    }
    Ok(())
}

/// The base URL of the document and of an operation that has, or whose path item has, another one.
fn own_server(context: &Context<'_>, operation: &Operation<'_>) -> Option<(String, String)> {
    let root = context.document.root();
    let default = base_url(root)?;
    let path_item = root.get("paths").and_then(|paths| paths.get(operation.path));
    let own = base_url(operation.original).or_else(|| base_url(path_item?))?;
    (own != default).then_some((default, own))
}

/// The media types that the operation's answers come in, JSON first; none where no answer has content.
fn accept(operation: &Operation<'_>) -> Option<String> {
    let responses = operation.normalized.get("responses").and_then(Value::as_object);
    let mut types: Vec<&str> = Vec::new();
    for response in responses.into_iter().flat_map(|responses| responses.values()) {
        let Some(media_type) = response.get(MEDIA_TYPE).and_then(Value::as_str) else { continue };
        if !types.contains(&media_type) {
            types.push(media_type);
        }
    }
    let visible = types.iter().all(|media_type| media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
    (!types.is_empty() && visible).then(|| types.join(", "))
}

struct Requests<'a> {
    types: NamedTypes<'a>,
    parameters: BTreeMap<String, &'a Parameter>,
    media_type: Option<&'a str>,
    accept: Option<String>,
    /// The document's own base URL and this operation's, where they differ.
    server: Option<(String, String)>,
    has_headers: bool,
    /// What is put into the query as it is, once the request is built.
    reserved: Vec<Expr>,
    sent: usize,
    version_header: bool,
}

impl VisitMut for Requests<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain(|statement| {
            let text = statement.to_token_stream().to_string();
            let version = text.starts_with("header_map . append") && text.contains("\"api-version\"");
            self.version_header |= version;
            let map = text.starts_with("let mut header_map") && !self.has_headers;
            !(version || map)
        });
        visit_block_mut(self, block);
        for mut statement in std::mem::take(&mut block.stmts) {
            let built = statement.to_token_stream().to_string().ends_with(". build () ? ;");
            if let Stmt::Local(local) = &mut statement
                && let syn::Pat::Ident(request) = &local.pat
                && built
            {
                let request = request.ident.clone();
                block.stmts.push(statement);
                for pairs in self.reserved.drain(..) {
                    block.stmts.push(parse_quote!(let #request = super::runtime::with_reserved(#request, &#pairs);));
                }
            } else {
                block.stmts.push(statement);
            }
        }
        for statement in &mut block.stmts {
            if let Stmt::Expr(Expr::MethodCall(call), _) = statement {
                self.header_parameter(call);
            }
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_expr_mut(self, expr);
        match expr {
            Expr::Macro(call) => {
                if let Some(replacement) = self.url(&call.mac) {
                    *expr = replacement;
                }
            }
            Expr::MethodCall(call) => {
                if let Some(replacement) = self.method_call(call) {
                    *expr = replacement;
                }
            }
            Expr::Call(call) => {
                let function = call.func.to_token_stream().to_string();
                if function == "encode_path" {
                    if let Some(replacement) = self.path_parameter(call.args.first()) {
                        *expr = replacement;
                    }
                } else if function.ends_with("QueryParam :: new")
                    && let Some(replacement) = self.query_parameter(call.args.last())
                {
                    *expr = replacement;
                }
            }
            _ => {}
        }
    }
}

impl<'a> Requests<'a> {
    /// The parameter whose identifier an expression such as `&pet_id.to_string()` begins with.
    fn parameter(&mut self, expr: Option<&Expr>) -> Option<&'a Parameter> {
        let text = expr?.to_token_stream().to_string();
        let ident = text.trim_start_matches(['&', ' ', '*']).split(['.', ' ']).next()?;
        let parameter = self.parameters.get(ident).copied()?;
        self.sent += 1;
        Some(parameter)
    }

    /// The URL is put together in a `format!`, whose arguments are no expressions to the syntax tree; a list of its parts
    /// says the same.
    fn url(&mut self, call: &Macro) -> Option<Expr> {
        if !call.path.is_ident("format") {
            return None;
        }
        let arguments = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?;
        let mut arguments = arguments.into_iter();
        let Some(Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(template), .. })) = arguments.next() else { return None };
        let template = template.value();
        if !template.starts_with("{}/") {
            return None;
        }
        let mut parts: Vec<Expr> = Vec::new();
        for (index, constant) in template.split("{}").enumerate() {
            if !constant.is_empty() {
                parts.push(parse_quote!(#constant));
            }
            let Some(mut argument) = arguments.next() else { continue };
            self.visit_expr_mut(&mut argument);
            parts.push(match &self.server {
                // An operation with a server of its own goes there, unless the client was pointed elsewhere.
                Some((default, own)) if index == 0 => {
                    parse_quote!(if #argument == #default { #own } else { #argument.as_str() })
                }
                None if index == 0 => parse_quote!(#argument.as_str()),
                _ => parse_quote!(&#argument),
            });
        }
        Some(parse_quote!([#(#parts),*].concat()))
    }

    fn path_parameter(&mut self, argument: Option<&Expr>) -> Option<Expr> {
        let parameter = self.parameter(argument)?;
        // A number needs no care in a path.
        if parameter.style == "simple"
            && matches!(parameter.ty, TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::F64)
        {
            return None;
        }
        let (ident, wire, explode) = (format_ident!("{}", parameter.ident), &parameter.wire, parameter.explode);
        let style = style(&parameter.style);
        Some(
            parse_quote!(super::runtime::path_parameter(#wire, &#ident, #style, #explode).map_err(Error::InvalidRequest)?),
        )
    }

    fn query_parameter(&mut self, argument: Option<&Expr>) -> Option<Expr> {
        let parameter = self.parameter(argument)?;
        let (ident, wire, explode) = (format_ident!("{}", parameter.ident), &parameter.wire, parameter.explode);
        if !parameter.reserved && parameter.style == "form" && (explode || self.types.is_scalar(&parameter.ty)) {
            return Some(parse_quote!(progenitor_client::QueryParam::new(#wire, &#ident)));
        }
        let style = style(&parameter.style);
        let pairs: Expr = parse_quote!(super::runtime::query_parameter(#wire, &#ident, #style, #explode).map_err(Error::InvalidRequest)?);
        if parameter.reserved {
            self.reserved.push(pairs);
            return Some(parse_quote!(RESERVED));
        }
        Some(pairs)
    }

    /// `header_map.append("ident", ident.to_string().try_into()?)`, alone or for the `value` of an optional parameter.
    fn header_parameter(&mut self, call: &mut ExprMethodCall) {
        if call.method != "append" || call.receiver.to_token_stream().to_string() != "header_map" {
            return;
        }
        let Some(name) = call.args.first().map(|name| name.to_token_stream().to_string()) else { return };
        let Some(parameter) = self.parameters.get(name.trim_matches('"')).copied() else { return };
        self.sent += 1;
        let ident = if parameter.required { format_ident!("{}", parameter.ident) } else { format_ident!("value") };
        let (wire, explode, style) = (&parameter.wire, parameter.explode, style(&parameter.style));
        let scalar = self.types.is_scalar(&parameter.ty) && parameter.style != "json";
        let text = if scalar {
            quote!(#ident.to_string())
        } else {
            quote!(super::runtime::header_parameter(&#ident, #style, #explode).map_err(Error::InvalidRequest)?)
        };
        *call = if parameter.place == "cookie" {
            parse_quote!(
                header_map.insert(::reqwest::header::COOKIE, super::runtime::cookie(&header_map, #wire, &#text).try_into()?)
            )
        } else {
            parse_quote!(header_map.append(::reqwest::header::HeaderName::try_from(#wire).map_err(|error| Error::InvalidRequest(error.to_string()))?, #text.try_into()?))
        };
    }

    fn method_call(&mut self, call: &ExprMethodCall) -> Option<Expr> {
        let receiver = &call.receiver;
        match call.method.to_string().as_str() {
            method @ ("options" | "trace") if call.args.len() == 1 => {
                let (method, url) = (format_ident!("{}", method.to_ascii_uppercase()), call.args.first()?);
                Some(parse_quote!(#receiver.request(::reqwest::Method::#method, #url)))
            }
            "headers" if !self.has_headers => Some(parse_quote!(#receiver)),
            "header" => {
                let name = call.args.first()?.to_token_stream().to_string();
                if name.ends_with("ACCEPT") {
                    let accept = self.accept.as_ref()?;
                    return Some(
                        parse_quote!(#receiver.header(::reqwest::header::ACCEPT, ::reqwest::header::HeaderValue::from_static(#accept))),
                    );
                }
                let media_type = self.media_type.filter(|_| name.ends_with("CONTENT_TYPE"))?;
                Some(parse_quote!(#receiver.header(::reqwest::header::CONTENT_TYPE, #media_type)))
            }
            // What is sent as it is waits until the request is built.
            "query" if call.args.first()?.to_token_stream().to_string() == "& RESERVED" => {
                Some(parse_quote!(#receiver))
            }
            // reqwest sets the content type of JSON itself, unless it is set already.
            "json" => {
                let (media_type, argument) =
                    (self.media_type.filter(|name| *name != "application/json")?, call.args.first()?);
                Some(parse_quote!(#receiver.header(::reqwest::header::CONTENT_TYPE, #media_type).json(#argument)))
            }
            _ => None,
        }
    }
}

/// A style as the runtime names it.
pub(super) fn style(name: &str) -> TokenStream {
    let variant = format_ident!("{}", pascal(name));
    quote!(super::runtime::Style::#variant)
}
