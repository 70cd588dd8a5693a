//! `pattern`: what does not compile cannot be checked.

use regress::{Error, Flags, Regex};

use crate::diagnostic::Level;
use crate::keyword::checks::PATTERNS;

use self::regex::Fault;
use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

// What generated clients match with: a pattern that they could not match is refused here.
#[path = "../runtime/regex/mod.rs"]
mod regex;

pub(super) static RULE: Rule = Rule {
    id: "pattern",
    level: Level::Error,
    description: "Every `pattern` is a regular expression of ECMA-262.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for schema in survey.schemas() {
        if let Some(pattern) = schema.text("pattern") {
            let pointer = schema.at("pattern");
            if let Some((message, help)) = problem(pattern) {
                findings.at_value(&pointer, message, help).if_allowed(Reading::Without(pointer.clone()));
            }
        }
        for (pattern, _) in schema.map(PATTERNS) {
            let pointer = schema.at(PATTERNS).join(pattern);
            if let Some((message, help)) = problem(pattern) {
                findings.at_key(&pointer, message, help).if_allowed(Reading::Without(pointer.clone()));
            }
        }
    }
}

/// Whether a text matches a pattern, as clients find it; nothing where they cannot tell.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    regex::Regex::new(pattern).ok()?.is_match(text)
}

/// What is wrong with a pattern, and what to do about it.
fn problem(pattern: &str) -> Option<(String, &'static str)> {
    if let Err(problem) = compile(pattern) {
        let help = if pattern.starts_with("(?") && !pattern.starts_with("(?:") {
            "ECMA-262 has no flags inside a pattern: write the alternatives out, such as `[Aa]`"
        } else if pattern.contains("\\A") || pattern.contains("\\Z") || pattern.contains("\\z") {
            "write `^` for the start of the string and `$` for its end"
        } else {
            "fix the regular expression; a literal backslash is written twice"
        };
        return Some((format!("the pattern does not compile: {problem}"), help));
    }
    let fault = regex::Regex::new(pattern).err()?;
    let help = match fault {
        Fault::Large => "nest fewer repetitions, or leave the pattern out",
        Fault::Syntax | Fault::Reference => "simplify it: without look-behinds, octal escapes and the like",
    };
    Some((format!("no client could match the pattern: {fault}"), help))
}

/// Either mode of ECMA-262 will do: with Unicode or, as old patterns need it, without.
fn compile(pattern: &str) -> Result<(), Error> {
    let flags = |unicode| Flags { unicode, no_opt: true, ..Flags::default() };
    match Regex::with_flags(pattern, flags(true)) {
        Ok(_) => Ok(()),
        Err(error) => Regex::with_flags(pattern, flags(false)).map(|_| ()).map_err(|_| error),
    }
}
