//! What is expanded once for each client: the functions that touch its runtime.

/// The builder of a client that is set up like this, save for its credentials.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_builder {
    ($client:ty, $setup:ident) => {{
        // The judge's own servers ask for no patience ahead of a retry.
        let shortly = ::std::time::Duration::from_millis(2);
        let mut builder = <$client>::builder()
            .base_url(&$setup.base_url)
            .strict($setup.strict)
            .retries($setup.retries)
            .backoff(shortly, shortly);
        if let Some(bytes) = $setup.max_body {
            builder = builder.max_body(bytes);
        }
        if let Some(timeout) = $setup.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(host) = &$setup.trusted {
            builder = builder.trusted_domain(host);
        }
        builder
    }};
}

/// The functions of one client's bindings, in a module `seam`. The imports are all that the judge uses of a client beside
/// its types, its builders and its calls.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_runtime {
    ($($client:ident)::+) => {
        mod seam {
            use $($client)::+::{Client, ClientInfo};
            use $($client)::+::runtime::{
                Conformance, DecodeError, Decoded as Value, Error, Place, Reason, ResponseValue, Security, StaticCredentials, Violation,
                decode as decode_json, violations_of,
            };
            use $crate::client::{About, Called, Connected, Decoded, ELSEWHERE, Fault, Kind, Need, Setup};
            use $crate::document::Pointer;
            use $crate::exports::serde::{Serialize, de::DeserializeOwned};
            use $crate::exports::serde_json;

            pub fn connect(setup: &Setup) -> Result<Connected, String> {
                let mut builder = $crate::__client_builder!(Client, setup);
                if setup.token.is_some() || !setup.credentials.is_empty() {
                    let any = setup.token.as_ref().map(StaticCredentials::token).unwrap_or_default();
                    let all = setup.credentials.iter().fold(any, |all, (scheme, credential)| all.with(scheme, credential));
                    builder = builder.credentials(all);
                }
                builder.build().map(Connected::new).map_err(|error| error.to_string())
            }

            pub fn defaults() -> String {
                format!("{:?}", Client::builder())
            }

            pub fn about() -> About {
                fn base_url(built: Result<Client, impl ToString>) -> String {
                    built.map_or_else(|error| error.to_string(), |client| client.baseurl().to_owned())
                }
                About {
                    version: Client::api_version().to_owned(),
                    base_urls: vec![
                        ("Client::new", base_url(Client::new(ELSEWHERE))),
                        ("ClientBuilder::base_url", base_url(Client::builder().base_url(ELSEWHERE).build())),
                    ],
                }
            }

            pub fn client(connected: &Connected) -> Option<Client> {
                connected.client()
            }

            pub fn decode<T: Serialize + DeserializeOwned + Conformance>(text: &[u8]) -> Result<Decoded, Fault> {
                let value: T = decode_json(text).map_err(|error| located(&error))?;
                let encoded = serde_json::to_value(&value).map_err(|error| Fault {
                    pointer: Pointer::root(),
                    message: format!("decoded, but not encoded: {error}"),
                })?;
                let found = violations_of(&value, text);
                let printed = found.iter().map(|one| (violation(one), one.to_string())).collect();
                Ok(Decoded { encoded, kept: listed(&value.conformance()), strict: listed(&found), printed })
            }

            /// Decodes a value and makes the builder of it that `begin` makes without one.
            #[allow(dead_code, reason = "a document may have no object")]
            pub fn rebuilt<T: DeserializeOwned, B: From<T>>(_begin: fn() -> B, text: &[u8]) -> Result<B, Fault> {
                decode_json::<T>(text).map(B::from).map_err(|error| located(&error))
            }

            fn located(error: &DecodeError) -> Fault {
                Fault { pointer: Pointer::written(&error.pointer), message: error.to_string() }
            }

            fn listed(found: &[Violation]) -> Vec<$crate::oracle::Violation> {
                let mut listed: Vec<_> = found.iter().map(violation).collect();
                listed.sort();
                // What two schemas refuse alike is one fault of the value.
                listed.dedup();
                listed
            }

            fn violation(found: &Violation) -> $crate::oracle::Violation {
                $crate::oracle::Violation {
                    pointer: Pointer::written(&found.pointer),
                    keyword: found.keyword.to_string(),
                }
            }

            #[allow(dead_code, reason = "a document may have no operation")]
            pub fn needs(security: Security) -> Vec<Vec<Need>> {
                let place = |place: &Place| match place {
                    Place::Authorization(scheme) => format!("authorization {}", scheme.to_lowercase()),
                    Place::Header(name) => format!("header {name}"),
                    Place::Query(name) => format!("query {name}"),
                    Place::Cookie(name) => format!("cookie {name}"),
                    other => format!("{other:?}"),
                };
                let need = |one: &$($client)::+::runtime::Requirement| Need {
                    scheme: one.scheme.to_owned(),
                    place: place(&one.place),
                    scopes: one.scopes.iter().map(|scope| (*scope).to_owned()).collect(),
                };
                security.iter().map(|together| together.iter().map(need).collect()).collect()
            }

            #[allow(dead_code, reason = "a document may have no operation")]
            pub fn succeeded<T>(response: &ResponseValue<T>) -> Called {
                Called {
                    kind: Kind::Value,
                    status: Some(response.status().as_u16()),
                    headers: headers(response.headers()),
                    raw: Some(response.body().to_vec()),
                    ..Called::default()
                }
            }

            /// The result of a failed call, and its body where the document describes one.
            #[allow(dead_code, reason = "a document may have no operation")]
            pub fn failed(error: Error) -> (Called, Option<Value>) {
                let mut called = Called {
                    kind: kind(&error),
                    status: error.status().map(|status| status.as_u16()),
                    headers: error.headers().map(headers).unwrap_or_default(),
                    raw: error.body().map(|body| body.to_vec()),
                    retryable: error.is_retryable(),
                    ..Called::default()
                };
                match error {
                    Error::ErrorResponse(response) => return (called, Some(response.into_inner())),
                    Error::UnexpectedResponse(unexpected) => match &unexpected.reason {
                        Reason::Body(error) => called.fault = Some(located(error)),
                        other => called.fault = Some(unlocated(format!("{other:?}"))),
                    },
                    Error::InvalidRequest(refusal) => called.fault = Some(unlocated(refusal.to_string())),
                    Error::Communication(error) => called.fault = Some(unlocated(format!("{error:?}"))),
                    Error::Credentials(error) => called.fault = Some(unlocated(error.to_string())),
                    Error::Nonconforming(error) => called.fault = Some(unlocated(error.to_string())),
                    _ => {}
                }
                (called, None)
            }

            /// A response in which a header has these values.
            #[allow(dead_code, reason = "no response may have a header")]
            pub fn with_header(name: &str, values: &[&str]) -> Result<$crate::exports::HeaderMap, String> {
                let mut headers = $crate::exports::HeaderMap::new();
                for value in values {
                    let name = $crate::exports::HeaderName::try_from(name).map_err(|error| error.to_string())?;
                    headers.append(name, value.parse().map_err(|_| "no header can carry it".to_owned())?);
                }
                Ok(headers)
            }

            fn unlocated(message: String) -> Fault {
                Fault { pointer: Pointer::root(), message }
            }

            fn headers(headers: &$crate::exports::HeaderMap) -> Vec<(String, String)> {
                let shown = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
                headers.iter().map(|(name, value)| (name.as_str().to_owned(), shown(value.as_bytes()))).collect()
            }

            fn kind(error: &Error) -> Kind {
                match error {
                    Error::InvalidRequest(_) => Kind::InvalidRequest,
                    Error::Communication(_) => Kind::Communication,
                    Error::Credentials(_) => Kind::Credentials,
                    Error::ErrorResponse(_) | Error::ErrorStatus(_) => Kind::ErrorResponse,
                    Error::Nonconforming(_) => Kind::Nonconforming,
                    Error::UnexpectedResponse(unexpected) => match unexpected.reason {
                        Reason::Status => Kind::Status,
                        Reason::ContentType { .. } => Kind::ContentType,
                        Reason::Body(_) => Kind::Body,
                        Reason::TooLarge(_) => Kind::TooLarge,
                        Reason::Interrupted(_) => Kind::Interrupted,
                        Reason::RepeatedPage => Kind::RepeatedPage,
                        _ => Kind::Other,
                    },
                    _ => Kind::Other,
                }
            }
        }
    };
}
