//! What can go wrong with a call, and how to tell the cases apart.
//!
//! The arguments are the ids of domains to fetch, for which `LINEWORKS_ACCESS_TOKEN` must be set. Without any, a mock
//! server in this process lets one call after the other go wrong.

mod output;

use std::error::Error as StdError;

use lineworks_partner_client::mock::{MockServer, MockServerExt};
use lineworks_partner_client::types::ApiError;
use lineworks_partner_client::{Client, Error, RateLimit};
use output::say;

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let ids = std::env::args().skip(1).map(|argument| argument.parse()).collect::<Result<Vec<i64>, _>>()?;
    if !ids.is_empty() {
        let token = std::env::var("LINEWORKS_ACCESS_TOKEN").map_err(|_| "LINEWORKS_ACCESS_TOKEN is not set")?;
        fetch(&Client::builder().token(token).build()?, &ids).await;
        return Ok(());
    }
    say!("no domain ids given: a mock server lets one call after the other go wrong");
    let server = server();
    // Calls that may succeed later are tried again, which would only take time here.
    let client = Client::builder().base_url(server.api_url()).token("any").retries(0).build()?;
    fetch(&client, &[1, 2, 3, 4, 5, 6]).await;
    let nowhere = Client::builder().base_url("http://127.0.0.1:9/v1.0").token("any").retries(0).build()?;
    fetch(&nowhere, &[7]).await;
    let without_token = Client::builder().base_url(server.api_url()).retries(0).build()?;
    fetch(&without_token, &[8]).await;
    Ok(())
}

async fn fetch(client: &Client, ids: &[i64]) {
    for &id in ids {
        match client.get_customer().domain_id(id).send().await {
            Ok(customer) => say!("{id}: {}", customer.company_name),
            Err(error) => say!("{id}: {}", advice(&error)),
        }
    }
}

/// What a program could do about it: the cases that it can act on come first, and the last one is for all others.
fn advice(error: &Error) -> String {
    match error {
        _ if error.is_not_found() => "there is no such customer".to_owned(),
        _ if error.code() == Some("ACCESS_DENIED") => "not a customer of ours, or no customer at all".to_owned(),
        _ if error.code() == Some("TOO_MANY_REQUESTS") => {
            let wait = error.headers().and_then(|headers| RateLimit::of(headers).reset).unwrap_or_default();
            format!("too many calls: try again in {} s", wait.as_secs())
        }
        Error::UnexpectedResponse(found) => {
            format!("{found}; its body is {} bytes long", found.response.body().len())
        }
        _ if error.is_retryable() => format!("later, perhaps: {error}"),
        _ => match error.value::<ApiError>() {
            Some(said) => format!("the API says {}: {}", said.code, said.description),
            None => error.to_string(),
        },
    }
}

/// A server at which each domain has another problem.
fn server() -> MockServer {
    let server = MockServer::start();
    server.get_customer(|when, then| {
        when.domain_id(1);
        then.example_404();
    });
    server.get_customer(|when, then| {
        when.domain_id(2);
        then.example_403();
    });
    server.get_customer(|when, then| {
        when.domain_id(3);
        then.example_429().rate_limit_remaining(0).rate_limit_reset(17);
    });
    server.get_customer(|when, then| {
        when.domain_id(4);
        let mut error = ApiError::example();
        (error.code, error.description) = ("MAINTENANCE".to_owned(), "Back at noon".to_owned());
        then.status_500(&error);
    });
    server.get_customer(|when, then| {
        when.domain_id(5);
        then.raw(502, "text/html", "<html>Bad Gateway</html>");
    });
    server.get_customer(|when, then| {
        when.domain_id(6);
        then.raw(200, "application/json", r#"{"domainId": "six"}"#);
    });
    server.get_customer(|when, then| {
        when.domain_id(8).without_credentials();
        then.example_401();
    });
    server
}
