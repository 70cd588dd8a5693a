//! The token endpoint's response.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap};
use reqwest::{Response, StatusCode};
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::super::{Shown, retry_after};
use super::{Granted, NoToken};

/// No response about tokens is longer.
const LONGEST: usize = 64 * 1024;

/// How long a token is kept whose lifetime the server does not state, or states as zero: it is renewed halfway.
const UNSTATED: Duration = Duration::from_secs(120);

/// The longest lifetime that is believed.
const LONGEST_LIFETIME: f64 = 366.0 * 86_400.0;

/// Reads the response. No error quotes it whole: it may hold a token, or what was sent for one.
pub(super) async fn read(mut response: Response, secrets: &[&str], advice: &str) -> Result<Granted, NoToken> {
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= LONGEST => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Ok(Some(_)) => {
                return Err(NoToken::lasting("the server's response about a token is too long to be one"));
            }
            Err(error) => {
                return Err(NoToken::by_network("the server's response about a token broke off", error));
            }
        }
    }
    if !status.is_success() {
        return Err(refusal(status, &headers, &body, (secrets, advice)));
    }
    // serde's error is dropped: it may quote the token.
    let strange = || {
        NoToken::lasting(format!(
            "the server responded with status {status}, but with no token: is there a proxy in between, or another token URL?"
        ))
    };
    let mut body: Map<String, Value> = serde_json::from_slice(&body).map_err(|_| strange())?;
    let access_token = match body.remove("access_token") {
        Some(Value::String(token)) if !token.trim().is_empty() => token,
        _ => return Err(strange()),
    };
    let expires_in = body.get("expires_in").unwrap_or(&Value::Null);
    let lifetime = lifetime(expires_in).ok_or_else(strange)?;
    let refresh_token = match body.remove("refresh_token") {
        Some(Value::String(token)) if !token.trim().is_empty() => Some(SecretString::from(token)),
        _ => None,
    };
    Ok(Granted { token: SecretString::from(access_token), lifetime, refresh_token })
}

/// How long a token is valid. Some servers have the number of seconds as a string; others send an integer, or one with a fraction. What is no number at all is no lifetime.
fn lifetime(expires_in: &Value) -> Option<Duration> {
    let seconds = match expires_in {
        Value::Null => 0.0,
        Value::Number(seconds) => seconds.as_f64()?,
        Value::String(seconds) => seconds.trim().parse().ok().filter(|seconds: &f64| seconds.is_finite())?,
        _ => return None,
    };
    Some(if seconds > 0.0 { Duration::from_secs_f64(seconds.min(LONGEST_LIFETIME)) } else { UNSTATED })
}

fn refusal(status: StatusCode, headers: &HeaderMap, body: &[u8], (secrets, advice): (&[&str], &str)) -> NoToken {
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
        message.push_str(&format!(". {advice}"));
    }
    let temporary = status.is_server_error() || matches!(status.as_u16(), 408 | 429);
    NoToken { message, cause: None, temporary, retry_after: retry_after(headers).filter(|_| temporary) }
}

/// The server's own words, in whichever of the known shapes it says them; none of a page of HTML.
fn words(body: &[u8], secrets: &[&str]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |key: &str| match body.get(key)? {
        // Ahead of being cut short, which would leave the beginning of a secret.
        Value::String(text) => {
            let text = secrets.iter().fold(text.clone(), |text, secret| text.replace(secret, "[REDACTED]"));
            Some(Shown(&text).to_string())
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
