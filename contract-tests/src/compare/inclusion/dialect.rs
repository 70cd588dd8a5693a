//! The versions of JSON Schema, as far as they differ in what a schema means.

use crate::document::TAGGED;

/// The version that a schema is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// A schema of OpenAPI 3.0, as it is translated for the validator: Draft 4 with the judge's own keywords.
    OpenApi30,
    /// Draft 4.
    Draft4,
    /// Draft 6.
    Draft6,
    /// Draft 7.
    Draft7,
    /// Draft 2019-09.
    Draft201909,
    /// Draft 2020-12.
    Draft202012,
    /// A schema of OpenAPI 3.1, as it is translated for the validator: Draft 2020-12 with the judge's own keywords.
    OpenApi31,
}

impl Dialect {
    /// The dialect of this name, such as `draft7`, `7` or `2020-12`, or of this `$schema`.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim_end_matches('#').trim_end_matches("/schema").trim_start_matches("http://");
        let name = name.trim_start_matches("https://").trim_start_matches("json-schema.org/");
        let name = name.trim_start_matches("draft").trim_start_matches('/').trim_start_matches(['-', '0']);
        Some(match name {
            "openapi30" => Self::OpenApi30,
            "4" => Self::Draft4,
            "6" => Self::Draft6,
            "7" => Self::Draft7,
            "2019-09" | "201909" => Self::Draft201909,
            "2020-12" | "202012" => Self::Draft202012,
            _ => return None,
        })
    }

    /// Whether 1.0 is no integer.
    pub(super) fn strict_integers(self) -> bool {
        self <= Self::Draft4
    }

    /// Whether `exclusiveMinimum` is a word beside `minimum` rather than a bound.
    pub(super) fn boolean_bounds(self) -> bool {
        self <= Self::Draft4
    }

    /// Whether what stands beside `$ref` says nothing.
    pub(super) fn lonely_references(self) -> bool {
        self <= Self::Draft7
    }

    /// Whether formats refuse anything.
    pub(super) fn asserts_formats(self) -> bool {
        self <= Self::Draft7 || self == Self::OpenApi31
    }

    /// Whether a keyword is one of this version.
    pub(super) fn knows(self, keyword: &str) -> bool {
        match keyword {
            "x-integerRange" | "x-maxBytes" | TAGGED => matches!(self, Self::OpenApi30 | Self::OpenApi31),
            "patternProperties" | "dependencies" | "additionalItems" if self == Self::OpenApi30 => false,
            "const" | "contains" | "propertyNames" => self >= Self::Draft6,
            "if" | "then" | "else" => self >= Self::Draft7,
            // Later versions leave `dependencies` to those who still have it, which validators do.
            "contentEncoding" | "contentMediaType" => matches!(self, Self::Draft6 | Self::Draft7),
            "additionalItems" => self < Self::Draft202012,
            "dependentRequired"
            | "dependentSchemas"
            | "minContains"
            | "maxContains"
            | "unevaluatedItems"
            | "unevaluatedProperties" => self >= Self::Draft201909,
            "$recursiveRef" => self == Self::Draft201909,
            "prefixItems" | "$dynamicRef" => self >= Self::Draft202012,
            _ => true,
        }
    }
}
