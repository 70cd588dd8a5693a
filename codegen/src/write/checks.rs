//! What a schema asks of a value by other schemas, as the runtime's checks.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::conformance::rules;
use crate::model::{Check, Held, NamedType, Others, Types};

/// The statement that reports what a value does not meet; none where nothing is asked.
pub fn checks(ty: &NamedType, types: &Types) -> Option<TokenStream> {
    let checks = ty.checks.iter().map(|check| one(check, types));
    (!ty.checks.is_empty()).then(|| quote!(at.check(self, const { &[#(#checks),*] });))
}

fn one(check: &Check, types: &Types) -> TokenStream {
    let held = |held: &Held| schema(held, types);
    let optional = |held: Option<&Held>| match held {
        Some(held) => {
            let schema = schema(held, types);
            quote!(Some(#schema))
        }
        None => quote!(None),
    };
    let check = match check {
        Check::Not(refused) => {
            let refused = held(refused);
            quote!(Not(#refused))
        }
        Check::Names(names) => {
            let names = held(names);
            quote!(Names(#names))
        }
        Check::Matching { patterns, declared, others } => {
            let patterns = patterns.iter().map(|(pattern, of)| {
                let of = held(of);
                quote!((super::runtime::Pattern { source: #pattern, matches: super::runtime::pattern_matches }, #of))
            });
            let others = match others {
                Others::Any => quote!(Any),
                Others::None => quote!(None),
                Others::Of(of) => {
                    let of = held(of);
                    quote!(Of(#of))
                }
            };
            quote!(Matching {
                patterns: const { &[#(#patterns),*] },
                declared: &[#(#declared),*],
                others: super::runtime::Others::#others,
            })
        }
        Check::Required(property, names) => quote!(Required(#property, &[#(#names),*])),
        Check::Dependent(property, of) => {
            let of = held(of);
            quote!(Dependent(#property, #of))
        }
        Check::Conditional(condition, then, otherwise) => {
            let (condition, then, otherwise) =
                (held(condition), optional(then.as_deref()), optional(otherwise.as_deref()));
            quote!(Conditional(#condition, #then, #otherwise))
        }
        Check::Contains(of, least, most) => {
            let (of, least) = (held(of), Literal::u64_unsuffixed(*least));
            let most = match most.map(Literal::u64_unsuffixed) {
                Some(most) => quote!(Some(#most)),
                None => quote!(None),
            };
            quote!(Contains(#of, #least, #most))
        }
        Check::Prefix(first, rest) => {
            let (first, rest) = (first.iter().map(held), optional(rest.as_ref()));
            quote!(Prefix(const { &[#(#first),*] }, #rest))
        }
    };
    quote!(super::runtime::Check::#check)
}

fn schema(held: &Held, types: &Types) -> TokenStream {
    let (ty, rules) = (held.ty.in_types(), rules(&held.schema, &held.ty, types));
    let required = (!held.required.is_empty()).then(|| {
        let names = &held.required;
        quote!(.requiring(&[#(#names),*]))
    });
    quote!(super::runtime::Schema::of::<#ty>(&#rules) #required)
}
