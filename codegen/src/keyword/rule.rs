//! From keywords to the rules of the runtime, by which constructors and `conformance()` judge a value.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::present;

/// A keyword's part of the runtime's rules.
#[derive(Debug)]
pub struct Rule {
    /// Which values it judges.
    pub of: Of,
    /// Whether it gives a string a type of its own.
    pub needs_a_type: bool,
    /// The field of the runtime's rules that it becomes, from the schema; `None` where it asks for nothing.
    pub field: fn(&Value) -> Option<TokenStream>,
}

/// The values that a rule judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Strings, by the runtime's `TextRules`.
    Strings,
    /// Numbers, by the runtime's `Rules`.
    Numbers,
    /// Arrays, by the runtime's `Rules`.
    Lists,
    /// Objects, by the runtime's `Rules`.
    Maps,
}

/// The fields of the runtime's rules for some values of a schema.
pub fn rules(schema: &Value, of: Of) -> Vec<TokenStream> {
    let rules = present(schema).filter_map(|(keyword, _)| keyword.rule.as_ref()).filter(|rule| rule.of == of);
    rules.filter_map(|rule| (rule.field)(schema)).collect()
}

/// Whether a string schema has a type of its own.
pub fn needs_a_type(schema: &Value) -> bool {
    let mut with_rules = present(schema).filter_map(|(keyword, value)| Some((keyword.rule.as_ref()?, value)));
    with_rules.any(|(rule, value)| rule.needs_a_type && (!value.is_number() || (rule.field)(schema).is_some()))
}

impl Rule {
    pub(super) const fn of_strings(field: fn(&Value) -> Option<TokenStream>) -> Self {
        Self { of: Of::Strings, needs_a_type: true, field }
    }

    pub(super) const fn of(of: Of, field: fn(&Value) -> Option<TokenStream>) -> Self {
        Self { of, needs_a_type: false, field }
    }
}

/// A keyword that is a count as a field of the rules.
pub(super) fn count(schema: &Value, keyword: &str, field: &str) -> Option<TokenStream> {
    let limit = Literal::u64_unsuffixed(schema.get(keyword)?.as_u64()?);
    let field = format_ident!("{field}");
    Some(quote!(#field: Some(#limit)))
}
