//! error[E0638]: `..` required with struct marked as non-exhaustive

fn main() {
    let lineworks_partner_client::types::ApiError { code, description } = lineworks_partner_client::types::ApiError::example();
    println!("{code} {description}");
}
