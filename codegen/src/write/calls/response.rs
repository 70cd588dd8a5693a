//! How an operation reads its response, by status.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericArgument, PathArguments, ReturnType, Signature, Type};

use crate::model::{Alternate, Api, Framing, Operation, Reading, ResponseBody, StatusEnum, StatusVariant, Types};
use crate::progenitor::ProgenitorError;
use crate::write::conformance;

/// The arms by which the response is read, by `send` or else by the method for another media type.
pub fn write(api: &Api<'_>, operation: &Operation<'_>, alternate: Option<&Alternate<'_>>) -> TokenStream {
    let arms = arms(api, operation, alternate);
    let open = arms.iter().any(|arm| arm.is_open).then(|| quote!(open));
    let (others, arms): (Vec<Arm>, Vec<Arm>) = arms.into_iter().partition(|arm| arm.statuses.is_empty());
    let reads = arms.iter().map(|Arm { statuses, read, .. }| quote!(#(#statuses)|* => [#read]));
    let others = others.iter().map(|Arm { read, .. }| quote!(; else [#read]));
    quote!(#open #(#reads),* #(#others)*)
}

/// What `send` gives: what progenitor says, save where it has no notion of the success.
///
/// # Errors
/// Where progenitor says nothing.
pub fn success(operation: &Operation<'_>, send: &Signature) -> Result<TokenStream, ProgenitorError> {
    let first = operation.readings.iter().find(|reading| reading.success && operation.success.is_none());
    match first.map(|first| &first.body) {
        Some(body @ ResponseBody::Stream(..)) => Ok(value(body)),
        _ => success_of(&send.output).map(|ty| quote!(#ty)).ok_or_else(|| {
            let of = &operation.ident;
            ProgenitorError::Missing(format!("success in the signature of `send` of the operation `{of}`"))
        }),
    }
}

/// What the method for another media type gives.
pub fn success_in(alternate: &Alternate<'_>) -> TokenStream {
    value(alternate.readings.first().map_or(&ResponseBody::Raw, |reading| &reading.body))
}

/// The type of a body that is read, in the module of the builders.
fn value(body: &ResponseBody) -> TokenStream {
    match body {
        ResponseBody::Json(ty, _) | ResponseBody::Text(ty, _) => ty.beside_types(),
        ResponseBody::Raw => quote!(ByteStream),
        ResponseBody::Stream(ty, framing, _) => {
            let (stream, ty) = (format_ident!("{}", framing.stream()), ty.beside_types());
            quote!(super::runtime::#stream<#ty>)
        }
        ResponseBody::Empty => quote!(()),
    }
}

/// The `T` of `Result<ResponseValue<T>, _>`.
fn success_of(output: &ReturnType) -> Option<Type> {
    let ReturnType::Type(_, ty) = output else { return None };
    let first = |ty: &Type| -> Option<Type> {
        let Type::Path(path) = ty else { return None };
        let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
        match arguments.args.first()? {
            GenericArgument::Type(ty) => Some(ty.clone()),
            _ => None,
        }
    };
    first(&first(ty)?)
}

/// What reads the responses of some statuses; of all that no other arm has where it names none.
struct Arm {
    statuses: Vec<TokenStream>,
    /// Whether it leaves the body to the caller.
    is_open: bool,
    /// What stands in its brackets.
    read: TokenStream,
}

/// What is read of a response. Two that are equal are read alike.
#[derive(PartialEq)]
struct Read<'a> {
    success: bool,
    body: &'a ResponseBody,
    media_type: &'a str,
    variant: Option<(&'a str, &'a str)>,
}

/// The arms: single statuses first, then ranges, then `default`.
fn arms(api: &Api<'_>, operation: &Operation<'_>, alternate: Option<&Alternate<'_>>) -> Vec<Arm> {
    let mut readings: Vec<&Reading<'_>> = operation.readings_for(alternate).collect();
    readings.sort_by_key(|reading| (reading.breadth(), reading.status));
    // Statuses that are read alike share an arm.
    let mut reads: Vec<(Read<'_>, Vec<TokenStream>)> = Vec::new();
    for reading in readings {
        let Some(pattern) = pattern(reading.status) else { continue };
        let variant = variant(api, operation, reading).filter(|_| alternate.is_none());
        let content = operation.responses.get(reading.response).and_then(|response| response.content_of(reading));
        let read = Read {
            success: reading.success,
            body: variant.map_or(&reading.body, |(_, variant)| &variant.body),
            media_type: content.map_or("*/*", |content| content.media_type),
            variant: variant.map(|(status_enum, variant)| (status_enum.ident.as_str(), variant.ident.as_str())),
        };
        match reads.iter_mut().find(|(same, statuses)| *same == read && !statuses.is_empty()) {
            // A range must not move ahead of the statuses within it.
            Some((_, statuses)) if reading.breadth() == 0 => statuses.extend(pattern),
            _ => reads.push((read, Vec::from_iter(pattern))),
        }
    }
    let arms = reads.into_iter().map(|(read, statuses)| Arm {
        statuses,
        is_open: read.is_open(),
        read: read.written(&api.types),
    });
    // Where a document declares no success at all, the caller reads whatever comes.
    let whatever = (!operation.declares_success()).then(|| Arm {
        statuses: vec![quote!(200..=299)],
        is_open: true,
        read: quote!(stream, "*/*"),
    });
    whatever.into_iter().chain(arms).collect()
}

/// The enum of an operation's statuses and the variant in it that stands for a reading, where there is such an enum.
fn variant<'a>(
    api: &'a Api<'_>,
    operation: &Operation<'_>,
    reading: &Reading<'_>,
) -> Option<(&'a StatusEnum, &'a StatusVariant)> {
    let status_enum = api.status_enum(operation.success.filter(|_| reading.success))?;
    Some((status_enum, status_enum.variant(reading.status)?))
}

/// The pattern of a status, or of a range of them; of `default` none that any status would need.
fn pattern(status: &str) -> Option<Option<TokenStream>> {
    if status == "default" {
        return Some(None);
    }
    let literal = Literal::u16_unsuffixed;
    if let Some(class) = status.strip_suffix("XX").and_then(|class| class.parse::<u16>().ok()) {
        let (first, last) = (literal(class * 100), literal(class * 100 + 99));
        return Some(Some(quote!(#first..=#last)));
    }
    let status = literal(status.parse().ok()?);
    Some(Some(quote!(#status)))
}

impl Read<'_> {
    /// Whether the body is a stream. The bytes of an error are held whole, and those of one success among several.
    fn is_open(&self) -> bool {
        match self.body {
            ResponseBody::Stream(..) => true,
            ResponseBody::Raw => self.success && self.variant.is_none(),
            ResponseBody::Json(..) | ResponseBody::Text(..) | ResponseBody::Empty => false,
        }
    }

    /// The function that reads it, with its further arguments: behind the type of an error's value, ahead of the variant that a
    /// success becomes.
    fn written(&self, types: &Types) -> TokenStream {
        let (media_type, success) = (self.media_type, self.success);
        let variant = self.variant.map(|(ident, variant)| {
            let (ident, variant) = (format_ident!("{ident}"), format_ident!("{variant}"));
            match self.body {
                ResponseBody::Empty => quote!(=> |()| types::#ident::#variant),
                _ => quote!(=> types::#ident::#variant),
            }
        });
        let rules = || self.rules(types).unwrap_or_else(conformance::no_rules);
        let read = match self.body {
            ResponseBody::Json(..) if !success => quote!(),
            ResponseBody::Empty if !success => return quote!(error_status),
            ResponseBody::Json(..) => match self.rules(types) {
                Some(rules) => quote!(success_within, &#rules),
                None => quote!(success),
            },
            ResponseBody::Text(..) => {
                let rules = rules();
                quote!(text_value, #media_type, &#rules, #success)
            }
            ResponseBody::Raw if self.is_open() => quote!(stream, #media_type),
            ResponseBody::Raw => quote!(bytes, #media_type),
            ResponseBody::Stream(_, Framing::Events(text), _) => {
                let rules = rules();
                quote!(events, #media_type, #text, &#rules)
            }
            ResponseBody::Stream(_, Framing::Byte(end), _) => {
                let (end, rules) = (Literal::byte_character(*end), rules());
                quote!(items, #media_type, #end, &#rules)
            }
            ResponseBody::Empty => quote!(empty),
        };
        let error = (!success).then(|| match self.body {
            ResponseBody::Raw => quote!(error(super::runtime::Bytes)),
            body => {
                let value = value(body);
                quote!(error(#value))
            }
        });
        quote!(#error #read #variant)
    }

    /// What the document says of a body, or of a stream's values, whose type does not say it.
    fn rules(&self, types: &Types) -> Option<TokenStream> {
        match self.body {
            ResponseBody::Json(ty, restrictions)
            | ResponseBody::Text(ty, restrictions)
            | ResponseBody::Stream(ty, _, restrictions) => conformance::known_rules(restrictions, ty, types),
            ResponseBody::Raw | ResponseBody::Empty => None,
        }
    }
}
