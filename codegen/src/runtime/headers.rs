//! The headers of responses, as the types that they are.

use std::borrow::Cow;
use std::fmt;

use reqwest::header::HeaderMap;

use super::{Error, RawResponse, ResponseValue};

/// What has the headers of a response: a response, an error that comes with one, or the headers themselves.
pub trait Headed: sealed::Sealed {
    /// The headers, where there was a response.
    #[doc(hidden)]
    fn received(&self) -> Option<&HeaderMap>;
}

mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for HeaderMap {}

impl Headed for HeaderMap {
    fn received(&self) -> Option<&HeaderMap> {
        Some(self)
    }
}

impl sealed::Sealed for RawResponse {}

impl Headed for RawResponse {
    fn received(&self) -> Option<&HeaderMap> {
        Some(self.headers())
    }
}

impl<T> sealed::Sealed for ResponseValue<T> {}

impl<T> Headed for ResponseValue<T> {
    fn received(&self) -> Option<&HeaderMap> {
        Some(self.headers())
    }
}

impl sealed::Sealed for Error {}

impl Headed for Error {
    fn received(&self) -> Option<&HeaderMap> {
        self.headers()
    }
}

/// A header that is there and is not what the document says. Its value is not shown: it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static str,
    expected: &'static str,
}

impl HeaderError {
    /// The header's name, as the document has it.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header `{}` is not {}", self.name, self.expected)
    }
}

impl std::error::Error for HeaderError {}

/// What one value of a header can be.
pub(crate) trait Scalar: Sized {
    const EXPECTED: &'static str;

    fn scalar(text: &str) -> Option<Self>;
}

macro_rules! integer_headers {
    ($(($integer:ty))*) => {$(
        impl Scalar for $integer {
            const EXPECTED: &'static str = "an integer of its range";

            fn scalar(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}

integer_headers!((i8)(i16)(i32)(i64)(i128)(u8)(u16)(u32)(u64));

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";

    fn scalar(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

impl Scalar for bool {
    const EXPECTED: &'static str = "`true` or `false`";

    fn scalar(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Scalar for String {
    const EXPECTED: &'static str = "text";

    fn scalar(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

/// A header of one value. One that comes in several lines is what they are together (RFC 9110, section 5.3).
pub(crate) fn header<T: Scalar>(headers: Option<&HeaderMap>, name: &'static str) -> Result<Option<T>, HeaderError> {
    let Some(text) = text(headers, name)? else { return Ok(None) };
    T::scalar(&text).map(Some).ok_or(HeaderError { name, expected: T::EXPECTED })
}

/// A header of several values, which commas divide.
pub(crate) fn header_list<T: Scalar>(
    headers: Option<&HeaderMap>,
    name: &'static str,
) -> Result<Option<Vec<T>>, HeaderError> {
    let Some(text) = text(headers, name)? else { return Ok(None) };
    if text.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let items = text.split(',').map(|item| T::scalar(item.trim()));
    items.collect::<Option<Vec<T>>>().map(Some).ok_or(HeaderError { name, expected: "a list of what the document says" })
}

/// A header that is JSON.
pub(crate) fn header_json(
    headers: Option<&HeaderMap>,
    name: &'static str,
) -> Result<Option<serde_json::Value>, HeaderError> {
    let Some(text) = text(headers, name)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|_| HeaderError { name, expected: "JSON" })
}

fn text<'h>(headers: Option<&'h HeaderMap>, name: &'static str) -> Result<Option<Cow<'h, str>>, HeaderError> {
    let mut all: Option<Cow<'h, str>> = None;
    for value in headers.iter().flat_map(|headers| headers.get_all(name)) {
        let text = std::str::from_utf8(value.as_bytes()).map_err(|_| HeaderError { name, expected: "text" })?.trim();
        all = Some(match all {
            None => Cow::Borrowed(text),
            Some(before) => Cow::Owned(format!("{before},{text}")),
        });
    }
    Ok(all)
}
