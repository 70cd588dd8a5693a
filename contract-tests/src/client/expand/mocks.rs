//! What is expanded for each operation of a mock server.

/// The list of a mock server's methods.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_mocks {
    ($(
        $id:literal => $method:ident { $($status:literal => $typed:ident($($body:tt)*) $(of $range:ident)? $(or $example:ident)?),* $(,)? }
        $(with { $($header:literal => $setter:ident: $held:ty),* $(,)? })?;
    )*) => {
        &[$($crate::client::Mocked {
            operation: $id,
            method: stringify!($method),
            responses: &[$($crate::client::MockedResponse {
                status: $status,
                has_example: { let given: &[&str] = &[$(stringify!($example))?]; !given.is_empty() },
            }),*],
            start: || {
                let server = judged_client::mock::MockServer::start();
                let base_url = judged_client::mock::MockServerExt::api_url(&server);
                $crate::client::Mocking::new(base_url, server)
            },
            respond: |mocking, asked| {
                #[allow(unused_imports, reason = "not every response has a body or headers")]
                use $crate::client::reading::{Given, asked_body, spelled, unlocated};
                let server = mocking.server::<judged_client::mock::MockServer>()?;
                server.reset();
                let mut told = Ok(());
                judged_client::mock::MockServerExt::$method(server, |_, then| {
                    told = (|| {
                        match asked.response {
                            $($status => match asked.body.is_some() {
                                true => { $crate::__client_respond!(then, asked, [$($range)?] ($($body)*) $typed); }
                                false => { $crate::__client_respond!(then, asked, [$($range)?] () $($example)?); }
                            },)*
                            other => return Err(unlocated(format!("the mock server has no response `{other}`"))),
                        }
                        $($(if let Some(text) = asked.header($header) {
                            then.$setter(Given::given(&spelled::<$held>($header, text)?));
                        })*)?
                        Ok(())
                    })();
                });
                told
            },
        }),*]
    };
}

/// Has a mock server give a response.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_respond {
    ($then:ident, $asked:ident, $range:tt $body:tt) => {
        return Err(unlocated("the mock server has no example of this response".to_owned()))
    };
    ($then:ident, $asked:ident, [] $body:tt $method:ident) => {
        $crate::__client_respond!(@ $then, $asked, () $body $method)
    };
    ($then:ident, $asked:ident, [range] $body:tt $method:ident) => {
        $crate::__client_respond!(@ $then, $asked, ($asked.status,) $body $method)
    };
    (@ $then:ident, $asked:ident, ($($status:tt)*) () $method:ident) => {
        $then.$method($($status)*)
    };
    (@ $then:ident, $asked:ident, ($($status:tt)*) (bytes) $method:ident) => {
        $then.$method($($status)* $asked.bytes())
    };
    (@ $then:ident, $asked:ident, ($($status:tt)*) ($held:ty) $method:ident) => {
        $then.$method($($status)* Given::given(&asked_body::<$held>($asked)?))
    };
}
