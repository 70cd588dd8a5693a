//! Which of several media types a request asks for (RFC 9110, section 12.5.1).

/// The entries of the header `Accept`: a media type or a range of them, and how much it is wanted.
pub(super) struct Accept(Vec<(String, f32)>);

impl Accept {
    /// Reads the header's values; without any, everything is as welcome as everything else.
    pub fn read<'h>(headers: impl IntoIterator<Item = &'h str>) -> Self {
        let entries = headers.into_iter().flat_map(|header| header.split(',')).filter_map(|entry| {
            let mut parts = entry.split(';').map(|part| part.trim().to_ascii_lowercase());
            let range = parts.next().filter(|range| !range.is_empty())?;
            let quality = parts.find_map(|part| part.strip_prefix("q=")?.trim().parse().ok());
            Some((range, quality.unwrap_or(1.0)))
        });
        Self(entries.collect())
    }

    /// How much a media type is wanted, by the entry that says most of it; none where it is not.
    pub fn quality(&self, media_type: &str) -> Option<f32> {
        if self.0.is_empty() {
            return Some(1.0);
        }
        let own = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let covers = |range: &str| match range.strip_suffix('*') {
            Some(start) => start == "*/" || own.starts_with(start),
            None => range == own,
        };
        let covering = self.0.iter().filter(|(range, _)| covers(range));
        let quality = covering.max_by_key(|(range, _)| (!range.contains('*'), range.len()))?.1;
        (quality > 0.0).then_some(quality)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_that_says_most_decides() {
        for (header, media_type, expected) in [
            ("application/json", "application/json; charset=utf-8", Some(1.0)),
            ("application/json", "text/csv", None),
            ("text/*;q=0.5, text/csv;q=0.2", "text/csv", Some(0.2)),
            ("text/*;q=0.5, */*;q=0.1", "text/plain", Some(0.5)),
            ("*/*, text/csv;q=0", "text/csv", None),
            ("Application/JSON", "application/json", Some(1.0)),
            ("", "application/json", Some(1.0)),
        ] {
            assert_eq!(Accept::read([header]).quality(media_type), expected, "{header}: {media_type}");
        }
    }
}
