//! What readers are told.

use super::super::fault::{Fault, marked, told};

const TYPES: &str = "generated/types.rs";
const HEADERS: &str = "generated/headers.rs";
const CLIENT: &str = "generated/mod.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    told("a-memo-is-told-in-bytes", TYPES, "Memo", "`700` characters", "`700` bytes"),
    told("a-memo-is-told-longer", TYPES, "Partnership.memo", "`700` characters", "`7000` characters"),
    told("a-code-is-told-in-characters", TYPES, "CustomerCode", "`200` bytes in UTF-8", "`200` characters"),
    told("a-tenant-is-not-told-to-be-set-by-the-server", TYPES, "Customer.tenant_id", "; read-only: set by the server", ""),
    told("a-domain-is-told-to-be-small", TYPES, "Customer.domain_id", "`int64`", "`int32`"),
    told("another-time-zone-as-an-example", TYPES, "Customer.time_zone", "`Asia/Tokyo`", "`Europe/Paris`"),
    told("a-customer-is-not-described", TYPES, "Customer", "Customer information", ""),
    told("an-address-of-another-format", TYPES, "Administrator.private_email", "`email`", "`idn-email`"),
    marked("another-name-of-a-locale", TYPES, "Locale.JaJp", "JaJp", r#"#[doc = "`jp_JP`"] JaJp"#),
    told("an-error-is-described-otherwise", TYPES, "ApiError", "What went wrong with a call", "What went well"),
    told("another-server", CLIENT, "Client", "https://www.worksapis.com/v1.0", "https://www.worksapis.com/v1.1"),
    told("another-scope", CLIENT, "Client", "`partner.read`: Reads what belongs", "`partner.list`: Reads what belongs"),
    told("another-token-url", CLIENT, "Client", "https://auth.worksmobile.com/oauth2/v2.0/token", "https://auth.worksmobile.com/oauth2/v1.0/token"),
    told("another-version", CLIENT, "Client", "0.1.0, in", "0.2.0, in"),
    told("another-status", CLIENT, "Client::get_customer", "`404`: Not Found", "`410`: Not Found"),
    told("another-reason-of-a-status", CLIENT, "Client::get_customer", "Too Many Requests", "Busy"),
    told("another-method", CLIENT, "Client::get_customer", "`GET /partners", "`POST /partners"),
    told("another-scope-of-a-call", CLIENT, "Client::get_customer", "`lineworks` with `partner.read`", "`lineworks` with `partner.write`"),
    told("an-argument-is-told-to-be-optional", CLIENT, "Client::get_customer", "(path, required, integer", "(path, optional, integer"),
    told("a-setter-is-described-otherwise", "generated/builder.rs", "GetCustomer::domain_id", "Domain ID", "Tenant ID"),
    told("a-header-is-described-otherwise", HEADERS, "ResponseHeaders::rate_limit_limit", "calls are allowed", "calls are left"),
    told("a-header-of-another-response", HEADERS, "ResponseHeaders::rate_limit_limit", "`200`, `429`", "`200`, `404`"),
    marked("half-a-reason-of-a-deprecation", TYPES, "Customer.product_id", r#"note = "Support is scheduled to end. For customer subscriptions, see Get subscriptions.""#, r#"note = "Support is scheduled to end.""#),
    marked("no-deprecation", TYPES, "Partnership.use_option_plus", r#"#[deprecated(note = "Obsolete; always true.")]"#, ""),
    marked("a-deprecation-of-what-is-not-deprecated", TYPES, "Partnership.memo", "pub memo", r#"#[deprecated(note = "Obsolete.")] pub memo"#),
];
