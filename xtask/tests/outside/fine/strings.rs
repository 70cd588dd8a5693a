//! What code of users does with strings, enums, dates and what may be null.

use std::collections::{BTreeMap, HashSet};

use lineworks_partner_client::runtime::{Date, DateTime, Email, Presence};
use lineworks_partner_client::types::{Customer, DomainType, Locale, Memo, PartnershipStatus};

fn shown(of: impl AsRef<str>) -> usize {
    of.as_ref().len()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let memo: Memo = "a memo".parse()?;
    let by_memo = BTreeMap::from([(memo.clone(), 1)]);
    println!("{:?} {} {}", by_memo.get("a memo"), memo == "a memo", memo.starts_with('a'));
    println!("{} {} {}", shown(&memo), shown(Locale::JaJp), String::from(memo.clone()) + &memo.into_inner());
    for locale in Locale::VARIANTS {
        println!("{locale} {} {}", locale.as_str(), locale.clone().into_inner());
    }
    println!("{:?} {:?}", DomainType::LISTED, PartnershipStatus::try_from("ACTIVE".to_owned()));
    let address = Email::try_from("user@example.com")?;
    println!("{}", HashSet::from([address]).contains("user@example.com"));

    let at: DateTime = "2024-01-01T09:00:00+09:00".parse()?;
    println!("{} {}", at == "2024-01-01T00:00:00Z".parse()?, at.as_str());
    let utc = chrono::DateTime::<chrono::Utc>::try_from(&at)?;
    let stamp = jiff::Timestamp::try_from(&at)?;
    println!("{:?} {:?}", DateTime::try_from(utc), DateTime::try_from(stamp));
    println!("{:?}", chrono::NaiveDate::try_from(&Date::try_from("2024-02-29")?)?);

    let product = &Customer::example().product_id;
    println!("{:?} {} {}", product.value(), product.is_null(), product.is_absent());
    Ok(())
}
