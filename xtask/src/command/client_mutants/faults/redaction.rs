//! What logs, errors and `{:?}` show.

use super::super::fault::{Fault, switched};

const RESPONSES: &str = "generated/runtime/responses.rs";
const ERRORS: &str = "generated/runtime/errors.rs";
const DECODED: &str = "generated/runtime/decoded.rs";
const SHOWN: &str = "generated/runtime/shown.rs";
const BASE_URL: &str = "generated/runtime/base_url.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("a-response-shows-its-body", RESPONSES, "<RawResponse as Debug>::fmt", r#"f.debug_struct("RawResponse").field("status", &self.status).field("headers", &self.headers.len()).field("body_bytes", &self.body.len()).finish()"#, r#"f.debug_struct("RawResponse").field("body", &self.body).finish()"#),
    switched("a-response-shows-its-headers", RESPONSES, "<RawResponse as Debug>::fmt", r#"f.debug_struct("RawResponse").field("status", &self.status).field("headers", &self.headers.len()).field("body_bytes", &self.body.len()).finish()"#, r#"f.debug_struct("RawResponse").field("headers", &self.headers).finish()"#),
    switched("a-value-shows-its-headers", RESPONSES, "<ResponseValue as Debug>::fmt", r#"f.debug_struct("ResponseValue").field("raw", &self.raw).finish_non_exhaustive()"#, r#"f.debug_struct("ResponseValue").field("headers", &self.raw.headers).finish_non_exhaustive()"#),
    switched("an-error-shows-its-url", ERRORS, "CommunicationError::new", "error.without_url()", "error"),
    switched("a-broken-body-shows-its-url", "generated/runtime/reading.rs", "read", "error.without_url()", "error"),
    switched("decoding-shows-the-value", "generated/runtime/decode.rs", "without_value", r#"format!("{kind}, expected {expected}")"#, r#"{ let _ = (kind, expected); message.to_owned() }"#),
    switched("a-credential-is-not-marked-as-sensitive", "generated/runtime/credentials.rs", "set", "value.set_sensitive(true)", "()"),
    switched("a-base-url-shows-a-password", BASE_URL, "printable", "path.contains('@')", "false"),
    switched("a-base-url-shows-its-query", BASE_URL, "printable", "url.split(['?', '#']).next().unwrap_or_default()", "url"),
    switched("a-builder-shows-its-base-url", "generated/runtime/connect.rs", "<ClientBuilder as Debug>::fmt", "self.base_url.as_deref().map(printable)", "self.base_url.as_deref()"),
    switched("control-characters-are-shown", SHOWN, "is_seen", "!character.is_control()", "true"),
    switched("everything-is-shown-as-it-is", SHOWN, "<Shown as Display>::fmt", "is_seen(character)", "true"),
    switched("all-of-a-string-is-shown", SHOWN, "<Shown as Display>::fmt", "index == MAX_SHOWN", "false"),
    switched("a-string-is-cut-by-bytes", SHOWN, "<Shown as Display>::fmt", "index == MAX_SHOWN", "index * character.len_utf8() >= MAX_SHOWN"),
    switched("all-violations-are-shown", DECODED, "<Nonconforming as Display>::fmt", "self.violations.iter().take(LISTED)", "self.violations.iter().take(usize::MAX)"),
    switched("all-of-a-type-is-kept", "generated/runtime/decode.rs", "of_another_type", "found.to_ascii_lowercase().chars().take(MAX_SHOWN).collect()", "found.to_ascii_lowercase()"),
    switched("a-refusal-shows-a-secret", "generated/runtime/oauth/response.rs", "words", r#"text.replace(secret, "[REDACTED]")"#, "{ let _ = secret; text }"),
    switched("a-refusal-shows-any-length", "generated/runtime/oauth/response.rs", "words", "Some(Shown(&text).to_string())", "Some(text)"),
    switched("a-service-account-s-builder-shows-its-key", "service_account/builder.rs", "<ServiceAccountBuilder as Debug>::fmt", r#"f.debug_struct("ServiceAccountBuilder").field("account", &self.account).finish_non_exhaustive()"#, r#"f.debug_struct("ServiceAccountBuilder").field("key", &self.private_key.expose_secret()).finish_non_exhaustive()"#),
    switched("a-service-account-shows-its-secret", "service_account/grant.rs", "<Grant as Debug>::fmt", r#"f.debug_struct("ServiceAccount").field("account", &self.identity.account).field("scope", &self.identity.scope).field("token_host", &self.endpoint.host()).finish_non_exhaustive()"#, r#"f.debug_struct("ServiceAccount").field("secret", &::secrecy::ExposeSecret::expose_secret(&self.identity.client_secret)).finish_non_exhaustive()"#),
    switched("a-fault-of-the-token-server-shows-its-url", "generated/runtime/oauth/endpoint.rs", "NoToken::by_network", "cause.without_url()", "cause"),
];
