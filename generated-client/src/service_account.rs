//! Tokens of a service account, by the JWT bearer grant (RFC 7523).

mod assertion;
mod builder;
mod grant;

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

use crate::generated::runtime::{Credentials, Renewal, Requirement, TokenFuture};
pub use builder::ServiceAccountBuilder;
use grant::Grant;

/// A source of tokens for a service account.
///
/// However many calls wait for a token, it is requested once, and the request goes on where the call that began it is given
/// up. A token is renewed a minute before its end, or halfway to it where it is valid for less than two minutes; calls use it
/// until the new one is there. A token whose response states no lifetime, or none above zero, is renewed after a minute.
///
/// A token that the API refuses with status 401 is replaced at most once a minute: in between, the caller gets the 401.
///
/// ```no_run
/// use lineworks_partner_client::{Client, ServiceAccount};
///
/// # fn connect() -> Result<(), Box<dyn std::error::Error>> {
/// let account = ServiceAccount::builder()
///     .client_id(std::env::var("LINEWORKS_CLIENT_ID")?)
///     .client_secret(std::env::var("LINEWORKS_CLIENT_SECRET")?)
///     .account(std::env::var("LINEWORKS_SERVICE_ACCOUNT")?)
///     .private_key(std::fs::read_to_string("private.key")?)
///     .build()?;
/// let client = Client::builder().credentials(account).build()?;
/// # Ok(())
/// # }
/// ```
pub struct ServiceAccount {
    renewal: Arc<Renewal<Grant>>,
}

impl ServiceAccount {
    /// Begins a service account's credentials. All that is required stands on the app's page in the Developer Console.
    pub fn builder() -> ServiceAccountBuilder {
        ServiceAccountBuilder::default()
    }

    fn of(grant: Grant) -> Self {
        Self { renewal: Arc::new(Renewal::of(grant)) }
    }
}

impl Credentials for ServiceAccount {
    fn token<'a>(&'a self, _: &'a Requirement) -> TokenFuture<'a> {
        self.renewal.token()
    }

    fn refused(&self, _: &Requirement, refused: &SecretString) -> bool {
        self.renewal.refused(refused)
    }
}

/// Neither key nor secret nor token is shown.
impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.renewal.grant().fmt(f)
    }
}
