//! Null, absent, and a value: what decoding, encoding and builders make of them.

use super::super::fault::{Fault, built, switched};

const TYPES: &str = "generated/types.rs";
const CONFORMANCE: &str = "generated/runtime/conformance.rs";
const SETTERS: &str = "generated/runtime/setters.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    built("an-absent-memo-is-sent-as-null", "Partnership", TYPES, "Partnership.memo", r#"#[serde(skip_serializing_if = "Option::is_none")]"#, ""),
    built("an-absent-first-name-is-sent-as-null", "Administrator", TYPES, "Administrator.first_name", r#", skip_serializing_if = "Option::is_none""#, ""),
    built("a-null-plan-is-absent", "Customer", TYPES, "Customer.product_id", r#", deserialize_with = "runtime::present""#, ""),
    switched("a-present-plan-is-lost", "generated/runtime/fields.rs", "present", "T::deserialize(deserializer).map(Some)", "T::deserialize(deserializer).map(|_| None)"),
    switched("null-may-stand-where-it-must-not", CONFORMANCE, "Examiner::object", "property.takes_null", "true"),
    switched("null-must-not-stand-where-it-may", CONFORMANCE, "Examiner::object", "property.takes_null", "false"),
    switched("null-is-looked-for-in-capitals", CONFORMANCE, "is_null", r#"json == "null""#, r#"json == "NULL""#),
    switched("a-setter-takes-null-for-nothing", SETTERS, "<Null as IntoNullable>::nullable", "Ok(Some(None))", "Ok(None)"),
    switched("a-setter-takes-none-for-null", SETTERS, "<Option<V> as IntoNullable<T, AsOption>>::nullable", "Ok(self.map(converted).transpose()?.map(Some))", "Ok(Some(self.map(converted).transpose()?))"),
    switched("a-setter-takes-null-in-a-field-for-nothing", SETTERS, "<Option<Option<V>> as IntoNullable<T, AsField>>::nullable", "self.map(|value| value.map(converted).transpose()).transpose()", "self.and_then(|value| value.map(|value| converted(value).map(Some))).transpose()"),
    switched("an-option-is-never-set", SETTERS, "<Option<V> as IntoOptional<T, AsOption>>::optional", "self.map(converted).transpose()", "self.map(converted).transpose().map(|_| None)"),
];
