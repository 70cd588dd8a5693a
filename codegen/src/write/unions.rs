//! Unions, of `oneOf`, `anyOf` and of parents: a variant for each alternative, and one for what fits none.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};
use serde_json::Value;

use super::conformance;
use super::derived_schema::{appearance, described};
use super::doc::doc;
use super::stated;
use super::types::{equality, hashed, name_of};
use crate::keyword::deprecated::deprecation;
use crate::keyword::{constraints, schema_prose};
use crate::model::{Alternative, NamedType, Shape, TypeRef, Types, Union, UnionKeyword, snake};

/// A union and what is implemented for it.
pub fn write(ty: &NamedType, union: &Union, named: &Types) -> TokenStream {
    let name = format_ident!("{}", ty.ident);
    let other = format_ident!("{}", union.other);
    let words = doc(&schema_prose(&ty.schema, &format!("One of the alternatives of `{}`.", name_of(ty))));
    let deprecated = deprecation(&ty.schema);
    let idents: Vec<_> = union.variants.iter().map(|variant| format_ident!("{}", variant.ident)).collect();
    let types: Vec<_> = union.variants.iter().map(|variant| variant.ty.in_types()).collect();
    let (deserialize, schema) = (deserialize(union), schema(ty, union, named));
    let conformance = conformance::of_union(ty, union, named);
    let (equality, hashed) = (equality(ty, named), hashed(ty, named));
    let docs = union.variants.iter().enumerate().map(|(index, variant)| doc(&about(union, index, variant)));
    let conversions = conversions(ty, union, named);
    let readings = (union.keyword == UnionKeyword::AnyOf).then(|| readings(&name, union));
    quote! {
        #(#words)*
        #[derive(Debug, Clone, #equality ::serde::Serialize)]
        #[serde(untagged)]
        #deprecated
        #[non_exhaustive]
        pub enum #name {
            #(#(#docs)* #idents(#types),)*
            /// What no single alternative can hold, kept as it was received.
            #other(::serde_json::Value),
        }
        #hashed
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                #deserialize
            }
        }
        #schema
        #conformance
        #conversions
        #readings
    }
}

/// What a variant stands for.
fn about(union: &Union, index: usize, variant: &Alternative) -> String {
    let tags = union.discriminator.as_ref().and_then(|discriminator| {
        let tags = discriminator.values.get(index)?.as_ref()?.iter();
        let tags: Vec<String> = tags.map(|tag| format!("`{}`", tag.replace('`', "'"))).collect();
        (!tags.is_empty()).then(|| tags.join(", "))
    });
    match tags {
        Some(tags) => format!("The alternative `{}`, named by {tags}.", variant.ident),
        None => format!("The alternative `{}`.", variant.ident),
    }
}

fn deserialize(union: &Union) -> TokenStream {
    let other = format_ident!("{}", union.other);
    let offers = union.variants.iter().enumerate().map(|(index, variant)| {
        let (tags, ident) = (tags(union, index), format_ident!("{}", variant.ident));
        quote!(choice.offer(#tags, Self::#ident);)
    });
    let property = match &union.discriminator {
        Some(discriminator) => {
            let property = &discriminator.property;
            quote!(Some(#property))
        }
        None => quote!(None),
    };
    let taken = match listed(union) {
        Some(listed) => quote!(choice.settled(#listed, Self::#other)),
        None => {
            let tagged = quote!(choice.taken().unwrap_or_else(Self::#other));
            match untagged(union) {
                Some(listed) => {
                    quote!(if choice.is_tagged() { #tagged } else { choice.settled(#listed, Self::#other) })
                }
                None => tagged,
            }
        }
    };
    quote! {
        let mut choice = super::runtime::Choice::of(deserializer, #property)?;
        #(#offers)*
        Ok(#taken)
    }
}

/// The values of the discriminator that name an alternative.
pub fn tags(union: &Union, index: usize) -> TokenStream {
    let found = union.discriminator.as_ref();
    let named = match found.and_then(|discriminator| discriminator.values.get(index)?.as_ref()) {
        Some(values) => quote!(Some(&[#(#values),*])),
        None => quote!(None),
    };
    let absent = found.and_then(|discriminator| discriminator.absent.get(index)).copied().unwrap_or(true);
    quote!(super::runtime::Tags { named: #named, absent: #absent })
}

/// What counts the alternatives that a payload is; nothing where its tag says which one.
pub fn listed(union: &Union) -> Option<TokenStream> {
    union.discriminator.is_none().then(|| counted(union))
}

/// What counts the alternatives that a payload without a tag is, where it may be several.
pub fn untagged(union: &Union) -> Option<TokenStream> {
    let discriminator = union.discriminator.as_ref().filter(|_| union.keyword == UnionKeyword::OneOf)?;
    let may_be_absent = discriminator.absent.iter().filter(|absent| **absent).count();
    (may_be_absent > 1).then(|| counted(union))
}

fn counted(union: &Union) -> TokenStream {
    let (keyword, count) = (union.keyword.key(), union.variants.len());
    let types = union.variants.iter().map(|variant| variant.ty.in_types());
    quote! {
        super::runtime::Listed {
            keyword: #keyword,
            count: #count,
            holding: |value| [#(super::runtime::fits::<#types>(value)),*].iter().filter(|fits| **fits).count(),
        }
    }
}

fn schema(ty: &NamedType, union: &Union, types: &Types) -> TokenStream {
    let name = format_ident!("{}", ty.ident);
    let (appearance, keyword) = (appearance(ty, types), union.keyword.key());
    let alternatives = union.variants.iter().enumerate().map(|(index, variant)| {
        let alternative = alternative(ty, variant, types);
        let found = union.discriminator.as_ref();
        let tags = found.and_then(|discriminator| Some((discriminator, discriminator.values.get(index)?.as_deref()?)));
        match tags {
            Some((discriminator, tags)) => {
                let property = &discriminator.property;
                let absent = discriminator.absent.get(index).copied().unwrap_or_default();
                quote!(super::runtime::tagged(#alternative, #property, &[#(#tags),*], #absent))
            }
            None => alternative,
        }
    });
    // What holds for each alternative stands beside them.
    let beside = match union.keyword {
        UnionKeyword::Family => None,
        UnionKeyword::OneOf | UnionKeyword::AnyOf => {
            let mut beside = constraints(&ty.schema);
            beside.remove(keyword);
            // Their type may take null where no alternative does.
            if !ty.nullable && beside.contains_key("type") && ty.schema.get("nullable") == Some(&Value::Bool(true)) {
                beside.insert("nullable".to_owned(), Value::Bool(true));
            }
            (!beside.is_empty()).then(|| stated::expression(&beside.into(), ty, types)).flatten()
        }
    };
    let schema = match beside {
        Some(beside) => quote!(super::runtime::beside(#beside, #keyword, &alternatives)),
        None => quote!(::schemars::json_schema!({ #keyword: alternatives })),
    };
    let schema = quote! {
        let alternatives = [#(#alternatives),*];
        #appearance.complete(#schema)
    };
    // Alternatives without references to types are said without it.
    let generator = if names(&schema, "generator") { quote!(generator) } else { quote!(_) };
    quote! {
        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for #name {
            fn inline_schema() -> bool {
                #appearance.inline
            }
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #appearance.name.into()
            }
            fn json_schema(#generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                #schema
            }
        }
    }
}

/// Whether an identifier stands in code.
fn names(code: &TokenStream, ident: &str) -> bool {
    code.clone().into_iter().any(|token| match token {
        TokenTree::Ident(found) => found == ident,
        TokenTree::Group(group) => names(&group.stream(), ident),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The schema of an alternative: that of its type, or what the document says where that is not all that the type holds.
fn alternative(ty: &NamedType, variant: &Alternative, types: &Types) -> TokenStream {
    let own = match (&variant.listed, &variant.ty) {
        (Some(listed), _) => stated::expression(listed, ty, types),
        (None, TypeRef::Named(_) | TypeRef::Boxed(_)) => None,
        (None, _) => stated::expression(&variant.schema, ty, types),
    };
    own.unwrap_or_else(|| {
        let seen = described(&variant.ty, types).in_types();
        quote!(generator.subschema_for::<#seen>().to_value())
    })
}

/// From the struct of an alternative to the union, refused where the document would refuse it there.
fn conversions(ty: &NamedType, union: &Union, named: &Types) -> TokenStream {
    let name = format_ident!("{}", ty.ident);
    let mut seen = BTreeSet::new();
    let conversions = union.variants.iter().filter_map(|variant| {
        let (inner, boxed) = match &variant.ty {
            TypeRef::Boxed(inner) => (inner.as_ref(), true),
            ty => (ty, false),
        };
        let TypeRef::Named(target) = inner else { return None };
        let is_own = !matches!(named.get(target)?.shape, Shape::Alias(_));
        if !is_own || !seen.insert(target.clone()) {
            return None;
        }
        let (ident, target) = (format_ident!("{}", variant.ident), inner.in_types());
        let value = if boxed { quote!(::std::boxed::Box::new(value)) } else { quote!(value) };
        Some(quote! {
            impl ::std::convert::TryFrom<#target> for #name {
                type Error = super::runtime::ValueError;
                fn try_from(value: #target) -> ::std::result::Result<Self, super::runtime::ValueError> {
                    super::runtime::ValueError::of(stringify!(#name)).unless(Some(Self::#ident(#value)))
                }
            }
        })
    });
    conversions.collect()
}

/// What a payload says as each of the alternatives, of which more than one may hold.
fn readings(name: &proc_macro2::Ident, union: &Union) -> TokenStream {
    let methods = union.variants.iter().map(|variant| {
        let method = format_ident!("as_{}", snake(&variant.ident).trim_end_matches('_'));
        let docs =
            doc(&format!("What the payload says as the alternative `{}`, where it can be read so.", variant.ident));
        let ty = match &variant.ty {
            TypeRef::Boxed(inner) => inner.in_types(),
            ty => ty.in_types(),
        };
        quote! {
            #(#docs)*
            pub fn #method(&self) -> ::std::option::Option<#ty> {
                super::runtime::read_as(self)
            }
        }
    });
    quote!(impl #name { #(#methods)* })
}
