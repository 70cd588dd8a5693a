//! Where a violation is, and which keyword it names.

use super::super::fault::{Fault, switched};

const TEXTS: &str = "generated/runtime/texts.rs";
const ENUMS: &str = "generated/runtime/enums.rs";
const STRUCTS: &str = "generated/runtime/structs.rs";
const CONFORMANCE: &str = "generated/runtime/conformance.rs";
const DECODE: &str = "generated/runtime/decode.rs";
const VIOLATION: &str = "generated/runtime/violation.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("the-place-of-an-administrator", STRUCTS, "held!", "at.property(place.name, field, place.rules.first().unwrap_or(&Rules::NONE))", r#"at.property(if place.name == "administrator" { "admin" } else { place.name }, field, place.rules.first().unwrap_or(&Rules::NONE))"#),
    switched("the-place-of-a-locale", STRUCTS, "held!", "at.property(place.name, field, place.rules.first().unwrap_or(&Rules::NONE))", r#"at.property(if place.name == "locale" { "timeZone" } else { place.name }, field, place.rules.first().unwrap_or(&Rules::NONE))"#),
    switched("a-plan-is-not-examined", STRUCTS, "held!", "at.property(place.name, field, place.rules.first().unwrap_or(&Rules::NONE))", r#"if place.name != "productId" { at.property(place.name, field, place.rules.first().unwrap_or(&Rules::NONE)) }"#),
    switched("the-place-of-a-code-in-snake-case", STRUCTS, "held!", "at.property(place.name, field, place.rules.first().unwrap_or(&Rules::NONE))", r#"at.property(if place.name == "customerCode" { "customer_code" } else { place.name }, field, place.rules.first().unwrap_or(&Rules::NONE))"#),
    switched("the-place-of-an-address-in-snake-case", STRUCTS, "held!", "at.property(place.name, field, place.rules.first().unwrap_or(&Rules::NONE))", r#"at.property(if place.name == "privateEmail" { "private_email" } else { place.name }, field, place.rules.first().unwrap_or(&Rules::NONE))"#),
    switched("an-address-is-not-examined", STRUCTS, "held!", "at.property(place.name, field, place.rules.first().unwrap_or(&Rules::NONE))", r#"if place.name != "privateEmail" { at.property(place.name, field, place.rules.first().unwrap_or(&Rules::NONE)) }"#),
    switched("a-received-partnership-is-not-examined", STRUCTS, "object!", "<$crate::generated::runtime::structs::$held as $crate::generated::runtime::structs::Held>::property::<$of>($wire)", r#"<$crate::generated::runtime::structs::$held as $crate::generated::runtime::structs::Held>::property::<$of>(if $wire == "partnership" { "Partnership" } else { $wire })"#),
    switched("a-received-tenant-is-not-examined", STRUCTS, "object!", "<$crate::generated::runtime::structs::$held as $crate::generated::runtime::structs::Held>::property::<$of>($wire)", r#"<$crate::generated::runtime::structs::$held as $crate::generated::runtime::structs::Held>::property::<$of>(if $wire == "tenantId" { "tenant" } else { $wire })"#),
    switched("the-keyword-max-length-in-lower-case", TEXTS, "TextRules::violations", r#""maxLength""#, r#""maxlength""#),
    switched("max-bytes-named-as-max-length", TEXTS, "TextRules::violations", r#""x-maxBytes""#, r#""maxLength""#),
    switched("a-format-named-as-a-pattern", TEXTS, "TextRules::violations", r#""format""#, r#""pattern""#),
    switched("an-unlisted-value-named-as-const", ENUMS, "enumeration!", r#"at.report($crate::generated::runtime::Violation::new("enum", listed, "a value that is not listed"))"#, r#"at.report($crate::generated::runtime::Violation::new("const", listed, "a value that is not listed"))"#),
    switched("a-null-named-as-nullable", CONFORMANCE, "Examiner::object", r#"Violation::new("type", "not null", "null")"#, r#"Violation::new("nullable", "true", "null")"#),
    switched("a-fraction-named-as-a-format", "generated/runtime/numbers.rs", "received_integer", r#""type""#, r#""format""#),
    switched("pointers-with-dots", CONFORMANCE, "Examiner::report", "violation.pointer.push('/')", "violation.pointer.push('.')"),
    switched("pointers-pile-up", CONFORMANCE, "Examiner::property", "self.path.pop()", "None::<Step<'a>>"),
    switched("pointers-of-received-properties-pile-up", CONFORMANCE, "Examiner::object", "(property.received)(member.get(), self)", "{ (property.received)(member.get(), self); self.path.push(Step::Index(0)) }"),
    switched("only-the-first-violation", CONFORMANCE, "Conformance::conformance", "examiner.violations", "examiner.violations.into_iter().take(1).collect()"),
    switched("a-string-has-no-violations", CONFORMANCE, "Examiner::text", "rules.violations(text)", "Vec::new()"),
    switched("what-was-received-is-not-examined", CONFORMANCE, "violations_within", "violations.append(&mut examiner.violations)", "()"),
    switched("what-was-decoded-is-not-examined", CONFORMANCE, "violations_within", "value.examine(&mut examiner, rules)", "()"),
    switched("decoding-points-with-dots", DECODE, "pointer", "pointer.push('/')", "pointer.push('.')"),
    switched("decoding-points-in-lower-case", DECODE, "pointer", "token(key)", "token(&key.to_ascii_lowercase())"),
    switched("decoding-points-nowhere", DECODE, "decode", "located.err().map(|error| pointer(error.path())).unwrap_or_default()", "{ let _ = located; String::new() }"),
    switched("constructors-name-another-keyword", TEXTS, "TextRules::check", "self.violations(text).into_iter().next()", r#"self.violations(text).into_iter().next().map(|_| Violation::new("maxItems", 0, 1))"#),
    switched("a-violation-does-not-say-where", VIOLATION, "<Violation as Display>::fmt", "!pointer.is_empty()", "false"),
    switched("a-measure-for-the-limit", VIOLATION, "Violation::new", "limit.to_string()", "measure.to_string()"),
    switched("a-decoding-error-does-not-say-where", DECODE, "<DecodeError as Display>::fmt", "self.pointer.is_empty()", "true"),
    switched("an-unlisted-value-has-no-name", ENUMS, "<Unlisted as Display>::fmt", "self.0.fmt(f)", r#"f.write_str("unlisted")"#),
];
