//! error[E0599]: no function or associated item named `deserialize` found for struct `lineworks_partner_client::types::Administrator`

fn main() {
    let value = serde_json::json!(["Last", "First", "id", "not an address", "cell", "+81"]);
    println!("{:?}", lineworks_partner_client::types::Administrator::deserialize(value));
}
