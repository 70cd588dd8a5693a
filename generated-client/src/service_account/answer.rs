//! What the server says that was asked for a token.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap};
use reqwest::{Response, StatusCode};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use crate::generated::runtime::CredentialsError;

/// No answer about tokens is longer.
const LONGEST: usize = 64 * 1024;

/// A token, and how long it is good for.
pub(super) struct Granted {
    pub(super) token: SecretString,
    pub(super) lifetime: Duration,
}

#[derive(Deserialize)]
struct Body {
    access_token: String,
    expires_in: Seconds,
}

/// The official sample has the number as a string; other clients see a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(u64),
    Text(String),
}

/// Reads the answer. No error quotes it whole: it may hold a token, or what was sent for one.
pub(super) async fn read(mut answer: Response, secrets: &[&str]) -> Result<Granted, CredentialsError> {
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= LONGEST => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Ok(Some(_)) => {
                return Err(CredentialsError::new("the server's answer about a token is too long to be one"));
            }
            Err(error) => {
                let message = "the server's answer about a token broke off";
                return Err(CredentialsError::new(message).because(error.without_url()).temporary());
            }
        }
    }
    if !status.is_success() {
        return Err(refusal(status, &headers, &body, secrets));
    }
    // serde's error is dropped: it may quote the token.
    let strange = || {
        CredentialsError::new(format!(
            "the server answered with status {status}, but with no token: is there a proxy in between, or another token URL?"
        ))
    };
    let Body { access_token, expires_in } = serde_json::from_slice(&body).map_err(|_| strange())?;
    if access_token.trim().is_empty() {
        return Err(strange());
    }
    let seconds = match expires_in {
        Seconds::Number(seconds) => seconds,
        Seconds::Text(text) => text.trim().parse().map_err(|_| strange())?,
    };
    Ok(Granted { token: SecretString::from(access_token), lifetime: Duration::from_secs(seconds.min(366 * 86_400)) })
}

fn refusal(status: StatusCode, headers: &HeaderMap, body: &[u8], secrets: &[&str]) -> CredentialsError {
    let mut message = format!("no token was given: status {status}");
    if let Some(words) = words(body, secrets) {
        message.push_str(&format!(", {words}"));
    }
    let skew = skew(headers).filter(|skew| skew.abs() > 60);
    if let Some(skew) = skew {
        let direction = if skew > 0 { "ahead of" } else { "behind" };
        let skew = skew.unsigned_abs();
        message.push_str(&format!(". This machine's clock is {skew} seconds {direction} the server's: set it"));
    } else if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
        message.push_str(". Check client id, client secret, service account, key and scope in the Developer Console");
    }
    let error = CredentialsError::new(message);
    let may_pass = status.is_server_error() || matches!(status.as_u16(), 408 | 429);
    if may_pass { error.temporary() } else { error }
}

/// The server's own words, in whichever of the known shapes it says them; none of a page of HTML.
fn words(body: &[u8], secrets: &[&str]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |key: &str| match body.get(key)? {
        // Ahead of being cut short, which would leave the beginning of a secret.
        Value::String(text) => {
            let text = secrets.iter().fold(text.clone(), |text, secret| text.replace(secret, "[REDACTED]"));
            Some(text.chars().take(200).collect::<String>())
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    [("error", "error_description"), ("returnCode", "returnMessage"), ("code", "description")].into_iter().find_map(
        |(code, description)| {
            let code = text(code)?;
            Some(match text(description) {
                Some(description) => format!("{code} ({description})"),
                None => code,
            })
        },
    )
}

/// How many seconds this machine's clock is ahead of the server's.
fn skew(headers: &HeaderMap) -> Option<i64> {
    let server = httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()?;
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).ok();
    match SystemTime::now().duration_since(server) {
        Ok(ahead) => seconds(ahead),
        Err(behind) => seconds(behind.duration()).map(|seconds| -seconds),
    }
}
