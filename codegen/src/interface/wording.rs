//! Syntax as people write it, so that what means the same reads the same.

use quote::ToTokens;
use syn::{Attribute, Visibility};

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

pub(super) fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

/// The feature or platform without which there is no such thing.
pub(super) fn condition(attributes: &[Attribute]) -> Option<String> {
    let cfg = attributes.iter().find(|attribute| attribute.path().is_ident("cfg"))?;
    cfg.meta.require_list().ok().map(|list| text(&list.tokens))
}

/// A signature without its name: what a caller passes and gets.
pub(super) fn signature(signature: &syn::Signature) -> String {
    let asyncness = if signature.asyncness.is_some() { "async " } else { "" };
    let mut signature = signature.clone();
    for argument in &mut signature.inputs {
        // Whether a function changes what it was given is its own affair.
        match argument {
            syn::FnArg::Receiver(receiver) => receiver.mutability = None,
            syn::FnArg::Typed(syn::PatType { pat, .. }) => {
                if let syn::Pat::Ident(pattern) = &mut **pat {
                    pattern.mutability = None;
                }
            }
        }
    }
    // Lifetimes say nothing that the types do not.
    let generics = signature.generics.params.iter().filter(|one| !matches!(one, syn::GenericParam::Lifetime(_)));
    let generics = generics.map(text).collect::<Vec<_>>().join(", ");
    format!(
        "{asyncness}fn{}({}){}{}",
        if generics.is_empty() { String::new() } else { format!("<{generics}>") },
        text(&signature.inputs).trim_end_matches(','),
        match &signature.output {
            syn::ReturnType::Default => String::new(),
            syn::ReturnType::Type(_, ty) => format!(" -> {}", text(ty)),
        },
        match &signature.generics.where_clause {
            Some(clause) => format!(" {}", text(clause).trim_end_matches(',')),
            None => String::new(),
        }
    )
}

/// Tokens as people write them. The spaces are for the eye alone: both sides of a comparison get the same ones.
/// So is leaving out where the standard library keeps its types, which generated code spells out.
pub(super) fn text(tokens: &impl ToTokens) -> String {
    const TIGHT: [(&str, &str); 23] = [
        (" . ", "."),
        (" : :: ", ": "),
        ("mut :: ", "mut "),
        (" ::", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        ("( ", "("),
        (" )", ")"),
        (",)", ")"),
        (" (", "("),
        ("=(", "= ("),
        ("->(", "-> ("),
        (" : ", ": "),
        (" ;", ";"),
        ("<::", "<"),
        ("std::option::", ""),
        ("std::string::", ""),
        ("std::vec::", ""),
        ("std::result::", ""),
    ];
    let written = tokens.to_token_stream().to_string();
    if is_word(&written) {
        return written;
    }
    let text = TIGHT.iter().fold(written, |text, (wide, tight)| match text.contains(wide) {
        true => text.replace(wide, tight),
        false => text,
    });
    text.trim_start_matches("::").to_owned()
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
