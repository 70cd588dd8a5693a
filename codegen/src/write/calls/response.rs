//! How an operation reads its response, by status.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericArgument, PathArguments, ReturnType, Signature, Type};

use crate::model::{Api, Operation, Reading, ResponseBody, StatusEnum, StatusVariant};
use crate::progenitor::ProgenitorError;

/// The expression that reads the response; `send` is progenitor's signature.
pub fn write(api: &Api<'_>, operation: &Operation<'_>, send: &Signature) -> Result<TokenStream, ProgenitorError> {
    let error = error_type(&send.output).ok_or_else(|| {
        ProgenitorError::Missing(format!(
            "error type in the signature of `send` of the operation `{}`",
            operation.ident
        ))
    })?;
    let arms = arms(api, operation, &error);
    let is_whole = operation.readings.iter().any(|reading| reading.status == "default");
    let other = (!is_whole).then(|| quote!(_ => super::runtime::unexpected(response, &client.settings).await,));
    Ok(quote! {
        match response.status().as_u16() {
            #(#arms)*
            #other
        }
    })
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

/// A status and what is read of its response. Two that are equal are read alike.
#[derive(PartialEq)]
struct Arm<'a> {
    success: bool,
    body: &'a ResponseBody,
    variant: Option<(&'a str, &'a str)>,
}

/// The arms of the match: single statuses first, then ranges, then `default`.
fn arms(api: &Api<'_>, operation: &Operation<'_>, error: &Type) -> Vec<TokenStream> {
    let mut readings: Vec<&Reading<'_>> = operation.readings.iter().collect();
    readings.sort_by_key(|reading| (reading.breadth(), reading.status));
    // Statuses that are read alike share an arm.
    let mut arms: Vec<(Arm<'_>, Vec<TokenStream>)> = Vec::new();
    for reading in readings {
        let Some(pattern) = pattern(reading.status) else { continue };
        let variant = variant(api, operation, reading);
        let arm = Arm {
            success: reading.success,
            body: variant.map_or(&reading.body, |(_, variant)| &variant.body),
            variant: variant.map(|(status_enum, variant)| (status_enum.ident.as_str(), variant.ident.as_str())),
        };
        match arms.iter_mut().find(|(same, _)| *same == arm) {
            // A range must not move ahead of the statuses within it.
            Some((_, patterns)) if reading.breadth() == 0 => patterns.push(pattern),
            _ => arms.push((arm, vec![pattern])),
        }
    }
    let mut arms: Vec<TokenStream> = arms
        .iter()
        .map(|(arm, patterns)| {
            let read = arm.read(error);
            quote!(#(#patterns)|* => #read,)
        })
        .collect();
    // Where a document declares no success at all, the caller reads whatever comes.
    if !operation.declares_success() {
        arms.insert(0, quote!(200..=299 => Ok(super::runtime::stream(response)),));
    }
    arms
}

/// The enum of an operation's statuses and the variant in it that stands for a reading, where there is such an enum.
fn variant<'a>(
    api: &'a Api<'_>,
    operation: &Operation<'_>,
    reading: &Reading<'_>,
) -> Option<(&'a StatusEnum, &'a StatusVariant)> {
    let index = if reading.success { operation.success } else { operation.failure };
    let status_enum = api.status_enum(index)?;
    Some((status_enum, status_enum.variant(reading.status)?))
}

fn pattern(status: &str) -> Option<TokenStream> {
    if status == "default" {
        return Some(quote!(_));
    }
    let literal = Literal::u16_unsuffixed;
    if let Some(class) = status.strip_suffix("XX").and_then(|class| class.parse::<u16>().ok()) {
        let (first, last) = (literal(class * 100), literal(class * 100 + 99));
        return Some(quote!(#first..=#last));
    }
    let status = literal(status.parse().ok()?);
    Some(quote!(#status))
}

impl Arm<'_> {
    /// An expression of `Result<ResponseValue<_>, Error<_>>`.
    fn read(&self, error: &Type) -> TokenStream {
        match self.variant {
            None => self.alone(),
            Some((ident, variant)) => self.as_variant(ident, variant, error),
        }
    }

    /// The response is the only one of its side.
    fn alone(&self) -> TokenStream {
        let (call, is_result) = match self.body {
            ResponseBody::Json(_) if self.success => (quote!(success(response, &client.settings).await), true),
            ResponseBody::Json(_) => (quote!(json(response, &client.settings).await), true),
            ResponseBody::Raw => (quote!(stream(response)), false),
            ResponseBody::Empty => (quote!(empty(response, &client.settings).await), true),
        };
        match (self.success, is_result) {
            (true, true) => quote!(super::runtime::#call),
            (true, false) => quote!(Ok(super::runtime::#call)),
            (false, true) => quote!(Err(Error::ErrorResponse(super::runtime::#call?))),
            (false, false) => quote!(Err(Error::ErrorResponse(super::runtime::#call))),
        }
    }

    /// The response becomes a variant. What that holds says nothing of the operation's error, which the call must be told.
    fn as_variant(&self, ident: &str, variant: &str, error: &Type) -> TokenStream {
        let (ident, variant) = (format_ident!("{ident}"), format_ident!("{variant}"));
        let call = match self.body {
            ResponseBody::Json(ty) => {
                let (reading, ty) = (if self.success { quote!(success) } else { quote!(json) }, ty.beside_types());
                quote!(#reading::<#ty, #error>(response, &client.settings).await)
            }
            ResponseBody::Raw => quote!(bytes::<#error>(response, &client.settings).await),
            ResponseBody::Empty => quote!(empty::<#error>(response, &client.settings).await),
        };
        let wrapped = match self.body {
            ResponseBody::Empty => quote!(map(|()| types::#ident::#variant)),
            _ => quote!(map(types::#ident::#variant)),
        };
        let read = quote!(super::runtime::#call?.#wrapped);
        if self.success { quote!(Ok(#read)) } else { quote!(Err(Error::ErrorResponse(#read))) }
    }
}
