//! `default`: what the server takes where nothing is given.

use super::{Keyword, Words};
use crate::spec::Shape;

pub(super) const KEYWORDS: &[Keyword] =
    &[Keyword { words: Words::Shown("Default", |_| true, "default"), ..Keyword::annotation("default", Shape::Any) }];
