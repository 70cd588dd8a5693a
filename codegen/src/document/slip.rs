//! What an editor most likely did where a text is no YAML: a parser says where it could not go on, which is often a line below.

use thiserror::Error;

/// A slip, and what to do about it.
#[derive(Debug, PartialEq, Eq, Error)]
pub(crate) enum Slip {
    #[error("this line is indented by {own}, and line {line}, which is at the same level, by {other}")]
    Uneven { own: usize, line: usize, other: usize },
    #[error("this line already has a value, but line {line} is indented below it")]
    Full { line: usize, indent: usize },
    #[error("this line is indented further than line {line}, which has a value already")]
    TooDeep { line: usize, indent: usize },
    #[error("the lines above are items of a list, and this one does not start with a dash")]
    NoDash,
    #[error("this line has no colon")]
    NoColon,
    #[error("a space is missing after the colon")]
    NoBlank,
    #[error("the block scalar of line {line} is not indented")]
    Text { line: usize },
    #[error("this bracket is not closed")]
    Open(char),
    #[error("this bracket closes nothing")]
    Closes,
    #[error("this quotation mark is not closed")]
    Quote,
    #[error("a value without quotes cannot contain a colon followed by a space")]
    Colon,
    #[error("a value without quotes cannot start with `{0}`")]
    Start(char),
}

impl Slip {
    /// The rule that this breaks.
    pub(crate) fn rule(&self) -> &'static str {
        match self {
            Self::Uneven { .. } | Self::Full { .. } | Self::TooDeep { .. } | Self::Text { .. } => "indentation",
            _ => "yaml-syntax",
        }
    }

    pub(crate) fn help(&self) -> String {
        match self {
            Self::Uneven { other, .. } | Self::TooDeep { indent: other, .. } => {
                format!("indent this line by {other} spaces, if that is where it belongs")
            }
            Self::Full { indent, .. } => format!("indent this line by {indent} spaces as well, or remove its value"),
            Self::NoDash => "start it with `- `, or remove the dashes above".to_owned(),
            Self::NoColon => {
                "write a colon and a space after the key, or put the string of several lines in quotes".to_owned()
            }
            Self::NoBlank => "write `key: value`".to_owned(),
            Self::Text { .. } => "indent each of its lines by two spaces more than the key".to_owned(),
            Self::Open(bracket) => {
                format!("write `{}` where the list or the mapping ends", if *bracket == '[' { ']' } else { '}' })
            }
            Self::Closes => "remove it, or open the list or the mapping that it closes".to_owned(),
            Self::Quote => "close it, and write a quotation mark within the string twice: `'it''s'`".to_owned(),
            Self::Colon | Self::Start(_) => "put the value in quotes".to_owned(),
        }
    }
}

/// A line with something in it.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    /// From 1.
    number: usize,
    start: usize,
    indent: usize,
    content: &'t str,
}

impl Line<'_> {
    /// Where the first key stands: behind the dashes.
    fn key_indent(self) -> usize {
        let mut rest = self.content;
        while let Some(inner) = rest.strip_prefix("- ") {
            rest = inner.trim_start_matches(' ');
        }
        self.indent + self.content.len() - rest.len()
    }

    fn is_item(self) -> bool {
        self.content == "-" || self.content.starts_with("- ")
    }

    fn has_key(self) -> bool {
        self.content.contains(": ") || self.content.ends_with(':')
    }

    fn is_full(self) -> bool {
        self.content.split_once(": ").is_some_and(|(_, value)| {
            let value = value.trim();
            !value.is_empty() && !value.starts_with(['#', '|', '>', '&', '!'])
        })
    }
}

/// The slip by which a parser that gave this reason could not go on at an offset, and where it is; none where it is unclear.
pub(crate) fn slip(text: &str, offset: usize, reason: &str) -> Option<(usize, Slip)> {
    let lines = written(text);
    let at = lines.iter().rposition(|line| line.start <= offset)?;
    let (fault, above) = (*lines.get(at)?, lines.get(..at)?);
    let previous = above.last().copied();
    if reason.contains("quoted scalar") {
        let mark = text.get(offset..).is_some_and(|rest| rest.starts_with(['"', '\'']));
        return mark.then_some((offset, Slip::Quote));
    }
    if reason.contains("misplaced bracket") {
        return Some((offset, Slip::Closes));
    }
    if reason.contains("unexpected character") || reason.contains("unknown anchor") {
        let start = text.get(offset..)?.chars().next().filter(char::is_ascii_punctuation)?;
        return Some((offset, Slip::Start(start)));
    }
    if let Some(open) = unclosed(above, fault).filter(|_| reason.contains("flow") || reason.contains("':' indicator")) {
        return Some(open);
    }
    // A colon in a value of the line itself.
    let before = text.get(fault.start + fault.indent..offset).unwrap_or_default();
    if reason.contains("mapping values") && before.contains(": ") {
        return Some((offset, Slip::Colon));
    }
    let previous = previous?;
    if let Some(header) =
        announced(above).filter(|header| !previous.has_key() && previous.indent <= header.key_indent())
    {
        return Some((previous.start + previous.indent, Slip::Text { line: header.number }));
    }
    if !previous.has_key()
        && !previous.is_item()
        && (reason.contains("mapping values") || reason.contains("simple key"))
    {
        let slip = if previous.content.contains(':') { Slip::NoBlank } else { Slip::NoColon };
        return Some((previous.start + previous.indent, slip));
    }
    let below = lines.get(at + 1..).unwrap_or_default();
    if fault.indent > previous.key_indent() && previous.is_full() && reason.contains("mapping values") {
        // Where more lines stand as far in as this one, they are right, and the line above is not.
        let (place, slip) = match beside(below, fault.indent) {
            0 => (fault, Slip::TooDeep { line: previous.number, indent: previous.key_indent() }),
            _ => (previous, Slip::Full { line: fault.number, indent: fault.indent }),
        };
        return Some((place.start + place.indent, slip));
    }
    if !reason.contains("block") && !reason.contains("mapping values") {
        return None;
    }
    let same = above.iter().rev().take_while(|line| line.indent >= fault.indent);
    let mut same = same.filter(|line| line.indent == fault.indent).peekable();
    if same.peek().is_some_and(|line| line.is_item()) && !fault.is_item() {
        return Some((fault.start + fault.indent, Slip::NoDash));
    }
    // The block that this line ended, and none goes on with its indentation.
    let parent = above.iter().rposition(|line| line.indent < fault.indent && line.key_indent() <= fault.indent)?;
    let block = above.get(parent + 1..)?;
    let first = block.first().or(above.get(parent))?;
    let own = if block.is_empty() || first.is_item() { first.key_indent() } else { first.indent };
    let siblings = block.iter().filter(|line| line.key_indent() == own).count();
    if own <= fault.indent {
        return None;
    }
    if siblings == 1 && beside(below, fault.indent) > 0 {
        let slip = Slip::Uneven { own, line: fault.number, other: fault.indent };
        return Some((first.start + first.indent, slip));
    }
    let slip = Slip::Uneven { own: fault.indent, line: first.number, other: own };
    Some((fault.start + fault.indent, slip))
}

/// How many lines follow that stand as far in, before one stands less far in.
fn beside(below: &[Line<'_>], indent: usize) -> usize {
    below.iter().take_while(|line| line.indent >= indent).filter(|line| line.indent == indent).count()
}

/// The line that announces a block of text to which the last of these lines would belong.
fn announced<'t>(above: &[Line<'t>]) -> Option<Line<'t>> {
    let at = above.iter().rposition(|line| line.has_key())?;
    let line = above.get(at).copied()?;
    let (_, header) = line.content.split_once(": ")?;
    (header.starts_with(['|', '>']) && at + 1 < above.len()).then_some(line)
}

/// The bracket that is still open at the end of the last of these lines.
fn unclosed(above: &[Line<'_>], fault: Line<'_>) -> Option<(usize, Slip)> {
    let lines = above.iter().rev().take(20).rev().chain([&fault]);
    let (mut open, mut quote): (Vec<(usize, char)>, Option<char>) = (Vec::new(), None);
    for line in lines {
        let start = line.start + line.indent;
        let mut before = ' ';
        for (at, character) in line.content.char_indices() {
            match (quote, character) {
                (Some(mark), _) if mark == character => quote = None,
                (Some(_), _) => {}
                (None, '#') if before == ' ' => break,
                (None, '"' | '\'') if " [{,".contains(before) => quote = Some(character),
                // Within a value without quotes it is a character like any other.
                (None, '[' | '{') if !open.is_empty() || " [{,".contains(before) => open.push((start + at, character)),
                (None, ']' | '}') => drop(open.pop()),
                _ => {}
            }
            before = character;
        }
        quote = None;
    }
    open.first().map(|(offset, bracket)| (*offset, Slip::Open(*bracket)))
}

fn written(text: &str) -> Vec<Line<'_>> {
    let mut begin = 0;
    let lines = text.split_inclusive('\n').enumerate().map(|(at, line)| {
        let start = begin;
        begin += line.len();
        let content = line.trim_start_matches(' ');
        Line { number: at + 1, start, indent: line.len() - content.len(), content: content.trim_end() }
    });
    lines.filter(|line| !(line.content.is_empty() || line.content.starts_with('#'))).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Layout, generate};

    #[test]
    fn slips_are_told_where_they_were_made() {
        let head = "openapi: 3.0.3\ninfo:\n";
        for (rest, line, rule) in [
            ("  title: a\n version: '1'\n", 4, "indentation"),
            ("   title: a\n  version: '1'\n  description: b\n", 3, "indentation"),
            ("  title: a\n   version: '1'\n", 4, "indentation"),
            ("title: a\n  version: '1'\n  description: b\n", 3, "indentation"),
            ("  title a\n  version: '1'\n", 3, "yaml-syntax"),
            ("  title:a\n  version: '1'\n", 3, "yaml-syntax"),
            ("  version: '1'\n  title:a\npaths: {}\n", 4, "yaml-syntax"),
            ("  title: [a\n  version: '1'\n", 3, "yaml-syntax"),
            ("  title: {a: b}}\n", 3, "yaml-syntax"),
            ("  title: a: b\n", 3, "yaml-syntax"),
            ("  title: @a\n", 3, "yaml-syntax"),
            ("  title: *a\n", 3, "yaml-syntax"),
            ("  title: 'a\n  version: '1'\n", 3, "yaml-syntax"),
            ("  description: |\n  some text\n  title: a\n", 4, "indentation"),
            ("  - title: a\n  version: '1'\n", 4, "yaml-syntax"),
            ("  contact:\n    - name: a\n     url: b\n", 5, "indentation"),
        ] {
            let text = format!("{head}{rest}");
            let found = generate("a.yaml", text.as_bytes(), Layout::Crate).err().unwrap_or_default();
            let places: Vec<_> = found.iter().map(|found| (found.location.line, found.rule)).collect();
            assert_eq!(places, [(line, rule)], "{text}");
            let message = format!("{} {}", found[0].message, found[0].help);
            assert!(!message.contains("this is not valid YAML"), "{text}{message}");
        }
    }
}
