//! The faults that nobody notices, each with its reason. One that is noticed after all fails the command.

/// The names of faults, and why nobody notices them.
pub const SURVIVORS: &[(&str, &str)] = &[
    (
        "another-name-of-a-property-without-violations",
        "The name is told with a violation alone, and a required string without limits that decodes has none.",
    ),
    ("strings-stand-where-they-are-used", "A schema that stands where it is used means what a reference to it means."),
    (
        "retry-after-with-blanks-does-not-count",
        "Blanks around a header's value are no part of it (RFC 9110, section 5.5): hyper takes them off.",
    ),
    (
        "every-method-is-repeatable",
        "The document has no method but GET. Where one has others, the failure matrix counts what is sent.",
    ),
    (
        "the-time-to-connect-is-not-kept",
        "A host that neither takes a connection nor refuses it is none that a test has without a network.",
    ),
    (
        "a-credential-is-not-marked-as-sensitive",
        "The mark is for logs of the HTTP client and for the compression of HTTP/2, where no test looks.",
    ),
    ("a-broken-body-shows-its-url", "reqwest names no URL where a body breaks off: taking it off is a precaution."),
    (
        "a-token-goes-unencrypted",
        "No client is built that has a token and such a base URL; only an operation with a server of its own gets as far, of \
         which the document has none.",
    ),
    (
        "an-unstated-lifetime-is-an-hour",
        "A token without a stated lifetime is renewed after a minute, for which no test waits.",
    ),
];
