//! `lost-keyword`: what the client would drop without a word, said aloud.

use crate::diagnostic::Level;

use crate::spec::claims::{PROMISED, claims};
use crate::version::Version;

use super::newer_keyword;
use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

/// The extension by which a document says that it knows of the loss, and why it bears it: keyword to reason.
pub(super) const EXCEPTION: &str = "x-lost-keywords";

pub(super) static RULE: Rule = Rule {
    id: "lost-keyword",
    level: Level::Error,
    description: "Every keyword of a schema, parameter, response or operation is honoured by something in the client, or \
                  the document says why not.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let is_newer = Version::of(survey.document.root()) == Some(Version::V3_1);
    for object in survey.objects().filter(|object| PROMISED.contains(&object.kind)) {
        let excused = object.get(EXCEPTION).and_then(|excused| excused.as_object());
        for keyword in object.fields.keys() {
            let reason = excused.and_then(|excused| excused.get(keyword)).and_then(|reason| reason.as_str());
            if reason.is_some_and(|reason| !reason.is_empty()) {
                continue;
            }
            let message =
                || format!("nothing in the client honours `{keyword}` of this {}", object.kind.name().to_lowercase());
            let accepted = format!("or accept the loss with `{EXCEPTION}: {{{keyword}: the reason}}` beside it");
            let place = object.at(keyword);
            // What is turned off asks for nothing.
            let is_off = object.get(keyword).is_some_and(|value| value.as_bool() == Some(false));
            if object.kind.shape_of(keyword).is_some() {
                if !is_off && claims(object.kind, keyword, None).is_empty() {
                    let help = format!("leave it out, {accepted}");
                    findings.at_key(&place, message(), help).if_allowed(Reading::AsWritten);
                }
            } else if let Some(instead) = newer_keyword::instead(object.kind, keyword).filter(|_| is_newer) {
                let help = format!("{instead}, {accepted}");
                findings.at_key(&place, message(), help).if_allowed(Reading::Without(place.clone()));
            }
        }
    }
}
