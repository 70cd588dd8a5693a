//! A client of the LINE WORKS partner API: it fetches what belongs to a partner's customers.
//!
//! # The first call
//!
//! You need an access token with the scope `partner` or `partner.read`, and the id of a customer's domain.
//!
//! ```no_run
//! use lineworks_partner_client::Client;
//!
//! # async fn call() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder().token(std::env::var("LINEWORKS_ACCESS_TOKEN")?).build()?;
//! let customer = client.get_customer().domain_id(10000001).send().await?;
//! println!("{} is in {}", customer.company_name, customer.time_zone);
//! # Ok(())
//! # }
//! ```
//!
//! Every operation is a method of [`Client`] that gives a builder: one method for each argument, then `send`. What comes
//! back is a [`ResponseValue`], which can be used as the value itself and also holds status, headers and raw body.
//!
//! A [`Client`] is cheap to clone, and its calls can be spawned onto any thread of a Tokio runtime.
//!
//! # When it goes wrong
//!
//! An [`Error`] says whether the server answered, and has the answer where it did, whatever its body was.
//!
//! ```no_run
//! use lineworks_partner_client::{Client, Error};
//!
//! # async fn call(client: Client) {
//! match client.get_customer().domain_id(10000001).send().await {
//!     Ok(customer) => println!("{}", customer.domain),
//!     Err(error) if error.is_not_found() => println!("There is no such customer."),
//!     Err(error) if error.code() == Some("ACCESS_DENIED") => println!("There may be no such customer."),
//!     Err(Error::ErrorResponse(answer)) => println!("{}: {}", answer.code, answer.description),
//!     Err(error) if error.is_retryable() => println!("Later, perhaps: {error}"),
//!     Err(error) => println!("{error}"),
//! }
//! # }
//! ```
//!
//! A call that failed for a reason that may pass (a connection fault, an answer that breaks off, or one of the statuses 408,
//! 429, 502, 503 and 504) is tried again up to three times within a minute, after the wait that the API asks for. `Client::builder().retries(0)`
//! switches that off; [`ClientBuilder`] has all limits.
//!
//! # Where tokens come from, and where they go
//!
//! [`ClientBuilder::token`](runtime::ClientBuilder::token) takes a token that stays as it is. With the feature
//! `service-account`, `ServiceAccount` fetches tokens and renews them. Any other source of tokens is whatever implements [`Credentials`]; it is asked for another one when the API refuses a token, once a call. A token goes
//! into the header `Authorization` of requests to the API, along redirects within LINE WORKS, and into no error, log or
//! `Debug` output. It never goes over plain http, save to this machine. What an operation asks for is data:
//!
//! ```
//! use lineworks_partner_client::builder::GetCustomer;
//!
//! let scopes: Vec<&str> = GetCustomer::SECURITY.iter().flat_map(|all| all[0].scopes).copied().collect();
//! assert_eq!(scopes, ["partner", "partner.read"]);
//! ```
//!
//! # Values that you receive, values that you build
//!
//! An answer is data that exists already, so it is taken as it comes: a plan that was new yesterday, an address that no
//! standard allows, a memo that is too long. [`Conformance::conformance`] lists what deviates from the document, and
//! [`ClientBuilder::strict`](runtime::ClientBuilder::strict) makes an error of it. Values that *you* build are refused where the document refuses them.
//!
//! ```
//! use lineworks_partner_client::types::{Administrator, Locale, Memo};
//! use lineworks_partner_client::{Conformance, decode};
//!
//! let received: Administrator =
//!     decode(br#"{"lastName": "Works", "id": "admin", "privateEmail": "foo..bar@docomo.ne.jp"}"#)?;
//! assert_eq!(received.private_email.as_str(), "foo..bar@docomo.ne.jp");
//! assert_eq!(received.conformance()[0].pointer, "/privateEmail");
//!
//! let built = Administrator::builder().last_name("Works").id("admin").private_email("foo..bar@docomo.ne.jp");
//! assert!(Administrator::try_from(built).is_err());
//!
//! assert!("fr_FR".parse::<Locale>().is_err());
//! assert!(Memo::try_from("x".repeat(701)).is_err());
//! # Ok::<(), lineworks_partner_client::DecodeError>(())
//! ```
//!
//! # Features
//!
//! | Feature | Default | What it adds |
//! |---|---|---|
//! | `rustls` | yes | TLS by rustls |
//! | `native-tls` | no | TLS by the system's library |
//! | `schemars` | no | `JsonSchema` for every type, with the document's keywords |
//! | `service-account` | no | tokens of a service account, fetched and renewed |
//! | `tracing` | no | a span for each call: operation, status, tries, milliseconds |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip]
mod generated;

mod codes;
mod connect;
mod rate_limit;
#[cfg(feature = "service-account")]
mod service_account;

pub use connect::ClientBuilder;
pub use generated::runtime::{
    BuildError, Conformance, Credentials, CredentialsError, DecodeError, Email, Nonconforming, Null, Place, RawAnswer,
    Reason, Requirement, Security, Settings, StaticCredentials, TokenFuture, Unexpected, Unlisted, Violation, decode,
};
pub use generated::{Client, DEFAULT_BASE_URL, Error, ResponseValue, builder, prelude, runtime, types};
pub use rate_limit::RateLimit;
pub use secrecy;
#[cfg(feature = "service-account")]
pub use service_account::{ServiceAccount, ServiceAccountBuilder};
