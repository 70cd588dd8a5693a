//! How values and requests are built.

use super::super::fault::{Fault, built, switched};

const STRUCTS: &str = "generated/runtime/structs.rs";
const BUILDING: &str = "generated/runtime/building.rs";
const BUILDERS: &str = "generated/types/builder.rs";
const DRAFT: &str = "generated/runtime/draft.rs";
const CALLS: &str = "generated/builder.rs";
const ARGUMENTS: &str = "generated/runtime/arguments.rs";
const SETTERS: &str = "generated/runtime/setters.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("what-is-missing-is-not-named", BUILDING, "ValueError::required", "self.missing.push(name)", "()"),
    switched("only-what-is-missing-is-told", BUILDING, "<ValueError as Display>::fmt", "missing.into_iter().chain(refused).collect()", "missing.into_iter().chain(refused.take(0)).collect()"),
    switched("a-cellphone-is-not-set", STRUCTS, "setter!", "value.into()", r#"if stringify!($field) == "cellphone" { drop(value); Default::default() } else { value.into() }"#),
    switched("a-last-name-is-not-set", STRUCTS, "setter!", "value.into()", r#"if stringify!($field) == "last_name" { drop(value); Default::default() } else { value.into() }"#),
    switched("a-value-is-lost-where-it-is-built-on", STRUCTS, "object!", "$crate::generated::runtime::Slot::Given(value.$field)", "{ drop(value.$field); Default::default() }"),
    switched("what-was-given-is-not-checked", BUILDING, "ValueError::given", "value.conformance()", "Vec::<super::Violation>::new()"),
    switched("a-plan-is-not-set", STRUCTS, "setter!", "value.into()", r#"if stringify!($field) == "product_id" { drop(value); Default::default() } else { value.into() }"#),
    switched("a-required-setter-does-not-say-its-name", SETTERS, "required", r#"converted(value).map_err(|error| format!("{name}: {error}"))"#, "converted(value)"),
    switched("an-optional-setter-does-not-say-its-name", SETTERS, "optional", r#"value.optional(Sealed).map_err(|error| format!("{name}: {error}"))"#, "value.optional(Sealed)"),
    switched("an-argument-may-be-missing", ARGUMENTS, "argument_unset!", r#"Err(concat!(stringify!($field), " is missing").to_owned())"#, "Ok(::std::default::Default::default())"),
    switched("an-argument-loses-its-sign", CALLS, "GetCustomer::request", "domain_id?", "domain_id?.wrapping_abs()"),
    switched("an-argument-is-a-small-integer", CALLS, "GetCustomer::request", "encode_path(&domain_id.to_string())", "encode_path(&(domain_id as i32).to_string())"),
    switched("another-path", DRAFT, "Draft::new", "operation.path", r#""/partners/customer/{domainId}""#),
    switched("another-method-of-a-call", DRAFT, "Draft::new", "operation.method.as_bytes()", r#"b"POST""#),
    built("a-scope-less", "getCustomer", CALLS, "operation!(GetCustomer)", r#"&["partner.read"]"#, "&[]"),
    built("another-name-of-a-property-in-its-violations", "Partnership", BUILDERS, "object!(Partnership)", r#""memo""#, r#""note""#),
    built("another-name-of-a-property-without-violations", "ApiError", BUILDERS, "object!(ApiError)", r#""code""#, r#""errorCode""#),
    switched("a-refusal-without-a-keyword", BUILDING, "ValueError::given", r#"format!("{name}: {violation}")"#, r#"{ let _ = violation; name.to_owned() }"#),
    switched("a-refusal-without-a-place", BUILDING, "ValueError::given", r#"format!("{name}: {violation}")"#, r#"format!("{}", violation.keyword)"#),
    switched("an-example-without-a-customer-code", "generated/types.rs", "example!(Partnership)", "Some(CustomerCode::example())", "None"),
];
