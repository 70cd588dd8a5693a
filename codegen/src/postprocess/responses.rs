//! Answers: progenitor puts a range of statuses ahead of the statuses within it, and knows one type for all successes and
//! one for all errors.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Expr, GenericArgument, ImplItem, Item, PathArguments, ReturnType, Stmt, Type, parse_quote};

use super::operations::{Operation, operations};
use super::tree::{module, subject};
use super::{Context, Pass, PassError};
use crate::model::pascal;
use crate::normalize::{ANSWER, AnswerBody, AnswerType, body};

pub(super) const PASS: Pass = Pass {
    name: "responses",
    about: "a range of statuses would win over the statuses within it, and answers of several types would not decode",
    apply,
};

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let missing = |what: &str| PassError { pass: PASS.name, what: format!("{what} of `{}`", operation.id) };
        let type_name = pascal(operation.name);
        let builders = module(PASS.name, file, "builder")?;
        let impls = builders.iter_mut().filter(|item| subject(item).is_some_and(|ident| *ident == type_name));
        let send = impls
            .filter_map(|item| match item {
                Item::Impl(item) => Some(item),
                _ => None,
            })
            .flat_map(|item| item.items.iter_mut())
            .find_map(|item| match item {
                ImplItem::Fn(function) if function.sig.ident == "send" => Some(function),
                _ => None,
            })
            .ok_or_else(|| missing("`send`"))?;
        let error = error_type(&send.sig.output).ok_or_else(|| missing("error type"))?;
        let arms = arms(&operation, &context.normalized.answers, &error);
        let Some(Stmt::Expr(Expr::Match(decoding), None)) = send.block.stmts.last_mut() else {
            return Err(missing("decoding of answers"));
        };
        *decoding = parse_quote!(match response.status().as_u16() {
            #(#arms)*
            _ => super::runtime::unexpected(response, &client.settings).await,
        });
    }
    Ok(())
}

/// The `E` of `Result<_, Error<E>>`.
fn error_type(output: &ReturnType) -> Option<Type> {
    let ReturnType::Type(_, ty) = output else { return None };
    let last = |ty: &Type| -> Option<Type> {
        let Type::Path(path) = ty else { return None };
        let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
        match arguments.args.last()? {
            GenericArgument::Type(ty) => Some(ty.clone()),
            _ => None,
        }
    };
    last(&last(ty)?)
}

/// Whether the caller reads one of the operation's answers as a stream.
pub(super) fn is_streamed(operation: &Operation<'_>) -> bool {
    let mut bodies = responses(operation).map(|(_, response)| body(response));
    bodies.any(|body| body == AnswerBody::Raw) || !has_success(operation)
}

/// The answers that can be told from others, by status.
fn responses<'a>(operation: &Operation<'a>) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let responses = operation.normalized.get("responses").and_then(Value::as_object);
    responses.into_iter().flatten().filter(|(status, _)| status.starts_with(['2', '4', '5']))
}

fn has_success(operation: &Operation<'_>) -> bool {
    responses(operation).any(|(status, _)| status.starts_with('2'))
}

/// The arms of an operation's decoding: single statuses first, then ranges.
fn arms(operation: &Operation<'_>, answers: &[AnswerType], error: &Type) -> Vec<TokenStream> {
    let mut responses: Vec<(&String, &Value)> = responses(operation).collect();
    responses.sort_by_key(|(status, _)| (status.ends_with('X'), (*status).clone()));
    // Statuses that are read alike share an arm.
    let mut arms: Vec<(TokenStream, Vec<TokenStream>)> = Vec::new();
    for (status, response) in &responses {
        let Some(pattern) = pattern(status) else { continue };
        let read = read(status, response, answers, error);
        match arms.iter_mut().find(|(same, _)| same.to_string() == read.to_string()) {
            // A range must not move ahead of the statuses within it.
            Some((_, patterns)) if !status.ends_with('X') => patterns.push(pattern),
            _ => arms.push((read, vec![pattern])),
        }
    }
    let mut arms: Vec<TokenStream> =
        arms.into_iter().map(|(read, patterns)| quote!(#(#patterns)|* => #read,)).collect();
    // Where a document declares no success at all, progenitor lets the caller read whatever comes.
    if !has_success(operation) {
        arms.insert(0, quote!(200..=299 => Ok(super::runtime::stream(response)),));
    }
    arms
}

/// What the answer with a status has for a body, whether it is the operation's only kind or one of several.
pub(super) fn body_of(status: &str, response: &Value, answers: &[AnswerType]) -> AnswerBody {
    variant(status, response, answers).map_or_else(|| body(response), |(_, (_, _, held))| held.clone())
}

/// The enum of the operation's answers and the variant in it that stands for a status, where there is such an enum.
fn variant<'a>(
    status: &str,
    response: &Value,
    answers: &'a [AnswerType],
) -> Option<(&'a AnswerType, &'a (String, String, AnswerBody))> {
    let ident = response.get(ANSWER).and_then(Value::as_str)?;
    let answer = answers.iter().find(|answer| answer.ident == ident)?;
    Some((answer, answer.variants.iter().find(|(of, _, _)| of == status)?))
}

fn pattern(status: &str) -> Option<TokenStream> {
    let literal = proc_macro2::Literal::u16_unsuffixed;
    if let Some(class) = status.strip_suffix("XX").and_then(|class| class.parse::<u16>().ok()) {
        let (first, last) = (literal(class * 100), literal(class * 100 + 99));
        return Some(quote!(#first..=#last));
    }
    let status = literal(status.parse().ok()?);
    Some(quote!(#status))
}

/// An expression of `Result<ResponseValue<_>, Error<_>>` that reads the answer with a status.
fn read(status: &str, response: &Value, answers: &[AnswerType], error: &Type) -> TokenStream {
    let success = status.starts_with('2');
    let variant = variant(status, response, answers);
    let body = body_of(status, response, answers);
    let call = match &body {
        AnswerBody::Json(_) if success => quote!(success(response, &client.settings).await),
        AnswerBody::Json(_) => quote!(json(response, &client.settings).await),
        AnswerBody::Raw if variant.is_some() => quote!(bytes(response, &client.settings).await),
        AnswerBody::Raw => quote!(stream(response)),
        AnswerBody::Empty => quote!(empty(response, &client.settings).await),
    };
    let is_result = !matches!(body, AnswerBody::Raw) || variant.is_some();
    let Some((answer, (_, variant, _))) = variant else {
        return match (success, is_result) {
            (true, true) => quote!(super::runtime::#call),
            (true, false) => quote!(Ok(super::runtime::#call)),
            (false, true) => quote!(Err(Error::ErrorResponse(super::runtime::#call?))),
            (false, false) => quote!(Err(Error::ErrorResponse(super::runtime::#call))),
        };
    };
    let (ident, variant) = (format_ident!("{}", answer.ident), format_ident!("{variant}"));
    let wrapped = match &body {
        AnswerBody::Empty => quote!(map(|()| types::#ident::#variant)),
        _ => quote!(map(types::#ident::#variant)),
    };
    // What the variant holds says nothing of the operation's error, which the call must be told.
    let call = match &body {
        AnswerBody::Json(ty) => {
            let (reading, ty) = (format_ident!("{}", if success { "success" } else { "json" }), ty.beside_types());
            quote!(#reading::<#ty, #error>(response, &client.settings).await)
        }
        AnswerBody::Raw => quote!(bytes::<#error>(response, &client.settings).await),
        AnswerBody::Empty => quote!(empty::<#error>(response, &client.settings).await),
    };
    let read = quote!(super::runtime::#call?.#wrapped);
    if success { quote!(Ok(#read)) } else { quote!(Err(Error::ErrorResponse(#read))) }
}
