//! The edits that nobody notices yet, each with what the client would have to say. The command counts them as survivors;
//! the suite fails where one is missing here, and where an entry no longer covers any.

use super::trial::Trial;

/// One kind of edit that is not noticed.
#[derive(Debug)]
pub struct Gap {
    /// Where the edit is; a `*` at the end stands for any rest.
    pub place: &'static str,
    /// What the edit says of itself begins so; empty for every edit of the place.
    pub what: &'static str,
    /// What would make it observable.
    pub wanting: &'static str,
}

/// All of them.
pub const GAPS: &[Gap] = &[
    gap(
        "/components/headers/*",
        "",
        "the type, the format, the bounds and the flags of an answer's header, as data or in the call's documentation",
    ),
    gap(
        "/components/responses/*",
        "example",
        "each error answer's own example, beside its status in the call's documentation",
    ),
    gap("/components/securitySchemes/*", "", "the scheme's words, URLs and scopes, in the call's section on access"),
    gap("/info", "contact", "who to ask, in the client's documentation"),
    gap("/info", "license", "the API's licence, in the client's documentation"),
    gap("/info", "termsOfService", "the terms of service, in the client's documentation"),
    gap("/info/contact", "", "who to ask, in the client's documentation"),
    gap("/info/license", "", "the API's licence, in the client's documentation"),
    gap("", "servers", "the servers beside the first one"),
    gap("/servers/0", "description", "the server's words, at `DEFAULT_BASE_URL`"),
    gap("", "tags", "the words of the document's tags"),
    gap("/tags/0", "description", "the words of the document's tags"),
    gap("/paths/~1partners~1customers~1{domainId}", "summary", "the words of a path, at its calls"),
    gap("/paths/~1partners~1customers~1{domainId}", "description", "the words of a path, at its calls"),
    gap(
        "/paths/~1partners~1customers~1{domainId}/get/parameters/0",
        "deprecated",
        "an argument's deprecation, at its setter",
    ),
    gap(
        "/paths/~1partners~1customers~1{domainId}/get/parameters/0/schema",
        "",
        "the default, the flags and the words of an argument's schema, at its setter",
    ),
];

const fn gap(place: &'static str, what: &'static str, wanting: &'static str) -> Gap {
    Gap { place, what, wanting }
}

impl Gap {
    /// Whether it covers a survivor.
    pub fn covers(&self, trial: &Trial) -> bool {
        let place = trial.pointer.as_str();
        let here = match self.place.strip_suffix('*') {
            Some(start) => place.starts_with(start),
            None => place == self.place,
        };
        here && trial.what.starts_with(self.what)
    }
}
