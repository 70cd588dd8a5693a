//! The macro that makes a [`Subject`](super::Subject) of a client crate and of the lines that the generator writes.
//!
//! Each client has a runtime module of its own, so the code that touches it is expanded once for each client. What it uses
//! of a client stands in one list, in `runtime`.

mod mocks;
mod operations;
mod runtime;
mod schemas;

/// Makes `SUBJECT`, a client as the judge sees it, of the lines for its schemas and its operations.
///
/// ```text
/// contract_tests::client! {
///     some_client, "../some-client/src/generated", DEFAULT_BASE_URL;
///     schemas {
///         "Memo" Both => types::Memo;
///         "Code" Both => types::Code as types::__Code;
///         "Locale" Both => types::Locale, variants { "ja_JP" => JaJp, "en_US" => EnUs };
///         "ProductId" Both => types::ProductId | null, variants { "STD_T" => StdT };
///         "Customer" Both => types::Customer, properties { "memo" => memo: types::Memo, "plan" => plan: types::Plan | null };
///         "Labels" Both => types::Labels, properties {}, extra String;
///     }
///     enumerations {
///         "/components/schemas/Customer/properties/state" => types::CustomerState, variants { "new" => New };
///     }
///     tokens {
///         "login" => login;
///     }
///     operations {
///         "getCustomer" => get_customer GetCustomer(Path "domainId" => domain_id: i64)
///             => One { "200" "application/json" } else { "404" "application/json" One types::ApiError };
///         "createCustomer" => create_customer CreateCustomer(), Value "application/json": types::Customer
///             => Several types::CreateCustomerSuccess { "201" Status201 One "application/json", "204" Status204 None } else {};
///         "upload" => upload Upload(), Parts "multipart/form-data": types::UploadParts { Value "meta" => meta: types::Meta, File "file" => file ["X-Taken" => file_x_taken] } => Stream { "200" "image/png" } else {};
///     }
///     mocks {
///         "getCustomer" => get_customer { "200" => status_200(types::Customer) or example_200, "4XX" => status_4xx() of range }
///             with { "rateLimit-limit" => rate_limit_limit: i64 };
///     }
/// }
/// ```
#[macro_export]
macro_rules! client {
    (
        $($client:ident)::+, $sources:literal $(, $base_url:ident)?;
        schemas { $($schemas:tt)* }
        $(enumerations { $($place:literal => $listed:ty, variants { $($value:tt => $variant:ident),* $(,)? };)* })?
        $(headers { $($header:literal => $reader:ident: $read:ty;)* })?
        $(tokens { $($scheme:literal => $flow:ident;)* })?
        operations { $($operations:tt)* }
        $(mocks { $($mocks:tt)* })?
    ) => {
        #[allow(unused_imports, reason = "a document need not use all of them")]
        use {
            $($client)::+::{builder, runtime, types $(, $base_url)?},
            $($client)::+ as judged_client,
            $crate::exports::serde_json,
        };
        $crate::__client_runtime!($($client)::+);

        /// The client, as the judge sees it.
        pub const SUBJECT: $crate::client::Subject = $crate::client::Subject {
            name: stringify!($($client)::+),
            sources: concat!(env!("CARGO_MANIFEST_DIR"), "/", $sources),
            base_url: {
                let given: &[Option<&str>] = &[$(Some($base_url),)? None];
                given[0]
            },
            schemas: $crate::__client_schemas!($($schemas)*),
            enumerations: &[$($($crate::client::Enumeration {
                place: $place,
                rust: stringify!($listed),
                variants: $crate::__client_variants!($listed, $($value => $variant),*),
            }),*)?],
            headers: &[$($($crate::client::HeaderReader {
                name: $header,
                rust: stringify!($read),
                read: |values| {
                    let found: Result<Option<$read>, runtime::HeaderError> =
                        judged_client::headers::ResponseHeaders::$reader(&seam::with_header($header, values)?);
                    match found {
                        Ok(found) => Ok(found.map(|found| serde_json::json!(found))),
                        Err(error) => Err(error.to_string()),
                    }
                },
            }),*)?],
            tokens: &[$($($crate::client::TokenSource {
                scheme: $scheme,
                url: judged_client::oauth::$flow::TOKEN_URL,
                connect: |setup, url, [id, secret]| {
                    let tokens = judged_client::oauth::$flow::client_credentials(id, secret).token_url(url).build();
                    let tokens = tokens.map_err(|error| error.to_string())?;
                    let builder = $crate::__client_builder!(judged_client::Client, setup).credentials(tokens);
                    builder.build().map($crate::client::Connected::new).map_err(|error| error.to_string())
                },
            }),*)?],
            operations: $crate::__client_operations!($($operations)*),
            mocks: $crate::__client_mocks!($($($mocks)*)?),
            connect: seam::connect,
            defaults: seam::defaults,
            about: seam::about,
            deviations: &[],
        };
    };
}
