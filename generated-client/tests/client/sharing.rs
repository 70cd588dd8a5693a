//! What can be handed to other threads, and how errors fit into a program.

use std::error::Error as StdError;

use httpmock::MockServer;
use lineworks_partner_client::types::Customer;
use lineworks_partner_client::{
    BuildError, Client, ClientBuilder, CredentialsError, Error, RateLimit, Reason, ResponseValue,
};

use super::payloads::{client, customer, responding_json};

fn is_shareable<T: Send + Sync + 'static>() {}
fn is_cloneable<T: Clone>() {}
fn is_an_error<T: StdError + Send + Sync + 'static>() {}
fn can_be_sent<T: Send>(future: T) -> T {
    future
}

#[test]
fn everything_can_be_handed_to_other_threads() {
    is_shareable::<Client>();
    is_shareable::<ClientBuilder>();
    is_shareable::<Customer>();
    is_shareable::<ResponseValue<Customer>>();
    is_shareable::<RateLimit>();
    is_cloneable::<Client>();
    is_cloneable::<ClientBuilder>();
    is_cloneable::<ResponseValue<Customer>>();
    is_an_error::<Error>();
    is_an_error::<BuildError>();
    is_an_error::<CredentialsError>();
}

/// A function of a user's, whose future is stored and whose error is boxed.
async fn domain(client: Client) -> Result<String, Box<dyn StdError + Send + Sync>> {
    Ok(client.get_customer().domain_id(10000001).send().await?.into_inner().domain)
}

#[tokio::test]
async fn a_call_s_future_can_be_sent_and_its_error_boxed() {
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer()).await;
    let call = can_be_sent(domain(client(&server)));
    assert_eq!(call.await.expect("a domain"), "example.com");
    let nowhere = Client::builder().base_url("http://127.0.0.1:9").token("any").build().expect("a client");
    let error = can_be_sent(domain(nowhere)).await.expect_err("no server is there");
    // What was boxed can be asked for again.
    assert!(matches!(error.downcast_ref::<Error>(), Some(Error::Communication(_))), "{error}");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn each_kind_of_error_has_a_pattern_of_its_own() {
    let kind = |error: &Error| match error {
        Error::ErrorResponse(_) if error.code() == Some("NOT_FOUND") => "not found",
        Error::ErrorResponse(_) => "described",
        Error::UnexpectedResponse(found) => match &found.reason {
            Reason::Status => "status",
            Reason::ContentType { .. } => "content type",
            Reason::Body(_) => "body",
            _ => "other response",
        },
        Error::InvalidRequest(_) => "argument",
        Error::Credentials(_) => "credentials",
        Error::Communication(_) => "no response",
        _ => "other",
    };
    for (status, media_type, body, expected) in [
        (404, "application/json", r#"{"code": "NOT_FOUND", "description": ""}"#, "not found"),
        (500, "application/json", r#"{"code": "X", "description": ""}"#, "described"),
        (418, "application/json", "{}", "status"),
        (404, "text/html", "<html>", "content type"),
        (200, "application/json", "{}", "body"),
    ] {
        let server = MockServer::start_async().await;
        super::payloads::responding(&server, status, media_type, body).await;
        let error = client(&server).get_customer().domain_id(10000001).send().await.expect_err("an error");
        assert_eq!(kind(&error), expected, "{status} {media_type} {body}");
    }
    let server = MockServer::start_async().await;
    let error = client(&server).get_customer().send().await.expect_err("the domain id is missing");
    assert_eq!(kind(&error), "argument");
}
