//! `parameter-style`: the others are not defined there.

use crate::diagnostic::Level;
use crate::spec::{Kind, Shape};

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "parameter-style",
    level: Level::Error,
    description: "Every parameter's `style` is one that its place allows.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for object in survey.objects() {
        let place = match object.kind {
            Kind::Parameter => object.text("in"),
            Kind::Header => Some("header"),
            _ => None,
        };
        let (Some(place), Some(style)) = (place, object.text("style")) else { continue };
        let styles: &[&str] = match place {
            "path" => &["matrix", "label", "simple"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            "cookie" => &["form"],
            _ => continue,
        };
        // Of a style that stands nowhere, `wrong-type` speaks.
        let is_known =
            ["matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject"].contains(&style);
        if is_known && !styles.contains(&style) {
            let help = format!("write {}", Shape::Word(styles));
            findings
                .at_value(&object.at("style"), format!("`style: {style}` is not defined in a {place}"), help)
                .if_allowed(Reading::Without(object.at("style")));
        }
    }
}
