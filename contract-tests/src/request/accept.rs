//! Which of several media types a request asks for (RFC 9110, section 12.5.1).

/// The entries of the header `Accept`.
#[derive(Debug, Clone, PartialEq)]
pub struct Accept(Vec<Entry>);

/// A media type or a range of them, and how much it is wanted.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    range: MediaType,
    quality: f32,
}

/// A media type or a range of them: its essence, and its parameters but for `charset`, which names an encoding of the same
/// content.
#[derive(Debug, Clone, PartialEq)]
struct MediaType {
    essence: String,
    parameters: Vec<(String, String)>,
}

impl Accept {
    /// Reads the header's values; without any, everything is as welcome as everything else.
    pub fn read<'h>(headers: impl IntoIterator<Item = &'h str>) -> Self {
        Self(headers.into_iter().flat_map(|header| split(header, ',')).filter_map(Entry::read).collect())
    }

    /// The media types that are asked for by name.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        let wanted = self.0.iter().filter(|entry| entry.quality > 0.0 && !entry.range.essence.contains('*'));
        wanted.map(|entry| entry.range.essence.as_str())
    }

    /// How much a media type is wanted, by the most specific entry that covers it; `None` where it is not acceptable.
    pub fn quality(&self, media_type: &str) -> Option<f32> {
        if self.0.is_empty() {
            return Some(1.0);
        }
        let wanted = MediaType::read(&split(media_type, ';'));
        let covering = self.0.iter().filter(|entry| entry.range.covers(&wanted));
        let quality = covering.max_by_key(|entry| entry.range.specificity())?.quality;
        (quality > 0.0).then_some(quality)
    }
}

impl Entry {
    fn read(entry: &str) -> Option<Self> {
        let parts = split(entry, ';');
        // What follows the weight is no part of the media range.
        let weight = parts.iter().position(|part| parameter(part).is_some_and(|(name, _)| name == "q"));
        let range = MediaType::read(&parts[..weight.unwrap_or(parts.len())]);
        let quality = weight.and_then(|at| parameter(parts[at])?.1.parse().ok()).unwrap_or(1.0);
        (!range.essence.is_empty()).then_some(Self { range, quality })
    }
}

impl MediaType {
    fn read(parts: &[&str]) -> Self {
        let essence = parts.first().map(|essence| essence.trim().to_ascii_lowercase()).unwrap_or_default();
        let parameters = parts.iter().skip(1).filter_map(|part| parameter(part));
        Self { essence, parameters: parameters.filter(|(name, _)| name != "charset").collect() }
    }

    fn covers(&self, media_type: &Self) -> bool {
        let essence = match self.essence.strip_suffix('*') {
            Some(start) => start == "*/" || media_type.essence.starts_with(start),
            None => self.essence == media_type.essence,
        };
        essence && self.parameters.iter().all(|parameter| media_type.parameters.contains(parameter))
    }

    fn specificity(&self) -> (bool, bool, usize) {
        (!self.essence.starts_with("*/"), !self.essence.ends_with("/*"), self.parameters.len())
    }
}

fn parameter(part: &str) -> Option<(String, String)> {
    let (name, value) = part.split_once('=')?;
    Some((name.trim().to_ascii_lowercase(), unquoted(value.trim())))
}

/// The parts between separators that stand in no quoted string.
pub(crate) fn split(header: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped, mut start) = (false, false, 0);
    let mut parts = Vec::new();
    for (index, c) in header.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            c if c == separator && !quoted => {
                parts.push(&header[start..index]);
                start = index + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&header[start..]);
    parts
}

/// A token, or the content of a quoted string.
pub(crate) fn unquoted(word: &str) -> String {
    let Some(inner) = word.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest)) else {
        return word.to_owned();
    };
    let mut content = String::new();
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        content.extend(if c == '\\' { characters.next() } else { Some(c) });
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_entry_decides() {
        for (header, media_type, expected) in [
            ("application/json", "application/json; charset=utf-8", Some(1.0)),
            ("application/json; charset=utf-8", "application/json", Some(1.0)),
            ("application/json", "text/csv", None),
            ("text/*;q=0.5, text/csv;q=0.2", "text/csv", Some(0.2)),
            ("text/csv;Q=0.2 , text/*", "text/csv", Some(0.2)),
            ("text/*;q=0.5, */*;q=0.1", "text/plain", Some(0.5)),
            ("*/*, text/csv;q=0", "text/csv", None),
            ("Application/JSON", "application/json", Some(1.0)),
            ("text/html;level=1;q=0.4, text/html;q=0.7", "text/html", Some(0.7)),
            ("text/html;level=1;q=0.4, text/html;q=0.7", "text/html; level=1", Some(0.4)),
            ("text/html;level=\"1,2\";q=0.4, */*;q=0.3", "text/html", Some(0.3)),
            ("application/vnd.long-name+json;q=0.1, text/a", "text/a", Some(1.0)),
            ("", "application/json", Some(1.0)),
        ] {
            assert_eq!(Accept::read([header]).quality(media_type), expected, "{header}: {media_type}");
        }
    }
}
