//! The path of a call as the client sends it.

use std::borrow::Cow;

use reqwest::Url;

/// A path template of the document, with the parameters that are known.
#[derive(Debug)]
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

impl Piece<'_> {
    fn pattern(&self) -> String {
        match self {
            Self::Anything => "[^/]*".to_owned(),
            Self::Text(text) => {
                // A slash ahead makes a path of any piece, and is taken off again.
                let sent = as_sent(&format!("/{text}"));
                literal(sent.get(1..).unwrap_or_default())
            }
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
