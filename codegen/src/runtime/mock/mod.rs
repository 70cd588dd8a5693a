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

/// Declares the operations of the API as methods of a mock server: by their names, those of their builders, and what the runtime
/// knows of them.
macro_rules! operations {
    ($name:ident { $($operation:ident: $builder:ident($known:literal, $method:literal, $path:literal)),* $(,)? }) => {
        /// The operations: name, method and path of each.
        #[allow(dead_code, reason = "a document may have no operation")]
        const OPERATIONS: &[$crate::generated::runtime::mock::Known] = &[$(($known, $method, $path)),*];

        /// The operations of the API as methods of a mock server.
        ///
        /// Without more, an operation's mock responds to every call that carries credentials as the operation asks for
        /// them. Where several mocks meet a call, the one that was made first responds. A call of an operation that none
        /// meets gets status 404 and the reason as its body: which mocks there are, and in what the call differs
        /// from what they ask for. So a mock of httpmock's own for such calls is made before the last of these.
        pub trait $name: $crate::generated::runtime::mock::Sealed {
            /// The base URL for a client of this server.
            fn api_url(&self) -> ::std::string::String;
            $(
                #[doc = concat!("Responds to calls of [`Client::", $known, "`](super::Client::", $known, ").")]
                ///
                #[doc = concat!("`", $method, " ", $path, "`")]
                fn $operation(
                    &self,
                    describe: impl FnOnce(
                        &mut When<builder::$builder<'static>>,
                        &mut Then<builder::$builder<'static>>,
                    ),
                ) -> Mock<'_>;
            )*
        }

        impl $name for MockServer {
            fn api_url(&self) -> ::std::string::String {
                self.url(BASE_PATH)
            }
            $(
                fn $operation(
                    &self,
                    describe: impl FnOnce(
                        &mut When<builder::$builder<'static>>,
                        &mut Then<builder::$builder<'static>>,
                    ),
                ) -> Mock<'_> {
                    let known = ($known, $method, $path);
                    let when = When::new(known, BASE_PATH, builder::$builder::SECURITY);
                    $crate::generated::runtime::mock::mount(self, (BASE_PATH, OPERATIONS), when, describe)
                }
            )*
        }
    };
}

pub(crate) use operations;
