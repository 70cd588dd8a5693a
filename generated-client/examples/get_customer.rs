//! Fetches a customer and prints it.
//!
//! From the real API where `LINEWORKS_ACCESS_TOKEN` is set, and from the server at `LINEWORKS_BASE_URL` where that is set
//! too; otherwise from a mock server in this process. The first argument is the domain id.

mod output;

use std::error::Error;
use std::process::ExitCode;

use lineworks_partner_client::mock::{MockServer, MockServerExt};
use lineworks_partner_client::{Client, Conformance, DEFAULT_BASE_URL};
use output::say;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let domain_id: i64 = match std::env::args().nth(1) {
        Some(argument) => argument.parse().map_err(|_| format!("the domain id is a number, not {argument:?}"))?,
        None => 10000001,
    };
    match std::env::var("LINEWORKS_ACCESS_TOKEN").ok().filter(|token| !token.is_empty()) {
        Some(token) => {
            let base_url = std::env::var("LINEWORKS_BASE_URL").unwrap_or_else(|_| DEFAULT_BASE_URL.to_owned());
            say!("Fetching customer {domain_id} from {base_url}");
            fetch(&Client::builder().base_url(base_url).token(token).build()?, domain_id).await
        }
        None => {
            let server = MockServer::start();
            server.get_customer(|when, then| {
                when.domain_id(domain_id);
                then.example_200();
            });
            say!("LINEWORKS_ACCESS_TOKEN is not set: fetching customer {domain_id} from a mock server");
            fetch(&Client::builder().base_url(server.api_url()).token("any").build()?, domain_id).await
        }
    }
}

async fn fetch(client: &Client, domain_id: i64) -> Result<(), Box<dyn Error>> {
    let customer = client.get_customer().domain_id(domain_id).send().await?;
    say!("{}", serde_json::to_string_pretty(&*customer)?);
    for violation in customer.conformance() {
        say!("deviates from the document: {violation}");
    }
    Ok(())
}
