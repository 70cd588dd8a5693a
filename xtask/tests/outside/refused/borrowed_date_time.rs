//! error[E0277]: the trait bound `lineworks_partner_client::runtime::DateTime: Borrow<str>` is not satisfied

use std::collections::HashSet;

use lineworks_partner_client::runtime::DateTime;

// It compares by its instant, of which there are many spellings.
fn main() {
    println!("{}", HashSet::<DateTime>::new().contains::<str>("2024-01-01T00:00:00Z"));
}
