//! The report as JUnit XML, as most CI servers read it: a suite for each oracle, a case for what it judged.

use std::fmt::{self, Write as _};

use super::{Judged, Report};
use crate::visible::is_hidden;

/// Writes the report.
pub struct Junit<'r>(pub &'r Report);

/// One case.
struct Entry<'r> {
    name: String,
    /// What it failed with: a summary and the rest.
    failure: Option<(String, String)>,
    /// Why the failure is tolerated.
    skipped: Option<&'r str>,
}

impl fmt::Display for Junit<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.0;
        let suites: Vec<(&str, Vec<Entry<'_>>)> =
            report.oracles.iter().map(|oracle| (oracle.name, entries(report, oracle))).collect();
        writeln!(formatter, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        let (tests, failures) = count(suites.iter().flat_map(|(_, entries)| entries));
        let name = Escaped(&report.document);
        writeln!(formatter, r#"<testsuites name="{name}" tests="{tests}" failures="{failures}">"#)?;
        for (oracle, entries) in &suites {
            let (tests, failures) = count(entries.iter());
            let skipped = entries.iter().filter(|entry| entry.skipped.is_some()).count();
            let name = Escaped(oracle);
            writeln!(
                formatter,
                r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}">"#
            )?;
            for entry in entries {
                case(formatter, oracle, entry)?;
            }
            writeln!(formatter, "  </testsuite>")?;
        }
        writeln!(formatter, "</testsuites>")
    }
}

fn case(formatter: &mut fmt::Formatter<'_>, oracle: &str, entry: &Entry<'_>) -> fmt::Result {
    let (oracle, name) = (Escaped(oracle), Escaped(&entry.name));
    write!(formatter, r#"    <testcase classname="{oracle}" name="{name}""#)?;
    match (&entry.failure, entry.skipped) {
        (_, Some(reason)) => {
            writeln!(formatter, ">\n      <skipped message=\"{}\"/>\n    </testcase>", Escaped(reason))
        }
        (Some((summary, rest)), None) => {
            let (summary, rest) = (Escaped(summary), Escaped(rest));
            writeln!(formatter, ">\n      <failure message=\"{summary}\">{rest}</failure>\n    </testcase>")
        }
        (None, None) => writeln!(formatter, "/>"),
    }
}

/// What an oracle judged: each schema, or each row of the failure matrix, as a whole, and each difference by itself.
fn entries<'r>(report: &'r Report, oracle: &'r Judged) -> Vec<Entry<'r>> {
    let passed = |name: String| Entry { name, failure: None, skipped: None };
    let mut entries: Vec<Entry<'_>> = match oracle.tried.is_empty() {
        true => report.schemas.iter().map(|schema| passed(schema.name.clone())).collect(),
        false => {
            let fine = oracle.tried.iter().filter(|tried| tried.wrong.is_empty());
            fine.map(|tried| passed(format!("{}: {}: {}", tried.operation, tried.name, tried.expected))).collect()
        }
    };
    let known = report.deviations.iter().map(|found| (found, found.reason));
    let all = report.differences.iter().map(|found| (found, None)).chain(known);
    for (found, skipped) in all.filter(|(found, _)| found.difference.oracle == oracle.name) {
        let failure = Some((found.summary(), format!("{found}  the same again: {}\n", report.repeat)));
        entries.push(Entry { name: found.summary(), failure, skipped });
    }
    entries
}

fn count<'e, 'r: 'e>(entries: impl Iterator<Item = &'e Entry<'r>>) -> (usize, usize) {
    entries.fold((0, 0), |(tests, failures), entry| {
        (tests + 1, failures + usize::from(entry.failure.is_some() && entry.skipped.is_none()))
    })
}

/// Text that can stand in an element and in an attribute.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                // Some of these XML 1.0 has no way at all to write.
                letter if is_hidden(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                    write!(formatter, "{}", letter.escape_unicode())?
                }
                letter => formatter.write_char(letter)?,
            }
        }
        Ok(())
    }
}
