//! `readOnly` and `writeOnly`: in which direction a property travels.

use super::{Keyword, Words};
use crate::claim::Claim;
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] = &[
    direction("readOnly", "read-only: set by the server"),
    direction("writeOnly", "write-only: sent to the server alone"),
];

const fn direction(name: &'static str, flag: &'static str) -> Keyword {
    Keyword { words: Words::Flag(flag), also: |_| &[Claim::Type], ..Keyword::annotation(name, Shape::Boolean) }
}
