//! Changes as annotations of a GitHub workflow.

use super::line;
use crate::compare::change::{Change, Comparison, Verdict};
use crate::visible::visible_line;

/// One line for each change that is not compatible.
pub(super) fn written(comparison: &Comparison) -> String {
    let told = comparison.changes.iter().filter(|change| change.verdict != Verdict::Compatible);
    told.map(|change| annotation(change) + "\n").collect()
}

fn annotation(change: &Change) -> String {
    let level = if change.verdict == Verdict::Breaking { "error" } else { "warning" };
    let place = change.new.place.as_ref().or(change.old.place.as_ref());
    let place = place.map(|place| format!(" file={},line={},col={}", property(&place.file), place.line, place.column));
    let mut lines = vec![format!("{}: {}", change.subjects.join(", "), change.what)];
    lines.extend(change.details.iter().take(3).cloned());
    lines.extend(change.witness.iter().map(|witness| format!("witness: {}", line(witness))));
    lines.extend(change.reason.iter().map(|reason| format!("reason: {reason}")));
    let lines: Vec<_> = lines.iter().map(|line| visible_line(line)).collect();
    format!("::{level}{}::{}", place.unwrap_or_default(), data(&lines.join("\n")))
}

/// A message, escaped as workflow commands ask.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&visible_line(text)).replace(':', "%3A").replace(',', "%2C")
}
