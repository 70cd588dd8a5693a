//! `multipleOf`: the steps in which a number counts.

use proc_macro2::Literal;
use quote::quote;

use super::{Keyword, Of, Rule};
use crate::spec::Shape::Number;

pub(super) const KEYWORDS: &[Keyword] = &[Keyword::assertion(
    "multipleOf",
    Number,
    Rule::of(Of::Numbers, |schema| {
        let step = Literal::f64_unsuffixed(schema.get("multipleOf")?.as_f64()?);
        Some(quote!(multiple_of: Some(#step)))
    }),
    "a multiple of {}",
)];
