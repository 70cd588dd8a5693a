//! Bodies that may be left out: progenitor sends each, and gives an error where there is none to send.

use quote::ToTokens;
use syn::visit_mut::{VisitMut, visit_block_mut};
use syn::{Block, Expr, Fields, ImplItem, Item, Stmt, Type, parse_quote};

use super::operations::operations;
use super::tree::{module, subject};
use super::{Context, Pass, PassError};
use crate::model::pascal;
use crate::normalize::{BodyKind, RequestBody};

pub(super) const PASS: Pass =
    Pass { name: "bodies", about: "a body that the document calls optional could not be left out", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let bodies = &context.normalized.bodies;
        let Some(body) = bodies.iter().find(|body| body.operation == operation.name && !body.required) else {
            continue;
        };
        let type_name = pascal(operation.name);
        let mut found = Found::default();
        let builders = module(PASS.name, file, "builder")?;
        for item in builders.iter_mut().filter(|item| subject(item).is_some_and(|ident| *ident == type_name)) {
            match item {
                Item::Struct(item) => found.field |= hold_an_option(&mut item.fields),
                Item::Impl(item) => {
                    for item in &mut item.items {
                        let ImplItem::Fn(function) = item else { continue };
                        if function.sig.ident == "new" {
                            let mut beginning = Beginning { emptied: false };
                            beginning.visit_block_mut(&mut function.block);
                            found.beginning |= beginning.emptied;
                        } else if function.sig.ident == "send" {
                            found.sending |= send_what_there_is(&mut function.block, body);
                        }
                    }
                }
                _ => {}
            }
        }
        if !(found.field && found.beginning && found.sending) {
            return Err(PassError { pass: PASS.name, what: format!("body of `{}`", operation.id) });
        }
    }
    Ok(())
}

#[derive(Default)]
struct Found {
    field: bool,
    beginning: bool,
    sending: bool,
}

/// `body: Result<T, String>` holds an `Option<T>` instead.
fn hold_an_option(fields: &mut Fields) -> bool {
    let body = fields.iter_mut().find(|field| field.ident.as_ref().is_some_and(|ident| ident == "body"));
    let Some(Type::Path(path)) = body.map(|field| &mut field.ty) else { return false };
    let Some(last) = path.path.segments.last_mut() else { return false };
    let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments else { return false };
    let Some(syn::GenericArgument::Type(held)) = arguments.args.first_mut() else { return false };
    *held = parse_quote!(::std::option::Option<#held>);
    true
}

/// The builder's fields before anything is given.
struct Beginning {
    emptied: bool,
}

impl VisitMut for Beginning {
    fn visit_field_value_mut(&mut self, field: &mut syn::FieldValue) {
        if matches!(&field.member, syn::Member::Named(name) if name == "body") {
            field.expr = parse_quote!(Ok(None));
            self.emptied = true;
        }
    }
}

/// Takes what sends the body out of the request's chain of calls, and calls it where there is one.
fn send_what_there_is(block: &mut Block, body: &RequestBody) -> bool {
    let mut sending = Sending { body, sent: false };
    sending.visit_block_mut(block);
    sending.sent
}

struct Sending<'a> {
    body: &'a RequestBody,
    sent: bool,
}

impl VisitMut for Sending<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        for statement in std::mem::take(&mut block.stmts) {
            let text = statement.to_token_stream().to_string();
            match &self.body.kind {
                BodyKind::Struct(ty) if text.starts_with("let body = body") => {
                    let ty = ty.beside_types();
                    block.stmts.push(parse_quote! {
                        let body = body
                            .and_then(|body| body.map(#ty::try_from).transpose().map_err(|error| error.to_string()))
                            .map_err(Error::InvalidRequest)?;
                    });
                }
                _ if text.ends_with(". build () ? ;") => match split(&statement) {
                    Some((request, with_body)) => {
                        self.sent = true;
                        block.stmts.push(parse_quote!(let request = #request;));
                        block.stmts.push(parse_quote! {
                            let request = match body {
                                Some(body) => #with_body,
                                None => request,
                            };
                        });
                        block.stmts.push(parse_quote!(let request = request.build()?;));
                    }
                    None => block.stmts.push(statement),
                },
                _ => block.stmts.push(statement),
            }
        }
        visit_block_mut(self, block);
    }
}

/// The request without its body, and `request` with it.
fn split(statement: &Stmt) -> Option<(Expr, Expr)> {
    let Stmt::Local(local) = statement else { return None };
    let Expr::Try(tried) = &*local.init.as_ref()?.expr else { return None };
    let Expr::MethodCall(build) = &*tried.expr else { return None };
    let mut calls = Vec::new();
    let request = without_body((*build.receiver).clone(), &mut calls);
    let with_body = calls.into_iter().rev().fold(parse_quote!(request), |request: Expr, call| call(request));
    Some((request, with_body))
}

type Call = Box<dyn FnOnce(Expr) -> Expr>;

/// A chain of calls without those that are about the body, which are kept, the last one first.
fn without_body(expr: Expr, taken: &mut Vec<Call>) -> Expr {
    match expr {
        // What is tried is a call that may fail, which a form is.
        Expr::Try(tried) => match *tried.expr {
            Expr::MethodCall(call) if is_about_the_body(&call) => {
                let receiver = (*call.receiver).clone();
                taken.push(Box::new(move |request| {
                    let (method, arguments) = (&call.method, &call.args);
                    parse_quote!(#request.#method(#arguments)?)
                }));
                without_body(receiver, taken)
            }
            other => {
                let inner = without_body(other, taken);
                parse_quote!(#inner?)
            }
        },
        Expr::MethodCall(mut call) => {
            let receiver = (*call.receiver).clone();
            if is_about_the_body(&call) {
                taken.push(Box::new(move |request| {
                    *call.receiver = request;
                    Expr::MethodCall(call)
                }));
                return without_body(receiver, taken);
            }
            call.receiver = Box::new(without_body(receiver, taken));
            Expr::MethodCall(call)
        }
        other => other,
    }
}

fn is_about_the_body(call: &syn::ExprMethodCall) -> bool {
    let first = call.args.first().map(|argument| argument.to_token_stream().to_string()).unwrap_or_default();
    match call.method.to_string().as_str() {
        "form_urlencoded" => true,
        "json" | "body" | "multipart" => first.trim_start_matches(['&', ' ']) == "body",
        "header" => first.ends_with("CONTENT_TYPE"),
        _ => false,
    }
}
