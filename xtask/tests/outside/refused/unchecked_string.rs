//! error[E0423]: cannot initialize a tuple struct which contains private fields

use lineworks_partner_client::types::Memo;

fn main() {
    println!("{}", Memo("x".repeat(701)));
}
