//! error[E0277]: this setter takes `ProductId`, `Option<ProductId>` or `Null`, and `{integer}` converts into none of them

use lineworks_partner_client::types::Customer;

fn main() {
    println!("{:?}", Customer::builder().product_id(7).build());
}
