//! Which redirects are followed, where the token goes, and which URLs a client may be given.

use super::super::fault::{Fault, switched};

const TRANSPORT: &str = "generated/runtime/transport.rs";
const BASE_URL: &str = "generated/runtime/base_url.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("a-token-goes-elsewhere-unencrypted", TRANSPORT, "Transport::target", r#"target.scheme() == "https""#, "true"),
    switched("a-token-goes-to-any-host", TRANSPORT, "Transport::target", "is_within(target.host_str()?, &self.trusted)", "true"),
    switched("a-token-goes-to-any-port", TRANSPORT, "Transport::target", "target.origin() == origin.url().origin()", "target.host_str() == origin.url().host_str()"),
    switched("no-redirect-within-the-server", TRANSPORT, "Transport::target", "target.origin() == origin.url().origin()", "false"),
    switched("a-307-is-not-followed", TRANSPORT, "Transport::target", "true", "false"),
    switched("a-302-is-not-followed", TRANSPORT, "Transport::target", "matches!(*origin.method(), Method::GET | Method::HEAD)", "false"),
    switched("a-circle-is-followed-once-more", TRANSPORT, "Redirects::follow", "0..REDIRECTS", "0..REDIRECTS + 1"),
    switched("a-circle-is-followed-less", TRANSPORT, "Redirects::follow", "0..REDIRECTS", "0..REDIRECTS - 1"),
    switched("a-redirect-is-relative-to-the-first-url", TRANSPORT, "Redirects::follow", "target.as_ref().unwrap_or(request.url())", "request.url()"),
    switched("a-redirect-loses-the-token", TRANSPORT, "Redirects::follow", "attach(&mut request, self.held)?", "()"),
    switched("a-redirect-is-sent-otherwise", TRANSPORT, "Redirects::follow", "request.url_mut().clone_from(&next)", r#"{ request.url_mut().clone_from(&next); request.headers_mut().remove("accept"); }"#),
    switched("reqwest-follows-redirects", "generated/runtime/connect.rs", "ClientBuilder::build", "redirect::Policy::none()", "redirect::Policy::limited(10)"),
    switched("a-host-that-ends-alike-is-trusted", BASE_URL, "is_within", "start == 0 || host.as_bytes().get(start - 1) == Some(&b'.')", "true"),
    switched("a-subdomain-is-not-trusted", BASE_URL, "is_within", "start == 0 || host.as_bytes().get(start - 1) == Some(&b'.')", "start == 0"),
    switched("a-domain-itself-is-not-trusted", BASE_URL, "is_within", "start == 0 || host.as_bytes().get(start - 1) == Some(&b'.')", "start != 0 && host.as_bytes().get(start - 1) == Some(&b'.')"),
    switched("a-domain-in-another-case-is-not-trusted", BASE_URL, "is_within", "end.eq_ignore_ascii_case(domain)", "end == domain.to_uppercase()"),
    switched("another-domain-is-trusted", "connect.rs", "Client::builder", "DOMAINS.into_iter()", r#"[DOMAINS[0], "example.com"].into_iter()"#),
    switched("one-domain-is-trusted", "connect.rs", "Client::builder", "DOMAINS.into_iter()", "[DOMAINS[0], DOMAINS[0]].into_iter()"),
    switched("a-domain-is-not-kept", "generated/runtime/connect.rs", "ClientBuilder::trusted_domain", "self.transport.trusted.push(domain.into())", "drop(domain.into())"),
    switched("any-url-is-encrypted", BASE_URL, "is_open", r#"url.scheme() != "https""#, "false"),
    switched("a-host-that-ends-in-localhost-is-this-machine", BASE_URL, "is_loopback", r#"host.ends_with(".localhost")"#, r#"host.ends_with("localhost")"#),
    switched("a-private-address-is-this-machine", BASE_URL, "is_loopback", "address.is_ok_and(|address| address.is_loopback())", "address.is_ok()"),
    switched("plain-http-goes-by-the-proxy", BASE_URL, "direct", "http.no_proxy()", "http"),
    switched("a-base-url-may-hold-a-password", BASE_URL, "checked", "whole.contains('@')", "false"),
    switched("a-base-url-may-have-a-query", BASE_URL, "checked", "url.query().is_some() || url.fragment().is_some()", "false"),
    switched("a-base-url-of-any-scheme", BASE_URL, "checked", r#"!matches!(url.scheme(), "http" | "https")"#, "false"),
    switched("a-token-goes-unencrypted", TRANSPORT, "Transport::held", "is_open(url) && !self.plain_http", "false"),
    switched("a-plain-token-is-not-let-through", "generated/runtime/connect.rs", "ClientBuilder::allow_plain_http", "self.transport.plain_http = true", "()"),
    switched("a-name-below-localhost-is-looked-up", BASE_URL, "direct", r#"host.ends_with(".localhost")"#, "false"),
];
