//! How tokens are asked for, kept and renewed.

use super::super::fault::{Fault, switched};

const RENEWAL: &str = "generated/runtime/oauth/renewal.rs";
const ENDPOINT: &str = "generated/runtime/oauth/endpoint.rs";
const GRANT: &str = "service_account/grant.rs";
const RESPONSE: &str = "generated/runtime/oauth/response.rs";
const ASSERTION: &str = "service_account/assertion.rs";
const TRANSPORT: &str = "generated/runtime/transport.rs";
const CREDENTIALS: &str = "generated/runtime/credentials.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("a-token-is-renewed-at-its-end", RENEWAL, "Renewal::keep", "AHEAD.min(lifetime / 2)", "Duration::ZERO"),
    switched("a-short-token-is-renewed-at-once", RENEWAL, "Renewal::keep", "AHEAD.min(lifetime / 2)", "AHEAD.min(lifetime)"),
    switched("a-token-is-never-due", RENEWAL, "Renewal::valid", "now >= token.due", "false"),
    switched("a-token-outlives-its-end", RENEWAL, "Renewal::valid", "now < token.end", "true"),
    switched("a-refused-token-that-was-renewed-is-dropped", RENEWAL, "Renewal::refused", "!state.token.as_ref().is_some_and(is_kept)", "false"),
    switched("a-token-is-dropped-at-each-refusal", RENEWAL, "Renewal::refused", "state.dropped.is_some_and(|at| now < at + BETWEEN_REFUSALS)", "false"),
    switched("a-refused-token-is-kept", RENEWAL, "Renewal::refused", "state.token = None", "()"),
    switched("each-caller-asks-for-a-token", RENEWAL, "Renewal::begun", "pending.has_changed().is_ok()", "false"),
    switched("a-pause-is-not-kept", RENEWAL, "Renewal::keep", "state.pause = pause.map(|until| (until, refusal.clone()))", "drop(pause)"),
    switched("a-pause-of-any-length", RENEWAL, "Renewal::keep", "pause.min(LONGEST_PAUSE)", "pause"),
    switched("a-401-asks-for-tokens-without-an-end", TRANSPORT, "Transport::tried", "!renewed", "true"),
    switched("a-401-asks-for-no-token", TRANSPORT, "Transport::tried", "self.refused(&held)", "false"),
    switched("one-attempt-for-a-token", ENDPOINT, "TokenEndpoint::token", "attempts < ATTEMPTS", "attempts < 1"),
    switched("an-attempt-more-for-a-token", ENDPOINT, "TokenEndpoint::token", "attempts < ATTEMPTS", "attempts <= ATTEMPTS"),
    switched("a-long-wait-for-a-token", ENDPOINT, "TokenEndpoint::token", "wait > LONGEST_WAIT", "false"),
    switched("the-token-server-is-not-heeded", ENDPOINT, "TokenEndpoint::token", "wait.max(refusal.retry_after.unwrap_or_default())", "wait"),
    switched("another-scope-is-asked-for", GRANT, "Grant::form", r#"form.with("scope", scope)"#, r#"form.with("scope", client_id)"#),
    switched("another-grant", GRANT, "Grant::form", r#""urn:ietf:params:oauth:grant-type:jwt-bearer""#, r#""client_credentials""#),
    switched("another-subject", ASSERTION, "sign", r#"json!({"iss": identity.client_id, "sub": identity.account, "iat": iat, "exp": iat + LIFETIME})"#, r#"json!({"iss": identity.client_id, "sub": identity.client_id, "iat": iat, "exp": iat + LIFETIME})"#),
    switched("a-claim-that-lasts-too-long", ASSERTION, "sign", "iat + LIFETIME", "iat + 100 * LIFETIME"),
    switched("line-breaks-of-a-key-as-they-come", ASSERTION, "key", r#"pem.expose_secret().replace("\\n", "\n")"#, "pem.expose_secret().to_owned()"),
    switched("a-lifetime-in-a-string-does-not-count", RESPONSE, "lifetime", "seconds.trim().parse().ok().filter(|seconds: &f64| seconds.is_finite())", "seconds.parse::<u8>().ok().map(f64::from)"),
    switched("a-lifetime-without-an-end", RESPONSE, "lifetime", "seconds.min(LONGEST_LIFETIME)", "seconds"),
    switched("an-unstated-lifetime-is-an-hour", RESPONSE, "lifetime", "UNSTATED", "UNSTATED * 30"),
    switched("too-many-requests-for-tokens-are-final", RESPONSE, "refusal", "matches!(status.as_u16(), 408 | 429)", "false"),
    switched("a-response-of-any-length", RESPONSE, "read", "body.len() + chunk.len() <= LONGEST", "true"),
    switched("an-empty-token-is-sent", CREDENTIALS, "collect", "credential.expose_secret().trim().is_empty()", "false"),
    switched("a-call-goes-without-credentials", CREDENTIALS, "Source::asked_for", "is_required(security)", "false"),
    switched("a-wait-for-a-token-outlasts-the-call", TRANSPORT, "Transport::held", "deadline.left()", "Duration::from_secs(100)"),
    switched("a-late-token-is-final", TRANSPORT, "Transport::held", r#"CredentialsError::new("the call's time was over before there was a token for it").temporary()"#, r#"CredentialsError::new("the call's time was over before there was a token for it")"#),
    switched("a-fault-of-the-token-server-is-final", RESPONSE, "refusal", "status.is_server_error()", "false"),
    switched("every-refusal-of-a-token-is-final", ENDPOINT, "NoToken::into_error", "error.temporary()", "error"),
    switched("a-refusal-of-a-token-has-no-cause", ENDPOINT, "NoToken::into_error", "error.because(cause)", "{ drop(cause); error }"),
    switched("a-clock-is-never-wrong", RESPONSE, "refusal", "skew.abs() > 60", "false"),
    switched("a-clock-is-wrong-the-other-way", RESPONSE, "refusal", "skew > 0", "skew < 0"),
    switched("waits-for-a-token-do-not-grow", ENDPOINT, "TokenEndpoint::token", "wait *= 2", "()"),
    switched("an-older-credential-counts", CREDENTIALS, "StaticCredentials::find", "self.by_scheme.iter().rev().find(|(scheme, _)| scheme == requirement.scheme)", "self.by_scheme.iter().find(|(scheme, _)| scheme == requirement.scheme)"),
    switched("a-token-for-everything-comes-first", CREDENTIALS, "StaticCredentials::find", "own.map(|(_, credential)| credential).or(self.any.as_ref())", "self.any.as_ref().or(own.map(|(_, credential)| credential))"),
    switched("a-credential-of-any-scheme", CREDENTIALS, "StaticCredentials::find", "scheme == requirement.scheme", "true"),
];
