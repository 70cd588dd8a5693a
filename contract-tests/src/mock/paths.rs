//! Path templates, and the paths that they stand for.

use percent_encoding::percent_decode_str;

/// A path template, segment by segment.
pub(super) struct Template {
    segments: Vec<Vec<Piece>>,
}

enum Piece {
    Text(String),
    Parameter(String),
}

impl Template {
    pub fn of(template: &str) -> Self {
        // A fragment is never sent.
        let sent = template.split('#').next().unwrap_or_default();
        Self { segments: sent.split('/').map(pieces).collect() }
    }

    /// The parameters of a path, decoded, if the template stands for it. No parameter is empty.
    pub fn matched(&self, path: &str) -> Option<Vec<(&str, String)>> {
        let segments: Vec<&str> = path.split('/').collect();
        if segments.len() != self.segments.len() {
            return None;
        }
        let mut given = Vec::new();
        for (pieces, segment) in self.segments.iter().zip(segments) {
            within(pieces, segment, &mut given)?;
        }
        Some(given)
    }
}

fn pieces(segment: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Parameter(name.to_owned()));
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces
}

/// Each parameter takes what stands ahead of the next text of the template; the last one takes all ahead of the end.
fn within<'t>(pieces: &'t [Piece], segment: &str, given: &mut Vec<(&'t str, String)>) -> Option<()> {
    let [Piece::Text(before), rest @ ..] = pieces else { return None };
    // A text of the template may stand escaped in a path, and only one without parameters can be told apart then.
    if rest.is_empty() {
        return (decoded(segment) == *before || segment == before).then_some(());
    }
    let mut segment = segment.strip_prefix(before.as_str())?;
    for (index, pair) in rest.chunks(2).enumerate() {
        let [Piece::Parameter(name), Piece::Text(after)] = pair else { return None };
        let is_last = (index + 1) * 2 == rest.len();
        let end = if is_last { segment.strip_suffix(after.as_str())?.len() } else { segment.find(after.as_str())? };
        let value = segment.get(..end).filter(|value| !value.is_empty())?;
        given.push((name, decoded(value)));
        segment = segment.get(end + after.len()..)?;
    }
    Some(())
}

/// What bytes that are no UTF-8 stand for, nobody can know.
fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_stands_for_the_paths_that_fill_it() {
        for (template, path, expected) in [
            ("/pets", "/pets", Some(vec![])),
            ("/pets", "/pets/", None),
            ("/pets/{id}", "/pets/a%20b%2Fc", Some(vec![("id", "a b/c")])),
            ("/pets/{id}", "/pets/", None),
            ("/pets/{id}:feed", "/pets/1:feed", Some(vec![("id", "1")])),
            ("/pets/{id}:feed", "/pets/1:walk", None),
            ("/{name}.{type}", "/a.b.c", Some(vec![("name", "a"), ("type", "b.c")])),
            ("/a b", "/a%20b", Some(vec![])),
            ("/pets#all", "/pets", Some(vec![])),
            ("/pets/{id}", "/pets/%FF", Some(vec![("id", "\u{fffd}")])),
        ] {
            let template = Template::of(template);
            let found = template.matched(path);
            let found = found.as_ref().map(|given| given.iter().map(|(name, value)| (*name, value.as_str())).collect());
            assert_eq!(found, expected, "{path}");
        }
    }
}
