//! How to test your own code: the function of yours comes first, what would be your tests after it.
//!
//! `main` runs the tests one after the other, against a mock server in this process. In your project each would be a
//! `#[tokio::test]`, with the feature `mock` switched on under `[dev-dependencies]`.

mod output;

use std::error::Error as StdError;
use std::time::Duration;

use lineworks_partner_client::mock::{MockServer, MockServerExt};
use lineworks_partner_client::types::Customer;
use lineworks_partner_client::{Client, Error};
use output::say;
use serde_json::json;

/// Code of yours: what an invoice is addressed to, if the customer is still there.
async fn addressee(client: &Client, domain_id: i64) -> Result<Option<String>, Box<dyn StdError>> {
    match client.get_customer().domain_id(domain_id).send().await {
        Ok(customer) => {
            let administrator = customer.administrator.as_ref();
            let mail = administrator.map(|administrator| administrator.private_email.as_str());
            Ok(Some(format!("{} <{}>", customer.company_name, mail.unwrap_or("unknown"))))
        }
        Err(Error::ErrorResponse(response)) if response.status().as_u16() == 404 => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    say!("testing a function against a mock server");
    a_customer_has_an_addressee().await?;
    a_customer_that_is_gone_has_none().await?;
    an_address_that_no_standard_allows_is_kept().await?;
    a_busy_api_is_asked_again().await?;
    say!("all four tests have passed");
    Ok(())
}

/// A client of the server, as your program would make one.
fn client(server: &MockServer) -> Result<Client, Box<dyn StdError>> {
    let wait = Duration::from_millis(1);
    Ok(Client::builder().base_url(server.api_url()).token("a-token").backoff(wait, wait).build()?)
}

async fn a_customer_has_an_addressee() -> Result<(), Box<dyn StdError>> {
    let server = MockServer::start();
    let mock = server.get_customer(|when, then| {
        when.domain_id(10000001).credential("a-token");
        let mut customer = Customer::example();
        customer.company_name = "Example KK".to_owned();
        then.status_200(&customer);
    });
    let found = addressee(&client(&server)?, 10000001).await?;
    assert_eq!(found.as_deref(), Some("Example KK <private.works@example.com>"));
    // Says what was different about the call, where none was as described.
    mock.assert();
    Ok(())
}

async fn a_customer_that_is_gone_has_none() -> Result<(), Box<dyn StdError>> {
    let server = MockServer::start();
    server.get_customer(|_, then| {
        then.example_404();
    });
    assert_eq!(addressee(&client(&server)?, 2).await?, None);
    Ok(())
}

async fn an_address_that_no_standard_allows_is_kept() -> Result<(), Box<dyn StdError>> {
    let mut customer = serde_json::to_value(Customer::example())?;
    customer["administrator"]["privateEmail"] = json!("foo..bar@docomo.ne.jp");
    let server = MockServer::start();
    server.get_customer(|_, then| {
        then.json(200, &customer);
    });
    let found = addressee(&client(&server)?, 10000001).await?;
    assert_eq!(found.as_deref(), Some("LINE WORKS Corp. <foo..bar@docomo.ne.jp>"));
    Ok(())
}

async fn a_busy_api_is_asked_again() -> Result<(), Box<dyn StdError>> {
    let server = MockServer::start();
    // The mock that was made first responds, until it has responded as often as it may.
    let busy = server.get_customer(|_, then| {
        then.example_429().rate_limit_reset(0).times(1);
    });
    let served = server.get_customer(|_, then| {
        then.example_200();
    });
    assert!(addressee(&client(&server)?, 10000001).await?.is_some());
    busy.assert_calls(1);
    served.assert_calls(1);
    Ok(())
}
