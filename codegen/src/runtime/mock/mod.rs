//! A mock server that knows the client's calls: what the `mock` module's methods for each operation are made of.

mod access;
mod path;
mod then;
mod when;

use httpmock::{Mock, MockServer};

pub use then::Then;
pub use when::When;

/// Has the server answer the calls that are described.
pub(crate) fn mount<O>(
    server: &MockServer,
    mut when: When<O>,
    describe: impl FnOnce(&mut When<O>, &mut Then<O>),
) -> Mock<'_> {
    let mut then = Then::new();
    describe(&mut when, &mut then);
    server.mock(|request, answer| {
        when.expect_all(request);
        then.answer_all(answer);
    })
}
