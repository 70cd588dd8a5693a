//! What a response says about the rate limit, without telling what is missing from what is no number.

use std::time::Duration;

use crate::generated::headers::ResponseHeaders;
use crate::generated::runtime::Headed;

/// How many calls are left, as a response says in the headers `rateLimit-limit`, `rateLimit-remaining` and
/// `rateLimit-reset`.
///
/// ```no_run
/// # use lineworks_partner_client::{Client, RateLimit};
/// # async fn call(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// let customer = client.get_customer().domain_id(10000001).send().await?;
/// if let Some(remaining) = RateLimit::of(&customer).remaining {
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
    /// Reads the headers of a response, or of an error that comes with one. What is missing or is no number is `None`.
    #[must_use]
    pub fn of(response: &impl Headed) -> Self {
        let number = |read: Result<Option<i64>, _>| u64::try_from(read.ok()??).ok();
        Self {
            limit: number(response.rate_limit_limit()),
            remaining: number(response.rate_limit_remaining()),
            reset: number(response.rate_limit_reset()).map(Duration::from_secs),
        }
    }
}
