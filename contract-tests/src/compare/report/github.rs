//! Changes as annotations of a GitHub workflow.

use super::line;
use crate::compare::change::{Change, Comparison, Verdict};

/// One line for each change that is not compatible.
pub(super) fn written(comparison: &Comparison) -> String {
    let told = comparison.changes.iter().filter(|change| change.verdict != Verdict::Compatible);
    told.map(|change| annotation(change) + "\n").collect()
}

fn annotation(change: &Change) -> String {
    let level = if change.verdict == Verdict::Breaking { "error" } else { "warning" };
    let place = change.new.place.as_ref().or(change.old.place.as_ref());
    let place = place.map(|place| format!(" file={},line={},col={}", property(&place.file), place.line, place.column));
    let mut message = format!("{}: {}", change.subjects.join(", "), change.what);
    change.details.iter().take(3).for_each(|detail| message.push_str(&format!("\n{detail}")));
    if let Some(witness) = &change.witness {
        message.push_str(&format!("\nwitness: {}", line(witness)));
    }
    if let Some(reason) = &change.reason {
        message.push_str(&format!("\nreason: {reason}"));
    }
    format!("::{level}{}::{}", place.unwrap_or_default(), data(&message))
}

/// A message, escaped as workflow commands ask.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
