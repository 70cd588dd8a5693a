//! The path of a call as the client sends it.

use std::borrow::Cow;
use std::fmt;

use reqwest::Url;

/// A path template of the document, with the parameters that are known.
#[derive(Debug, Clone)]
pub(super) struct PathPattern {
    base: &'static str,
    template: &'static str,
    given: Vec<(&'static str, String)>,
}

/// What a template is made of.
enum Piece<'a> {
    Text(Cow<'a, str>),
    Anything,
}

impl PathPattern {
    pub(super) fn new(base: &'static str, template: &'static str) -> Self {
        Self { base, template, given: Vec::new() }
    }

    /// Sets a parameter, encoded as it is sent.
    pub(super) fn give(&mut self, name: &'static str, encoded: String) {
        self.given.push((name, encoded));
    }

    /// Asks for this path: as it is where all of it is known, otherwise with anything but a slash for what is not.
    pub(super) fn describe(&self, request: httpmock::When) -> httpmock::When {
        let pieces = self.pieces();
        let known: Option<String> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Some(text.as_ref()),
                Piece::Anything => None,
            })
            .collect();
        match known {
            Some(path) => request.path(as_sent(&path)),
            None => {
                let pattern: String = pieces.iter().map(Piece::pattern).collect();
                request.path_matches(format!("^{pattern}$"))
            }
        }
    }

    /// Whether a path is that of the template, whatever its parameters are.
    pub(super) fn is_of(&self, path: &str) -> bool {
        are_met(&Self { given: Vec::new(), ..*self }.pieces(), path)
    }

    /// Whether a path is the one that is asked for.
    pub(super) fn is_met(&self, path: &str) -> bool {
        are_met(&self.pieces(), path)
    }

    fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = vec![Piece::Text(self.base.into())];
        // A fragment is never sent.
        let mut rest = self.template.split('#').next().unwrap_or_default();
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            pieces.push(Piece::Text(before.into()));
            let given = self.given.iter().rev().find(|(given, _)| *given == name);
            pieces.push(given.map_or(Piece::Anything, |(_, encoded)| Piece::Text(encoded.into())));
            rest = after;
        }
        pieces.push(Piece::Text(rest.into()));
        pieces
    }
}

/// The path with what is known of its parameters.
impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().iter().try_for_each(|piece| match piece {
            Piece::Anything => f.write_str("*"),
            Piece::Text(_) => f.write_str(&piece.sent()),
        })
    }
}

fn are_met(pieces: &[Piece<'_>], path: &str) -> bool {
    match pieces.split_first() {
        None => path.is_empty(),
        Some((Piece::Anything, rest)) => {
            let segment = path.find('/').unwrap_or(path.len());
            (0..=segment).any(|length| path.get(length..).is_some_and(|path| are_met(rest, path)))
        }
        Some((text, rest)) => path.strip_prefix(text.sent().as_str()).is_some_and(|path| are_met(rest, path)),
    }
}

impl Piece<'_> {
    /// A text as it leaves the client.
    fn sent(&self) -> String {
        match self {
            Self::Anything => String::new(),
            Self::Text(text) => {
                // A slash ahead makes a path of any piece, and is taken off again.
                let sent = as_sent(&format!("/{text}"));
                sent.get(1..).unwrap_or_default().to_owned()
            }
        }
    }

    fn pattern(&self) -> String {
        match self {
            Self::Anything => "[^/]*".to_owned(),
            Self::Text(_) => literal(&self.sent()),
        }
    }
}

/// A path as it leaves the client, which escapes in a template what no URL may hold.
fn as_sent(path: &str) -> String {
    match Url::parse(&format!("http://localhost{path}")) {
        Ok(url) => url.path().to_owned(),
        Err(_) => path.to_owned(),
    }
}

/// A text as a regular expression.
fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
