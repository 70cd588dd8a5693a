//! `lost-keyword`: what the client would drop without a word, said aloud.

use crate::diagnostic::Level;

use crate::spec::Kind;
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
    find(survey, findings, &|kind, keyword| !claims(kind, keyword, None).is_empty());
}

fn find(survey: &Survey<'_>, findings: &mut Findings<'_>, is_honoured: &dyn Fn(Kind, &str) -> bool) {
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
                if !is_off && !is_honoured(object.kind, keyword) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::keyword::named;

    #[test]
    fn a_keyword_is_lost_whose_writers_are_switched_off() {
        static SWITCHED_OFF: Rule = Rule {
            id: "lost-keyword",
            level: Level::Error,
            description: "",
            check: |survey, findings| {
                find(survey, findings, &|kind, keyword| match (kind, named(keyword)) {
                    (Kind::Schema, Some(known)) if keyword == "maxLength" => {
                        !known.switched_off().honoured_by(None).is_empty()
                    }
                    _ => !claims(kind, keyword, None).is_empty(),
                });
            },
        };
        let text = b"{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {}, \
                     components: {schemas: {Memo: {type: string, minLength: 1, maxLength: 3}}}}";
        let document = Document::parse("t.yaml", text).unwrap();
        let survey = Survey::new(&document);
        let found = |rule: &'static Rule| {
            let findings = rule.findings(&survey).into_iter();
            findings.map(|finding| finding.diagnostic.pointer.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found(&SWITCHED_OFF), ["/components/schemas/Memo/maxLength"]);
        assert_eq!(found(&RULE), Vec::<String>::new());
    }
}
