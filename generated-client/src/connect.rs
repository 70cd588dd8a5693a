//! What LINE WORKS asks of a client beside the document.

use reqwest::header::HeaderName;

use crate::generated::{Client, runtime};

/// Puts a [`Client`] together; everything has a default but the credentials.
pub type ClientBuilder = runtime::ClientBuilder<Client>;

/// The domains of LINE WORKS. The API responds with redirects to other instances, which need the token again.
const DOMAINS: [&str; 2] = ["worksapis.com", "worksmobile.com"];

impl Client {
    /// Begins a client of LINE WORKS. It waits as long as the API's rate limit says, and takes the token along where the
    /// API redirects within LINE WORKS.
    ///
    /// ```no_run
    /// # fn connect(token: String) -> Result<(), lineworks_partner_client::BuildError> {
    /// let client = lineworks_partner_client::Client::builder().token(token).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> ClientBuilder {
        let builder = ClientBuilder::default().reset_header(HeaderName::from_static("ratelimit-reset"));
        DOMAINS.into_iter().fold(builder, ClientBuilder::trusted_domain)
    }
}
