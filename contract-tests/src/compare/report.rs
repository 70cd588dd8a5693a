//! A comparison as text: the worst first, a screenful, with lines for the changelog.

mod page;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::change::{Change, Comparison, Spot, Verdict, Witness};
use crate::visible::{visible_json, visible_line};

/// How many changes are shown with their details.
const SHOWN: usize = 12;
/// How many subjects and details of one change are shown.
const NAMED: usize = 3;
/// How much of a witness is shown in a line.
const LINE: usize = 300;

/// What else is known of a change, by who has built both clients.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Context {
    /// What the Rust interface loses, gains and says otherwise.
    #[serde(default)]
    pub interface: Interface,
    /// What follows for the client's version; nothing where that was not asked.
    #[serde(default)]
    pub version: Option<Version>,
    /// Why the client of the old document was not asked; nothing where it was.
    #[serde(default)]
    pub unasked: Option<String>,
}

/// Lines of the list of what users of the client can name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Interface {
    /// Lines that go.
    pub gone: Vec<String>,
    /// Lines that change: before and after.
    pub changed: Vec<(String, String)>,
    /// Lines that come.
    pub come: Vec<String>,
    /// Why there is no list.
    pub missing: Option<String>,
}

impl Interface {
    /// A line for each, by what became of it.
    fn lines(&self) -> Vec<String> {
        let line = |sign: char, text: &String| format!("{sign} {}", visible_line(text));
        let gone = self.gone.iter().map(|text| line('-', text));
        let changed = self.changed.iter().map(|(old, new)| format!("{}\n  {}", line('-', old), line('+', new)));
        gone.chain(changed).chain(self.come.iter().map(|text| line('+', text))).collect()
    }

    /// Whether users of the client lose something.
    fn breaks(&self) -> bool {
        !self.gone.is_empty() || !self.changed.is_empty()
    }
}

/// The version of the client before and after the change, and what the change asks for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Version {
    /// The version that goes with the old document.
    pub old: String,
    /// The version that goes with the new document.
    pub new: String,
    /// The part of the version that has to be raised where something breaks.
    pub breaking: String,
    /// Whether it was.
    pub made: bool,
}

/// A comparison with what else is known, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub struct Report<'c> {
    /// What came of comparing.
    #[serde(flatten)]
    pub comparison: &'c Comparison,
    /// What else is known.
    #[serde(flatten)]
    pub context: &'c Context,
    /// Lines for the changelog.
    pub changelog: Vec<String>,
}

impl<'c> Report<'c> {
    /// Puts both together.
    pub fn new(comparison: &'c Comparison, context: &'c Context) -> Self {
        Self { comparison, context, changelog: changelog(comparison) }
    }

    /// Whether there is a breaking change and the version does not say so.
    pub fn fails(&self) -> bool {
        let bumped = self.context.version.as_ref().is_some_and(|version| version.made);
        self.comparison.breaks() && !bumped
    }

    /// The report as JSON.
    pub fn json(&self) -> serde_json::Result<String> {
        Ok(visible_json(&serde_json::to_string_pretty(self)?).into_owned())
    }

    /// Writes `index.html`, `diff.json` and `diff.txt`.
    pub fn write(&self, directory: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(directory)?;
        std::fs::write(directory.join("diff.json"), self.json()? + "\n")?;
        std::fs::write(directory.join("diff.txt"), self.to_string())?;
        std::fs::write(directory.join("index.html"), page::written_page(self))
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Comparison { old, new, changes, proved, same } = self.comparison;
        let count = |verdict| self.comparison.with(verdict).count();
        let (old, new) = (visible_line(old), visible_line(new));
        writeln!(
            formatter,
            "{old} -> {new}: {} breaking, {} undecided, {} compatible; {proved} pairs of schemas proved, {same} of them the same",
            count(Verdict::Breaking),
            count(Verdict::Undecided),
            count(Verdict::Compatible)
        )?;
        let told = |change: &&Change| change.verdict != Verdict::Compatible;
        for change in changes.iter().filter(told).take(SHOWN) {
            write!(formatter, "\n{}", Shown(change))?;
        }
        let more = changes.iter().filter(told).count().saturating_sub(SHOWN);
        if more > 0 {
            writeln!(formatter, "\n… and {more} more (`--format json` has them all)")?;
        }
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        self.comparison.with(Verdict::Compatible).for_each(|change| *kinds.entry(change.kind).or_default() += 1);
        if !kinds.is_empty() {
            let each: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            writeln!(formatter, "\ncompatible: {}", each.join(", "))?;
        }
        if let Some(reason) = &self.context.unasked {
            writeln!(formatter, "\nthe old client was not asked: {}", visible_line(reason))?;
        }
        self.interface(formatter)?;
        if let Some(Version { old, new, breaking, made }) = &self.context.version {
            let breaks = self.comparison.breaks() || self.context.interface.breaks();
            let asked = match (breaks, made) {
                (false, _) => "nothing in the change asks for more than a patch".to_owned(),
                (true, true) => format!("the change asks for a new {breaking} version, which it is"),
                (true, false) => format!(
                    "the change asks for a new {breaking} version: raise it in the client's manifest, or keep what breaks"
                ),
            };
            writeln!(formatter, "\nclient's version: {old} -> {new}; {asked}")?;
        }
        if !self.changelog.is_empty() {
            writeln!(formatter, "\nfor CHANGELOG.md:")?;
            self.changelog.iter().try_for_each(|line| writeln!(formatter, "{line}"))?;
        }
        Ok(())
    }
}

impl Report<'_> {
    fn interface(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Interface { gone, changed, come, missing } = &self.context.interface;
        if let Some(reason) = missing {
            return writeln!(formatter, "\nAPI.txt was not compared: {}", visible_line(reason));
        }
        if gone.is_empty() && changed.is_empty() && come.is_empty() {
            return Ok(());
        }
        writeln!(formatter, "\nAPI.txt: {} lines go, {} change, {} come", gone.len(), changed.len(), come.len())?;
        let lines = self.context.interface.lines();
        lines.iter().take(SHOWN).try_for_each(|line| writeln!(formatter, "  {line}"))?;
        if lines.len() > SHOWN {
            writeln!(formatter, "  … and {} more", lines.len() - SHOWN)?;
        }
        Ok(())
    }
}

/// A change as a paragraph.
struct Shown<'c>(&'c Change);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let change = self.0;
        let verdict = if change.verdict == Verdict::Breaking { "breaking" } else { "undecided" };
        let named: Vec<&str> = change.subjects.iter().take(NAMED).map(String::as_str).collect();
        let more = change.subjects.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let subjects = named.join(", ");
        let (subjects, what) = (visible_line(&subjects), visible_line(&change.what));
        writeln!(formatter, "{verdict}[{}]: {subjects}{more}: {what}", change.kind)?;
        for detail in change.details.iter().take(NAMED) {
            writeln!(formatter, "  {}", visible_line(detail))?;
        }
        if let Some(witness) = &change.witness {
            writeln!(formatter, "  witness: {}", line(witness))?;
        }
        if let Some(client) = &change.client {
            writeln!(formatter, "  the old client: {}", visible_line(client))?;
        }
        if let Some(reason) = &change.reason {
            writeln!(formatter, "  reason: {}", visible_line(reason))?;
        }
        let places: Vec<String> = [("old", &change.old), ("new", &change.new)]
            .into_iter()
            .filter_map(|(name, spot)| Some(format!("{name}: {}", written(spot)?)))
            .collect();
        if places.is_empty() { Ok(()) } else { writeln!(formatter, "  {}", places.join("  ")) }
    }
}

/// A place, or the pointer where the document was not read from a text.
fn written(spot: &Spot) -> Option<String> {
    let place = spot.place.as_ref().map(ToString::to_string);
    let shown = place.or_else(|| spot.pointer.as_ref().map(ToString::to_string));
    shown.map(|shown| visible_line(&shown).into_owned())
}

/// A witness in a line.
fn line(witness: &Witness) -> String {
    let text = match witness {
        Witness::Payload(value) => value.to_string(),
        Witness::Request(line) | Witness::Response(line) => line.clone(),
    };
    let more = if text.chars().count() > LINE { "…" } else { "" };
    let shown: String = text.chars().take(LINE).collect();
    visible_line(&shown).into_owned() + more
}

/// Lines for the changelog: what breaks, what comes and what goes.
fn changelog(comparison: &Comparison) -> Vec<String> {
    let mut sections: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for change in &comparison.changes {
        let section = match (change.verdict, change.kind) {
            (_, "description" | "example" | "extension" | "tags") | (Verdict::Undecided, _) => continue,
            (_, kind) if kind.ends_with("-added") => "### Added",
            (_, kind) if kind.ends_with("-removed") => "### Removed",
            (_, "deprecation") => "### Deprecated",
            _ => "### Changed",
        };
        let breaking = if change.verdict == Verdict::Breaking { "**Breaking:** " } else { "" };
        let subject = change.subjects.first().map(|subject| format!("`{subject}`: ")).unwrap_or_default();
        let detail = change.details.first().map(|detail| format!(" ({detail})")).unwrap_or_default();
        let text = visible_line(&format!("- {breaking}{subject}{}{detail}.", change.what)).into_owned();
        let lines = sections.entry(section).or_default();
        if lines.len() < SHOWN && !lines.contains(&text) {
            lines.push(text);
        }
    }
    sections
        .into_iter()
        .flat_map(|(section, lines)| {
            [section.to_owned(), String::new()].into_iter().chain(lines).chain([String::new()])
        })
        .collect()
}
