//! A comparison as one page that needs nothing else: old and new side by side. What the documents say is shown, never run.

use std::fmt::Write as _;

use super::{Report, line, written};
use crate::compare::change::{Change, Spot, Verdict, Witness};
use crate::markup::{self, escaped};

const STYLE: &str = "section{border:1px solid var(--line);border-left-width:6px;margin:1rem 0;padding:.5rem 1rem}\
.breaking{border-left-color:var(--bad)}.undecided{border-left-color:var(--odd)}.compatible{border-left-color:var(--good)}\
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem}@media(max-width:40rem){.sides{grid-template-columns:1fr}}";

/// The page.
pub(super) fn written_page(report: &Report<'_>) -> String {
    let comparison = report.comparison;
    let title = format!("{} to {}", comparison.old, comparison.new);
    let mut page = format!("<h1>{}</h1>", escaped(&title));
    let count = |verdict| comparison.with(verdict).count();
    let _ = write!(
        page,
        "<p>{} breaking, {} undecided, {} compatible; {} pairs of schemas proved, {} of them the same.</p>",
        count(Verdict::Breaking),
        count(Verdict::Undecided),
        count(Verdict::Compatible),
        comparison.proved,
        comparison.same
    );
    comparison.changes.iter().for_each(|change| section(change, &mut page));
    let lines = report.context.interface.lines();
    if !lines.is_empty() {
        let _ = write!(page, "<h2>API.txt</h2><pre>{}</pre>", escaped(&lines.join("\n")));
    }
    if !report.changelog.is_empty() {
        let _ = write!(page, "<h2>For CHANGELOG.md</h2><pre>{}</pre>", escaped(&report.changelog.join("\n")));
    }
    markup::page(&title, STYLE, &page, None)
}

fn section(change: &Change, page: &mut String) {
    let verdict = match change.verdict {
        Verdict::Breaking => "breaking",
        Verdict::Undecided => "undecided",
        Verdict::Compatible => "compatible",
    };
    let _ = write!(
        page,
        "<section class=\"{verdict}\"><h2>{verdict}: {} <code>{}</code></h2><p>{}</p>",
        escaped(&change.subjects.join(", ")),
        escaped(change.kind),
        escaped(&change.what)
    );
    if !change.details.is_empty() {
        let details: String = change.details.iter().map(|detail| format!("<li>{}</li>", escaped(detail))).collect();
        let _ = write!(page, "<ul>{details}</ul>");
    }
    let _ = write!(page, "<div class=\"sides\">{}{}</div>", side("old", &change.old), side("new", &change.new));
    if let Some(witness) = &change.witness {
        let shown = match witness {
            Witness::Payload(value) => serde_json::to_string_pretty(value).unwrap_or_default(),
            other => line(other),
        };
        let _ = write!(page, "<p>Witness:</p><pre>{}</pre>", escaped(&shown));
    }
    if let Some(client) = &change.client {
        let _ = write!(page, "<p>The old client: {}</p>", escaped(client));
    }
    if let Some(reason) = &change.reason {
        let _ = write!(page, "<p>Reason: {}</p>", escaped(reason));
    }
    page.push_str("</section>");
}

fn side(name: &str, spot: &Spot) -> String {
    let text = spot.excerpt.as_deref().map(|text| format!("<pre>{}</pre>", escaped(text))).unwrap_or_default();
    format!(
        "<div><strong>{name}</strong> <code>{}</code>{text}</div>",
        escaped(&written(spot).unwrap_or_else(|| "not there".into()))
    )
}
