//! Enums for operations whose statuses carry different bodies, which progenitor cannot write at all.

use quote::{format_ident, quote};
use syn::{Variant, parse_quote};

use super::tree::module;
use super::{Context, Pass, PassError};
use crate::normalize::AnswerBody;

pub(super) const PASS: Pass =
    Pass { name: "answers", about: "the types of operations that answer in more than one way would be missing", apply };

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    let items = module(PASS.name, file, "types")?;
    for answer in &context.normalized.answers {
        let name = format_ident!("{}", answer.ident);
        let kind = if answer.success { "successful answers" } else { "error answers" };
        let words = format!(" The {kind} of the operation `{}`, by status.", answer.operation);
        let variants = answer.variants.iter().map(|(status, ident, body)| -> Variant {
            let ident = format_ident!("{ident}");
            let words = format!(" Status {status}.");
            let held = match body {
                AnswerBody::Json(ty) => {
                    let ty = ty.in_types();
                    quote!((#ty))
                }
                AnswerBody::Raw => quote!((::bytes::Bytes)),
                AnswerBody::Empty => quote!(),
            };
            parse_quote!(#[doc = #words] #ident #held)
        });
        items.push(parse_quote! {
            #[doc = #words]
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants),* }
        });
    }
    Ok(())
}
