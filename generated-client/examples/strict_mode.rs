//! A response that deviates from the document: kept and listed by default, an error in strict mode.
//!
//! A mock server in this process gives a customer with a plan that is new, an address that no standard allows and a memo
//! that is too long.

mod output;

use std::error::Error as StdError;

use lineworks_partner_client::mock::{MockServer, MockServerExt};
use lineworks_partner_client::types::Customer;
use lineworks_partner_client::{Client, Conformance, Error};
use output::say;
use serde_json::json;

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let mut odd = serde_json::to_value(Customer::example())?;
    odd["productId"] = json!("JP_PPO_STD");
    odd["administrator"]["privateEmail"] = json!("foo..bar@docomo.ne.jp");
    odd["partnership"]["memo"] = json!("x".repeat(701));
    let server = MockServer::start();
    server.get_customer(|_, then| {
        then.json(200, &odd);
    });
    say!("fetching a customer that deviates from the document from a mock server");
    let builder = Client::builder().base_url(server.api_url()).token("any");

    // By default the value is taken as it came, and says on request what is odd about it.
    let client = builder.clone().build()?;
    let customer = client.get_customer().domain_id(10000001).send().await?;
    say!("{} is here, with {} deviations:", customer.company_name, customer.conformance().len());
    for violation in customer.conformance() {
        say!("  {violation}");
    }

    // In strict mode the call fails, with the same list, the value and the response in hand.
    let strict = builder.strict(true).build()?;
    match strict.get_customer().domain_id(10000001).send().await {
        Err(Error::Nonconforming(found)) => {
            say!("strict mode: {found}");
            if let Some(customer) = found.value::<Customer>() {
                say!("the value is kept all the same: {}", customer.company_name);
            }
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Err("strict mode took what deviates".into()),
    }
}
