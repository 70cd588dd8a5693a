//! The arguments of an operation: the fields of its builder, what they hold at first, and their setters.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::Ident;

use crate::model::{Api, BodyKind, Operation, Parameter, Sent, TypeRef, Types};
use crate::progenitor::{OperationItems, ProgenitorError};
use crate::spec::media_type::essence;
use crate::write::conformance;
use crate::write::doc::doc;
use crate::write::docs;

/// An argument of an operation.
pub enum Argument<'a> {
    /// A parameter.
    Parameter(&'a Parameter<'a>),
    /// The body.
    Body(Body<'a>),
    /// The media type of the body, where the document has a range of them: the range, and the media type unless another is given.
    MediaType(&'a str, Option<&'a str>),
}

/// The body among an operation's arguments.
pub struct Body<'a> {
    /// What is sent.
    pub sent: &'a Sent<'a>,
    /// Whether it must be given.
    pub required: bool,
    /// What it holds.
    pub holds: Holds<'a>,
}

/// What the builder holds for a body.
pub enum Holds<'a> {
    /// The builder of a struct, which is this type.
    Builder(&'a TypeRef),
    /// A value of this type.
    Value(&'a TypeRef),
    /// Bytes.
    Bytes,
    /// Several parts: the identifier of their type, where the document names some.
    Parts(Option<&'a str>),
}

/// The arguments, in the order of progenitor's builder.
pub fn all<'a>(
    api: &'a Api<'a>,
    operation: &'a Operation<'a>,
    items: &OperationItems,
) -> Result<Vec<Argument<'a>>, ProgenitorError> {
    let arguments = items.fields.iter().map(|ident| {
        let parameter = operation.parameters.iter().find(|parameter| *ident == parameter.ident);
        let argument = parameter.map(Argument::Parameter).or_else(|| body(api, operation).filter(|_| *ident == "body"));
        argument.ok_or_else(|| {
            ProgenitorError::Missing(format!("argument for the field `{ident}` of the operation `{}`", operation.ident))
        })
    });
    let arguments = arguments.collect::<Result<Vec<_>, _>>()?;
    let promised = operation.parameters.len() + usize::from(body(api, operation).is_some());
    let ranged = operation.body.as_ref().and_then(|body| body.sent.as_ref());
    let media_type = ranged.and_then(|sent| Some(Argument::MediaType(sent.range?, sent.media_type)));
    match arguments.len() == promised {
        true => Ok(arguments.into_iter().chain(media_type).collect()),
        false => {
            Err(ProgenitorError::Missing(format!("field for each argument of the operation `{}`", operation.ident)))
        }
    }
}

fn body<'a>(api: &'a Api<'a>, operation: &'a Operation<'a>) -> Option<Argument<'a>> {
    let body = operation.body.as_ref()?;
    let sent = body.sent.as_ref()?;
    let holds = match &sent.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) if api.types.struct_of(ty).is_some() => Holds::Builder(ty),
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Text(ty) => Holds::Value(ty),
        BodyKind::Bytes => Holds::Bytes,
        BodyKind::Multipart => Holds::Parts(sent.parts.as_ref().map(|parts| parts.ident.as_str())),
    };
    Some(Argument::Body(Body { sent, required: body.required, holds }))
}

impl Argument<'_> {
    /// Its name.
    pub fn ident(&self) -> Ident {
        match self {
            Self::Parameter(parameter) => format_ident!("{}", parameter.ident),
            Self::Body(_) => format_ident!("body"),
            Self::MediaType(..) => format_ident!("content_type"),
        }
    }

    /// Its entry in the list of which the runtime makes the builder: how it is documented, restricted and held.
    pub fn declared(&self, api: &Api<'_>) -> TokenStream {
        let (ident, types) = (self.ident(), &api.types);
        let docs = match self {
            Self::Parameter(parameter) => docs::of_setter(api, parameter),
            // The runtime documents the two setters of a body that is built.
            Self::Body(Body { holds: Holds::Builder(_), .. }) => Vec::new(),
            Self::Body(Body { holds: Holds::Parts(_), .. }) => doc("Sets the parts of the request's body."),
            Self::Body(_) => doc("Sets the request's body."),
            Self::MediaType(_, usual) => {
                let otherwise = if usual.is_some() { "" } else { ", which must be given" };
                doc(&format!(
                    "Sets the media type of the request's body, one of the range that the document has{otherwise}."
                ))
            }
        };
        let (restricted, held) = match self {
            Self::Parameter(parameter) => {
                let kind = match (parameter.is_always_sent(), parameter.required) {
                    (true, _) => quote!(Required),
                    (false, true) => optional(&parameter.ty, "Required"),
                    (false, false) => optional(&parameter.ty, ""),
                };
                let held = if parameter.is_always_sent() { &parameter.ty } else { inner(&parameter.ty) };
                let held = held.beside_types();
                (within(&parameter.schema, &parameter.ty, types), quote!(#kind<#held>))
            }
            Self::Body(body) => body.held(types),
            Self::MediaType(range, usual) => {
                let usual = usual.iter();
                (Some(quote!(#[range(#range #(, #usual)*)])), quote!(MediaType<::std::string::String>))
            }
        };
        quote!(#(#docs)* #restricted #ident: #held)
    }

    /// The statement that takes its value out of the builder.
    pub fn taken(&self) -> TokenStream {
        let ident = self.ident();
        match self {
            Self::Body(Body { holds: Holds::Builder(ty), required, .. }) => {
                let ty = ty.beside_types();
                match required {
                    true => quote!(let body: #ty = super::runtime::built(body)?;),
                    false => quote! {
                        let body: ::std::option::Option<#ty> = super::runtime::built_if_given(body)?;
                    },
                }
            }
            Self::Body(Body { holds: Holds::Parts(named), required, sent }) => {
                let media_type = essence(sent.media_type.unwrap_or_default());
                let arguments = if named.is_some() { quote!() } else { quote!(#media_type, &[], &[]) };
                match required {
                    true => quote! {
                        let body = body.and_then(|body| body.encoded(#arguments))?;
                    },
                    false => quote! {
                        let body = body
                            .and_then(|body| body.map(|body| body.encoded(#arguments)).transpose())?;
                    },
                }
            }
            // Without a body it is of no use.
            Self::MediaType(..) => quote!(),
            _ => quote!(let #ident = #ident?;),
        }
    }
}

impl Body<'_> {
    /// What the document says of its place, and how the builder holds it.
    fn held(&self, types: &Types) -> (Option<TokenStream>, TokenStream) {
        let unchecked = |held: TokenStream| match self.required {
            true => (None, quote!(Unchecked<#held>)),
            false => (None, quote!(OptionalUnchecked<#held>)),
        };
        match self.holds {
            Holds::Builder(ty) => {
                let kind = if self.required { quote!(Body) } else { quote!(OptionalBody) };
                let (ty, builder) = (ty.beside_types(), ty.builder_beside_types());
                (None, quote!(#kind<#ty, #builder>))
            }
            Holds::Value(ty) => {
                let kind = if self.required { quote!(Required) } else { optional(ty, "") };
                let held = if self.required { ty } else { inner(ty) };
                let held = held.beside_types();
                (within(&self.sent.schema, ty, types), quote!(#kind<#held>))
            }
            Holds::Bytes => unchecked(quote!(reqwest::Body)),
            Holds::Parts(None) => unchecked(quote!(super::runtime::Multipart)),
            Holds::Parts(Some(ident)) => unchecked(TypeRef::Named(ident.to_owned()).beside_types()),
        }
    }
}

/// How an argument is held that may be left out; behind `required` where the caller must say so.
fn optional(ty: &TypeRef, required: &str) -> TokenStream {
    let kind = match ty {
        TypeRef::Any => "Anything",
        TypeRef::Nullable(_) => "Nullable",
        _ => "Optional",
    };
    let kind = format_ident!("{required}{kind}");
    quote!(#kind)
}

/// What is held where null is one of the values.
fn inner(ty: &TypeRef) -> &TypeRef {
    if let TypeRef::Nullable(inner) = ty { inner } else { ty }
}

/// What the document says of an argument beside its type, where that is anything.
fn within(schema: &Value, ty: &TypeRef, types: &Types) -> Option<TokenStream> {
    let rules = known_rules(schema, ty, types)?;
    Some(quote!(#[within(#rules)]))
}

/// The rules that a value is held against.
pub fn known_rules(schema: &Value, ty: &TypeRef, types: &Types) -> Option<TokenStream> {
    // A string or boolean is restricted by its type.
    let is_free = matches!(ty, TypeRef::Bool | TypeRef::String | TypeRef::Any);
    if is_free { None } else { conformance::known_rules(schema, ty, types) }
}
