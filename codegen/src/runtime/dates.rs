//! Dates and times as RFC 3339 writes them.

/// `full-date`: four, two and two digits of a day that there is.
pub(crate) fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let is_leap_year = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let longest = match month {
        2 if is_leap_year => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=longest).contains(&day)
}

/// `date-time`: a date, a `T`, a time with its offset.
pub(crate) fn is_date_time(text: &str) -> bool {
    text.split_once(['T', 't']).is_some_and(|(date, time)| is_date(date) && is_time(time))
}

/// `full-time`: hours, minutes, seconds and their fraction, and the offset from UTC.
fn is_time(text: &str) -> bool {
    let Some((clock, rest)) = text.split_at_checked(8) else { return false };
    let Some((minutes, second)) = clock.rsplit_once(':') else { return false };
    let (Some(minutes), Some(second)) = (minutes_of(minutes), digits(second, 2)) else { return false };
    let Some(start) = rest.find(['Z', 'z', '+', '-']) else { return false };
    let (fraction, offset) = rest.split_at(start);
    let fraction_fits = match fraction.strip_prefix('.') {
        Some(fraction) => !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit()),
        None => fraction.is_empty(),
    };
    let offset = match (&offset[..1], &offset[1..]) {
        ("Z" | "z", "") => Some(0),
        ("+", rest) => minutes_of(rest).map(i64::from),
        ("-", rest) => minutes_of(rest).map(|minutes| -i64::from(minutes)),
        _ => None,
    };
    // A leap second is the last one of a day in UTC, section 5.6 of the RFC.
    let is_last = |offset: i64| (i64::from(minutes) - offset).rem_euclid(24 * 60) == 24 * 60 - 1;
    fraction_fits && offset.is_some_and(|offset| second < 60 || (second == 60 && is_last(offset)))
}

/// `12:34` as minutes.
fn minutes_of(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The number that a text of so many digits is.
fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}
