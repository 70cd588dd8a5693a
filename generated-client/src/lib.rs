//! A client of the LINE WORKS partner API: it fetches what belongs to a partner's customers.
//!
//! # The first call
//!
//! You need an access token with the scope `partner` or `partner.read`, the id of a customer's domain, and a program that
//! runs on Tokio:
//!
//! ```sh
//! cargo add lineworks-partner-client
//! cargo add tokio --features macros,rt-multi-thread
//! ```
//!
//! ```no_run
//! use lineworks_partner_client::Client;
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::builder().token(std::env::var("LINEWORKS_ACCESS_TOKEN")?).build()?;
//!     let customer = client.get_customer().domain_id(10000001).send().await?;
//!     println!("{} is in {}", customer.company_name, customer.time_zone);
//!     Ok(())
//! }
//! ```
//!
//! # Operations
//!
//! | Operation | In the API | What it does |
//! |---|---|---|
//! | [`Client::get_customer`] | `GET /partners/customers/{domainId}` | gets a customer's record |
//!
//! Every operation is a method of [`Client`] that gives a builder: one method for each argument, then `send`. What comes
//! back is a [`ResponseValue`], which can be used as the value itself and also holds status, headers and raw body.
//!
//! Make one [`Client`] and clone it where you need another: clones share their connections, and their calls can be spawned
//! onto any thread.
//!
//! # When it goes wrong
//!
//! An [`Error`] says whether the server responded, and has the response where it did, whatever its body was.
//!
//! ```no_run
//! use lineworks_partner_client::Client;
//! use lineworks_partner_client::types::ApiError;
//!
//! # async fn call(client: Client) {
//! match client.get_customer().domain_id(10000001).send().await {
//!     Ok(customer) => println!("{}", customer.domain),
//!     Err(error) if error.is_not_found() => println!("There is no such customer."),
//!     Err(error) if error.code() == Some("ACCESS_DENIED") => println!("Not yours, or not there."),
//!     Err(error) if error.is_retryable() => println!("Later, perhaps: {error}"),
//!     Err(error) => match error.value::<ApiError>() {
//!         Some(described) => println!("{}: {}", described.code, described.description),
//!         None => println!("{error}"),
//!     },
//! }
//! # }
//! ```
//!
//! | Variant | What happened |
//! |---|---|
//! | [`Error::ErrorResponse`] | The API responded with an error that the document describes: [`Error::value`] has it, by its type. |
//! | [`Error::ErrorStatus`] | The API responded with an error of which the document describes the status alone. Ours describes none such. |
//! | [`Error::UnexpectedResponse`] | The server responded with something else: the HTML page of a proxy, a status that nobody described, JSON that does not fit. |
//! | [`Error::Communication`] | No response came: no connection, or none in time. |
//! | [`Error::Credentials`] | There was no token for the call; nothing was sent. |
//! | [`Error::NoRuntime`] | The call was not awaited on a Tokio runtime; nothing was sent. |
//! | [`Error::InvalidRequest`] | An argument is missing or refused by the document; nothing was sent. |
//! | [`Error::Intercepted`] | An interceptor of yours gave up on the call. |
//! | [`Error::Nonconforming`] | In strict mode only: the response can be read, but deviates from the document. |
//!
//! A call that failed for a reason that may pass (a connection fault, a response that breaks off, or one of the statuses 408,
//! 429, 502, 503 and 504) is tried again up to three times within a minute, after the wait that the API asks for.
//! `Client::builder().retries(0)`
//! switches that off; [`ClientBuilder`] has all limits.
//!
//! An error says which operation failed and, where the server responded, its status, headers and body; [`Error::retry_after`] and
//! [`Error::request_id`] read two headers. All operations have this one error, so that `?` passes it on; each operation's page says of
//! which type [`Error::value`] is with which status.
//!
//! # What one call does otherwise
//!
//! An operation's builder takes a time limit, a number of retries and headers of yours for this call alone. It can be awaited
//! as it is.
//!
//! ```no_run
//! # async fn call(client: lineworks_partner_client::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::Duration;
//!
//! let call = client.get_customer().domain_id(10000001);
//! let call = call.timeout(Duration::from_secs(3)).retries(0).header("x-request-id", "7");
//! let customer = call.await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Around every call
//!
//! [`ClientBuilder::interceptor`](runtime::ClientBuilder::interceptor) takes code of yours that runs around each attempt of
//! every call. It sees no token.
//!
//! ```
//! use lineworks_partner_client::{Attempt, AttemptFuture, Interceptor};
//!
//! /// Says how long each attempt takes.
//! struct Timed;
//!
//! impl Interceptor for Timed {
//!     fn intercept<'a>(&'a self, attempt: Attempt<'a>) -> AttemptFuture<'a> {
//!         Box::pin(async move {
//!             let (operation, began) = (attempt.operation(), std::time::Instant::now());
//!             let outcome = attempt.send().await;
//!             let status = outcome.as_ref().map(|head| head.status());
//!             println!("{operation}: {status:?} after {:?}", began.elapsed());
//!             outcome
//!         })
//!     }
//! }
//! # let _ = lineworks_partner_client::Client::builder().interceptor(Timed);
//! ```
//!
//! # Proxies, certificates and the like
//!
//! [`ClientBuilder::http_client`](runtime::ClientBuilder::http_client) takes a client of [`reqwest`], which is exported here in
//! the version that fits: with your proxy, your certificate authorities, your user agent.
//!
//! ```no_run
//! # fn connect(token: String, pem: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! use lineworks_partner_client::{Client, reqwest};
//!
//! let http = reqwest::Client::builder()
//!     .user_agent("my-program/1.0")
//!     .proxy(reqwest::Proxy::https("http://proxy.example.com:3128")?)
//!     .add_root_certificate(reqwest::Certificate::from_pem(pem)?)
//!     .redirect(reqwest::redirect::Policy::none())
//!     .build()?;
//! let client = Client::builder().token(token).http_client(http).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Where tokens come from
//!
//! [`ClientBuilder::token`](runtime::ClientBuilder::token) takes a token that stays as it is, for as long as it is valid. A
//! program that runs on its own has a service account: with the feature `service-account`, `ServiceAccount` fetches tokens
//! and renews them ahead of their end.
//!
//! ```no_run
//! # #[cfg(feature = "service-account")]
//! # fn connect() -> Result<(), Box<dyn std::error::Error>> {
//! use lineworks_partner_client::{Client, ServiceAccount};
//!
//! let account = ServiceAccount::builder()
//!     .client_id(std::env::var("LINEWORKS_CLIENT_ID")?)
//!     .client_secret(std::env::var("LINEWORKS_CLIENT_SECRET")?)
//!     .account(std::env::var("LINEWORKS_SERVICE_ACCOUNT")?)
//!     .private_key(std::fs::read_to_string("private.key")?)
//!     .build()?;
//! let client = Client::builder().credentials(account).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! Any other source of tokens is whatever implements [`Credentials`]; it is asked for another one when the API refuses a
//! token, once a call. Who authenticates in another way says so by
//! [`credentials_by_caller`](runtime::ClientBuilder::credentials_by_caller).
//!
//! A token goes into the header `Authorization` of requests to the API, along redirects within LINE WORKS, and into no
//! error, log or `Debug` output. It never goes over plain http, save to this machine. What an operation asks for is data:
//!
//! ```
//! use lineworks_partner_client::builder::GetCustomer;
//!
//! let scopes: Vec<&str> = GetCustomer::SECURITY.iter().flat_map(|all| all[0].scopes).copied().collect();
//! assert_eq!(scopes, ["partner", "partner.read"]);
//! ```
//!
//! # Many calls
//!
//! The API allows so many calls a minute, and responds with 429 above that; the client then waits as long as the response says. How
//! many calls are left is in the headers of each response, which [`RateLimit`] reads; [`ResponseHeaders`] has a method for each
//! header that the document describes. The example `many_customers` fetches
//! hundreds of customers, some at a time.
//!
//! # Values that you receive, values that you build
//!
//! A response is data that exists already, so it is taken as it comes: a plan that was new yesterday, an address that no
//! standard allows, a memo that is too long. [`Conformance::conformance`] lists what deviates from the document, and
//! [`ClientBuilder::strict`](runtime::ClientBuilder::strict) makes an error of it. Values that *you* build are refused where
//! the document refuses them.
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
//! assert!(built.build().is_err());
//!
//! assert!("fr_FR".parse::<Locale>().is_err());
//! assert!(Memo::try_from("x".repeat(701)).is_err());
//! # Ok::<(), lineworks_partner_client::DecodeError>(())
//! ```
//!
//! # Testing your own code
//!
//! With the feature `mock`, your tests have a server on this machine that responds as they say. It knows the API: which path
//! a call has, that it needs a token, which responses there are.
//!
//! ```sh
//! cargo add --dev lineworks-partner-client --features mock
//! ```
//!
//! ```
//! # #[cfg(feature = "mock")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use lineworks_partner_client::Client;
//! use lineworks_partner_client::mock::{MockServer, MockServerExt};
//! use lineworks_partner_client::types::Customer;
//!
//! let server = MockServer::start();
//! let mock = server.get_customer(|when, then| {
//!     when.domain_id(10000001);
//!     then.status_200(&Customer::example());
//! });
//!
//! // Your code, with a client of this server.
//! let client = Client::builder().base_url(server.api_url()).token("any").build()?;
//! let customer = client.get_customer().domain_id(10000001).send().await?;
//!
//! assert_eq!(customer.company_name, "LINE WORKS Corp.");
//! mock.assert();
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "mock"))]
//! # fn main() {}
//! ```
//!
//! - Each documented status has two methods: `then.status_404(&error)` takes a value of its type, `then.example_404()`
//!   gives the document's own example. Documented headers have methods too: `then.example_429().rate_limit_reset(30)`.
//! - What no document describes can be a response all the same: `then.json(200, &value)` with any JSON, such as a plan that
//!   is not listed or a carrier's odd address, and `then.raw(502, "text/html", "<html>…")`.
//! - `then.times(1)` leaves later calls to the mock that was made next: an error first, a success afterwards.
//! - A call without a token gets no response of a mock, since the API would refuse it too. `when.without_credentials()` and
//!   `when.regardless_of_credentials()` say otherwise, `when.credential("…")` asks for one token.
//! - A call that no mock is for gets status 404 from the server, and `mock.assert()` says what was different
//!   about it. `when.and(…)` and `then.and(…)` reach all that httpmock can do, such as delays.
//!
//! # Features
//!
//! | Feature | Default | What it adds |
//! |---|---|---|
//! | `chrono`, `jiff` | no | conversions between `DateTime`, `Date` and the types of that crate, both ways |
//! | `http2` | no | HTTP/2, to https servers that offer it |
//! | `rustls` | yes | TLS by rustls |
//! | `native-tls` | no | TLS by the system's library |
//! | `mock` | no | a typed mock server for your tests |
//! | `schemars` | no | `JsonSchema` for every type, with the document's keywords |
//! | `service-account` | no | tokens of a service account, fetched and renewed |
//! | `tracing` | no | a span for each call, and events for each attempt, retry, renewal and failure |
//!
//! # What it needs
//!
//! Rust 1.88 or later, a Tokio runtime, and any platform that reqwest runs on; it is tested on Linux. With `rustls`, building takes
//! a C compiler (aws-lc); with `native-tls`, OpenSSL's headers on Linux and nothing elsewhere. ring takes the place of aws-lc where the default features are left
//! out, the program depends on reqwest with `rustls-no-provider` and on rustls with `ring`, and `main` begins with
//! `rustls::crypto::ring::default_provider().install_default()`.
//!
//! Connecting may take 10 seconds, an attempt 15, and a call with all its attempts a minute: [`ClientBuilder`] has a method for
//! each.
//!
//! # Examples
//!
//! They run without a network, against a mock server in the same process, unless their environment variables say where
//! else: `cargo run --example NAME --features mock,service-account`.
//!
//! | Example | What it shows |
//! |---|---|
//! | `get_customer` | a customer, and what in it deviates from the document |
//! | `handling_errors` | what can go wrong, and how to tell the cases apart |
//! | `service_account` | tokens that are fetched and renewed on the way |
//! | `many_customers` | many calls at once under the rate limit, with a progress bar |
//! | `strict_mode` | deviations as errors |
//! | `testing_with_the_mock` | tests of your own code |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip]
mod generated;

mod codes;
mod connect;
mod rate_limit;
#[cfg(feature = "service-account")]
mod service_account;

pub use connect::ClientBuilder;
pub use generated::*;
pub use rate_limit::RateLimit;
#[cfg(feature = "service-account")]
pub use service_account::{ServiceAccount, ServiceAccountBuilder};
