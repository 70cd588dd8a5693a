//! Integers: the type of Rust that holds all that a schema allows, and numbers of the document by their exact value.

use serde_json::Value;

use super::format;

/// An integer type of Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "each is named as Rust names it")]
pub enum Integer {
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
}

use Integer::{I8, I16, I32, I64, I128, U8, U16, U32, U64};

/// Each type, its name, and the format that names it.
const ALL: [(Integer, &str, &str); 9] = [
    (I8, "i8", "int8"),
    (I16, "i16", "int16"),
    (I32, "i32", "int32"),
    (I64, "i64", "int64"),
    (I128, "i128", "int128"),
    (U8, "u8", "uint8"),
    (U16, "u16", "uint16"),
    (U32, "u32", "uint32"),
    (U64, "u64", "uint64"),
];

impl Integer {
    /// The type for the integers of a schema: the one that its format names, else an `i64`, or one that is wider where
    /// the bounds reach beyond that.
    pub fn of(schema: &Value) -> Self {
        let named = Self::of_format(schema);
        named.unwrap_or_else(|| match (limit(schema, "minimum", 1), limit(schema, "maximum", -1)) {
            (least, most) if !beyond(least) && !beyond(most) => I64,
            (Limit::Whole(least), Limit::Whole(most)) => Self::for_all([least, most]),
            (Limit::Whole(least), Limit::None) => Self::for_all([least]),
            _ => I128,
        })
    }

    /// The type for the values that an enumeration lists.
    pub fn of_listed(schema: &Value, listed: &[i128]) -> Self {
        let named = Self::of_format(schema).filter(|named| listed.iter().all(|value| named.holds(*value)));
        named.unwrap_or_else(|| Self::for_all(listed.iter().copied()))
    }

    fn of_format(schema: &Value) -> Option<Self> {
        Self::named(format::of(schema)?)
    }

    /// The type that a format names.
    pub fn named(format: &str) -> Option<Self> {
        ALL.iter().find(|(.., named)| *named == format).map(|(integer, ..)| *integer)
    }

    /// The formats that name one.
    pub fn formats() -> impl Iterator<Item = &'static str> + Clone {
        ALL.iter().map(|(.., format)| *format)
    }

    /// The first of `i64`, `u64` and `i128` that holds all of some values.
    fn for_all(values: impl IntoIterator<Item = i128> + Clone) -> Self {
        let holds = |integer: &Self| values.clone().into_iter().all(|value| integer.holds(value));
        [I64, U64].into_iter().find(holds).unwrap_or(I128)
    }

    /// Whether the type holds a value.
    pub fn holds(self, value: i128) -> bool {
        match self {
            I8 => i8::try_from(value).is_ok(),
            I16 => i16::try_from(value).is_ok(),
            I32 => i32::try_from(value).is_ok(),
            I64 => i64::try_from(value).is_ok(),
            I128 => true,
            U8 => u8::try_from(value).is_ok(),
            U16 => u16::try_from(value).is_ok(),
            U32 => u32::try_from(value).is_ok(),
            U64 => u64::try_from(value).is_ok(),
        }
    }

    /// Its name in Rust.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// The format of its own.
    pub fn format(self) -> &'static str {
        self.entry().2
    }

    /// Whether it holds no negative numbers.
    pub fn is_unsigned(self) -> bool {
        matches!(self, U8 | U16 | U32 | U64)
    }

    fn entry(self) -> (Self, &'static str, &'static str) {
        ALL.into_iter().find(|(integer, ..)| *integer == self).unwrap_or((I64, "i64", "int64"))
    }
}

/// A bound of a schema, as the first or last integer within it.
#[derive(Clone, Copy)]
enum Limit {
    None,
    Whole(i128),
    /// No `i128` holds it.
    Beyond,
}

fn beyond(limit: Limit) -> bool {
    match limit {
        Limit::None => false,
        Limit::Whole(limit) => !I64.holds(limit),
        Limit::Beyond => true,
    }
}

fn limit(schema: &Value, keyword: &str, inwards: i128) -> Limit {
    let Some(stated) = schema.get(keyword).filter(|stated| stated.is_number()) else { return Limit::None };
    let exclusive = match keyword {
        "minimum" => "exclusiveMinimum",
        _ => "exclusiveMaximum",
    };
    let excluded = schema.get(exclusive) == Some(&Value::Bool(true));
    match whole(stated) {
        Some(limit) if excluded => limit.checked_add(inwards).map_or(Limit::Beyond, Limit::Whole),
        Some(limit) => Limit::Whole(limit),
        None => match stated.as_f64() {
            // A fraction: an `i64` or the next integer, which decides nothing beyond 2^53.
            Some(float) if float.abs() < 1e18 => Limit::Whole(float as i128),
            _ => Limit::Beyond,
        },
    }
}

/// A number that is an integer, by the decimal that the document writes: `1.0` and `1e2` are.
pub fn whole(value: &Value) -> Option<i128> {
    let small = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    // A float is written as its shortest decimal, with all zeros.
    small.or_else(|| value.as_f64().filter(|float| float.fract() == 0.0)?.to_string().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_integer_has_the_type_of_its_format_or_one_that_its_bounds_fit_in() {
        for (schema, expected) in [
            (json!({}), I64),
            (json!({ "format": "timestamp" }), I64),
            (json!({ "format": "uint64" }), U64),
            (json!({ "format": "uint32", "maximum": 7 }), U32),
            (json!({ "minimum": 0 }), I64),
            (json!({ "minimum": 0, "maximum": 9_223_372_036_854_775_807_u64 }), I64),
            (json!({ "minimum": 0, "maximum": 9_223_372_036_854_775_808_u64, "exclusiveMaximum": true }), I64),
            (json!({ "minimum": 0, "maximum": 9_223_372_036_854_775_808_u64 }), U64),
            (json!({ "minimum": 0, "maximum": u64::MAX }), U64),
            (json!({ "minimum": -1, "exclusiveMinimum": true, "maximum": u64::MAX }), U64),
            (json!({ "minimum": -1, "maximum": u64::MAX }), I128),
            (json!({ "maximum": u64::MAX }), I128),
            (json!({ "minimum": u64::MAX }), U64),
            (json!({ "minimum": 0, "maximum": 1e23 }), I128),
            (json!({ "minimum": -1e300 }), I128),
            (json!({ "minimum": 0.5, "maximum": 1.0e3 }), I64),
        ] {
            assert_eq!(Integer::of(&schema), expected, "{schema}");
        }
        assert_eq!(Integer::of_listed(&json!({ "format": "int64" }), &[1, u64::MAX.into()]), U64);
        assert_eq!(Integer::of_listed(&json!({ "format": "int8" }), &[1, 2]), I8);
    }

    #[test]
    fn numbers_of_the_document_are_exact() {
        assert_eq!(whole(&json!(1e23)), Some(100_000_000_000_000_000_000_000));
        assert_eq!((whole(&json!(2.0)), whole(&json!(-0.0)), whole(&json!(0.5))), (Some(2), Some(0), None));
        assert_eq!((whole(&json!(u64::MAX)), whole(&json!(1e300))), (Some(u64::MAX.into()), None));
    }
}
