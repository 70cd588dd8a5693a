//! `pattern`: what does not compile cannot be checked.

use regress::{Error, Flags, Regex};

use crate::diagnostic::Level;

use self::regex::Fault;
use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

// What generated clients match with: a pattern that they could not match is refused here.
#[path = "../runtime/regex/mod.rs"]
#[allow(dead_code, reason = "patterns are compiled here, and matched in clients")]
mod regex;

pub(super) static RULE: Rule = Rule {
    id: "pattern",
    level: Level::Error,
    description: "Every `pattern` is a regular expression of ECMA-262.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        let Some(pattern) = schema.text("pattern") else { continue };
        if let Err(problem) = compile(pattern) {
            let help = if pattern.starts_with("(?") && !pattern.starts_with("(?:") {
                "ECMA-262 knows no flags inside a pattern: write the alternatives out, such as `[Aa]`"
            } else if pattern.contains("\\A") || pattern.contains("\\Z") || pattern.contains("\\z") {
                "write `^` for the start of the text and `$` for its end"
            } else {
                "mend the regular expression; a backslash that is meant literally is written twice"
            };
            findings
                .at_value(&schema.at("pattern"), format!("the pattern does not compile: {problem}"), help)
                .if_allowed(Reading::Without(schema.at("pattern")));
        } else if let Err(fault) = regex::Regex::new(pattern) {
            let help = match fault {
                Fault::Large => "write fewer repetitions within one another, or leave the pattern out",
                Fault::Syntax | Fault::Reference => {
                    "write it with less: without a look-behind, an octal escape or the like"
                }
            };
            findings
                .at_value(&schema.at("pattern"), format!("no client could match the pattern: {fault}"), help)
                .if_allowed(Reading::Without(schema.at("pattern")));
        }
    }
}

/// Either mode of ECMA-262 will do: with Unicode or, as old patterns need it, without.
fn compile(pattern: &str) -> Result<(), Error> {
    let flags = |unicode| Flags { unicode, no_opt: true, ..Flags::default() };
    match Regex::with_flags(pattern, flags(true)) {
        Ok(_) => Ok(()),
        Err(error) => Regex::with_flags(pattern, flags(false)).map(|_| ()).map_err(|_| error),
    }
}
