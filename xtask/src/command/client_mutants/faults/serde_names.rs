//! Names on the wire, and what decoding takes for an object.

use super::super::fault::{Fault, built, switched};

const TYPES: &str = "generated/types.rs";
const STRUCTS: &str = "generated/runtime/structs.rs";
const OBJECTS: &str = "generated/runtime/objects.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    built("company-name-in-snake-case", "Customer", TYPES, "Customer", r#"rename = "companyName""#, r#"rename = "company_name""#),
    built("another-case-of-private-email", "Administrator", TYPES, "Administrator", r#"rename = "privateEmail""#, r#"rename = "privateEMail""#),
    built("another-case-of-country-code", "Administrator", TYPES, "Administrator", r#"rename = "countryCode""#, r#"rename = "countrycode""#),
    built("undeclared-properties-are-refused", "Administrator", STRUCTS, "record!", r#"crate = "runtime::objects""#, r#"crate = "runtime::objects", deny_unknown_fields"#),
    built("another-case-of-use-option-plus", "Partnership", TYPES, "Partnership", r#"rename = "useOptionPlus""#, r#"rename = "useOptionplus""#),
    built("code-under-another-name", "ApiError", TYPES, "ApiError", "pub code: String", r#"#[serde(rename = "errorCode")] pub code: String"#),
    built("a-company-in-another-spelling-too", "Customer", TYPES, "Customer.company_name", r#"rename = "companyName""#, r#"rename = "companyName", alias = "company_name""#),
    built("a-hyphen-in-a-locale", "Locale", TYPES, "open_enum!(Locale)", r#""ja_JP""#, r#""ja-JP""#),
    built("two-locales-change-places", "Locale", TYPES, "open_enum!(Locale)", r#"KoKr = "ko_KR", EnUs = "en_US""#, r#"KoKr = "en_US", EnUs = "ko_KR""#),
    built("a-plan-without-its-underscore", "ProductId", TYPES, "open_enum!(ProductId)", r#""STD_T""#, r#""STDT""#),
    built("another-case-of-a-domain-type", "DomainType", TYPES, "open_enum!(DomainType)", r#""GROUP""#, r#""Group""#),
    built("a-status-that-is-cut-short", "PartnershipStatus", TYPES, "open_enum!(PartnershipStatus)", r#""APPROVED""#, r#""APPROVE""#),
    switched("an-array-is-an-object", OBJECTS, "Deserializer::deserialize_struct", "::serde::Deserializer::deserialize_map(self, Members(visitor))", "::serde::Deserializer::deserialize_any(self, visitor)"),
];
