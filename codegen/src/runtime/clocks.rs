//! Dates and times of the crates jiff and chrono, and those of this crate.

use super::{Date, DateTime, Violation};

/// Conversions between a string type and a type of another crate, both ways and by reference too.
macro_rules! converts {
    ($text:ty, $other:ty, $error:ty, $read:expr, $written:expr) => {
        impl TryFrom<&$text> for $other {
            type Error = $error;

            fn try_from(text: &$text) -> Result<Self, $error> {
                let read: fn(&str) -> Result<Self, $error> = $read;
                read(text.as_str())
            }
        }

        impl TryFrom<$text> for $other {
            type Error = $error;

            fn try_from(text: $text) -> Result<Self, $error> {
                Self::try_from(&text)
            }
        }

        impl TryFrom<$other> for $text {
            type Error = Violation;

            /// A year that RFC 3339 cannot write, with less or more than four digits, is refused.
            fn try_from(time: $other) -> Result<Self, Violation> {
                let written: fn($other) -> String = $written;
                Self::try_from(written(time))
            }
        }
    };
}

#[cfg(feature = "chrono")]
converts!(
    DateTime,
    ::chrono::DateTime<::chrono::FixedOffset>,
    ::chrono::ParseError,
    ::chrono::DateTime::parse_from_rfc3339,
    |time| time.to_rfc3339()
);

#[cfg(feature = "chrono")]
converts!(
    DateTime,
    ::chrono::DateTime<::chrono::Utc>,
    ::chrono::ParseError,
    |text| ::chrono::DateTime::parse_from_rfc3339(text).map(Into::into),
    |time| time.to_rfc3339_opts(::chrono::SecondsFormat::AutoSi, true)
);

#[cfg(feature = "chrono")]
converts!(Date, ::chrono::NaiveDate, ::chrono::ParseError, str::parse, |date| date.to_string());

#[cfg(feature = "jiff")]
converts!(DateTime, ::jiff::Timestamp, ::jiff::Error, str::parse, |time| time.to_string());

#[cfg(feature = "jiff")]
converts!(Date, ::jiff::civil::Date, ::jiff::Error, str::parse, |date| date.to_string());

/// With the offset from UTC that the time zone has then; the zone's name has no place in RFC 3339.
#[cfg(feature = "jiff")]
impl TryFrom<::jiff::ZonedDateTime> for DateTime {
    type Error = Violation;

    fn try_from(time: ::jiff::ZonedDateTime) -> Result<Self, Violation> {
        Self::try_from(time.strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string())
    }
}
