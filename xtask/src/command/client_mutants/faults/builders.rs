//! How values and requests are built.

use super::super::fault::{Fault, built, switched};

const VALUES: &str = "generated/types/builder.rs";
const BUILDING: &str = "generated/runtime/building.rs";
const CALLS: &str = "generated/builder.rs";
const SETTERS: &str = "generated/runtime/setters.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("what-is-missing-is-not-named", BUILDING, "ValueError::required", "self.missing.push(name)", "()"),
    switched("only-what-is-missing-is-told", BUILDING, "<ValueError as Display>::fmt", "missing.into_iter().chain(refused).collect()", "missing.into_iter().chain(refused.take(0)).collect()"),
    switched("a-cellphone-is-not-set", VALUES, "Administrator::cellphone", r#"runtime::optional("cellphone", value)"#, r#"runtime::optional::<String, _>("cellphone", value).map(|_| None)"#),
    switched("a-first-name-is-set-as-a-cellphone", VALUES, "Administrator::first_name", r#"self.first_name = runtime::optional("first_name", value).into()"#, r#"self.cellphone = runtime::optional("first_name", value).into()"#),
    switched("a-value-is-lost-where-it-is-built-on", BUILDING, "builder!", "$crate::generated::runtime::Slot::Given(value.$field)", "{ drop(value.$field); Default::default() }"),
    switched("what-was-given-is-not-checked", BUILDING, "ValueError::given", "value.conformance()", "Vec::<super::Violation>::new()"),
    switched("a-plan-is-not-set", VALUES, "Customer::product_id", r#"runtime::nullable("product_id", value)"#, r#"runtime::nullable("product_id", value).map(|_| None)"#),
    switched("a-required-setter-does-not-say-its-name", SETTERS, "required", r#"converted(value).map_err(|error| format!("{name}: {error}"))"#, "converted(value)"),
    switched("an-optional-setter-does-not-say-its-name", SETTERS, "optional", r#"value.optional(Sealed).map_err(|error| format!("{name}: {error}"))"#, "value.optional(Sealed)"),
    switched("an-argument-may-be-missing", CALLS, "GetCustomer::new", r#"Err("domain_id is missing".to_string())"#, "Ok(0)"),
    switched("an-argument-loses-its-sign", CALLS, "GetCustomer::domain_id", r#"runtime::required("domain_id", value)"#, r#"runtime::required("domain_id", value).map(i64::wrapping_abs)"#),
    switched("an-argument-is-a-small-integer", CALLS, "GetCustomer::request", "encode_path(&domain_id.to_string())", "encode_path(&(domain_id as i32).to_string())"),
    switched("another-path", CALLS, "GetCustomer::request", r#""/partners/customers/""#, r#""/partners/customer/""#),
    switched("another-method-of-a-call", CALLS, "GetCustomer::request", "client.client.get(url)", "client.client.post(url)"),
    built("a-scope-less", "getCustomer", CALLS, "GetCustomer::SECURITY", r#"&["partner.read"]"#, "&[]"),
    switched("an-example-without-a-customer-code", "generated/types.rs", "Customer::example", r#"Some(CustomerCode("asd123ada11".to_owned()))"#, "None"),
];
