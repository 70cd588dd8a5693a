//! What code of users does with values: it stays as it is, whatever properties, values and variants come.

use lineworks_partner_client::runtime::Presence;
use lineworks_partner_client::types::{Administrator, ApiError, Customer, Locale, Memo, Partnership};
use lineworks_partner_client::{Client, Conformance, Error, decode};

fn main() {
    let mut customer = Customer::example();
    customer.company_name.push('!');
    let Customer { company_name, locale, .. } = &customer;
    let spoken = match locale {
        Locale::JaJp => "Japanese",
        other => other.as_str(),
    };
    println!("{company_name} speaks {spoken}; plan: {:?}", customer.product_id.value());
    let partnership = Partnership::builder().memo("fits").build();
    let customer = customer.into_builder().partnership(partnership.ok()).build();
    println!("{:?}", customer.map(|customer| customer.conformance()));
    let memo = Memo::try_from("a").map(|memo| memo == "a" && memo.len() == 1);
    println!("{memo:?} {}", String::from(Locale::JaJp));
    println!("{:?}", decode::<Administrator>(b"[]").map_err(|error| error.pointer));
}

pub async fn call(client: Client) -> Result<String, Error> {
    let response = client.get_customer().domain_id(10000001).send().await;
    match response {
        Ok(customer) => Ok(customer.into_inner().company_name),
        Err(error) => match error.value::<ApiError>() {
            Some(said) => Ok(said.description.clone()),
            None => Err(error),
        },
    }
}
