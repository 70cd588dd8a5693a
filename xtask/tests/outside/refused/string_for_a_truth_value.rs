//! error[E0277]: this setter takes `bool` or `Option<bool>`, and `&str` converts into neither

use lineworks_partner_client::types::Partnership;

fn main() {
    println!("{:?}", Partnership::builder().enable_partner_profile_display("true").build());
}
