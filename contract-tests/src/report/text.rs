//! The report as text: a screenful, or all of it for the file. A cause comes before what follows from it.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use super::{Found, Judged, Report, Verdict, measure};
use crate::difference::{Difference, Problem};
use crate::visible::visible_line;

/// How many differences are shown on a screen; the file has them all.
const SHOWN: usize = 12;

/// A report, as much of it as is asked for.
pub(super) struct Text<'r> {
    pub(super) report: &'r Report,
    /// Whether all of it is told.
    pub(super) whole: bool,
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Text { report: self, whole: false }.fmt(formatter)
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        self.tallies(formatter)?;
        let shown = if self.whole { usize::MAX } else { SHOWN };
        let groups = report.groups();
        for group in groups.iter().take(shown) {
            write!(formatter, "{group}")?;
            if self.whole {
                group.followers.iter().try_for_each(|found| writeln!(formatter, "  follows: {}", found.line()))?;
            }
        }
        for left_out in report.left_out.iter().take(shown) {
            writeln!(formatter, "{left_out}")?;
        }
        let more = |all: usize, what: &str| match all.saturating_sub(shown) {
            0 => String::new(),
            more => format!("… and {more} more {what}; `--report DIR` writes them all\n"),
        };
        formatter.write_str(&more(groups.len(), "causes"))?;
        formatter.write_str(&more(report.left_out.len(), "that are not judged"))?;
        let verdict = match (report.differences.len(), groups.len()) {
            (0, _) => "no difference".to_owned(),
            (1, _) => "1 difference".to_owned(),
            (count, 1) => format!("{count} differences by 1 cause"),
            (count, causes) if causes < count => format!("{count} differences by {causes} causes"),
            (count, _) => format!("{count} differences"),
        };
        let left_out = match report.left_out.len() {
            0 => String::new(),
            count => format!(", {count} not judged"),
        };
        writeln!(formatter, "{verdict}{left_out}; the same again: {}", report.repeat)
    }
}

impl Text<'_> {
    fn tallies(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        let names: Vec<&str> = report.oracles.iter().map(|oracle| oracle.name).collect();
        writeln!(formatter, "{} judged by {}", report.document, names.join(", "))?;
        writeln!(formatter, "  {:<24}{:>7}{:>8}{:>8}{:>10}", "schema", "valid", "faults", "draws", "rejected")?;
        for schema in &report.schemas {
            let rejected = format!("{:.1} %", schema.rejected_draws * 100.0);
            writeln!(
                formatter,
                "  {:<24}{:>7}{:>8}{:>8}{rejected:>10}",
                schema.name, schema.valid, schema.faults, schema.draws
            )?;
            for open in &schema.uncovered {
                writeln!(formatter, "    no case for {} at {} alone ({})", open.keyword, open.pointer, open.verdict)?;
            }
        }
        for Judged { name, counts, .. } in report.oracles.iter().filter(|oracle| !oracle.counts.is_empty()) {
            let counts: Vec<String> = counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
            writeln!(formatter, "  {name}: {}", counts.join(", "))?;
        }
        if !report.deviations.is_empty() {
            let times: usize = report.deviations.iter().map(|found| found.times).sum();
            writeln!(formatter, "  {} known deviations, shown {times} times", report.deviations.len())?;
        }
        Ok(())
    }
}

/// A cause, and what follows from it.
pub(super) struct Group<'r> {
    pub(super) cause: &'r Found,
    pub(super) followers: Vec<&'r Found>,
}

impl fmt::Display for Group<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.cause)?;
        if let Some(follows) = self.follows() {
            writeln!(formatter, "  {follows}")?;
        }
        match &self.cause.repeat {
            Some(repeat) => writeln!(formatter, "  repeat: {repeat}"),
            None => Ok(()),
        }
    }
}

impl Group<'_> {
    /// What is said of each, the cause first, without its place.
    pub(super) fn messages(&self) -> Vec<String> {
        let told = |found: &Found| format!("{}\n{}", found.summary(), found.explained());
        let lines = [Some(told(self.cause)), self.follows(), self.cause.repeat.clone()];
        let cause = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
        std::iter::once(cause).chain(self.followers.iter().map(|found| told(found))).collect()
    }

    /// How much follows, by whom, and what users of the client notice of it first.
    pub(super) fn follows(&self) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        self.followers.iter().for_each(|found| *counts.entry(found.difference.oracle).or_default() += 1);
        let behaves = |found: &&&Found| !matches!(found.difference.oracle, "bindings" | "derived");
        let first = self.followers.iter().find(behaves).or(self.followers.first())?;
        let by: Vec<String> = counts.iter().map(|(oracle, count)| format!("{oracle} {count}")).collect();
        let Difference { oracle, place, detail, .. } = &first.difference;
        let such = format!("such as {oracle} at {place}: {}", measure::line(detail));
        Some(format!("and {} more that follow from it ({}), {such}", self.followers.len(), by.join(", ")))
    }
}

impl Found {
    /// Who found what, and where.
    pub(super) fn summary(&self) -> String {
        let Difference { oracle, problem, place, keyword, .. } = &self.difference;
        let what = match problem {
            // What is wrong with them stands in the next line.
            Problem::Request => "request:".to_owned(),
            Problem::Response => "response:".to_owned(),
            other => sentence(&format!("{other:?}")),
        };
        format!("difference[{oracle}]: {what} {keyword} at {place}")
    }

    /// What is different.
    pub(super) fn explained(&self) -> String {
        let detail = visible_line(&self.difference.detail);
        let instead = self.instead.as_ref().map(|instead| format!("; {instead}"));
        measure::line(&detail) + &instead.unwrap_or_default()
    }

    /// Whether what shows it is what both sides say, which the detail has told.
    fn is_told_by_detail(&self) -> bool {
        let both = self.difference.shown_by.as_object();
        both.is_some_and(|both| both.len() == 2 && both.contains_key("document"))
    }

    /// All of it in a line.
    pub(super) fn line(&self) -> String {
        let at = self.at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
        let times = if self.times > 1 { format!(" ({} times)", self.times) } else { String::new() };
        format!("{at}{}: {}{times}", self.summary(), self.explained())
    }
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Ahead of all else, as editors and `grep` understand it.
        if let Some(at) = &self.at {
            write!(formatter, "{at}: ")?;
        }
        writeln!(formatter, "{}", self.summary())?;
        writeln!(formatter, "  {}", self.explained())?;
        for Verdict { oracle, says } in &self.verdicts {
            writeln!(formatter, "  {oracle:<13}{}", measure::line(says))?;
        }
        if !self.difference.shown_by.is_null() && !self.is_told_by_detail() {
            let more = if self.times > 1 { format!(" (one of {})", self.times) } else { String::new() };
            writeln!(formatter, "  shown by{more}: {}", measure::payload(&self.difference.shown_by))?;
        }
        Ok(())
    }
}

/// `RefusesValid` as `refuses valid`.
fn sentence(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        let _ = write!(text, "{}", letter.to_lowercase());
    }
    text
}
