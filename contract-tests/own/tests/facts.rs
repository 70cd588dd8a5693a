//! The documentation oracle asks for facts: whatever is falsified in the client's sources is noticed, and however they are
//! worded, nothing is.

#![allow(clippy::expect_used, reason = "a test that cannot go on must fail")]

use std::path::Path;

use contract_tests::document::{Account, Document};
use contract_tests::oracle::Findings;
use contract_tests::oracle::documentation::{Sources, judge};
use contract_tests_own::SUBJECT;

/// An edit of the sources: what stands there, and what is to stand there instead, wherever it does.
type Edit<'e> = (&'e str, &'e str);

/// What is not so, or no longer said; each by itself.
const FALSE: &[Edit<'_>] = &[
    ("/// A client of LINE WORKS Partner API.", "/// A client of LINE WORKS API."),
    ("/// A client of LINE WORKS Partner API.", "/// A client of LINE WORKS Partner API Two."),
    ("/// A client of LINE WORKS Partner API.", "/// The client of Old LINE WORKS Partner API."),
    ("not published by LINE WORKS: it was", "published by LINE WORKS: it was"),
    ("Version of the document: 0.1.0", "Version of the document: 0.1.1"),
    ("in OpenAPI 3.0.3", "in OpenAPI 3.0.4"),
    ("<https://developers.worksmobile.com/>", "<https://developers.worksmobile.org/>"),
    ("Contact: LINE WORKS Developers", "Contact: LINE WORKS"),
    ("MIT OR Apache-2.0", "MIT"),
    ("MIT OR Apache-2.0", "MIT OR Apache-2.0.1"),
    ("MIT OR Apache-2.0", "ISC OR MIT OR Apache-2.0"),
    ("/// - `https://www.worksapis.com/v1.0`: The API server\n", ""),
    ("`https://www.worksapis.com/v1.0`: The API server", "`https://www.worksapis.com/v1.0/beta`: The API server"),
    ("`: The API server", "`: An API server"),
    ("`: The API server", "`: The API server of old"),
    ("- `customers`: The customers of a partner", "- `customers`"),
    (
        "users authorize at <https://auth.worksmobile.com/oauth2/v2.0/authorize>, tokens come from <https://auth.worksmobile.com/oauth2/v2.0/token>",
        "tokens come from <https://auth.worksmobile.com/oauth2/v2.0/authorize>, users authorize at <https://auth.worksmobile.com/oauth2/v2.0/token>",
    ),
    ("- `partner.read`: Reads what", "- `partner.write`: Reads what"),
    ("- `partner`: Reads and changes", "- `partner`: Reads"),
    ("(JWT bearer grant, RFC 7523,", "(JWT bearer grant, RFC 7522,"),
    ("/// Gets customer information.\n    ///\n    /// **Caution**", "/// **Caution**"),
    (
        "is scheduled to end. For customer subscriptions, see Get subscriptions.\n    ///\n    /// `GET",
        "is not scheduled to end. For customer subscriptions, see Get subscriptions.\n    ///\n    /// `GET",
    ),
    (
        "/// `GET /partners/customers/{domainId}`\n    ///\n    /// # Arg",
        "/// `GET /partners/{domainId}`\n    ///\n    /// # Arg",
    ),
    (
        "/// `GET /partners/customers/{domainId}`\n    ///\n    /// # Arg",
        "/// `PUT /partners/customers/{domainId}`\n    ///\n    /// # Arg",
    ),
    (
        "/// - `domain_id` (path, required, integer, format `int64`): Domain ID",
        "/// - `domain_id` (query, required, integer, format `int64`): Domain ID",
    ),
    (
        "/// - `domain_id` (path, required, integer, format `int64`): Domain ID",
        "/// - `domain_id` (path, optional, integer, format `int64`): Domain ID",
    ),
    (
        "/// - `domain_id` (path, required, integer, format `int64`): Domain ID",
        "/// - `domain_id` (path, required, string, format `int64`): Domain ID",
    ),
    (
        "/// - `domain_id` (path, required, integer, format `int64`): Domain ID",
        "/// - `domain_id` (path, required, integer, format `int32`): Domain ID",
    ),
    (
        "/// Sets `domainId` (path, required, integer, format `int64`): Domain ID, such as `10000001`",
        "/// Sets `domainId` (path, required, integer, format `int64`): Domain ID",
    ),
    (
        "/// Sets `domainId` (path, required, integer, format `int64`): Domain ID, such as `10000001`",
        "/// Sets `domainId` (path, required, integer, format `int64`): Domain ID, such as `100000010`",
    ),
    ("/// - `404`: Not Found", "/// - `404`: Gone"),
    ("/// - `404`: Not Found", "/// - `404`: Customer Not Found"),
    ("/// - `404`: Not Found", "/// - `404`: Not Found any more"),
    ("/// - `404`: Not Found", "/// - `410`: Not Found"),
    (
        "/// - `200`: OK\n    ///   - `application/json`: `Customer`",
        "/// - `200`: OK\n    ///   - `application/xml`: `Customer`",
    ),
    (
        "/// - `403`: Forbidden\n    ///   - `application/json`: `ApiError`",
        "/// - `403`: Forbidden\n    ///   - `application/json`: `Customer`",
    ),
    ("`{\"code\":\"NOT_FOUND\",\"description\":\"Not found\"}`", "`{\"code\":\"NOT_FOUND\",\"description\":\"Gone\"}`"),
    (
        "such as [`Customer::example`](types::Customer::example)",
        "such as [`ApiError::example`](types::ApiError::example)",
    ),
    ("(integer, format `int64`): How many seconds are left", "(integer, format `int64`): How many minutes are left"),
    ("header `rateLimit-remaining` (integer", "header `rateLimit-left` (integer"),
    ("header `rateLimit-limit` (integer, format", "header `rateLimit-limit` (string, format"),
    (
        "    /// `rateLimit-limit` (integer, format `int64`): How many calls are allowed",
        "    /// `rateLimit-limit` (integer, format `int64`): How many calls are made",
    ),
    ("    /// `rateLimit-limit` (integer, format `int64`)", "    /// `rateLimit-limit` (integer, format `int32`)"),
    ("    /// `rateLimit-limit` (integer", "    /// `rateLimit-left` (integer"),
    (
        "(super::Client::get_customer): `200`, `429`\n    fn rate_limit_limit",
        "(super::Client::get_customer): `200`\n    fn rate_limit_limit",
    ),
    (
        "(super::Client::get_customer): `200`, `429`\n    fn rate_limit_limit",
        "(super::Client::get_customer): `200`, `429`, `500`\n    fn rate_limit_limit",
    ),
    ("/// Tags: `customers`", "/// Tags: `partners`"),
    ("/// - `lineworks` with `partner.read`", "/// - `lineworks` with `partner`"),
    ("/// - `lineworks` with `partner`\n", ""),
    ("/// Customer information\n    pub struct", "/// A customer\n    pub struct"),
    ("/// Tenant ID\n", "/// Domain ID\n"),
    (
        "/// JSON property `tenantId`, required; format `int64`; read-only: set by the server.",
        "/// JSON property `tenantId`, required; format `int64`.",
    ),
    (
        "/// JSON property `tenantId`, required; format `int64`;",
        "/// JSON property `tenantId`, required; format `int32`;",
    ),
    ("/// Example: `Asia/Tokyo`", "/// Example: `Asia/Seoul`"),
    ("    /// Example: `+81`\n", ""),
    ("/// JSON property `tenantId`, required;", "/// JSON property `tenant`, required;"),
    ("/// JSON property `memo`, optional;", "/// JSON property `memo`, required;"),
    ("/// JSON property `domain`, required.", "/// JSON property `domain`, optional."),
    (
        "/// JSON property `memo`, optional; at most `700` characters.",
        "/// JSON property `memo`, optional; at most `7001` characters.",
    ),
    (
        "/// JSON property `memo`, optional; at most `700` characters.",
        "/// JSON property `memo`, optional; at least `700` characters.",
    ),
    (
        "/// JSON property `memo`, optional; at most `700` characters.",
        "/// JSON property `memo`, optional; at most `700` bytes.",
    ),
    (
        "/// Customer code (up to 200 bytes)\n    ///\n    /// Constraints: at most `200` bytes in UTF-8.",
        "/// Customer code (up to 200 bytes)\n    ///\n    /// Constraints: at most `200` characters.",
    ),
    (
        "/// Customer code (up to 200 bytes)\n    ///\n    /// Constraints: at most `200` bytes in UTF-8.",
        "/// Customer code (up to 200 bytes)",
    ),
    ("    #[deprecated(note = \"Obsolete; always true.\")]\n", ""),
    ("#[deprecated(note = \"Obsolete; always true.\")]", "#[deprecated(note = \"Obsolete; always false.\")]"),
    ("#[deprecated(note = \"Obsolete; always true.\")]", "#[deprecated]"),
    ("    /// Phone number\n", "    /// Phone number\n    #[deprecated]\n"),
    ("KoKr = \"ko_KR\"", "/// `ko_KP`\n        KoKr = \"ko_KR\""),
    ("`privateEmail`, required; format `email`.", "`privateEmail`, required."),
    ("Values outside the list occur.", "Values outside the list do not occur."),
];

/// The same facts in other words; each by itself, and all at once.
const REWORDED: &[&[Edit<'_>]] = &[
    &[
        ("; at most `700` characters.", ". No longer than 700 code points."),
        ("at most `200` bytes in UTF-8.", "must not exceed 200 bytes (UTF-8)."),
        (
            "JSON property `tenantId`, required; format `int64`; read-only: set by the server.",
            "`tenantId`, read-only. An `int64`.",
        ),
        ("format `email`.", "checked as an email address (format: email)."),
    ],
    &[
        (
            "Sets `domainId` (path, required, integer, format `int64`): Domain ID, such as `10000001`",
            "The required path parameter `domainId`, an integer (`int64`). Domain ID. For example 10000001.",
        ),
        (
            "- `domain_id` (path, required, integer, format `int64`): Domain ID, such as `10000001`",
            "- Domain ID (`domain_id`): must be given; an integer of the format int64 in the path, e.g. `10000001`",
        ),
    ],
    &[
        ("# Responses", "# What comes back"),
        ("`: `Customer`, such as [`Customer::example`]", "` holds a [`types::Customer`]; see [`Customer::example`]"),
        ("`: `ApiError`, such as", "` with an `ApiError`; for example"),
        (
            "header `rateLimit-reset` (integer, format `int64`): How",
            "`rateLimit-reset`, a header with an integer (`int64`). How",
        ),
        ("Tags: `customers`", "Listed under `customers`."),
    ],
    &[
        (
            "A client of LINE WORKS Partner API.",
            "Calls the LINE WORKS Partner API. Cheap to clone; see [`Client::new`].",
        ),
        (
            "Version of the document: 0.1.0, in OpenAPI 3.0.3",
            "Generated from version 0.1.0 of the document (OpenAPI 3.0.3).",
        ),
        ("Licence of the API: MIT OR Apache-2.0,", "The API is licensed under MIT OR Apache-2.0:"),
        ("With an authorization code: users authorize at", "Authorization code flow. Authorization endpoint:"),
        (", tokens come from", "; token endpoint:"),
        ("`: The API server", "` — The API server"),
        ("## `lineworks`: OAuth 2.0", "## OAuth 2.0 (`lineworks`)"),
    ],
    &[
        ("Example: `Asia/Tokyo`", "For instance \"Asia/Tokyo\"."),
        ("JaJp = \"ja_JP\"", "/// Stands for `\"ja_JP\"`.\n        JaJp = \"ja_JP\""),
        ("/// One of:", "/// Any one of these security requirements is enough:"),
        ("- `lineworks` with `partner`", "- the scope `partner` of `lineworks`"),
        ("/// The arguments of [`Client", "/// A request to be sent, made by [`Client"),
    ],
];

fn found(edits: &[Edit<'_>]) -> Vec<String> {
    let directory = Path::new(SUBJECT.sources);
    let mut files = Sources::files(directory).expect("the sources are there");
    // What every client carries says nothing of the document.
    files.retain(|(module, _)| !module.starts_with("runtime"));
    for (from, to) in edits {
        let holders: Vec<_> = files.iter_mut().filter(|(_, text)| text.contains(from)).collect();
        assert!(!holders.is_empty(), "no source has: {from}");
        holders.into_iter().for_each(|(_, text)| *text = text.replace(from, to));
    }
    let document = Document::own().expect("the workspace has a document");
    let sources = Sources::parse(&files).expect("the sources are Rust");
    let mut found = Findings::of("documentation");
    judge(&document, &SUBJECT, &sources, &Account::default(), &mut found).expect("the document is one");
    found
        .differences
        .iter()
        .map(|found| format!("{:?} {} at {}: {}", found.problem, found.keyword, found.place, found.detail))
        .collect()
}

#[test]
fn what_the_client_says_is_so() {
    assert_eq!(found(&[]), Vec::<String>::new());
}

#[test]
fn whatever_is_falsified_is_noticed() {
    let missed: Vec<_> = FALSE.iter().filter(|edit| found(&[**edit]).is_empty()).collect();
    assert!(missed.is_empty(), "not noticed: {missed:#?}");
}

#[test]
fn other_words_for_the_same_are_no_difference() {
    for edits in REWORDED {
        assert_eq!(found(edits), Vec::<String>::new());
    }
    assert_eq!(found(&REWORDED.concat()), Vec::<String>::new());
}
