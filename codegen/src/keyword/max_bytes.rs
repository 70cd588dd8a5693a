//! `x-maxBytes`: how many bytes of UTF-8 a string may have, which `maxLength` cannot say.

use super::rule::count;
use super::{Keyword, Merge, Rule};
use crate::spec::Shape::Count;

pub(super) const KEYWORDS: &[Keyword] = &[Keyword::of_strings(
    "x-maxBytes",
    Count,
    Rule::of_strings(|schema| count(schema, "x-maxBytes", "max_bytes")),
    "at most {} bytes in UTF-8",
)
.merged(Merge::Smallest)];
