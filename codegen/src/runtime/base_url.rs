//! Which URLs a client may be given, and which it may send a token to.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::{ClientBuilder, Url};

/// Why there is no client.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// No base URL was given, and the document names none.
    NoBaseUrl,
    /// The base URL cannot be used; the text says why, and what to write.
    BaseUrl(String),
    /// A token would go over the network as plain text.
    PlainHttp {
        /// The host that it would go to.
        host: String,
    },
    /// The HTTP client could not be set up, for want of a TLS backend for example.
    Http(reqwest::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBaseUrl => f.write_str("there is no base URL: give one to the builder"),
            Self::BaseUrl(message) => f.write_str(message),
            Self::PlainHttp { host } => f.write_str(&plain_http(host)),
            Self::Http(error) => write!(f, "the HTTP client cannot be set up: {error}"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            _ => None,
        }
    }
}

/// What to say where a token would go over the network as plain text.
pub(crate) fn plain_http(host: &str) -> String {
    format!("the token would go to {host} unencrypted: write https:// (http:// is for loopback addresses only)")
}

/// The base URL without a slash at its end.
pub(crate) fn checked(given: &str) -> Result<Url, BuildError> {
    let refused = |words: String| Err(BuildError::BaseUrl(words));
    let whole = given;
    let given = printable(given);
    if whole.contains('@') {
        return refused(
            "the base URL holds a user's name or password: give them to the builder as credentials".to_owned(),
        );
    }
    let Ok(url) = Url::parse(whole.trim_end_matches('/')) else {
        return refused(match given.contains("://") {
            true => format!("the base URL {given:?} is not a URL"),
            false => format!("the base URL {given:?} has no scheme: write https://{given}"),
        });
    };
    // Whoever writes `localhost:8080` has written a URL with the scheme `localhost`.
    if !matches!(url.scheme(), "http" | "https") {
        return refused(match given.contains("://") {
            true => format!("the base URL begins with {}://; only https:// (and http://) will do", url.scheme()),
            false => format!("the base URL {given:?} has no scheme: write https://{given}"),
        });
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refused(format!("the base URL {given:?} goes on after its path: leave out what begins with ? or #"));
    }
    Ok(url)
}

/// As much of a URL as can be shown: no user's name or password, and nothing behind the path, where keys may be.
pub(crate) fn printable(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path.contains('@') { "[REDACTED]" } else { path }
}

/// Whether what is sent there can be read on the way.
pub(crate) fn is_open(url: &Url) -> bool {
    url.scheme() != "https" && !url.host_str().is_some_and(is_loopback)
}

/// Whether a URL's host is a name for this machine that a resolver may know nothing of, and look for in the network.
pub(crate) fn is_resolved_elsewhere(url: &Url) -> bool {
    url.scheme() != "https" && url.host_str().is_some_and(|host| host.ends_with(".localhost"))
}

/// Keeps what goes to a plain http URL from being read on the way: no proxy of the environment is used, and a name for this
/// machine leads to this machine (RFC 6761, section 6.3), whatever a resolver would make of it.
pub(crate) fn direct(http: ClientBuilder, url: &Url) -> ClientBuilder {
    if url.scheme() == "https" {
        return http;
    }
    let http = http.no_proxy();
    match url.host_str().filter(|host| *host == "localhost" || host.ends_with(".localhost")) {
        // The port is the URL's.
        Some(host) => http.resolve_to_addrs(host, &LOOPBACK.map(|address| SocketAddr::new(address, 0))),
        None => http,
    }
}

const LOOPBACK: [IpAddr; 2] = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || host.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// Whether a host is one of the domains, or within one.
pub(crate) fn is_within(host: &str, domains: &[String]) -> bool {
    domains.iter().any(|domain| {
        let rest = host.len().checked_sub(domain.len()).and_then(|start| host.get(start..).map(|end| (start, end)));
        rest.is_some_and(|(start, end)| {
            end.eq_ignore_ascii_case(domain) && (start == 0 || host.as_bytes().get(start - 1) == Some(&b'.'))
        })
    })
}
