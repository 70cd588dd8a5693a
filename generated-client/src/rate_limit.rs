//! What a response says about the rate limit.

use std::time::Duration;

use reqwest::header::HeaderMap;

/// How many calls are left, as a response says in the headers `rateLimit-limit`, `rateLimit-remaining` and
/// `rateLimit-reset`.
///
/// ```no_run
/// # use lineworks_partner_client::{Client, RateLimit};
/// # async fn call(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let customer = client.get_customer().domain_id(10000001).send().await?;
/// if let Some(remaining) = RateLimit::of(customer.headers()).remaining {
///     println!("{remaining} calls are left");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many calls are allowed in the current period.
    pub limit: Option<u64>,
    /// How many calls are left in the current period.
    pub remaining: Option<u64>,
    /// How long it is until the current period ends.
    pub reset: Option<Duration>,
}

impl RateLimit {
    /// Reads a response's headers. What is missing or is no number is `None`.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse().ok();
        Self {
            limit: number("rateLimit-limit"),
            remaining: number("rateLimit-remaining"),
            reset: number("rateLimit-reset").map(Duration::from_secs),
        }
    }
}
