//! Where tokens come from, and what keeps one from being sent.

use std::sync::Mutex;

use httpmock::MockServer;
use lineworks_partner_client::builder::GetCustomer;
use lineworks_partner_client::secrecy::{ExposeSecret, SecretString};
use lineworks_partner_client::{
    BuildError, Client, Credentials, CredentialsError, DEFAULT_BASE_URL, Error, Place, Requirement, StaticCredentials,
    TokenFuture,
};

use super::payloads::{TOKEN, builder, customer, responding};

/// Gives `token-1` until it is refused, then `token-2`, and so on.
#[derive(Default)]
struct Counting {
    refused: Mutex<Vec<String>>,
}

impl Credentials for Counting {
    fn token<'a>(&'a self, _: &'a Requirement) -> TokenFuture<'a> {
        let number = self.refused.lock().expect("no panic elsewhere").len() + 1;
        Box::pin(async move { Ok(SecretString::from(format!("token-{number}"))) })
    }

    fn refused(&self, _: &Requirement, refused: &SecretString) -> bool {
        self.refused.lock().expect("no panic elsewhere").push(refused.expose_secret().to_owned());
        true
    }
}

/// A server that takes one token and refuses others.
async fn server_for(token: &str) -> (MockServer, usize) {
    let server = MockServer::start_async().await;
    let taken = format!("Bearer {token}");
    server
        .mock_async(|when, then| {
            when.header("authorization", taken);
            then.status(200).header("content-type", "application/json").body(customer().to_string());
        })
        .await;
    let refusal = server
        .mock_async(|_, then| {
            then.status(401)
                .header("content-type", "application/json")
                .body(r#"{"code": "UNAUTHORIZED", "description": "No"}"#);
        })
        .await;
    let id = refusal.id();
    (server, id)
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let (server, refusal) = server_for("token-2").await;
    let client = builder(&server).credentials(Counting::default()).build().expect("a client");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    assert_eq!(httpmock::Mock::new(refusal, &server).calls_async().await, 1);

    let (server, refusal) = server_for("token-3").await;
    let client = builder(&server).credentials(Counting::default()).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("two refusals");
    assert_eq!(error.status().expect("a status"), 401);
    assert_eq!(httpmock::Mock::new(refusal, &server).calls_async().await, 2);
}

#[tokio::test]
async fn a_token_that_stays_as_it_is_is_not_sent_again() {
    let (server, refusal) = server_for("another").await;
    let client = builder(&server).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("a refusal");
    assert_eq!(error.status().expect("a status"), 401);
    assert_eq!(httpmock::Mock::new(refusal, &server).calls_async().await, 1);
}

#[test]
fn what_an_operation_asks_for_is_data() {
    let alternatives: Vec<Vec<(&str, Place, &[&str])>> = GetCustomer::SECURITY
        .iter()
        .map(|all| all.iter().map(|one| (one.scheme, one.place, one.scopes)).collect())
        .collect();
    let bearer = Place::Authorization("Bearer");
    assert_eq!(
        alternatives,
        [[("lineworks", bearer, ["partner"].as_slice())], [("lineworks", bearer, ["partner.read"].as_slice())]]
    );
}

#[tokio::test]
async fn credentials_that_fail_are_an_error_of_their_own() {
    struct Failing;
    impl Credentials for Failing {
        fn token<'a>(&'a self, _: &'a Requirement) -> TokenFuture<'a> {
            Box::pin(async { Err(CredentialsError::new("renew the key").temporary()) })
        }
    }
    let server = MockServer::start_async().await;
    let mock = responding(&server, 200, "application/json", "{}").await;
    let client = builder(&server).credentials(Failing).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("no token");
    assert!(matches!(error, Error::Credentials(_)) && error.is_retryable());
    assert!(error.to_string().contains("renew the key"), "{error}");

    let others = StaticCredentials::default().with("another-scheme", TOKEN);
    let client = builder(&server).credentials(others).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("no token");
    assert!(error.to_string().contains("lineworks"), "{error}");

    let newest = StaticCredentials::token("any").with("lineworks", "older").with("lineworks", TOKEN).with("other", "x");
    let (taking, _) = server_for(TOKEN).await;
    builder(&taking)
        .credentials(newest)
        .build()
        .expect("a client")
        .get_customer()
        .domain_id(1)
        .send()
        .await
        .expect("taken");

    for nothing in ["", " ", "\n"] {
        let client = builder(&server).token(nothing).build().expect("a client");
        let error = client.get_customer().domain_id(10000001).send().await.expect_err("an empty token");
        assert!(matches!(error, Error::Credentials(_)) && error.to_string().contains("is empty"), "{error}");
    }

    let client = builder(&server).token(format!("{TOKEN}\n")).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("no header");
    assert!(error.to_string().contains("line break") && !format!("{error:?}").contains(TOKEN), "{error}");
    mock.assert_calls_async(0).await;
}

#[tokio::test]
async fn without_credentials_nothing_is_sent_unless_the_caller_authenticates() {
    let server = MockServer::start_async().await;
    let mock = responding(&server, 200, "application/json", customer().to_string()).await;
    let base_url = server.url("/v1.0");
    for client in [Client::new(&base_url), Client::builder().base_url(&base_url).build()] {
        let error = client.expect("a client").get_customer().domain_id(10000001).send().await.expect_err("no token");
        assert!(matches!(error, Error::Credentials(_)) && !error.is_retryable(), "{error}");
        assert!(error.to_string().contains("`credentials_by_caller`"), "{error}");
    }
    mock.assert_calls_async(0).await;

    let headers = [(reqwest::header::AUTHORIZATION, reqwest::header::HeaderValue::from_static("Mine it-is"))];
    let own = reqwest::Client::builder().no_proxy().default_headers(headers.into_iter().collect());
    let own = own.build().expect("an HTTP client");
    let client = Client::builder().base_url(&base_url).http_client(own).credentials_by_caller();
    let customer = client.build().expect("a client").get_customer().domain_id(10000001).send().await;
    assert_eq!(customer.expect("a customer").domain_id, 10000001);
    mock.assert_calls_async(1).await;
}

#[test]
fn a_base_url_that_will_not_do_is_refused_with_advice() {
    let refusal = |base_url: &str| Client::builder().base_url(base_url).token(TOKEN).build().expect_err("a refusal");
    for (base_url, advice) in [
        ("www.worksapis.com/v1.0", "https://www.worksapis.com/v1.0"),
        ("localhost:8080/v1.0", "https://localhost:8080/v1.0"),
        ("", "https://"),
        ("ftp://www.worksapis.com", "https://"),
        ("https://", "not a URL"),
        ("https://me:secret@www.worksapis.com", "credentials"),
        ("https://www.worksapis.com/v1.0?x=1", "leave out"),
        ("https://www.worksapis.com/v1.0?key=secret", "leave out"),
        ("www.worksapis.com/v1.0#secret", "https://www.worksapis.com/v1.0"),
        ("http://www.worksapis.com/v1.0", "unencrypted"),
        ("http://localhost.example.com/v1.0", "unencrypted"),
        ("http://127.evil.example", "unencrypted"),
        ("http://127.0.0.1.evil.example", "unencrypted"),
        ("http://evillocalhost", "unencrypted"),
        ("http://localhost.", "unencrypted"),
        ("http://[2001:db8::1]", "unencrypted"),
    ] {
        let error = refusal(base_url);
        assert!(error.to_string().contains(advice), "{base_url}: {error}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
    assert!(matches!(refusal("http://192.0.2.1"), BuildError::PlainHttp { .. }));
}

#[test]
fn a_name_for_this_machine_is_trusted_only_where_it_is_resolved_here() {
    let own = || reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
    let builder = || Client::builder().base_url("http://api.localhost").token(TOKEN);
    builder().build().expect("resolved by the client");
    let refusal = builder().http_client(own()).build().expect_err("resolved by who knows whom");
    assert!(matches!(refusal, BuildError::PlainHttp { .. }), "{refusal}");
    builder().http_client(own()).allow_plain_http().build().expect("asked for");
}

#[tokio::test]
async fn a_name_for_this_machine_leads_to_this_machine() {
    let server = MockServer::start_async().await;
    let mock = responding(&server, 200, "application/json", customer().to_string()).await;
    let base_url = format!("http://no-resolver-knows-this.localhost:{}/v1.0", server.port());
    let client = Client::builder().base_url(base_url).token(TOKEN).retries(0).build().expect("a client");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    mock.assert_calls_async(1).await;
}

#[test]
fn a_base_url_that_will_do_is_taken() {
    for base_url in
        ["http://127.0.0.1:1/v1.0", "http://[::1]:1", "http://localhost", "http://api.localhost/", "HTTPS://x/"]
    {
        let client = Client::builder().base_url(base_url).token(TOKEN).build().expect(base_url);
        // The paths of operations begin with a slash.
        assert!(!base_url_of(&client).ends_with('/'), "{base_url}");
    }
    Client::builder().base_url("http://mock:8080").build().expect("no token, nothing to lose");
    Client::builder().base_url("http://mock:8080").token(TOKEN).allow_plain_http().build().expect("asked for");
    let client = Client::builder().token(TOKEN).build().expect("the document's server");
    assert_eq!(base_url_of(&client), DEFAULT_BASE_URL);
}

/// The base URL that a client shows.
fn base_url_of(client: &Client) -> String {
    let shown = format!("{client:?}");
    shown.split_once("baseurl: \"").and_then(|(_, rest)| rest.split('"').next()).expect("a base URL").to_owned()
}
