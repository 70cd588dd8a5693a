//! The mock server for tests of the client's users.

use super::super::fault::{Fault, switched};

const MOCK: &str = "generated/mock.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("the-mock-is-somewhere-else", MOCK, "<MockServer as MockServerExt>::api_url", "self.url(BASE_PATH)", r#"self.url("/")"#),
    switched("the-mock-wants-no-credentials", MOCK, "<MockServer as MockServerExt>::get_customer", "builder::GetCustomer::SECURITY", "&[]"),
    switched("the-mock-has-another-path", MOCK, "<MockServer as MockServerExt>::get_customer", r#""/partners/customers/{domainId}""#, r#""/partners/customer/{domainId}""#),
    switched("the-mock-of-another-customer", MOCK, "When::domain_id", "&value", "&*Box::leak(Box::new(value.wrapping_add(1)))"),
    switched("the-mock-of-another-example", MOCK, "Then::example_401", "401", "403"),
    switched("the-mock-of-another-type", MOCK, "Then::example_200", r#""application/json""#, r#""text/plain""#),
];
