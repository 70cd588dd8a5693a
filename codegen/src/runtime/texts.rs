//! Strings with constraints.

use super::{Format, Violation};

/// The constraints of a string.
#[derive(Debug, Clone, Copy)]
pub struct TextRules {
    /// The least number of Unicode code points.
    pub min_length: Option<u64>,
    /// The greatest number of Unicode code points.
    pub max_length: Option<u64>,
    /// The greatest number of bytes in UTF-8.
    pub max_bytes: Option<u64>,
    /// An unanchored ECMA-262 regular expression that must match somewhere.
    pub pattern: Option<Pattern>,
    /// The format that the text must be of.
    pub format: Option<Format>,
}

/// A regular expression, and how to match it.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// The expression as the document has it.
    pub source: &'static str,
    /// Whether a string matches the expression.
    pub matches: fn(pattern: &'static str, text: &str) -> Matching,
}

/// Whether a string matches a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// To find out takes longer than is allowed.
    Undecided,
}

impl Pattern {
    fn violation(self, text: &str) -> Option<Violation> {
        let measure = match (self.matches)(self.source, text) {
            Matching::Yes => return None,
            Matching::No => "a string that does not match",
            Matching::Undecided => "undecided: a string that takes too long to match",
        };
        Some(Violation::new("pattern", self.source, measure))
    }
}

impl TextRules {
    /// No constraint at all.
    pub const NONE: Self = Self { min_length: None, max_length: None, max_bytes: None, pattern: None, format: None };

    /// Every constraint that a string does not meet, in the order of the fields.
    pub fn violations(&self, text: &str) -> Vec<Violation> {
        let mut violations = Vec::new();
        if self.min_length.is_some() || self.max_length.is_some() {
            let length = text.chars().count() as u64;
            if let Some(limit) = self.min_length.filter(|limit| length < *limit) {
                violations.push(Violation::new("minLength", limit, length));
            }
            if let Some(limit) = self.max_length.filter(|limit| length > *limit) {
                violations.push(Violation::new("maxLength", limit, length));
            }
        }
        if let Some(limit) = self.max_bytes.filter(|limit| text.len() as u64 > *limit) {
            violations.push(Violation::new("x-maxBytes", limit, text.len()));
        }
        violations.extend(self.pattern.and_then(|pattern| pattern.violation(text)));
        if let Some(format) = self.format.filter(|format| !format.holds(text)) {
            let found = format!("a string of {} characters that is not one", text.chars().count());
            violations.push(Violation::new("format", format.name(), found));
        }
        violations
    }

    /// Checks a string.
    ///
    /// # Errors
    /// The first constraint that it does not meet.
    pub fn check(&self, text: &str) -> Result<(), Violation> {
        self.violations(text).into_iter().next().map_or(Ok(()), Err)
    }

    /// Adds the constraints to a JSON Schema.
    #[cfg(feature = "schemars")]
    pub fn describe(&self, schema: &mut ::schemars::Schema) {
        for (keyword, limit) in
            [("minLength", self.min_length), ("maxLength", self.max_length), ("x-maxBytes", self.max_bytes)]
        {
            if let Some(limit) = limit {
                schema.insert(keyword.to_owned(), limit.into());
            }
        }
        if let Some(pattern) = self.pattern {
            schema.insert("pattern".to_owned(), pattern.source.into());
        }
        if let Some(format) = self.format {
            schema.insert("format".to_owned(), format.name().into());
        }
    }
}

/// Declares a string with constraints, which compares as its string does, and what is implemented for it. Behind the declaration
/// stand the constraints, and how the type appears in a schema where that is not by its name alone.
macro_rules! text {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($of:ty);
        rules { $($rule:ident: $limit:expr),* } $(.$option:ident($($said:tt)*))* $(, $check:path)?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Deserialize, ::serde::Serialize)]
        #[serde(transparent)]
        pub struct $name($of);

        $crate::generated::runtime::checked_text!(
            $name, rules { $($rule: $limit),* } $(.$option($($said)*))* $(, $check)?
        );

        impl ::std::cmp::PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl ::std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

/// The same for a string that is a date with a time: it compares by the instants that these are.
macro_rules! date_time_text {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($of:ty);
        rules { $($rule:ident: $limit:expr),* } $(.$option:ident($($said:tt)*))* $(, $check:path)?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, ::serde::Deserialize, ::serde::Serialize)]
        #[serde(transparent)]
        pub struct $name($of);

        $crate::generated::runtime::checked_text!(
            $name, rules { $($rule: $limit),* } $(.$option($($said)*))* $(, $check)?
        );

        impl $name {
            fn instant(&self) -> $crate::generated::runtime::Instant<'_> {
                $crate::generated::runtime::Instant::of(&self.0)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.instant() == other.instant()
            }
        }

        impl ::std::cmp::Eq for $name {}

        impl ::std::cmp::PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> ::std::option::Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl ::std::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.instant().cmp(&other.instant())
            }
        }

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.instant().hash(state);
            }
        }
    };
}

/// Gives a newtype of `String` its constructors, which check, and its views; decoding does not check.
macro_rules! checked_text {
    (
        $name:ident, rules { $($rule:ident: $limit:expr),* } $(.$option:ident($($said:tt)*))* $(, $check:path)?
    ) => {
        impl $name {
            /// The constraints of the document.
            pub const RULES: $crate::generated::runtime::TextRules =
                $crate::generated::runtime::TextRules { $($rule: $limit,)* ..$crate::generated::runtime::TextRules::NONE };

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, owned.
            pub fn into_inner(self) -> ::std::string::String {
                self.0
            }

            /// Whether the text meets the document's constraints, as every text that you build does.
            ///
            /// # Errors
            /// The first constraint that a received text does not meet.
            pub fn check(&self) -> ::std::result::Result<(), $crate::generated::runtime::Violation> {
                Self::RULES.check(&self.0)$(.and_then(|()| $crate::generated::runtime::unrefused(self, $check)))?
            }
        }

        impl ::std::convert::TryFrom<::std::string::String> for $name {
            type Error = $crate::generated::runtime::Violation;

            fn try_from(text: ::std::string::String) -> ::std::result::Result<Self, $crate::generated::runtime::Violation> {
                let text = Self(text);
                text.check().map(|()| text)
            }
        }

        impl ::std::convert::TryFrom<&str> for $name {
            type Error = $crate::generated::runtime::Violation;

            fn try_from(text: &str) -> ::std::result::Result<Self, $crate::generated::runtime::Violation> {
                Self::try_from(text.to_owned())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::generated::runtime::Violation;

            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::generated::runtime::Violation> {
                Self::try_from(text)
            }
        }

        impl ::std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl $crate::generated::runtime::Conformance for $name {
            fn examine<'a>(
                &'a self,
                at: &mut $crate::generated::runtime::Examiner<'a>,
                _: &$crate::generated::runtime::Rules,
            ) {
                at.text(&Self::RULES, &self.0);
                $($check(self, at);)?
            }
        }

        #[cfg(feature = "schemars")]
        $crate::generated::runtime::appearing!($name $(.$option($($said)*))*, {
            let mut schema = ::schemars::json_schema!({ "type": "string" });
            Self::RULES.describe(&mut schema);
            schema
        });
    };
}

pub(crate) use {checked_text, date_time_text, text};
