//! Dates and times as RFC 3339 writes them.

/// `full-date`: four, two and two digits of a day that there is.
pub(crate) fn is_date(text: &str) -> bool {
    date(text).is_some()
}

/// `date-time`: a date, a `T`, a time with its offset.
pub(crate) fn is_date_time(text: &str) -> bool {
    matches!(Instant::of(text), Instant::At { .. })
}

/// The instant that a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Instant<'a> {
    /// The minute in UTC, counted from the first one of March of the year 0, the second in it (60 is a leap second), and the digits
    /// of its fraction up to the last that is not zero.
    At { minute: i64, second: u32, fraction: &'a str },
    /// The text is none.
    Nowhere(&'a str),
}

impl<'a> Instant<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let parts = text.split_once(['T', 't']).and_then(|(day, time)| Some((date(day)?, self::time(time)?)));
        let Some((day, Time { minute, second, fraction, offset })) = parts else { return Self::Nowhere(text) };
        let minute = day * 24 * 60 + minute - offset;
        // A leap second is the last one of a day in UTC, section 5.6 of the RFC.
        match second < 60 || (second == 60 && minute.rem_euclid(24 * 60) == 24 * 60 - 1) {
            true => Self::At { minute, second, fraction: fraction.trim_end_matches('0') },
            false => Self::Nowhere(text),
        }
    }
}

/// The number of the day, counted from the first of March of the year 0, so that a leap day is a year's last.
fn date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let is_leap_year = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let longest = match month {
        2 if is_leap_year => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if parts.next().is_some() || !(1..=longest).contains(&day) {
        return None;
    }
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day - 1)
}

/// A time of a day, and how many minutes it is ahead of UTC.
struct Time<'a> {
    minute: i64,
    second: u32,
    fraction: &'a str,
    offset: i64,
}

/// `full-time`: hours, minutes, seconds and their fraction, and the offset from UTC.
fn time(text: &str) -> Option<Time<'_>> {
    let (clock, rest) = text.split_at_checked(8)?;
    let (minute, second) = clock.rsplit_once(':')?;
    let (minute, second) = (minutes_of(minute)?, digits(second, 2)?);
    let (fraction, offset) = rest.split_at(rest.find(['Z', 'z', '+', '-'])?);
    let fraction = match fraction.strip_prefix('.') {
        Some(fraction) if fraction.is_empty() => return None,
        Some(fraction) => fraction,
        None if fraction.is_empty() => fraction,
        None => return None,
    };
    let offset = match offset.split_at_checked(1)? {
        ("Z" | "z", "") => 0,
        ("+", rest) => minutes_of(rest)?,
        ("-", rest) => -minutes_of(rest)?,
        _ => return None,
    };
    fraction.bytes().all(|byte| byte.is_ascii_digit()).then_some(Time { minute, second, fraction, offset })
}

/// `12:34` as minutes.
fn minutes_of(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    (hours < 24 && minutes < 60).then_some(i64::from(hours * 60 + minutes))
}

/// The number that a text of so many digits is.
fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}
