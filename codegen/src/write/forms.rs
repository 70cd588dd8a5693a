//! From the form of responses to that of requests, so that what was received can be changed and sent back.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Form, NamedType, Shape, Struct, TypeRef, Types, Union};

/// The forms of requests that can be made of those of responses: all but those that require what no response has.
pub struct Forms<'t> {
    types: &'t Types,
    /// The identifiers of those that cannot.
    apart: BTreeSet<&'t str>,
}

impl<'t> Forms<'t> {
    /// Finds them: a type that holds one that cannot be made cannot be made either.
    pub fn of(types: &'t Types) -> Self {
        let mut forms = Self { types, apart: BTreeSet::new() };
        loop {
            let before = forms.apart.len();
            let apart: Vec<&str> =
                forms.types.iter().filter(|ty| forms.conversion(ty).is_none()).map(|ty| ty.ident.as_str()).collect();
            forms.apart.extend(apart);
            if forms.apart.len() == before {
                return forms;
            }
        }
    }

    /// The conversion of a type; nothing for one that is no form of a request.
    pub fn write(&self, ty: &NamedType) -> Option<TokenStream> {
        let Form::Request(response) = &ty.form else { return None };
        let is_alias = |ident: &str| self.types.get(ident).is_none_or(|ty| matches!(ty.shape, Shape::Alias(_)));
        if is_alias(&ty.ident) || is_alias(response) {
            return None;
        }
        let (name, response) = (format_ident!("{}", ty.ident), format_ident!("{response}"));
        let body = self.conversion(ty)?;
        let deprecated = quote!(#[allow(deprecated, reason = "what was received may hold it")]);
        // A setter takes a value that is still to be built, and a request's form may be younger than the code that calls it.
        let built = matches!(ty.shape, Shape::Struct(_)).then(|| {
            quote! {
                impl ::std::convert::TryFrom<builder::#response> for #name {
                    type Error = super::runtime::ValueError;
                    fn try_from(value: builder::#response) -> ::std::result::Result<Self, super::runtime::ValueError> {
                        value.build().map(::std::convert::Into::into)
                    }
                }
            }
        });
        Some(quote! {
            #built
            impl ::std::convert::From<#response> for #name {
                #deprecated
                fn from(value: #response) -> Self {
                    #body
                }
            }
        })
    }

    /// The expression that makes a request's form of `value`; an empty one for what has a single form.
    fn conversion(&self, ty: &NamedType) -> Option<TokenStream> {
        let Form::Request(response) = &ty.form else { return Some(quote!()) };
        match (&self.types.get(response)?.shape, &ty.shape) {
            (Shape::Struct(from), Shape::Struct(to)) => self.of_struct(from, to),
            (Shape::Union(from), Shape::Union(to)) => self.of_union(response, from, to),
            (Shape::Wrapper(from), Shape::Wrapper(to)) => {
                let inner = self.converted(quote!(value.0), from, to)?;
                Some(quote!(Self(#inner)))
            }
            (Shape::Alias(from), Shape::Alias(to)) => self.converted(quote!(value), from, to),
            _ => None,
        }
    }

    fn of_struct(&self, from: &Struct, to: &Struct) -> Option<TokenStream> {
        let mut fields = Vec::new();
        for field in &to.fields {
            let ident = format_ident!("{}", field.ident);
            let value = match from.fields.iter().find(|known| known.wire == field.wire) {
                Some(known) => self.converted(quote!(value.#ident), &known.field_type(), &field.field_type())?,
                None if field.required => return None,
                None => quote!(None),
            };
            fields.push(quote!(#ident: #value));
        }
        match (&from.additional, &to.additional) {
            (None, None) => {}
            (Some(from), Some(to)) => {
                let [from, to] = [from, to].map(|value| TypeRef::Map(Box::new(value.clone())));
                let extra = self.converted(quote!(value.extra), &from, &to)?;
                fields.push(quote!(extra: #extra));
            }
            _ => return None,
        }
        Some(quote!(Self { #(#fields),* }))
    }

    fn of_union(&self, response: &str, from: &Union, to: &Union) -> Option<TokenStream> {
        let response = format_ident!("{response}");
        if from.variants.len() != to.variants.len() {
            return None;
        }
        let mut arms = Vec::new();
        for (from, to) in from.variants.iter().zip(&to.variants) {
            let value = self.converted(quote!(value), &from.ty, &to.ty)?;
            let (from, to) = (format_ident!("{}", from.ident), format_ident!("{}", to.ident));
            arms.push(quote!(#response::#from(value) => Self::#to(#value)));
        }
        let (from, to) = (format_ident!("{}", from.other), format_ident!("{}", to.other));
        Some(quote!(match value { #(#arms,)* #response::#from(value) => Self::#to(value) }))
    }

    /// A value of one type as one of another.
    fn converted(&self, value: TokenStream, from: &TypeRef, to: &TypeRef) -> Option<TokenStream> {
        if from == to {
            return Some(value);
        }
        let each = |from: &TypeRef, to: &TypeRef| self.converted(quote!(value), from, to);
        match (from, to) {
            (TypeRef::Nullable(from), TypeRef::Nullable(to)) => {
                let inner = each(from, to)?;
                Some(quote!(#value.map(|value| #inner)))
            }
            (TypeRef::Vec(from), TypeRef::Vec(to)) => {
                let inner = each(from, to)?;
                Some(quote!(#value.into_iter().map(|value| #inner).collect()))
            }
            (TypeRef::Map(from), TypeRef::Map(to)) => {
                let inner = each(from, to)?;
                Some(quote!(#value.into_iter().map(|(name, value)| (name, #inner)).collect()))
            }
            (TypeRef::Boxed(from), TypeRef::Boxed(to)) => {
                let inner = self.converted(quote!((*#value)), from, to)?;
                Some(quote!(::std::boxed::Box::new(#inner)))
            }
            (TypeRef::Boxed(from), to) => self.converted(quote!((*#value)), from, to),
            (from, TypeRef::Boxed(to)) => {
                let inner = self.converted(value, from, to)?;
                Some(quote!(::std::boxed::Box::new(#inner)))
            }
            (TypeRef::Named(from), TypeRef::Named(to)) => self.of_named(value, from, to),
            _ => None,
        }
    }

    fn of_named(&self, value: TokenStream, from: &str, to: &str) -> Option<TokenStream> {
        let (from, to) = (self.types.get(from)?, self.types.get(to)?);
        if self.apart.contains(to.ident.as_str()) {
            return None;
        }
        match (&from.shape, &to.shape) {
            (Shape::Alias(from), Shape::Alias(to)) => self.converted(value, from, to),
            _ if to.form == Form::Request(from.ident.clone()) => Some(quote!(#value.into())),
            _ => None,
        }
    }
}
