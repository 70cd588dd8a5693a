//! Draws diagnostics for the terminal: `FILE:LINE:COLUMN`, rule, message, the source line and a help line.

mod excerpt;
pub mod formats;

use std::fmt::{self, Write as _};
use std::io::{IsTerminal, Write as _};

use codegen::diagnostic::{Diagnostic, Level};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode, SourceSpan};

use crate::source::Source;
use crate::terminal::visible;
use excerpt::Excerpt;

/// Draws diagnostics to standard error, with a count at the end.
pub fn print(source: &Source, diagnostics: &[Diagnostic]) {
    let mut terminal = std::io::stderr().lock();
    let colours = terminal.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    // Nobody is left to tell where standard error is closed.
    let _ = terminal.write_all(draw(source, diagnostics, colours).as_bytes());
}

fn draw(source: &Source, diagnostics: &[Diagnostic], colours: bool) -> String {
    let theme = if colours { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
    let mut drawn = String::new();
    for diagnostic in diagnostics {
        let Diagnostic { location, level, rule, message, .. } = diagnostic;
        // One line that editors and `grep` understand, ahead of the picture, which may be wrapped.
        let (place, text) = (source.place(*location), source.bytes_of(location.file));
        // codegen counts offsets without a byte order mark.
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
        let _ = writeln!(drawn, "{}: {level}[{rule}]: {}", visible(&place), visible(message));
        let picture = Picture { diagnostic, excerpt: Excerpt::new(text, *location) };
        if handler.render_report(&mut drawn, &picture).is_err() {
            // The picture is a comfort; the line above has said what matters.
            let _ = writeln!(drawn, "  help: {}", visible(&diagnostic.help));
        }
        drawn.push('\n');
    }
    if !diagnostics.is_empty() {
        let _ = writeln!(drawn, "{}: {}", visible(&source.shown), count(diagnostics));
    }
    if source.bytes.windows(2).any(|two| two == b"\r\n") {
        let _ = writeln!(
            drawn,
            "{}: note: its lines end in CRLF; columns are counted without the carriage return",
            visible(&source.shown)
        );
    }
    drawn
}

fn count(diagnostics: &[Diagnostic]) -> String {
    let of = |level, name| {
        let number = diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
        format!("{number} {name}{}", if number == 1 { "" } else { "s" })
    };
    format!("{}, {}", of(Level::Error, "error"), of(Level::Warning, "warning"))
}

/// A diagnostic as `miette` wants to see it.
#[derive(Debug)]
struct Picture<'a> {
    diagnostic: &'a Diagnostic,
    excerpt: Excerpt,
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}", visible(self.diagnostic.pointer.as_str()))
    }
}

impl std::error::Error for Picture<'_> {}

impl miette::Diagnostic for Picture<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(match self.diagnostic.level {
            Level::Warning => Severity::Warning,
            Level::Error => Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.diagnostic.help.is_empty()).then(|| Box::new(visible(&self.diagnostic.help)) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = SourceSpan::from(self.excerpt.marked());
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, span))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use codegen::diagnostic::Location;
    use codegen::document::Pointer;

    fn drawn(bytes: &[u8], location: Location) -> String {
        let source = Source::at("dir/a.yaml".into(), bytes.to_vec());
        let diagnostic = Diagnostic {
            rule: "some-rule",
            level: Level::Error,
            pointer: Pointer::root().join("info"),
            location,
            message: "what is wrong".into(),
            help: "how to mend it".into(),
        };
        draw(&source, &[diagnostic], false)
    }

    #[test]
    fn place_rule_message_line_and_help_are_told() {
        let text =
            drawn(b"a: 1\ninfo: 2\nb: 3\n", Location { line: 2, column: 1, offset: 5, length: 4, ..Location::START });
        assert!(text.starts_with("dir/a.yaml:2:1: error[some-rule]: what is wrong\n"), "{text}");
        for part in ["at /info", "2 │ info: 2", "────", "help: how to mend it", "1 error, 0 warnings"] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(!text.contains('\u{1b}'), "no colours were asked for: {text:?}");
    }

    #[test]
    fn a_document_with_crlf_is_said_to_have_it() {
        let told = |bytes: &[u8]| draw(&Source::at("dir/a.yaml".into(), bytes.to_vec()), &[], false);
        assert_eq!(told(b"a: 1\nb: 2\n"), "");
        assert!(told(b"a: 1\r\nb: 2\r\n").starts_with("dir/a.yaml: note: its lines end in CRLF"));
    }

    #[test]
    fn an_empty_document_has_a_picture_too() {
        assert!(drawn(b"", Location::START).contains("help: how to mend it"));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_drawn_as_well_as_they_can_be() {
        let text = drawn(b"a: \xFF\xFE\n", Location { line: 1, column: 4, offset: 3, length: 1, ..Location::START });
        assert!(text.contains("1 │ a: \u{FFFD}"), "{text}");
    }

    #[test]
    fn nothing_of_a_document_steers_the_terminal() {
        let text = "a: \u{1b}[2J\u{202e}x\nb: 1\r\n";
        let drawn = drawn(text.as_bytes(), Location { line: 1, column: 8, offset: 10, length: 1, ..Location::START });
        assert!(drawn.contains(r"1 │ a: \u{1b}[2J\u{202e}x"), "{drawn}");
        let mark = drawn.lines().find(|line| line.contains('┬') || line.contains('─') && line.contains('·')).unwrap();
        let column = |line: &str, found: &str| line.split(found).next().unwrap().chars().count();
        let line = drawn.lines().find(|line| line.contains("1 │")).unwrap();
        assert_eq!(column(mark, "─"), column(line, "x"), "{drawn}");
        assert!(!drawn.contains(['\u{1b}', '\u{202e}', '\r']), "{drawn:?}");
    }

    #[test]
    fn a_place_outside_the_text_is_no_panic() {
        for (offset, length) in [(3, 100), (100, 1), (usize::MAX, usize::MAX)] {
            let text = drawn("é: ü\n".as_bytes(), Location { line: 1, column: 1, offset, length, ..Location::START });
            assert!(text.contains("help: how to mend it"), "{text}");
        }
    }

    #[test]
    fn a_document_in_one_long_line_is_cut_around_the_place() {
        let text = format!("{}MARK{}", "a".repeat(100_000), "b".repeat(100_000));
        let location = Location { line: 1, column: 100_001, offset: 100_000, length: 4, ..Location::START };
        let text = drawn(text.as_bytes(), location);
        assert!(text.contains("aMARKb"), "{text}");
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest < Some(90), "wrapped in a terminal:\n{text}");
        assert!(text.lines().any(|line| line.contains('·') && line.contains("────")), "{text}");
    }
}
