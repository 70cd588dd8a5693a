//! The report as JUnit XML, as most CI servers read it: a case for each schema, for each operation, and for the document as a
//! whole, whose names are the same from run to run.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use super::{Found, Group, Report};
use crate::document::Place;
use crate::visible::is_hidden;

/// Writes the report.
pub struct Junit<'r>(pub &'r Report);

/// One case.
#[derive(Default)]
struct Case<'r> {
    name: &'r str,
    seconds: f64,
    at: Option<&'r Place>,
    /// The causes that show in it, and what follows from each.
    failures: Vec<Group<'r>>,
    /// Differences that are tolerated.
    tolerated: Vec<&'r Found>,
    /// Why it was not judged.
    unjudged: Option<String>,
}

impl fmt::Display for Junit<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suites = suites(self.0);
        let all = || suites.iter().flat_map(|(_, cases)| cases);
        let name = Escaped(&self.0.document);
        writeln!(formatter, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(formatter, r#"<testsuites name="{name}" {}>"#, Counts::of(all()))?;
        for (suite, cases) in &suites {
            writeln!(formatter, r#"  <testsuite name="{suite}" {}>"#, Counts::of(cases.iter()))?;
            cases.iter().try_for_each(|case| write(formatter, self.0, suite, case))?;
            writeln!(formatter, "  </testsuite>")?;
        }
        writeln!(formatter, "</testsuites>")
    }
}

/// The document, its schemas and its operations.
fn suites(report: &Report) -> [(&'static str, Vec<Case<'_>>); 3] {
    let mut schemas: Vec<Case<'_>> = Vec::new();
    for tally in &report.schemas {
        // A schema that goes both ways may have two types.
        match schemas.iter_mut().find(|case| case.name == tally.name) {
            Some(same) => same.seconds += tally.seconds,
            None => schemas.push(Case {
                name: &tally.name,
                seconds: tally.seconds,
                at: tally.at.as_ref(),
                ..Case::default()
            }),
        }
    }
    let operations = report.operations.iter();
    let operations = operations.map(|tally| Case {
        name: &tally.name,
        seconds: tally.seconds,
        at: tally.at.as_ref(),
        ..Case::default()
    });
    let whole = Case { name: "document", ..Case::default() };
    let mut suites = [("document", vec![whole]), ("schemas", schemas), ("operations", operations.collect())];
    for left_out in &report.left_out {
        let reason = Some(left_out.to_string());
        match case_of(&mut suites, &left_out.what) {
            // What is of the document is a case of its own: it is not the document that is left out.
            Some(case) => case.unjudged = reason,
            None => {
                let at = left_out.reason.place.as_ref();
                suites[1].1.push(Case { name: &left_out.what, at, unjudged: reason, ..Case::default() });
            }
        }
    }
    // Every schema that shows a difference fails, also where its cause is elsewhere.
    for group in report.groups() {
        let mut within: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
        for found in std::iter::once(group.cause).chain(group.followers) {
            within.entry(subject(&found.difference.place)).or_default().push(found);
        }
        for (name, found) in within {
            let mut found = found.into_iter();
            let Some(cause) = found.next() else { continue };
            if let Some(case) = case_or_document(&mut suites, name) {
                case.failures.push(Group { cause, followers: found.collect() });
            }
        }
    }
    for found in &report.deviations {
        if let Some(case) = case_or_document(&mut suites, subject(&found.difference.place)) {
            case.tolerated.push(found);
        }
    }
    suites
}

fn subject(place: &str) -> &str {
    place.split('/').next().unwrap_or_default()
}

fn case_of<'s, 'r>(suites: &'s mut [(&'static str, Vec<Case<'r>>); 3], name: &str) -> Option<&'s mut Case<'r>> {
    suites.iter_mut().skip(1).flat_map(|(_, cases)| cases).find(|case| case.name == name)
}

/// What is of no schema and no operation is of the document.
fn case_or_document<'s, 'r>(
    suites: &'s mut [(&'static str, Vec<Case<'r>>); 3],
    name: &str,
) -> Option<&'s mut Case<'r>> {
    match suites.iter().skip(1).any(|(_, cases)| cases.iter().any(|case| case.name == name)) {
        true => case_of(suites, name),
        false => suites[0].1.first_mut(),
    }
}

fn write(formatter: &mut fmt::Formatter<'_>, report: &Report, suite: &str, case: &Case<'_>) -> fmt::Result {
    let Case { name, seconds, at, failures, tolerated, unjudged } = case;
    write!(formatter, r#"    <testcase classname="{suite}" name="{}" time="{seconds:.3}""#, Escaped(name))?;
    let file = at.map_or(report.document.as_str(), |at| &at.file);
    write!(formatter, r#" file="{}" line="{}""#, Escaped(file), at.map_or(1, |at| at.line))?;
    if failures.is_empty() && tolerated.is_empty() && unjudged.is_none() {
        return writeln!(formatter, "/>");
    }
    writeln!(formatter, ">")?;
    // Not every reader takes a second element of a kind.
    if let Some(first) = failures.first() {
        let more = failures.iter().map(|group| 1 + group.followers.len()).sum::<usize>() - 1;
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        let (summary, mut all) = (first.cause.line() + &more, String::new());
        for group in failures {
            write!(all, "{group}")?;
        }
        let (summary, all) = (Escaped(&summary), Escaped(&all));
        writeln!(formatter, "      <failure message=\"{summary}\">{all}</failure>")?;
    } else if let Some(reason) = unjudged {
        writeln!(formatter, "      <error message=\"{}\"/>", Escaped(reason))?;
    } else if let Some(found) = tolerated.first() {
        let why = format!("{}: {}", found.summary(), found.reason.unwrap_or_default());
        writeln!(formatter, "      <skipped message=\"{}\"/>", Escaped(&why))?;
    }
    writeln!(formatter, "    </testcase>")
}

/// How many cases there are, and how they ended.
#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
    seconds: f64,
}

impl Counts {
    fn of<'c, 'r: 'c>(cases: impl Iterator<Item = &'c Case<'r>>) -> Self {
        let mut counts = Self::default();
        for case in cases {
            counts.tests += 1;
            counts.seconds += case.seconds;
            match (case.failures.is_empty(), &case.unjudged, case.tolerated.is_empty()) {
                (false, ..) => counts.failures += 1,
                (true, Some(_), _) => counts.errors += 1,
                (true, None, false) => counts.skipped += 1,
                (true, None, true) => {}
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tests, failures, errors, skipped, seconds } = self;
        write!(
            formatter,
            r#"tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}" time="{seconds:.3}""#
        )
    }
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
