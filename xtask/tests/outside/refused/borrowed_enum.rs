//! error[E0277]: the trait bound `Locale: Borrow<str>` is not satisfied

use std::collections::BTreeSet;

use lineworks_partner_client::types::Locale;

// It is ordered as the document lists its values.
fn main() {
    println!("{}", BTreeSet::from([Locale::JaJp]).contains::<str>("ja_JP"));
}
