//! What a caller asks of one call, beside its arguments.

use std::fmt;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::{Draft, Refusal};

/// What holds for one call instead of what its client does.
#[derive(Clone, Default)]
pub struct CallOptions(Option<Box<Asked>>);

#[derive(Clone, Default)]
struct Asked {
    timeout: Option<Duration>,
    retries: Option<u32>,
    headers: HeaderMap,
    refused: Option<String>,
}

impl CallOptions {
    /// What the client does.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the call may take with all its attempts and waits, instead of the client's two limits.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.asked().timeout = Some(limit);
        self
    }

    /// The maximum number of retries of the call, instead of the client's.
    #[must_use]
    pub fn retries(mut self, most: u32) -> Self {
        self.asked().retries = Some(most);
        self
    }

    /// A header beside those of the document; in the place of one that the client would send. One that is given twice is sent
    /// twice. What HTTP cannot carry is an [`Error::InvalidRequest`](super::Error::InvalidRequest) of the call.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let name = name.as_ref();
        match (HeaderName::try_from(name), HeaderValue::try_from(value.as_ref())) {
            (Ok(name), Ok(value)) => {
                self.asked().headers.append(name, value);
            }
            // The value may be a secret.
            _ => self.asked().refused = Some(format!("header `{}`: HTTP cannot carry it", name.escape_debug())),
        }
        self
    }

    pub(crate) fn limit(&self) -> Option<Duration> {
        self.0.as_ref()?.timeout
    }

    pub(crate) fn most_retries(&self) -> Option<u32> {
        self.0.as_ref()?.retries
    }

    /// Gives a request the caller's headers.
    pub(crate) fn apply(&mut self, request: &mut Draft) -> Result<(), Refusal> {
        let Some(asked) = &mut self.0 else { return Ok(()) };
        if let Some(refused) = asked.refused.take() {
            return Err(refused.into());
        }
        for name in asked.headers.keys() {
            request.headers_mut().remove(name);
        }
        request.headers_mut().extend(std::mem::take(&mut asked.headers));
        Ok(())
    }

    fn asked(&mut self) -> &mut Asked {
        self.0.get_or_insert_default()
    }
}

/// A header's value may be a secret: names are shown alone.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.as_ref().map(|asked| asked.headers.keys().collect::<Vec<_>>()).unwrap_or_default();
        f.debug_struct("CallOptions")
            .field("timeout", &self.limit())
            .field("retries", &self.most_retries())
            .field("headers", &names)
            .finish()
    }
}

/// What every operation's builder does beside taking arguments. An operation that has a parameter of the same name as one of
/// these methods goes without that method.
macro_rules! call {
    ($name:ident($id:literal, $method:literal, $path:literal), $security:expr, $success:ty) => {
        $crate::generated::runtime::call_awaited!($name($id, $method, $path), $security, $success);
        $crate::generated::runtime::call_timeout!($name);
        $crate::generated::runtime::call_retries!($name);
        $crate::generated::runtime::call_header!($name);
    };
}
pub(crate) use call;

macro_rules! call_awaited {
    ($name:ident($id:literal, $method:literal, $path:literal), $security:expr, $success:ty) => {
        impl $name<'_> {
            /// The security requirements: any one of these alternatives, all of whose schemes must be satisfied.
            pub const SECURITY: $crate::generated::runtime::Security = $security;

            /// The operation: its id, its method and its path.
            pub const OPERATION: $crate::generated::runtime::Operation =
                $crate::generated::runtime::Operation::new($id, $method, $path, Self::SECURITY);

            /// Replaces the options of this call: its time limit, its number of retries and its headers.
            #[must_use]
            pub fn call_options(mut self, options: $crate::generated::runtime::CallOptions) -> Self {
                self.call_options = options;
                self
            }
        }

        /// Awaiting the builder sends the request, as `send` does.
        impl<'a> ::std::future::IntoFuture for $name<'a> {
            type Output = ::std::result::Result<
                $crate::generated::runtime::ResponseValue<$success>,
                $crate::generated::runtime::Error,
            >;
            type IntoFuture = ::std::pin::Pin<::std::boxed::Box<dyn ::std::future::Future<Output = Self::Output> + ::std::marker::Send + 'a>>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.send())
            }
        }
    };
}
pub(crate) use call_awaited;

macro_rules! call_timeout {
    ($name:ident) => {
        impl $name<'_> {
            /// How long this call may take with all its attempts and waits, instead of the client's limits.
            #[must_use]
            pub fn timeout(mut self, limit: ::std::time::Duration) -> Self {
                self.call_options = self.call_options.timeout(limit);
                self
            }
        }
    };
}
pub(crate) use call_timeout;

macro_rules! call_retries {
    ($name:ident) => {
        impl $name<'_> {
            /// The maximum number of retries of this call, instead of the client's.
            #[must_use]
            pub fn retries(mut self, most: u32) -> Self {
                self.call_options = self.call_options.retries(most);
                self
            }
        }
    };
}
pub(crate) use call_retries;

macro_rules! call_header {
    ($name:ident) => {
        impl $name<'_> {
            /// Adds a header to the request, in place of one of the same name that the client would send.
            #[must_use]
            pub fn header(
                mut self,
                name: impl ::std::convert::AsRef<str>,
                value: impl ::std::convert::AsRef<str>,
            ) -> Self {
                self.call_options = self.call_options.header(name, value);
                self
            }
        }
    };
}
pub(crate) use call_header;


/// Sends the request that a builder makes of its arguments, and reads the response by its status: each arm has in brackets the function
/// that reads it, with its further arguments, and the variant that the value becomes. Ahead of it stands the type of an error's value,
/// `error(Type)`, which is JSON unless a function is named. A status without an arm is unexpected, unless `else` says what reads it. Bodies are read to their end, unless the arms that leave one to the
/// caller are called `open`.
macro_rules! sent {
    ($builder:ident($($accept:expr)?), open $($status:pat => $read:tt),* $(; else $other:tt)?) => {
        $crate::generated::runtime::sent!(
            $builder($($accept)?),
            |client| $crate::generated::runtime::ByStatus::within(&client.settings, |status| match status {
                $($status => $crate::generated::runtime::is_open!($read),)*
                _ => $crate::generated::runtime::is_open!($($other)?),
            }),
            $($status => $read),*
            $(; else $other)?
        )
    };
    ($builder:ident($($accept:expr)?), |$client:ident| $reading:expr, $($status:pat => $read:tt),* $(; else $other:tt)?) => {{
        let ($client, options) = ($builder.client, $builder.call_options.clone());
        let request = $builder.request();
        $(let request = request.map(|request| request.accept(const { ::reqwest::header::HeaderValue::from_static($accept) }));)?
        let reading = $reading;
        let response = $client.transport.call(&$client.client, &Self::OPERATION, request, options, reading).await?;
        match response.status().as_u16() {
            $($status => $crate::generated::runtime::read!($client response $read),)*
            _ => $crate::generated::runtime::read!($client response $($other)?),
        }
    }};
    ($builder:ident($($accept:expr)?), $($status:pat => $read:tt),* $(; else $other:tt)?) => {
        $crate::generated::runtime::sent!(
            $builder($($accept)?),
            |client| $crate::generated::runtime::Whole::within(&client.settings),
            $($status => $read),*
            $(; else $other)?
        )
    };
}

/// Reads a response as an arm says.
macro_rules! read {
    ($client:ident $response:ident) => { $crate::generated::runtime::read!($client $response [unexpected]) };
    ($client:ident $response:ident [error($error:ty)]) => {
        $crate::generated::runtime::error_response::<_, $error>($response, &$client.settings).await
    };
    ($client:ident $response:ident [error($error:ty) $($read:tt)+]) => {
        $crate::generated::runtime::described::<_, $error>($crate::generated::runtime::read!($client $response [$($read)+]))
    };
    ($client:ident $response:ident [$read:ident $(, $argument:expr)* => $variant:expr]) => {
        $crate::generated::runtime::read!($client $response [$read $(, $argument)*])
            .map(|read| $crate::generated::runtime::ResponseValue::map(read, $variant))
    };
    ($client:ident $response:ident [$read:ident $(, $argument:expr)*]) => {
        $crate::generated::runtime::$read($response, &$client.settings $(, $argument)*).await
    };
}

/// Whether an arm leaves the body to the caller.
macro_rules! is_open {
    () => { false };
    ([error($error:ty) $($read:tt)*]) => { $crate::generated::runtime::is_open!([$($read)*]) };
    ([stream $($other:tt)*]) => { true };
    ([events $($other:tt)*]) => { true };
    ([items $($other:tt)*]) => { true };
    ([$($other:tt)*]) => { false };
}
pub(crate) use {is_open, read, sent};
