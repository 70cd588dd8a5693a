//! Fetches a customer with a service account's token, which is fetched and renewed on the way.
//!
//! Everything it needs stands on the app's page in the Developer Console: `LINEWORKS_CLIENT_ID`,
//! `LINEWORKS_CLIENT_SECRET`, `LINEWORKS_SERVICE_ACCOUNT` and `LINEWORKS_PRIVATE_KEY_FILE`. The first argument is the
//! domain id. Where `LINEWORKS_CLIENT_ID` is not set, a mock server in this process gives both token and customer, for a
//! key that is made on the spot.

mod output;

use std::error::Error;
use std::process::ExitCode;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lineworks_partner_client::mock::{MockServer, MockServerExt};
use lineworks_partner_client::{Client, ServiceAccount};
use output::say;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    if std::env::var_os("LINEWORKS_CLIENT_ID").is_none() {
        say!("LINEWORKS_CLIENT_ID is not set: fetching a token and a customer from a mock server");
        return with_the_mock().await;
    }
    let domain_id: i64 = std::env::args().nth(1).ok_or("give the domain id")?.parse()?;
    let account = ServiceAccount::builder()
        .client_id(setting("LINEWORKS_CLIENT_ID")?)
        .client_secret(setting("LINEWORKS_CLIENT_SECRET")?)
        .account(setting("LINEWORKS_SERVICE_ACCOUNT")?)
        .private_key(std::fs::read_to_string(setting("LINEWORKS_PRIVATE_KEY_FILE")?)?)
        .build()?;
    fetch(&Client::builder().credentials(account).build()?, domain_id).await
}

async fn fetch(client: &Client, domain_id: i64) -> Result<(), Box<dyn Error>> {
    let customer = client.get_customer().domain_id(domain_id).send().await?;
    say!("{} ({})", customer.company_name, customer.domain);
    Ok(())
}

fn setting(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|_| format!("{name} is not set; see the Developer Console"))
}

async fn with_the_mock() -> Result<(), Box<dyn Error>> {
    let server = MockServer::start();
    server.mock(|when, then| {
        when.method("POST").path("/oauth2/v2.0/token");
        then.status(200).body(r#"{"access_token": "fresh", "expires_in": 86400}"#);
    });
    server.get_customer(|when, then| {
        when.credential("fresh");
        then.example_200();
    });
    let key: Pkcs8V1Der<'_> = KeyPair::generate(KeySize::Rsa2048)?.as_der()?;
    let account = ServiceAccount::builder()
        .client_id("app")
        .client_secret("secret")
        .account("bot@example.com")
        .private_key(format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(key.as_ref())
        ))
        .token_url(server.url("/oauth2/v2.0/token"))
        .build()?;
    fetch(&Client::builder().base_url(server.api_url()).credentials(account).build()?, 10000001).await
}
