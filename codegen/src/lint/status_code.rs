//! `status-code`: no response has another status.

use crate::spec::Kind;

use super::nearest::did_you_mean;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "status-code",
    level: Level::Error,
    description: "Every response is under a status code, a range such as `4XX`, or `default`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for responses in survey.of(Kind::Responses) {
        for status in responses.fields.keys() {
            if status == "default" || status.starts_with("x-") || is_status(status) {
                continue;
            }
            let otherwise = "write a code from 100 to 599, a range from `1XX` to `5XX`, or `default`";
            let meant = status.to_uppercase().replace('O', "0").replace(['I', 'L'], "1");
            let help = if is_status(&meant) {
                format!("did you mean `{meant}`?")
            } else {
                did_you_mean(status, ["default"], otherwise)
            };
            findings
                .at_key(&responses.at(status), format!("`{status}` is not a status code"), help)
                .if_allowed(Reading::Without(responses.at(status)));
        }
    }
}

fn is_status(text: &str) -> bool {
    match *text.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => false,
    }
}
