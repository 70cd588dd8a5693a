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
    let (equality, hashed) = (equality(ty, named), hashed(ty, named));
    let docs = union.variants.iter().enumerate().map(|(index, variant)| doc(&about(union, index, variant)));
    let mut converted = BTreeSet::new();
    let alternatives = union.variants.iter().enumerate();
    let alternatives = alternatives.map(|(index, variant)| {
        let conversion = converts(variant, &mut converted, named).then(|| quote!(by TryFrom));
        alternative(ty, union, (index, variant), conversion, named)
    });
    let (told, ident, appearance) = (told(union), &ty.ident, appearance(ty, named));
    let appearance = quote!(super::runtime::Appearance::named(#ident) #appearance);
    let beside = beside(ty, union, named).map(|beside| {
        let generator = given(&beside);
        quote!(, beside: |#generator| #beside)
    });
    let (refusing, check) = conformance::refusing(ty, named).unzip();
    let check = check.map(|check| quote!(, check: #check));
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
        super::runtime::union!(#name, #other { #(#alternatives),* }, #told, #appearance #beside #check);
        #refusing
    }
}

/// What the document says of the alternatives as a whole.
fn told(union: &Union) -> TokenStream {
    let keyword = union.keyword.key();
    let property = union.discriminator.as_ref().map(|discriminator| &discriminator.property);
    match (union.keyword, property) {
        (UnionKeyword::Family, Some(property)) => quote!(super::runtime::Alternatives::children(#property)),
        (_, Some(property)) => quote!(super::runtime::Alternatives::of(#keyword).told_by(#property)),
        (_, None) => quote!(super::runtime::Alternatives::of(#keyword)),
    }
}

/// An alternative, as the runtime's macro takes it.
fn alternative(
    ty: &NamedType,
    union: &Union,
    (index, variant): (usize, &Alternative),
    conversion: Option<TokenStream>,
    types: &Types,
) -> TokenStream {
    let ident = format_ident!("{}", variant.ident);
    let (of, placed) = match &variant.ty {
        TypeRef::Boxed(inner) => (inner.in_types(), Some(quote!(in Box))),
        ty => (ty.in_types(), None),
    };
    let reading = (union.keyword == UnionKeyword::AnyOf).then(|| {
        let method = format_ident!("as_{}", snake(&variant.ident).trim_end_matches('_'));
        quote!(as #method)
    });
    let tags = tags(union, index).map(|tags| quote!(=> #tags));
    let schema = stated_alternative(ty, variant, types).map(|schema| {
        let generator = given(&schema);
        quote!(; |#generator| #schema)
    });
    quote!(#ident(#of) #placed #conversion #reading #tags #schema)
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

/// The values of the discriminator that name an alternative.
fn tags(union: &Union, index: usize) -> Option<TokenStream> {
    let found = union.discriminator.as_ref()?;
    let absent = found.absent.get(index).copied().unwrap_or(true);
    let tags = quote!(super::runtime::Tags);
    match (found.values.get(index).and_then(Option::as_ref), absent) {
        (Some(values), true) => Some(quote!(#tags::named(&[#(#values),*]).or_absent())),
        (Some(values), false) => Some(quote!(#tags::named(&[#(#values),*]))),
        (None, true) => None,
        (None, false) => Some(quote!(#tags::SOME)),
    }
}

/// What holds for each alternative, which stands beside them in a schema.
fn beside(ty: &NamedType, union: &Union, types: &Types) -> Option<TokenStream> {
    if union.keyword == UnionKeyword::Family {
        return None;
    }
    let mut beside = constraints(&ty.schema);
    beside.remove(union.keyword.key());
    // Their type may take null where no alternative does.
    if !ty.nullable && beside.contains_key("type") && ty.schema.get("nullable") == Some(&Value::Bool(true)) {
        beside.insert("nullable".to_owned(), Value::Bool(true));
    }
    (!beside.is_empty()).then(|| stated::expression(&beside.into(), ty, types)).flatten()
}

/// The name of the generator in an expression, which may do without.
fn given(expression: &TokenStream) -> TokenStream {
    if names(expression, "generator") { quote!(generator) } else { quote!(_) }
}

/// Whether an identifier stands in code.
fn names(code: &TokenStream, ident: &str) -> bool {
    code.clone().into_iter().any(|token| match token {
        TokenTree::Ident(found) => found == ident,
        TokenTree::Group(group) => names(&group.stream(), ident),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The schema of an alternative, where that of its type is not what the document says.
fn stated_alternative(ty: &NamedType, variant: &Alternative, types: &Types) -> Option<TokenStream> {
    let own = match (&variant.listed, &variant.ty) {
        (Some(listed), _) => stated::expression(listed, ty, types),
        (None, TypeRef::Named(_) | TypeRef::Boxed(_)) => None,
        (None, _) => stated::expression(&variant.schema, ty, types),
    };
    own.or_else(|| {
        let seen = described(&variant.ty, types);
        let ty = seen.in_types();
        (seen != variant.ty).then(|| quote!(generator.subschema_for::<#ty>().to_value()))
    })
}

/// Whether a value of the alternative's type becomes one of the union, which only one of two alternatives of that type says.
fn converts(variant: &Alternative, converted: &mut BTreeSet<String>, types: &Types) -> bool {
    let inner = match &variant.ty {
        TypeRef::Boxed(inner) => inner.as_ref(),
        ty => ty,
    };
    let TypeRef::Named(target) = inner else { return false };
    let is_own = types.get(target).is_some_and(|ty| !matches!(ty.shape, Shape::Alias(_)));
    is_own && converted.insert(target.clone())
}
