//! `xml`: how a value is written in XML, which the derived schema passes on.

use super::Keyword;
use crate::spec::{Kind, Shape};

pub(super) const KEYWORDS: &[Keyword] = &[Keyword::annotation("xml", Shape::Object(Kind::Xml))];
