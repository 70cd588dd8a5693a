//! The lines of a text: from an offset in bytes to a line and a column.

use super::FileId;
use crate::diagnostic::Location;

/// Where each line of a text starts, in bytes.
#[derive(Debug)]
pub(crate) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The place of a range of bytes; what goes beyond the first line is cut off, so that a block can be underlined.
    pub(crate) fn location(&self, text: &str, start: usize, end: usize) -> Location {
        let start = floor_boundary(text, start);
        let line = self.starts.partition_point(|begin| *begin <= start).max(1);
        let begin = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = text.get(begin..start).map_or(0, |before| before.chars().count()) + 1;
        let rest = text.get(start..).unwrap_or_default();
        let first_line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let wanted = first_line.get(..end.saturating_sub(start)).unwrap_or(first_line).trim_end().len();
        let one = rest.chars().next().map_or(0, char::len_utf8);
        Location { file: FileId::ROOT, line, column, offset: start, length: wanted.max(one) }
    }

    /// The offset of a line and a column in code points, both from 1, as other parsers report places.
    pub(crate) fn offset(&self, text: &str, line: usize, column: usize) -> usize {
        let begin = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let rest = text.get(begin..).unwrap_or_default();
        let within = rest.char_indices().map(|(at, _)| at).nth(column.saturating_sub(1)).unwrap_or(rest.len());
        begin + within
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn columns_count_code_points() {
        let text = "a: é𝄞x\nb: 1";
        let lines = Lines::new(text);
        let place = lines.location(text, text.find('x').unwrap(), text.len());
        assert_eq!((place.line, place.column, place.length), (1, 6, 1));
        let place = lines.location(text, text.find('1').unwrap(), text.len());
        assert_eq!((place.line, place.column, place.length), (2, 4, 1));
        assert_eq!(lines.offset(text, 2, 4), text.find('1').unwrap());
        assert_eq!(lines.location(text, text.len(), text.len()).length, 0);
    }
}
