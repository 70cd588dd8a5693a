//! `path-fragment`: some write operations of one path apart by what follows a `#`, which no request carries.

use crate::spec::Kind;

use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "path-fragment",
    level: Level::Warning,
    description: "No path has a fragment, which tells operations apart in the document but never reaches the server.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for paths in survey.of(Kind::Paths) {
        for path in paths.fields.keys().filter(|path| path.starts_with('/')) {
            let Some((sent, fragment)) = path.split_once('#') else { continue };
            let message = format!("requests go to `{sent}`: what follows `#` in `{path}` is never sent");
            let help = match fragment.contains('=') {
                true => "declare what tells the operations apart as a parameter, of a header for example",
                false => "put the operation under the path that is sent, or give its path a name of its own",
            };
            findings.at_key(&paths.at(path), message, help);
        }
    }
}
