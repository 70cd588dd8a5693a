//! The source that every generated crate carries. It knows no API, and is compiled as a part of each crate, not of this one.

use crate::SourceFile;

/// A part of the runtime that stands only in the clients that need it.
struct Optional {
    /// What a source names that needs it.
    named: &'static str,
    files: &'static [(&'static str, &'static str)],
    /// Its lines in the root of the runtime.
    root: &'static str,
}

/// What checks a `pattern`, which takes a regular expression engine.
static PATTERNS: Optional = Optional {
    named: "pattern_matches",
    files: &[
        ("patterns.rs", include_str!("runtime/patterns.rs")),
        ("regex/bounded.rs", include_str!("runtime/regex/bounded.rs")),
        ("regex/linear.rs", include_str!("runtime/regex/linear.rs")),
        ("regex/mod.rs", include_str!("runtime/regex/mod.rs")),
        ("regex/program.rs", include_str!("runtime/regex/program.rs")),
        ("regex/syntax.rs", include_str!("runtime/regex/syntax.rs")),
        ("regex/syntax/classes.rs", include_str!("runtime/regex/syntax/classes.rs")),
    ],
    root: "\nmod patterns;\nmod regex;\npub(crate) use patterns::pattern_matches;\n",
};

/// What fetches pages.
static PAGES: Optional = Optional {
    named: "runtime::Paged",
    files: &[("pages.rs", include_str!("runtime/pages.rs"))],
    root: "\nmod pages;\npub use pages::{Items, Paged, Pages};\n\
           pub(crate) use pages::{continued, counted, cursor, paged, paged_items, paged_pages, position};\n",
};

/// What requests tokens.
static OAUTH: Optional = Optional {
    named: "runtime::OAuth",
    files: &[
        ("oauth/endpoint.rs", include_str!("runtime/oauth/endpoint.rs")),
        ("oauth/mod.rs", include_str!("runtime/oauth/mod.rs")),
        ("oauth/renewal.rs", include_str!("runtime/oauth/renewal.rs")),
        ("oauth/response.rs", include_str!("runtime/oauth/response.rs")),
    ],
    root: "\nmod oauth;\npub use oauth::{OAuth, OAuthBuilder};\n\
           pub(crate) use oauth::{Form, Grant, Granted, NoToken, Renewal, TokenEndpoint};\n",
};

impl Optional {
    fn is_needed(&self, files: &[SourceFile]) -> bool {
        files.iter().any(|file| file.contents.contains(self.named))
    }
}

/// Whether the files of a client check patterns.
pub fn checks_patterns(files: &[SourceFile]) -> bool {
    PATTERNS.is_needed(files)
}

/// Whether the files of a client request tokens.
pub fn requests_tokens(files: &[SourceFile]) -> bool {
    OAUTH.is_needed(files)
}

/// The files of the runtime, with paths below the generated module; of its optional parts those that the client's files need.
pub fn files(client: &[SourceFile]) -> Vec<SourceFile> {
    let mut sources = vec![
        ("alternatives.rs", include_str!("runtime/alternatives.rs")),
        ("base_url.rs", include_str!("runtime/base_url.rs")),
        ("building.rs", include_str!("runtime/building.rs")),
        ("call_options.rs", include_str!("runtime/call_options.rs")),
        ("checks.rs", include_str!("runtime/checks.rs")),
        ("clocks.rs", include_str!("runtime/clocks.rs")),
        ("conformance.rs", include_str!("runtime/conformance.rs")),
        ("connect.rs", include_str!("runtime/connect.rs")),
        ("credentials.rs", include_str!("runtime/credentials.rs")),
        ("dates.rs", include_str!("runtime/dates.rs")),
        ("deadline.rs", include_str!("runtime/deadline.rs")),
        ("decode.rs", include_str!("runtime/decode.rs")),
        ("draft.rs", include_str!("runtime/draft.rs")),
        ("email.rs", include_str!("runtime/email.rs")),
        ("enums.rs", include_str!("runtime/enums.rs")),
        ("equality.rs", include_str!("runtime/equality.rs")),
        ("errors.rs", include_str!("runtime/errors.rs")),
        ("failure.rs", include_str!("runtime/failure.rs")),
        ("fields.rs", include_str!("runtime/fields.rs")),
        ("formats.rs", include_str!("runtime/formats.rs")),
        ("headers.rs", include_str!("runtime/headers.rs")),
        ("interceptors.rs", include_str!("runtime/interceptors.rs")),
        ("members.rs", include_str!("runtime/members.rs")),
        ("mock/access.rs", include_str!("runtime/mock/access.rs")),
        ("mock/mod.rs", include_str!("runtime/mock/mod.rs")),
        ("mock/path.rs", include_str!("runtime/mock/path.rs")),
        ("mock/then.rs", include_str!("runtime/mock/then.rs")),
        ("mock/unmet.rs", include_str!("runtime/mock/unmet.rs")),
        ("mock/when.rs", include_str!("runtime/mock/when.rs")),
        ("multipart.rs", include_str!("runtime/multipart.rs")),
        ("nested.rs", include_str!("runtime/nested.rs")),
        ("numbers.rs", include_str!("runtime/numbers.rs")),
        ("objects.rs", include_str!("runtime/objects.rs")),
        ("operation.rs", include_str!("runtime/operation.rs")),
        ("parameters.rs", include_str!("runtime/parameters.rs")),
        ("payloads.rs", include_str!("runtime/payloads.rs")),
        ("percent.rs", include_str!("runtime/percent.rs")),
        ("presence.rs", include_str!("runtime/presence.rs")),
        ("query.rs", include_str!("runtime/query.rs")),
        ("reading.rs", include_str!("runtime/reading.rs")),
        ("refusal.rs", include_str!("runtime/refusal.rs")),
        ("responses.rs", include_str!("runtime/responses.rs")),
        ("retries.rs", include_str!("runtime/retries.rs")),
        ("schemas.rs", include_str!("runtime/schemas.rs")),
        ("security.rs", include_str!("runtime/security.rs")),
        ("setters.rs", include_str!("runtime/setters.rs")),
        ("settings.rs", include_str!("runtime/settings.rs")),
        ("shape.rs", include_str!("runtime/shape.rs")),
        ("shown.rs", include_str!("runtime/shown.rs")),
        ("spans.rs", include_str!("runtime/spans.rs")),
        ("streams.rs", include_str!("runtime/streams.rs")),
        ("structs.rs", include_str!("runtime/structs.rs")),
        ("text_bodies.rs", include_str!("runtime/text_bodies.rs")),
        ("texts.rs", include_str!("runtime/texts.rs")),
        ("transport.rs", include_str!("runtime/transport.rs")),
        ("unions.rs", include_str!("runtime/unions.rs")),
        ("uris.rs", include_str!("runtime/uris.rs")),
        ("value_enums.rs", include_str!("runtime/value_enums.rs")),
        ("values.rs", include_str!("runtime/values.rs")),
        ("violation.rs", include_str!("runtime/violation.rs")),
    ];
    let mut root = include_str!("runtime/root.rs").to_owned();
    for part in [&PATTERNS, &PAGES, &OAUTH].into_iter().filter(|part| part.is_needed(client)) {
        sources.extend(part.files);
        root.push_str(part.root);
    }
    let file = |name: &str, contents: String| SourceFile { path: format!("runtime/{name}"), contents };
    let mut files: Vec<SourceFile> = sources.into_iter().map(|(name, text)| file(name, text.to_owned())).collect();
    files.push(file("mod.rs", root));
    files
}
