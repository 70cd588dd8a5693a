//! error[E0423]: cannot initialize a tuple struct which contains private fields

use lineworks_partner_client::Unlisted;
use lineworks_partner_client::types::Locale;

fn main() {
    println!("{}", Locale::Unlisted(Unlisted("fr_FR".to_owned())));
}
