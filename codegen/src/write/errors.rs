//! Conversions of each operation's error to the one without a described body, so that `?` works where one function calls several
//! operations.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::WriteError;
use super::sink::{self, Sink};
use crate::model::{Api, Operation, Shape, TypeRef};

/// Writes the conversions of all errors whose body is a type of the client's own.
///
/// # Errors
/// Where what is written is no Rust.
pub fn write(api: &Api<'_>, sink: &mut dyn Sink) -> Result<(), WriteError> {
    let mut idents: Vec<&str> = api.operations.iter().filter_map(|operation| body(api, operation)).collect();
    idents.sort_unstable();
    idents.dedup();
    if idents.is_empty() {
        return Ok(());
    }
    let bodies = idents.iter().map(|ident| format_ident!("{ident}")).map(|ident| quote!(types::#ident));
    let bodies: Vec<TokenStream> = bodies.collect();
    sink::items(sink, quote!(runtime::untyped! { #(#bodies),* }))
}

/// The type of an operation's error body. Aliases are told by what they stand for, since a conversion exists once.
fn body<'a>(api: &'a Api<'_>, operation: &Operation<'_>) -> Option<&'a str> {
    if let Some(status_enum) = api.status_enum(operation.failure) {
        return Some(&status_enum.ident);
    }
    let mut bodies =
        operation.readings.iter().filter(|reading| !reading.success).filter_map(|reading| reading.body.ty());
    let TypeRef::Named(ident) = bodies.next()? else { return None };
    let mut named = api.types.get(ident)?;
    // No chain of aliases is longer than there are types.
    for _ in api.types.iter() {
        match &named.shape {
            Shape::Alias(TypeRef::Named(target)) => named = api.types.get(target)?,
            Shape::Alias(_) => return None,
            _ => return Some(&named.ident),
        }
    }
    None
}
