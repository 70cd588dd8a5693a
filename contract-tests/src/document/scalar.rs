//! What a scalar without quotes means: the core schema of YAML 1.2, decided here and not by a parser.

use serde_json::{Number, Value};

/// The value of a scalar that is not quoted; nothing for one that is infinite or not a number.
pub(super) fn plain(text: &str) -> Option<Value> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return None,
        _ if matches!(text.strip_prefix(['+', '-']).unwrap_or(text), ".inf" | ".Inf" | ".INF") => return None,
        _ => match number(text) {
            Some(number) => Value::Number(number?),
            None => Value::String(text.to_owned()),
        },
    })
}

/// Whether a scalar without quotes is null.
pub(super) fn is_null(text: &str) -> bool {
    matches!(plain(text), Some(Value::Null))
}

/// The number that a text spells: nothing where it spells none, and nothing within where no finite number is so large.
/// Integers of 64 bits are exact; beyond them, and with a fraction or an exponent, it is the nearest float.
fn number(text: &str) -> Option<Option<Number>> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix).filter(|digits| digits.chars().all(|one| one.is_digit(radix))) {
            return u64::from_str_radix(digits, radix).ok().map(|number| Some(number.into()));
        }
    }
    let (sign, unsigned) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    if !is_decimal(unsigned) {
        return None;
    }
    let signed = if sign { text } else { unsigned };
    let whole = signed.parse::<i64>().map(Number::from).or_else(|_| signed.parse::<u64>().map(Number::from));
    Some(whole.ok().or_else(|| Number::from_f64(signed.parse().ok()?)))
}

/// `[0-9]+(\.[0-9]*)?` or `\.[0-9]+`, with an exponent or without.
fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, "0"), |(start, end)| (start, end));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits(whole) && digits(fraction) && whole.len() + fraction.len() > 0 && digits(exponent) && !exponent.is_empty()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::plain;

    #[test]
    fn the_core_schema_decides() {
        for (text, value) in [
            ("~", json!(null)),
            ("Null", json!(null)),
            ("TRUE", json!(true)),
            ("no", json!("no")),
            ("y", json!("y")),
            ("on", json!("on")),
            ("0o17", json!(15)),
            ("0x1F", json!(31)),
            ("0b11", json!("0b11")),
            ("+0x1F", json!("+0x1F")),
            ("007", json!(7)),
            ("+7", json!(7)),
            ("-0", json!(0)),
            ("1_000", json!("1_000")),
            ("12:30:45", json!("12:30:45")),
            ("2017-07-21", json!("2017-07-21")),
            (".5", json!(0.5)),
            ("1.", json!(1.0)),
            (".", json!(".")),
            ("-", json!("-")),
            ("1e3", json!(1000.0)),
            ("1e", json!("1e")),
            ("1.10", json!(1.1)),
            ("5e-324", json!(5e-324)),
            ("18446744073709551615", json!(u64::MAX)),
            ("-9223372036854775808", json!(i64::MIN)),
            ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
            ("100000000000000000000000", json!(1e23)),
        ] {
            assert_eq!(plain(text), Some(value), "{text}");
        }
        for text in [".nan", "-.inf", "+.INF", "1e400"] {
            assert_eq!(plain(text), None::<Value>, "{text}");
        }
    }
}
