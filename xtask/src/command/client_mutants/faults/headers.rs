//! Headers of requests and of responses, and how bodies are read by them.

use super::super::fault::{Fault, built, switched};

const DRAFT: &str = "generated/runtime/draft.rs";
const DECODE: &str = "generated/runtime/decode.rs";
const RETRIES: &str = "generated/runtime/retries.rs";
const CREDENTIALS: &str = "generated/runtime/credentials.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("anything-is-accepted", DRAFT, "Draft::accept", "Some(media_types)", r#"Some(media_types).and(Some(HeaderValue::from_static("*/*")))"#),
    switched("another-type-is-accepted", DRAFT, "Draft::accept", "Some(media_types)", r#"Some(media_types).and(Some(HeaderValue::from_static("text/json")))"#),
    built("a-call-does-not-say-what-it-accepts", "getCustomer", "generated/builder.rs", "GetCustomer::send", r#"self("application/json")"#, "self()"),
    switched("any-type-is-json", DECODE, "decoded", "!media_type(response.headers()).is_some_and(is_json)", "false"),
    switched("no-type-is-json", DECODE, "decoded", "!media_type(response.headers()).is_some_and(is_json)", "media_type(response.headers()).is_some_and(|found| !is_json(found))"),
    switched("a-suffix-does-not-count", DECODE, "is_json", r#"ends("+json")"#, "false"),
    switched("a-type-in-capitals-does-not-count", DECODE, "is_json", "media_type.eq_ignore_ascii_case(json)", "media_type == *json"),
    switched("a-type-begins-like-json", DECODE, "is_json", "media_type.eq_ignore_ascii_case(json)", "media_type.to_ascii_lowercase().starts_with(json)"),
    switched("parameters-of-a-type-count", DECODE, "media_type", "value.split(';').next()?.trim()", "value"),
    switched("a-byte-order-mark-does-not-decode", DECODE, "decode", r#"body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)"#, "body"),
    switched("headers-are-lost", "generated/runtime/reading.rs", "raw", "std::mem::take(response.headers_mut())", r#"std::mem::take(response.headers_mut()).remove("content-type").map(|found| (reqwest::header::CONTENT_TYPE, found)).into_iter().collect()"#),
    switched("a-rate-limit-from-another-header", "rate_limit.rs", "RateLimit::of", "response.rate_limit_remaining()", "response.rate_limit_limit()"),
    switched("a-rate-limit-in-milliseconds", "rate_limit.rs", "RateLimit::of", "number(response.rate_limit_reset()).map(Duration::from_secs)", "number(response.rate_limit_reset()).map(Duration::from_millis)"),
    switched("retry-after-in-milliseconds", RETRIES, "seconds", "value.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)", "value.to_str().ok()?.trim().parse().ok().map(Duration::from_millis)"),
    switched("retry-after-is-no-date", RETRIES, "retry_after", "seconds(value).or_else(|| date(value))", "seconds(value)"),
    switched("retry-after-with-blanks-does-not-count", RETRIES, "seconds", "value.to_str().ok()?.trim()", "value.to_str().ok()?"),
    switched("no-blank-behind-bearer", CREDENTIALS, "attach", r#"[word, " ", text].concat()"#, "[word, text].concat()"),
    switched("a-token-as-basic", CREDENTIALS, "attach", r#"[word, " ", text].concat()"#, r#"["Basic ", text].concat()"#),
    switched("a-token-twice", CREDENTIALS, "set", "request.headers_mut().insert(name, value)", "{ request.headers_mut().append(name.clone(), value.clone()); request.headers_mut().append(name, value); None }"),
    switched("no-user-agent", "generated/runtime/connect.rs", "ClientBuilder::build", "USER_AGENT", r#""reqwest""#),
    switched("no-user-agent-for-tokens", "generated/runtime/oauth/endpoint.rs", "TokenEndpoint::new", r#"concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"))"#, r#""reqwest""#),
    switched("a-limit-of-a-rate-from-another-header", "rate_limit.rs", "RateLimit::of", "response.rate_limit_limit()", "response.rate_limit_remaining()"),
];
