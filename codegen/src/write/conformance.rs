//! Conformance: how a type's values are held against the document.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::checks::checks;
use crate::keyword::{alternatives, rules as rules_of};
use crate::model::{NamedType, Restricted, Struct, TypeRef, Types};

/// Which values are refused that a type of the runtime's macros holds, and the argument of the macro that says so.
pub fn refusing(ty: &NamedType, types: &Types) -> Option<(TokenStream, TokenStream)> {
    let name = format_ident!("{}", ty.ident);
    checks(ty, types).map(|checks| (refuse(&name, checks), quote!(, super::runtime::Refusing::refuse)))
}

fn refuse(name: &Ident, checks: TokenStream) -> TokenStream {
    quote! {
        impl super::runtime::Refusing for #name {
            fn refuse<'a>(&'a self, at: &mut super::runtime::Examiner<'a>) { #checks }
        }
    }
}

/// What a struct is asked for beside its properties: which of them must be there together, and checks of its value.
pub fn of_struct(ty: &NamedType, object: &Struct, types: &Types) -> Option<TokenStream> {
    let name = format_ident!("{}", ty.ident);
    let alternatives = alternatives::checks(&ty.schema, &|name| {
        if object.absent.iter().any(|absent| absent == name) {
            return Some(quote!(false));
        }
        let Some(field) = object.fields.iter().find(|field| field.wire == name) else {
            // What a struct does not keep, no conforming object has.
            return Some(object.additional.as_ref().map_or(quote!(false), |_| quote!(self.extra.contains_key(#name))));
        };
        let ident = format_ident!("{}", field.ident);
        Some(if field.required { quote!(true) } else { quote!(self.#ident.is_some()) })
    });
    let checks = checks(ty, types);
    (checks.is_some() || !alternatives.is_empty()).then(|| refuse(&name, quote!(#(#alternatives)* #checks)))
}

/// The conformance of a type around another.
pub fn of_wrapper(name: &Ident, ty: &NamedType, target: &TypeRef, types: &Types) -> TokenStream {
    let rules = rules(&ty.schema, target, types);
    let checks = checks(ty, types);
    let takes_null = (*target == TypeRef::Any).then(|| {
        quote!(
            const TAKES_NULL: bool = true;
        )
    });
    let target = target.in_types();
    quote! {
        impl super::runtime::Conformance for #name {
            #takes_null
            fn examine<'a>(&'a self, at: &mut super::runtime::Examiner<'a>, _: &super::runtime::Rules) {
                self.0.examine(at, &#rules);
                #checks
            }
            fn received<'a>(json: &'a str, at: &mut super::runtime::Examiner<'a>) {
                <#target as super::runtime::Conformance>::received(json, at);
            }
            fn is_unread(&self) -> bool {
                super::runtime::Conformance::is_unread(&self.0)
            }
        }
    }
}

/// What a schema says of a number, list or map, as the runtime's rules.
pub fn rules(schema: &Value, ty: &TypeRef, types: &Types) -> TokenStream {
    known_rules(schema, ty, types).unwrap_or_else(no_rules)
}

/// The rules that refuse nothing.
pub fn no_rules() -> TokenStream {
    quote!(super::runtime::Rules::NONE)
}

/// The rules of a schema, where it has any.
pub fn known_rules(schema: &Value, ty: &TypeRef, types: &Types) -> Option<TokenStream> {
    rules_of_restricted(&Restricted::of(schema, ty, &|ident| types.get(ident))?)
}

fn rules_of_restricted(restricted: &Restricted<'_>) -> Option<TokenStream> {
    let mut fields = restricted.of.map(|of| rules_of(restricted.schema, of)).unwrap_or_default();
    fields.extend(restricted.refuses_null.then(|| quote!(not_null: true)));
    let inner = restricted.inner.as_ref().and_then(|inner| rules_of_restricted(inner));
    fields.extend(inner.map(|inner| quote!(inner: Some(&#inner))));
    (!fields.is_empty()).then(|| quote!(super::runtime::Rules { #(#fields,)* ..super::runtime::Rules::NONE }))
}
