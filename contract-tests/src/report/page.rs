//! The report as one page that needs nothing else: the document line by line, what judged each keyword, and the differences
//! where they stand. What the document says is data there, and never markup.

mod keywords;
mod mutants;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Serialize;

use super::{Report, Verdict, measure};
use crate::document::Place;
use crate::ground::Ground;
use crate::markup;
use crate::visible::visible_line;
use keywords::{Keyword, Keywords};
use mutants::Mutants;

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");
const BODY: &str = include_str!("page/page.html");

/// How many bytes of data a page may have; what does not matter as much is left out first.
const LARGEST: usize = 1_900_000;

/// How many differences are shown where they are too many for a page.
const MOST_DIFFERENCES: usize = 400;

/// How many lines around a difference stay where not all of a document fits.
const AROUND: usize = 20;

/// What is said of a large document's colours.
const UNEDITED: &str = "The document is too large to ask of every edit who could observe it: colours are of what cases, calls and readers show.";

/// All that the page shows.
#[derive(Serialize)]
struct Page {
    document: String,
    repeat: String,
    seed: u64,
    draws: u32,
    /// Where not everything is shown, what is left out.
    cut: Option<&'static str>,
    files: Vec<File>,
    keywords: Vec<Keyword>,
    differences: Vec<Difference>,
    left_out: Vec<String>,
    /// How many mutants died, and of how many; nothing where `mutants` was not run for this document.
    mutants: Option<(usize, usize)>,
}

/// One file of the document.
#[derive(Serialize)]
struct File {
    name: String,
    lines: Vec<Line>,
}

/// A line by its number: text, and between it the keywords by their numbers.
#[derive(Serialize)]
struct Line(usize, Vec<Piece>);

#[derive(Serialize)]
#[serde(untagged)]
enum Piece {
    Text(String),
    Keyword(String, usize),
}

/// A difference.
#[derive(Serialize)]
struct Difference {
    title: String,
    detail: String,
    verdicts: Vec<String>,
    shown_by: Option<String>,
    times: usize,
    follows: Option<usize>,
    repeat: Option<String>,
    /// The number of the file, and the line.
    at: Option<(usize, usize)>,
    place: Option<String>,
}

impl Report {
    /// Writes `index.html`. Where one name alone was judged there is no such page: it would say of all else that nothing
    /// judges it. A page of an earlier run is removed then.
    pub fn write_page(&self, ground: &Ground<'_>, directory: &Path) -> std::io::Result<()> {
        let path = directory.join("index.html");
        if ground.scope.only.is_some() {
            return if path.exists() { std::fs::remove_file(path) } else { Ok(()) };
        }
        std::fs::write(path, self.page(ground, Mutants::read(directory, ground.document))?)
    }

    fn page(&self, ground: &Ground<'_>, mutants: Option<Mutants>) -> serde_json::Result<String> {
        let mut page = Page::of(self, ground, mutants);
        let mut data = markup::data("data", &page)?;
        for cut in [Page::without_lists, Page::without_lines, Page::without_differences] {
            if data.len() > LARGEST {
                cut(&mut page);
                data = markup::data("data", &page)?;
            }
        }
        let title = format!("{} and its client", self.document);
        Ok(markup::page(&title, STYLE, &(BODY.to_owned() + &data), Some(SCRIPT)))
    }
}

impl Page {
    fn of(report: &Report, ground: &Ground<'_>, mutants: Option<Mutants>) -> Self {
        let score = mutants.as_ref().map(Mutants::score);
        let mut keywords = Keywords::of(report, ground, mutants);
        let texts = ground.document.files();
        let number = |file: &str| texts.iter().position(|(name, _)| *name == file);
        let files = texts.iter().map(|(name, text)| File {
            name: visible_line(name).into_owned(),
            lines: lines(name, text, &mut keywords),
        });
        let files = files.collect();
        let differences = report.differences.iter().map(|found| Difference {
            title: found.summary(),
            detail: found.explained(),
            verdicts: found
                .verdicts
                .iter()
                .map(|Verdict { oracle, says }| format!("{oracle}: {}", measure::line(says)))
                .collect(),
            shown_by: Some(&found.difference.shown_by).filter(|value| !value.is_null()).map(measure::payload),
            times: found.times,
            follows: found.follows,
            repeat: found.repeat.clone(),
            at: found.at.as_ref().and_then(|at| Some((number(&at.file)?, at.line))),
            place: found.at.as_ref().map(Place::to_string),
        });
        Self {
            document: report.document.clone(),
            repeat: report.repeat.clone(),
            seed: report.plan.seed,
            draws: report.plan.cases,
            cut: (!keywords.are_edited).then_some(UNEDITED),
            files,
            keywords: keywords.all,
            differences: differences.collect(),
            left_out: report.left_out.iter().map(ToString::to_string).collect(),
            mutants: score,
        }
    }

    fn without_lists(&mut self) {
        self.cut = Some("Labels of cases and mutants are left out: the document is too large for one page.");
        self.keywords.iter_mut().for_each(Keyword::without_lists);
    }

    fn without_lines(&mut self) {
        self.cut = Some("Only the lines around differences are shown: the document is too large for one page.");
        self.without_lines_but_those_of_differences();
    }

    fn without_lines_but_those_of_differences(&mut self) {
        let places: Vec<(usize, usize)> = self.differences.iter().filter_map(|difference| difference.at).collect();
        for (number, file) in self.files.iter_mut().enumerate() {
            let near = |line: usize| places.iter().any(|(file, at)| *file == number && at.abs_diff(line) <= AROUND);
            file.lines.retain(|Line(line, _)| *line <= AROUND || near(*line));
        }
        self.keep_shown_keywords();
    }

    /// Keywords of lines that are not shown are not either.
    fn keep_shown_keywords(&mut self) {
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        for piece in self.files.iter_mut().flat_map(|file| &mut file.lines).flat_map(|Line(_, pieces)| pieces) {
            if let Piece::Keyword(_, number) = piece {
                let next = numbers.len();
                *number = *numbers.entry(*number).or_insert(next);
            }
        }
        let mut kept: Vec<(usize, Keyword)> = std::mem::take(&mut self.keywords)
            .into_iter()
            .enumerate()
            .filter_map(|(old, keyword)| Some((*numbers.get(&old)?, keyword)))
            .collect();
        kept.sort_by_key(|(number, _)| *number);
        self.keywords = kept.into_iter().map(|(_, keyword)| keyword).collect();
    }

    fn without_differences(&mut self) {
        self.cut = Some("Only the first differences are shown: contract.txt beside this page has all of them.");
        self.differences.truncate(MOST_DIFFERENCES);
        self.left_out.truncate(MOST_DIFFERENCES);
        self.without_lines_but_those_of_differences();
    }
}

/// The lines of a file, each in pieces.
fn lines(name: &str, text: &str, keywords: &mut Keywords) -> Vec<Line> {
    let none = BTreeMap::new();
    let mut lines = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let letters: Vec<char> = line.chars().collect();
        let piece = |from: usize, to: usize| visible_line(&letters[from..to].iter().collect::<String>()).into_owned();
        let (mut pieces, mut done) = (Vec::new(), 0);
        for (column, (key, number)) in keywords.places.get(&(name.to_owned(), index + 1)).unwrap_or(&none) {
            let start = column.saturating_sub(1);
            let Some(length) = written(letters.get(start..).unwrap_or_default(), key).filter(|_| start >= done) else {
                continue;
            };
            if start > done {
                pieces.push(Piece::Text(piece(done, start)));
            }
            pieces.push(Piece::Keyword(piece(start, start + length), *number));
            done = start + length;
        }
        if done < letters.len() {
            pieces.push(Piece::Text(piece(done, letters.len())));
        }
        lines.push(Line(index + 1, pieces));
    }
    lines
}

/// How many letters a key takes at the beginning of a text, if it stands there; with quotes, where it has some.
fn written(text: &[char], key: &str) -> Option<usize> {
    let quote = *text.first()?;
    if ['"', '\''].contains(&quote) {
        let end = text.iter().skip(1).position(|letter| *letter == quote)?;
        return Some(end + 2);
    }
    let letters: Vec<char> = key.chars().collect();
    text.starts_with(&letters).then_some(letters.len())
}
