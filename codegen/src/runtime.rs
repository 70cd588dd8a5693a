//! The source that every generated crate carries. It knows no API, and is compiled as a part of each crate, not of this one.

use crate::SourceFile;

/// A part of the runtime that stands only in the clients that need it.
struct Optional {
    /// What a source names that needs it, any of these.
    named: &'static [&'static str],
    files: &'static [(&'static str, &'static str)],
    /// Its lines in the root of the runtime.
    root: &'static str,
}

/// All that are optional.
static OPTIONAL: [&Optional; 9] =
    [&PATTERNS, &PAGES, &OAUTH, &UNIONS, &VALUE_ENUMS, &CHECKS, &MULTIPART, &STREAMS, &TEXT_BODIES];

/// What checks a `pattern`, which takes a regular expression engine.
static PATTERNS: Optional = Optional {
    named: &["pattern_matches"],
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
    named: &["runtime::Paged"],
    files: &[("pages.rs", include_str!("runtime/pages.rs"))],
    root: "\nmod pages;\npub use pages::{Items, Paged, Pages};\n\
           pub(crate) use pages::{continued, counted, cursor, paged, paged_items, paged_pages, position};\n",
};

/// What requests tokens.
static OAUTH: Optional = Optional {
    named: &["runtime::OAuth"],
    files: &[
        ("oauth/endpoint.rs", include_str!("runtime/oauth/endpoint.rs")),
        ("oauth/mod.rs", include_str!("runtime/oauth/mod.rs")),
        ("oauth/renewal.rs", include_str!("runtime/oauth/renewal.rs")),
        ("oauth/response.rs", include_str!("runtime/oauth/response.rs")),
    ],
    root: "\nmod oauth;\npub use oauth::{OAuth, OAuthBuilder};\n\
           pub(crate) use oauth::{Form, Grant, Granted, NoToken, Renewal, TokenEndpoint};\n",
};

/// What finds the alternative that a payload is.
static UNIONS: Optional = Optional {
    named: &["runtime::union!"],
    files: &[
        ("alternatives.rs", include_str!("runtime/alternatives.rs")),
        ("nested.rs", include_str!("runtime/nested.rs")),
        ("payloads.rs", include_str!("runtime/payloads.rs")),
        ("unions.rs", include_str!("runtime/unions.rs")),
    ],
    root: "\npub(crate) mod alternatives;\nmod nested;\nmod payloads;\nmod unions;\npub(crate) use alternatives::{Alternatives, Tags, union};\n\
           pub(crate) use unions::{Choice, fits, read_as};\n",
};

/// Enumerations of values of several kinds.
static VALUE_ENUMS: Optional = Optional {
    named: &["runtime::open_value_enum!"],
    files: &[("value_enums.rs", include_str!("runtime/value_enums.rs"))],
    root: "\nmod value_enums;\npub(crate) use value_enums::{of_kind, open_value_enum};\n",
};

/// What holds a value against keywords that apply schemas to it.
static CHECKS: Optional = Optional {
    named: &["runtime::Check", "runtime::Others", "runtime::Schema"],
    files: &[("checks.rs", include_str!("runtime/checks.rs"))],
    root: "\nmod checks;\npub(crate) use checks::{Check, Others, Schema};\n",
};

/// Bodies in parts.
static MULTIPART: Optional = Optional {
    named: &["runtime::Multipart", "runtime::File"],
    files: &[("multipart.rs", include_str!("runtime/multipart.rs"))],
    root: "\nmod multipart;\npub(crate) use multipart::Encoded;\npub use multipart::{File, Multipart};\n",
};

/// Responses that are streams of values.
static STREAMS: Optional = Optional {
    named: &["runtime::EventStream", "runtime::ItemStream"],
    files: &[("streams.rs", include_str!("runtime/streams.rs"))],
    root: "\nmod streams;\npub use streams::{Event, EventStream, ItemStream, StreamError};\npub(crate) use streams::{events, items};\n",
};

/// Bodies of text that stand for something else than a string.
static TEXT_BODIES: Optional = Optional {
    named: &["text_value"],
    files: &[("text_bodies.rs", include_str!("runtime/text_bodies.rs"))],
    root: "\nmod text_bodies;\npub(crate) use text_bodies::text_value;\n",
};

impl Optional {
    fn is_needed(&self, files: &[SourceFile]) -> bool {
        let names = |file: &SourceFile| self.named.iter().any(|named| file.contents.contains(named));
        files.iter().any(names)
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
        ("arguments.rs", include_str!("runtime/arguments.rs")),
        ("base_url.rs", include_str!("runtime/base_url.rs")),
        ("building.rs", include_str!("runtime/building.rs")),
        ("call_options.rs", include_str!("runtime/call_options.rs")),
        ("clocks.rs", include_str!("runtime/clocks.rs")),
        ("conformance.rs", include_str!("runtime/conformance.rs")),
        ("connect.rs", include_str!("runtime/connect.rs")),
        ("credentials.rs", include_str!("runtime/credentials.rs")),
        ("dates.rs", include_str!("runtime/dates.rs")),
        ("deadline.rs", include_str!("runtime/deadline.rs")),
        ("decode.rs", include_str!("runtime/decode.rs")),
        ("decoded.rs", include_str!("runtime/decoded.rs")),
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
        ("numbers.rs", include_str!("runtime/numbers.rs")),
        ("objects.rs", include_str!("runtime/objects.rs")),
        ("operation.rs", include_str!("runtime/operation.rs")),
        ("parameters.rs", include_str!("runtime/parameters.rs")),
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
        ("structs.rs", include_str!("runtime/structs.rs")),
        ("texts.rs", include_str!("runtime/texts.rs")),
        ("transport.rs", include_str!("runtime/transport.rs")),
        ("uris.rs", include_str!("runtime/uris.rs")),
        ("values.rs", include_str!("runtime/values.rs")),
        ("violation.rs", include_str!("runtime/violation.rs")),
    ];
    let mut root = include_str!("runtime/root.rs").to_owned();
    for part in OPTIONAL.into_iter().filter(|part| part.is_needed(client)) {
        sources.extend(part.files);
        root.push_str(part.root);
    }
    let file = |name: &str, contents: String| SourceFile { path: format!("runtime/{name}"), contents };
    let mut files: Vec<SourceFile> = sources.into_iter().map(|(name, text)| file(name, text.to_owned())).collect();
    files.push(file("mod.rs", root));
    files
}
