//! error[E0639]: cannot create non-exhaustive struct using struct expression

fn main() {
    println!("{:?}", lineworks_partner_client::types::ApiError { code: String::new(), description: String::new() });
}
