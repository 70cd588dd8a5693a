//! Dates and times of other crates.

use lineworks_partner_client::runtime::{Date, DateTime};

fn at(text: &str) -> DateTime {
    text.parse().expect("a date and time")
}

#[test]
fn chrono_reads_and_writes_them() {
    use chrono::{FixedOffset, NaiveDate, Utc};

    for text in ["2024-02-29T12:00:00+09:00", "2024-02-29t12:00:00.25z", "2016-12-31T23:59:60Z"] {
        let fixed = chrono::DateTime::<FixedOffset>::try_from(&at(text)).expect("a time");
        assert_eq!(DateTime::try_from(fixed).expect("RFC 3339"), at(text));
        let utc = chrono::DateTime::<Utc>::try_from(at(text)).expect("a time");
        assert_eq!((utc, DateTime::try_from(utc).expect("RFC 3339")), (fixed.to_utc(), at(text)));
    }
    let fixed = chrono::DateTime::<FixedOffset>::try_from(at("2024-02-29T12:00:00+09:00")).expect("a time");
    assert_eq!(DateTime::try_from(fixed).expect("RFC 3339").as_str(), "2024-02-29T12:00:00+09:00");
    let received: DateTime = serde_json::from_str(r#""today""#).expect("a string");
    assert!(chrono::DateTime::<Utc>::try_from(received).is_err());

    let day = NaiveDate::from_ymd_opt(2024, 2, 29).expect("a day");
    let text: Date = "2024-02-29".parse().expect("a day");
    assert_eq!((NaiveDate::try_from(&text), Date::try_from(day)), (Ok(day), Ok(text)));
    assert!(Date::try_from(NaiveDate::MAX).is_err() && DateTime::try_from(chrono::DateTime::<Utc>::MIN_UTC).is_err());
}

#[test]
fn jiff_reads_and_writes_them() {
    use jiff::{Timestamp, civil, tz};

    for text in ["2024-02-29T12:00:00+09:00", "2024-02-29t12:00:00.25z"] {
        let time = Timestamp::try_from(&at(text)).expect("a time");
        assert_eq!(DateTime::try_from(time).expect("RFC 3339"), at(text));
    }
    let zone = tz::TimeZone::fixed(tz::offset(9));
    let zoned = Timestamp::try_from(at("2024-02-29T03:00:00.5Z")).expect("a time").to_zoned_datetime(zone);
    assert_eq!(DateTime::try_from(zoned).expect("RFC 3339").as_str(), "2024-02-29T12:00:00.5+09:00");
    let received: DateTime = serde_json::from_str(r#""today""#).expect("a string");
    assert!(Timestamp::try_from(received).is_err());

    let text: Date = "2024-02-29".parse().expect("a day");
    let day = civil::Date::try_from(&text).expect("a day");
    assert_eq!((day, Date::try_from(day)), (civil::date(2024, 2, 29), Ok(text)));
    assert!(Date::try_from(civil::Date::MIN).is_err() && DateTime::try_from(Timestamp::MIN).is_err());
}
