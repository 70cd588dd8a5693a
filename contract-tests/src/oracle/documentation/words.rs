//! The usual words for what is neither a name nor a value of the document.

/// Words in small letters, each of which stands for all that begin with it.
pub(super) type Words = &'static [&'static str];

/// What is true or not, and the words by which it is told where it is true.
pub(super) const FLAGS: &[(&str, Words)] = &[
    ("required", &["required", "mandatory", "must"]),
    ("deprecated", &["deprecat", "obsolete"]),
    ("nullable", &["null"]),
    ("allowEmptyValue", &["empty"]),
    ("allowReserved", &["reserved"]),
    ("exclusiveMinimum", &["exclu", "more", "greater", "above", "over"]),
    ("exclusiveMaximum", &["exclu", "less", "below", "under"]),
    ("uniqueItems", &["uniq", "twice", "duplicate", "distinct", "differ", "once"]),
    ("readOnly", &["read", "server", "respon", "receive"]),
    ("writeOnly", &["writ", "request", "sen"]),
];
/// By which it is told that a parameter or a body may be left out.
pub(super) const OPTIONAL: Words = &["optional", "may", "can", "omit", "leave", "left", "unless", "default"];

/// Words for what is limited. A limit of one is not told as one of another.
pub(super) const UNITS: &[Words] = &[
    &[],
    &["character", "code point", "letter"],
    &["byte", "octet"],
    &["item", "element", "entr"],
    &["propert", "member"],
];

/// URLs that are not told as one another, and the words for each.
pub(super) const URLS: &[Words] = &[&["authori"], &["token", "issue"], &["refresh", "renew"]];
/// The keywords of these URLs.
pub(super) const URL_KEYS: [&str; 3] = ["authorizationUrl", "tokenUrl", "refreshUrl"];

/// Values that are told by a word.
pub(super) const KINDS: &[(&str, Words)] = &[
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
