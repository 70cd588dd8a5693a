//! Types as Rust source.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{ResponseBody, TypeRef};

impl TypeRef {
    /// The type as it is written in the `types` module.
    pub fn in_types(&self) -> TokenStream {
        self.written(&quote!(), &quote!(super::runtime::))
    }

    /// The type as it is written in a module beside `types`.
    pub fn beside_types(&self) -> TokenStream {
        self.written(&quote!(types::), &quote!(super::runtime::))
    }

    /// The type as it is written in the module of the builders of `types`.
    pub fn in_type_builders(&self) -> TokenStream {
        self.written(&quote!(super::), &quote!(super::super::runtime::))
    }

    /// The builder of a struct, as it is written in a module beside `types`.
    pub fn builder_beside_types(&self) -> TokenStream {
        self.written(&quote!(types::builder::), &quote!(super::runtime::))
    }

    /// The type as it is written outside of the client, where its modules `types` and `runtime` are in scope.
    pub fn outside(&self) -> String {
        match self {
            Self::Bool | Self::Integer(_) | Self::F64 | Self::String | Self::Any => self.spelled(),
            Self::Format(name) => format!("runtime::{name}"),
            Self::Named(name) => format!("types::{name}"),
            Self::Vec(item) => format!("Vec<{}>", item.outside()),
            Self::Map(value) => format!("std::collections::BTreeMap<String, {}>", value.outside()),
            Self::Nullable(inner) => format!("Option<{}>", inner.outside()),
            Self::Boxed(inner) => format!("Box<{}>", inner.outside()),
        }
    }

    /// The type as a reader would write it.
    pub fn spelled(&self) -> String {
        match self {
            Self::Bool => "bool".to_owned(),
            Self::Integer(integer) => integer.name().to_owned(),
            Self::F64 => "f64".to_owned(),
            Self::String => "String".to_owned(),
            Self::Any => "serde_json::Value".to_owned(),
            Self::Format(name) | Self::Named(name) => name.clone(),
            Self::Vec(item) => format!("Vec<{}>", item.spelled()),
            Self::Map(value) => format!("BTreeMap<String, {}>", value.spelled()),
            Self::Nullable(value) => format!("Option<{}>", value.spelled()),
            Self::Boxed(value) => format!("Box<{}>", value.spelled()),
        }
    }

    fn written(&self, types: &TokenStream, runtime: &TokenStream) -> TokenStream {
        let inner = |ty: &Self| ty.written(types, runtime);
        match self {
            Self::Bool => quote!(bool),
            Self::Integer(integer) => {
                let name = format_ident!("{}", integer.name());
                quote!(#name)
            }
            Self::F64 => quote!(f64),
            Self::String => quote!(::std::string::String),
            Self::Any => quote!(::serde_json::Value),
            Self::Format(name) => {
                let name = format_ident!("{name}");
                quote!(#runtime #name)
            }
            Self::Named(ident) => {
                let ident = format_ident!("{ident}");
                quote!(#types #ident)
            }
            Self::Vec(item) => {
                let item = inner(item);
                quote!(::std::vec::Vec<#item>)
            }
            Self::Map(value) => {
                let value = inner(value);
                quote!(::std::collections::BTreeMap<::std::string::String, #value>)
            }
            Self::Nullable(value) => {
                let value = inner(value);
                quote!(::std::option::Option<#value>)
            }
            Self::Boxed(value) => {
                let value = inner(value);
                quote!(::std::boxed::Box<#value>)
            }
        }
    }
}

impl ResponseBody {
    /// The type that an error with this body is read as, as it is written outside of the client; nothing where there is no body.
    pub fn of_error(&self) -> Option<String> {
        match self {
            Self::Json(ty, _) | Self::Text(ty, _) => Some(ty.outside()),
            Self::Raw => Some("runtime::Bytes".to_owned()),
            Self::Stream(ty, framing, _) => Some(format!("runtime::{}<{}>", framing.stream(), ty.outside())),
            Self::Empty => None,
        }
    }
}
