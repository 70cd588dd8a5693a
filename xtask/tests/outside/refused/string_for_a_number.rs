//! error[E0277]: this setter takes `i64`, and `&str` does not convert into it

pub async fn call(client: lineworks_partner_client::Client) {
    println!("{:?}", client.get_customer().domain_id("10").send().await);
}

fn main() {}
