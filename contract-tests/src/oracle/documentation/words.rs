//! The usual words for what is neither a name nor a value of the document.

use super::markdown::has_word;

/// Words in small letters, each of which stands for all that begin with it.
pub(super) type Words = &'static [&'static str];

/// What is true, or what is of a kind, and the words by which it is told.
const WORDS: &[(&str, Words)] = &[
    ("required", &["required", "mandatory", "must", "always"]),
    ("optional", &["optional", "may", "can", "omit", "leave", "left", "unless", "default", "absent"]),
    ("deprecated", &["deprecat", "obsolete"]),
    ("nullable", &["null"]),
    ("allowEmptyValue", &["empty"]),
    ("allowReserved", &["reserved"]),
    ("explode", &["explod", "separate", "repeat", "join"]),
    ("exclusiveMinimum", &["exclu", "more", "greater", "above", "over"]),
    ("exclusiveMaximum", &["exclu", "less", "below", "under"]),
    ("uniqueItems", &["uniq", "twice", "duplicate", "distinct", "differ", "once"]),
    ("readOnly", &["read", "server", "respon", "receive"]),
    ("writeOnly", &["writ", "request", "sen"]),
    ("additionalProperties", &["other", "additional", "undeclared"]),
    ("authorizationCode", &["authorization"]),
    ("clientCredentials", &["client"]),
    ("implicit", &["implicit"]),
    ("password", &["password"]),
    ("string", &["string", "text"]),
    ("integer", &["integer", "whole number"]),
    ("number", &["number", "decimal", "float"]),
    ("boolean", &["boolean", "true or false", "flag"]),
    ("array", &["array", "list", "sequence"]),
    ("object", &["object", "map", "struct"]),
    ("oauth2", &["oauth"]),
    ("openIdConnect", &["openid"]),
    ("apiKey", &["key", "api key"]),
    ("mutualTLS", &["certificate", "mutual"]),
];

/// What is not told as one another, by a part of its keyword: a limit of one direction or unit, one URL as another.
#[rustfmt::skip]
const LIKE: &[&[(&str, Words)]] = &[
    &[
        ("min", &["least", "min", "more", "greater", "above", "over", "longer", "from", "no less", "no fewer"]),
        ("max", &["most", "max", "less", "fewer", "below", "under", "shorter", "up to", "no longer", "no more", "not exceed"]),
    ],
    &[
        ("Length", &["character", "code point", "letter"]), ("Bytes", &["byte", "octet"]),
        ("Items", &["item", "element", "entr"]), ("Contains", &["item", "element", "entr"]),
        ("Properties", &["propert", "member"]),
    ],
    &[("authorizationUrl", &["authori"]), ("tokenUrl", &["token", "issue"]), ("refreshUrl", &["refresh", "renew"])],
];

/// The words for what is true or of a kind.
pub(super) fn words(name: &str) -> Option<Words> {
    WORDS.iter().find(|(known, _)| *known == name).map(|(_, words)| *words)
}

/// Whether a keyword is a limit, or one of several URLs.
pub(super) fn has_like(keyword: &str) -> bool {
    LIKE.iter().any(|all| all.iter().any(|(part, _)| keyword.contains(part)))
}

/// Whether a clause speaks of the like of a keyword, and not of it.
pub(super) fn is_mistaken(clause: &str, keyword: &str) -> bool {
    LIKE.iter().any(|all| {
        let (own, others): (Vec<_>, Vec<_>) = all.iter().partition(|(part, _)| keyword.contains(part));
        let says = |some: &[&(&str, Words)]| some.iter().any(|(_, words)| has_word(clause, words));
        !own.is_empty() && says(&others) && !says(&own)
    })
}
