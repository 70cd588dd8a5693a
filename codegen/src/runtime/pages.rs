//! Responses that come in pages: fetched one after the other, within a bound, and never in a circle.

use std::collections::HashSet;
use std::fmt;
use std::future::Future;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Error, RawResponse, Reason, ResponseValue};

/// The most pages that are fetched where the caller sets no bound.
const MOST: u64 = 10_000;

/// The builder of an operation whose responses come in pages.
pub trait Paged: Clone + Send + Sync {
    /// A page, as the operation's response has it.
    type Page: Send + Sync;
    /// An item of a page.
    type Item: Send;

    /// Fetches the page that begins where the builder says.
    #[doc(hidden)]
    fn page(self) -> impl Future<Output = Result<ResponseValue<Self::Page>, Error>> + Send;

    /// Where the page of this builder begins; none for the first page.
    #[doc(hidden)]
    fn position(&self) -> Option<Value>;

    /// Where the page begins that follows on this builder's page.
    #[doc(hidden)]
    fn next(&self, page: &Self::Page) -> Option<Value>;

    /// The builder of the page that begins there.
    #[doc(hidden)]
    fn at(self, position: Value) -> Self;

    /// The items of a page; none where it has no list of them.
    #[doc(hidden)]
    fn items(page: Self::Page) -> Option<Vec<Self::Item>>;
}

/// The pages of an operation's responses, each fetched on demand.
///
/// Each page is a call of its own, with its own retries and time limits. A page may be empty and yet not be the last one. After an
/// error there are no more pages; [`position`](Self::position) says where to begin again.
///
/// Pages end in an error where the server gives the position of a page that was fetched before ([`Reason::RepeatedPage`]), since
/// they would never end otherwise, and after 10,000 pages ([`Reason::TooManyPages`]) unless [`max_pages`](Self::max_pages) says
/// how many are wanted.
pub struct Pages<C> {
    call: C,
    /// The positions of the pages so far.
    fetched: HashSet<Option<Value>>,
    most: Option<u64>,
    /// Whether no page follows.
    is_last: bool,
    /// Whether no page is fetched any more.
    ended: bool,
    /// What is told after the last page.
    fault: Option<(RawResponse, Reason)>,
}

/// The items of an operation's responses, page after page: see [`Pages`].
pub struct Items<C: Paged> {
    pages: Pages<C>,
    items: std::vec::IntoIter<C::Item>,
}

impl<C: Paged> Pages<C> {
    /// The pages of an operation, from the one on that its builder says.
    pub fn of(call: C) -> Self {
        Self { call, fetched: HashSet::new(), most: None, is_last: false, ended: false, fault: None }
    }

    /// Fetches so many pages at most, and ends then without an error.
    #[must_use]
    pub fn max_pages(mut self, most: u64) -> Self {
        self.most = Some(most);
        self
    }

    /// The next page; `None` after the last one, and after an error.
    ///
    /// Where the future is dropped before it is ready, the next one fetches the same page.
    ///
    /// # Errors
    /// Those of the operation, and see [`Pages`].
    pub async fn next(&mut self) -> Option<Result<ResponseValue<C::Page>, Error>> {
        if let Some((response, reason)) = self.fault.take() {
            return Some(Err(Error::unexpected(response, reason)));
        }
        if self.ended || self.most.is_some_and(|most| self.fetched.len() as u64 >= most) {
            return None;
        }
        let page = match self.call.clone().page().await {
            Ok(page) => page,
            Err(error) => {
                self.ended = true;
                return Some(Err(error));
            }
        };
        self.fetched.insert(self.call.position());
        match self.call.next(&page) {
            None => (self.is_last, self.ended) = (true, true),
            Some(next) => {
                if self.fetched.contains(&Some(next.clone())) {
                    self.end_in(&page, Reason::RepeatedPage);
                } else if self.most.is_none() && self.fetched.len() as u64 >= MOST {
                    self.end_in(&page, Reason::TooManyPages(MOST));
                }
                self.call = self.call.clone().at(next);
            }
        }
        Some(Ok(page))
    }

    /// Where the next page begins, or the one that could not be fetched: what the operation's parameter for pages takes. `None` after
    /// the last page, and ahead of the first one unless the builder said where to begin.
    pub fn position(&self) -> Option<Value> {
        self.call.position().filter(|_| !self.is_last)
    }

    /// The items of the pages.
    pub fn items(self) -> Items<C> {
        Items { pages: self, items: Vec::new().into_iter() }
    }

    fn end_in(&mut self, page: &ResponseValue<C::Page>, reason: Reason) {
        self.ended = true;
        self.fault = Some((page.raw().clone(), reason));
    }
}

impl<C: Paged> Items<C> {
    /// Fetches so many pages at most, and ends then without an error.
    #[must_use]
    pub fn max_pages(mut self, most: u64) -> Self {
        self.pages.most = Some(most);
        self
    }

    /// The next item; `None` after the last one, and after an error.
    ///
    /// # Errors
    /// Those of the operation, and see [`Pages`].
    pub async fn next(&mut self) -> Option<Result<C::Item, Error>> {
        loop {
            if let Some(item) = self.items.next() {
                return Some(Ok(item));
            }
            match self.pages.next().await? {
                Ok(page) => self.items = C::items(page.into_inner()).unwrap_or_default().into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// All items that are left.
    ///
    /// # Errors
    /// The first error of any page; [`next`](Self::next) gives the items ahead of it.
    pub async fn collect(mut self) -> Result<Vec<C::Item>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

impl<C> fmt::Debug for Pages<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("fetched", &self.fetched.len()).field("ended", &self.ended).finish_non_exhaustive()
    }
}

impl<C: Paged> fmt::Debug for Items<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// The value of the parameter for pages, where it is given and can be sent.
pub(crate) fn position<T: Serialize>(argument: &Result<T, String>) -> Option<Value> {
    serde_json::to_value(argument.as_ref().ok()?).ok().filter(|position| !position.is_null())
}

/// The parameter for pages with what the server gave for it, which goes back as it came.
pub(crate) fn continued<T: DeserializeOwned>(name: &str, position: Value) -> Result<T, String> {
    serde_json::from_value(position).map_err(|_| format!("{name}: what the response gives for the next page does not fit"))
}

/// A cursor that leads on: null and an empty string say that there is no other page.
pub(crate) fn cursor<T: Serialize>(next: &T) -> Option<Value> {
    serde_json::to_value(next).ok().filter(|next| !next.is_null() && next.as_str() != Some(""))
}

/// The number that so much follows on; none after an empty page.
pub(crate) fn counted<T>(at: Option<Value>, first: u64, by: u64, items: &[T]) -> Option<Value> {
    let at = at.and_then(|at| at.as_u64()).unwrap_or(first);
    if items.is_empty() { None } else { Some(at.saturating_add(by).into()) }
}

/// What the builder of an operation does whose responses come in pages. An operation that has a parameter of the same name as one
/// of these methods goes without that method, and has [`Pages::of`].
macro_rules! paged {
    ($name:ident) => {
        $crate::generated::runtime::paged_pages!($name);
        $crate::generated::runtime::paged_items!($name);
    };
}
pub(crate) use paged;

macro_rules! paged_pages {
    ($name:ident) => {
        impl $name<'_> {
            /// The pages from this one on, each fetched on demand.
            pub fn pages(self) -> $crate::generated::runtime::Pages<Self> {
                $crate::generated::runtime::Pages::of(self)
            }
        }
    };
}
pub(crate) use paged_pages;

macro_rules! paged_items {
    ($name:ident) => {
        impl $name<'_> {
            /// The items from this page on, page after page.
            pub fn items(self) -> $crate::generated::runtime::Items<Self> {
                $crate::generated::runtime::Pages::of(self).items()
            }
        }
    };
}
pub(crate) use paged_items;
