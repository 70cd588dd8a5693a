//! `multipleOf`: the steps in which a number counts.

use quote::quote;

use super::bounds::number;
use super::{Keyword, Of, Rule};
use crate::spec::Shape::Number;

pub(super) const KEYWORDS: &[Keyword] = &[Keyword::assertion(
    "multipleOf",
    Number,
    Rule::of(Of::Numbers, |schema| {
        let step = number(schema.get("multipleOf")?)?;
        Some(quote!(multiple_of: Some(#step)))
    }),
    "a multiple of {}",
)];
