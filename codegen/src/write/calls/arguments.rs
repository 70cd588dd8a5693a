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
use crate::write::setters::Setter;

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

    /// The builder's field.
    pub fn declared(&self) -> TokenStream {
        let ident = self.ident();
        let (ty, required) = match self {
            Self::Parameter(parameter) => (parameter.ty.beside_types(), parameter.is_always_sent()),
            Self::Body(body) => (body.held(), body.required),
            Self::MediaType(..) => (quote!(::std::string::String), true),
        };
        let held = if required { ty } else { quote!(::std::option::Option<#ty>) };
        quote!(#ident: Result<#held, String>)
    }

    /// The field before anything is given.
    pub fn initial(&self) -> TokenStream {
        let ident = self.ident();
        let missing = format!("{ident} is missing");
        match self {
            Self::Parameter(Parameter { required: false, .. }) | Self::Body(Body { required: false, .. }) => {
                quote!(#ident: Ok(None))
            }
            Self::MediaType(_, Some(media_type)) => quote!(#ident: Ok(#media_type.to_string())),
            Self::Body(Body { holds: Holds::Builder(_), .. }) => quote!(#ident: Ok(::std::default::Default::default())),
            _ => quote!(#ident: Err(#missing.to_string())),
        }
    }

    /// Its setter, and for the builder of a struct one that changes it.
    pub fn setters(&self, api: &Api<'_>) -> TokenStream {
        let types = &api.types;
        match self {
            Self::Parameter(parameter) => {
                of_parameter(parameter, types).documented(docs::of_setter(api, parameter)).write()
            }
            Self::Body(body) => {
                let docs = match body.holds {
                    Holds::Parts(_) => "Sets the parts of the request's body.",
                    _ => "Sets the request's body.",
                };
                let setter = body.setter(types).documented(doc(docs)).write();
                let changing = match body.holds {
                    Holds::Builder(ty) => Some(body.changing(ty)),
                    _ => None,
                };
                quote!(#setter #changing)
            }
            Self::MediaType(range, usual) => {
                let otherwise = if usual.is_some() { "" } else { ", which must be given" };
                let docs = doc(&format!(
                    "Sets the media type of the request's body, one of the range that the document has{otherwise}."
                ));
                quote! {
                    #(#docs)*
                    pub fn content_type(mut self, value: impl ::std::convert::Into<::std::string::String>) -> Self {
                        self.content_type = super::runtime::media_type_within(#range, value.into());
                        self
                    }
                }
            }
        }
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
    /// The type that the builder holds.
    fn held(&self) -> TokenStream {
        match self.holds {
            Holds::Builder(ty) => ty.builder_beside_types(),
            Holds::Value(ty) => ty.beside_types(),
            Holds::Bytes => quote!(reqwest::Body),
            Holds::Parts(None) => quote!(super::runtime::Multipart),
            Holds::Parts(Some(ident)) => TypeRef::Named(ident.to_owned()).beside_types(),
        }
    }

    fn setter(&self, types: &Types) -> Setter {
        let runtime = quote!(super::runtime);
        let (ty, change) = match self.holds {
            Holds::Builder(ty) => (ty.beside_types(), Some(quote!(::std::convert::From::from))),
            Holds::Value(_) | Holds::Bytes | Holds::Parts(_) => (self.held(), None),
        };
        let mut setter = match (self.required, &self.holds) {
            (true, _) => Setter::required("body", &ty, &runtime),
            (false, Holds::Value(TypeRef::Any)) => {
                Setter::required("body", &quote!(::std::option::Option<#ty>), &runtime)
            }
            (false, Holds::Value(TypeRef::Nullable(inner))) => {
                Setter::nullable("body", &inner.beside_types(), &runtime)
            }
            (false, _) => Setter::optional("body", &ty, &runtime),
        };
        // A struct is held against the document when its builder builds it.
        if let Holds::Value(ty) = self.holds {
            hold_against(&mut setter, &self.sent.schema, ty, types);
        }
        if let Some(change) = change {
            let content = &setter.content;
            setter.content = match self.required {
                true => quote!(#content.map(#change)),
                false => quote!(#content.map(|body| body.map(#change))),
            };
        }
        setter
    }

    /// The method that changes the builder of a body. A body that may be left out is sent once it is changed.
    fn changing(&self, ty: &TypeRef) -> TokenStream {
        let (docs, builder) = (doc("Changes the builder of the request's body."), ty.builder_beside_types());
        match self.required {
            true => quote! {
                #(#docs)*
                pub fn body_map<F>(mut self, f: F) -> Self
                where
                    F: std::ops::FnOnce(#builder) -> #builder,
                {
                    self.body = self.body.map(f);
                    self
                }
            },
            false => quote! {
                #(#docs)*
                pub fn body_map(mut self, change: impl FnOnce(#builder) -> #builder) -> Self {
                    self.body = self.body.map(|body| Some(change(body.unwrap_or_default())));
                    self
                }
            },
        }
    }
}

fn of_parameter(parameter: &Parameter<'_>, types: &Types) -> Setter {
    let runtime = quote!(super::runtime);
    let name = &parameter.ident;
    let ty = parameter.ty.beside_types();
    let mut setter = match parameter.is_always_sent() {
        true => Setter::required(name, &ty, &runtime),
        _ if parameter.ty == TypeRef::Any => Setter::required(name, &quote!(::std::option::Option<#ty>), &runtime),
        _ if let TypeRef::Nullable(inner) = &parameter.ty => Setter::nullable(name, &inner.beside_types(), &runtime),
        _ => Setter::optional(name, &ty, &runtime),
    };
    hold_against(&mut setter, &parameter.schema, &parameter.ty, types);
    setter
}

/// Has a setter refuse what the document refuses, where it refuses anything.
pub fn hold_against(setter: &mut Setter, schema: &Value, ty: &TypeRef, types: &Types) {
    let rules = conformance::known_rules(schema, ty, types);
    let is_free = match ty {
        TypeRef::Bool | TypeRef::String | TypeRef::Any => true,
        TypeRef::Integer(_) => rules.is_none(),
        _ => false,
    };
    if !is_free {
        let (content, name) = (&setter.content, &setter.name);
        let rules = rules.unwrap_or_else(conformance::no_rules);
        setter.content = quote!(#content.and_then(|value| super::runtime::within(#name, value, &#rules)));
    }
}
