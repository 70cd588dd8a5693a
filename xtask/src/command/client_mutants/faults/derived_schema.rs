//! What the derived schema says.

use super::super::fault::{Fault, built, switched};

const TYPES: &str = "generated/types.rs";
const TEXTS: &str = "generated/runtime/texts.rs";
const ENUMS: &str = "generated/runtime/enums.rs";
const SCHEMAS: &str = "generated/runtime/schemas.rs";
const STRUCTS: &str = "generated/runtime/structs.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("max-length-becomes-max-items", TEXTS, "TextRules::describe", r#"("maxLength", self.max_length)"#, r#"("maxItems", self.max_length)"#),
    switched("max-bytes-becomes-max-length", TEXTS, "TextRules::describe", r#"("x-maxBytes", self.max_bytes)"#, r#"("maxLength", self.max_bytes)"#),
    switched("no-limit-is-described", TEXTS, "TextRules::describe", "schema.insert(keyword.to_owned(), limit.into())", "None"),
    switched("no-format-is-described", TEXTS, "TextRules::describe", r#"schema.insert("format".to_owned(), format.name().into())"#, "None"),
    switched("no-annotation-is-described", SCHEMAS, "Appearance::complete", "schema.insert(keyword, value)", "None"),
    switched("null-is-not-described", SCHEMAS, "Appearance::complete", "self.nullable", "false"),
    switched("null-is-always-described", SCHEMAS, "Appearance::complete", "self.nullable", "true"),
    switched("null-is-no-listed-value", SCHEMAS, "or_null", "values.push(Value::Null)", "()"),
    switched("null-is-no-type", SCHEMAS, "or_null", r#""null".to_owned()"#, r#""boolean".to_owned()"#),
    switched("strings-stand-where-they-are-used", SCHEMAS, "appearing!", "Self::APPEARANCE.inline", "true"),
    switched("strings-have-names-in-lower-case", SCHEMAS, "appearing!", "Self::APPEARANCE.name.into()", "Self::APPEARANCE.name.to_lowercase().into()"),
    switched("no-listed-value-is-described", ENUMS, "open_enum!", r#"::schemars::json_schema!({ "type": "string", "enum": Self::LISTED })"#, r#"::schemars::json_schema!({ "type": "string" })"#),
    switched("a-listed-value-is-not-described", ENUMS, "open_enum!", r#"::schemars::json_schema!({ "type": "string", "enum": Self::LISTED })"#, r#"::schemars::json_schema!({ "type": "string", "enum": Self::LISTED[1..] })"#),
    built("a-plan-is-never-null", "ProductId", TYPES, "open_enum!(ProductId)", ".nullable()", r#".with("{}")"#),
    built("a-locale-under-another-name", "Locale", TYPES, "open_enum!(Locale)", ".with", r#".renamed("Language").with"#),
    built("another-example-of-a-code", "ApiError", TYPES, "ApiError.code", r###"r#"["TOO_MANY_REQUESTS"]"#"###, r###"r#"["TOO_MANY"]"#"###),
    built("no-provenance-of-an-error", "ApiError", TYPES, "ApiError", r#""x-provenance" = runtime"#, r#""x-origin" = runtime"#),
    built("what-is-deprecated-is-not-described-so", "Partnership", TYPES, "Partnership.use_option_plus", r#"extend("deprecated" = true)"#, r#"extend("deprecated" = false)"#),
    built("a-country-code-may-be-null", "Administrator", STRUCTS, "record!", "properties()", r#"properties().nullable("countryCode")"#),
    built("another-description-of-a-domain-type", "DomainType", TYPES, "open_enum!(DomainType)", r###"r#"{"description":"Domain type"}"#"###, r###"r#"{"description":"Type"}"#"###),
];
