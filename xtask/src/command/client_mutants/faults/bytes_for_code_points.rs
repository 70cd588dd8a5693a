//! What lengths count.

use super::super::fault::{Fault, switched};

const TEXTS: &str = "generated/runtime/texts.rs";
const VIOLATIONS: &str = "TextRules::violations";
const POINTS: &str = "text.chars().count() as u64";
const BYTES: &str = "text.len() as u64 > *limit";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("lengths-count-bytes", TEXTS, VIOLATIONS, POINTS, "text.len() as u64"),
    switched("lengths-count-utf-16-units", TEXTS, VIOLATIONS, POINTS, "text.encode_utf16().count() as u64"),
    switched("lengths-leave-combining-marks-out", TEXTS, VIOLATIONS, POINTS, r"text.chars().filter(|point| !matches!(point, '\u{300}'..='\u{36f}')).count() as u64"),
    switched("lengths-leave-blanks-at-the-ends-out", TEXTS, VIOLATIONS, POINTS, "text.trim().chars().count() as u64"),
    switched("lengths-leave-control-characters-out", TEXTS, VIOLATIONS, POINTS, "text.chars().filter(|point| !point.is_control()).count() as u64"),
    switched("lengths-count-a-line-break-once", TEXTS, VIOLATIONS, POINTS, r#"text.replace("\r\n", "\n").chars().count() as u64"#),
    switched("lengths-join-what-zero-width-joiners-join", TEXTS, VIOLATIONS, POINTS, r"text.split('\u{200d}').map(|part| part.chars().count()).max().unwrap_or_default() as u64"),
    switched("bytes-count-code-points", TEXTS, VIOLATIONS, BYTES, "text.chars().count() as u64 > *limit"),
    switched("bytes-count-utf-16", TEXTS, VIOLATIONS, BYTES, "2 * text.encode_utf16().count() as u64 > *limit"),
    switched("bytes-count-three-for-any-other-letter", TEXTS, VIOLATIONS, BYTES, "text.chars().map(|point| point.len_utf8().min(3) as u64).sum::<u64>() > *limit"),
    switched("a-length-is-told-in-bytes", TEXTS, VIOLATIONS, r#"Violation::new("maxLength", limit, length)"#, r#"Violation::new("maxLength", limit, text.len())"#),
    switched("bytes-are-told-in-code-points", TEXTS, VIOLATIONS, r#"Violation::new("x-maxBytes", limit, text.len())"#, r#"Violation::new("x-maxBytes", limit, text.chars().count())"#),
];
