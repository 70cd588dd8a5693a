//! Fetches a customer with a service account's token.
//!
//! Everything it needs stands on the app's page in the Developer Console:
//! `LINEWORKS_CLIENT_ID`, `LINEWORKS_CLIENT_SECRET`, `LINEWORKS_SERVICE_ACCOUNT` and `LINEWORKS_PRIVATE_KEY_FILE`.
//! The first argument is the domain id.

use std::error::Error;
use std::process::ExitCode;

use lineworks_partner_client::{Client, ServiceAccount};

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
    let domain_id: i64 = std::env::args().nth(1).ok_or("give the domain id")?.parse()?;
    let account = ServiceAccount::builder()
        .client_id(setting("LINEWORKS_CLIENT_ID")?)
        .client_secret(setting("LINEWORKS_CLIENT_SECRET")?)
        .account(setting("LINEWORKS_SERVICE_ACCOUNT")?)
        .private_key(std::fs::read_to_string(setting("LINEWORKS_PRIVATE_KEY_FILE")?)?)
        .build()?;
    let client = Client::builder().credentials(account).build()?;
    let customer = client.get_customer().domain_id(domain_id).send().await?;
    println!("{} ({})", customer.company_name, customer.domain);
    Ok(())
}

fn setting(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|_| format!("{name} is not set; see the Developer Console"))
}
