//! What a client does unless told otherwise, what it does when told, and its limits.

use super::super::fault::{Fault, switched};

const SETTINGS: &str = "generated/runtime/settings.rs";
const TRANSPORT: &str = "generated/runtime/transport.rs";
const RETRIES: &str = "generated/runtime/retries.rs";
const CONNECT: &str = "generated/runtime/connect.rs";
const READING: &str = "generated/runtime/reading.rs";
const DECODE: &str = "generated/runtime/decode.rs";
const CLIENT: &str = "generated/mod.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("twice-the-body", SETTINGS, "<Settings as Default>::default", "16 * 1024 * 1024", "32 * 1024 * 1024"),
    switched("strict-unless-told-otherwise", SETTINGS, "<Settings as Default>::default", "false", "true"),
    switched("twice-the-time-of-a-try", TRANSPORT, "<Transport as Default>::default", "Duration::from_secs(15)", "Duration::from_secs(30)"),
    switched("twice-the-time-of-a-call", TRANSPORT, "<Transport as Default>::default", "Duration::from_secs(60)", "Duration::from_secs(120)"),
    switched("four-retries", RETRIES, "<Retries as Default>::default", "3", "4"),
    switched("a-shorter-first-wait", RETRIES, "<Retries as Default>::default", "Duration::from_millis(500)", "Duration::from_millis(50)"),
    switched("a-longer-longest-wait", RETRIES, "<Retries as Default>::default", "Duration::from_secs(10)", "Duration::from_secs(100)"),
    switched("a-longer-time-to-connect", CONNECT, "ClientBuilder::new", "Duration::from_secs(10)", "Duration::from_secs(30)"),
    switched("another-base-url", CLIENT, "<ClientBuilder as Default>::default", "Some(DEFAULT_BASE_URL)", r#"Some("https://www.worksapis.com/v2.0")"#),
    switched("a-body-of-the-limit-is-too-large", READING, "read", "(first.len() + all.len() + chunk.len()) as u64 > limit", "(first.len() + all.len() + chunk.len()) as u64 >= limit"),
    switched("a-body-of-any-size", READING, "read", "(first.len() + all.len() + chunk.len()) as u64 > limit", "false"),
    switched("each-piece-of-a-body-has-the-limit", READING, "read", "(first.len() + all.len() + chunk.len()) as u64 > limit", "chunk.len() as u64 > limit"),
    switched("the-end-of-a-body-is-lost", READING, "read", "all.extend_from_slice(&chunk)", "drop(chunk)"),
    switched("a-limit-is-not-heeded", READING, "Whole::within", "settings.body_limit()", "u64::MAX"),
    switched("the-time-of-a-try-is-not-kept", CONNECT, "ClientBuilder::timeout", "self.transport.timeout = limit", "()"),
    switched("the-time-of-a-call-is-not-kept", CONNECT, "ClientBuilder::total_timeout", "self.transport.total_timeout = limit", "()"),
    switched("the-number-of-retries-is-not-kept", CONNECT, "ClientBuilder::retries", "self.transport.retries.most = most", "()"),
    switched("strictness-is-not-kept", CONNECT, "ClientBuilder::strict", "self.settings.strict(strict)", "self.settings"),
    switched("the-greatest-body-is-not-kept", CONNECT, "ClientBuilder::max_body", "self.settings.max_body(bytes)", "self.settings"),
    switched("the-first-wait-is-not-kept", CONNECT, "ClientBuilder::backoff", "self.transport.retries.first_wait = first", "()"),
    switched("the-longest-wait-is-not-kept", CONNECT, "ClientBuilder::backoff", "self.transport.retries.longest_wait = longest", "()"),
    switched("the-time-to-connect-is-not-kept", CONNECT, "ClientBuilder::build", "self.connect_timeout", "Duration::from_secs(10)"),
    switched("an-http-client-is-not-kept", CONNECT, "ClientBuilder::http_client", "self.http = Some(http)", "drop(http)"),
    switched("a-slash-at-the-end-is-kept", CONNECT, "ClientBuilder::build", "base_url.as_str().trim_end_matches('/')", "base_url.as_str()"),
    switched("strict-mode-passes-everything", DECODE, "conforming", "violations.is_empty()", "true"),
    switched("a-deviation-loses-the-headers", DECODE, "conforming", "response.raw().clone()", "RawResponse::new(response.status(), HeaderMap::new(), response.body().clone())"),
    switched("without-a-runtime-it-panics", TRANSPORT, "Transport::tried", "Handle::try_current().is_err()", "false"),
    switched("strictness-cannot-be-taken-back", SETTINGS, "Settings::strict", "self.strict = strict", "self.strict |= strict"),
    switched("the-greatest-body-only-shrinks", SETTINGS, "Settings::max_body", "self.body_limit = bytes", "self.body_limit = self.body_limit.min(bytes)"),
    switched("settings-are-not-kept", CLIENT, "Client::with_settings", "self.settings = settings", "drop(settings)"),
    switched("a-client-of-another-url", CLIENT, "Client::new", "runtime::ClientBuilder::default().base_url(baseurl)", "{ let _ = baseurl; runtime::ClientBuilder::default() }"),
    switched("another-version-of-the-api", CLIENT, "<Client as ClientInfo>::api_version", r#""0.1.0""#, r#""0.1.1""#),
    switched("a-client-hides-its-url", CLIENT, "<Client as ClientInfo>::baseurl", "self.baseurl.as_str()", "DEFAULT_BASE_URL"),
];
