//! A mock server that knows the client's calls: what the `mock` module's methods for each operation are made of.

mod access;
mod path;
mod then;
mod unmet;
mod when;

use std::sync::Arc;

use httpmock::{Mock, MockServer};

pub use then::Then;
pub(crate) use unmet::Known;
pub use when::When;

/// Nobody else can name it, so that the methods of a mock server can become more.
pub trait Sealed {}

impl Sealed for MockServer {}

/// Has the server respond to the calls that are described, and explain why it gives others of these operations no response.
pub(crate) fn mount<'s, O>(
    server: &'s MockServer,
    api: (&'static str, &'static [Known]),
    mut when: When<O>,
    describe: impl FnOnce(&mut When<O>, &mut Then<O>),
) -> Mock<'s> {
    let mut then = Then::new();
    describe(&mut when, &mut then);
    let (asked, expected) = when.asked();
    let held = asked.clone();
    unmet::enter(server, api, &asked, || {
        server.mock(|request, response| {
            // What the mock asks for is known as long as the mock is there.
            let request = request.is_true(move |_| Arc::strong_count(&held) > 0);
            expected.into_iter().fold(request, |request, expectation| expectation(request));
            then.respond_all(response);
        })
    })
}
