//! The smallest client that the bindings' macro takes: what it needs of a client and of its runtime, in one place.
//!
//! It makes no request; with it, the seam is shown to fit more than one client, and its oracles to notice what is bound wrong.

use std::collections::BTreeSet;

use contract_tests::client::{Arguments, Kind, Setup, Subject};
use contract_tests::difference::Difference;
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::oracle::{Oracle, named};
use contract_tests::progress::Progress;

/// The client.
mod tiny {
    #[derive(Debug, Clone)]
    pub struct Client;

    /// What it says of itself is wrong.
    pub trait ClientInfo {
        fn api_version() -> &'static str {
            "none"
        }
        fn baseurl(&self) -> &str {
            "nowhere"
        }
    }

    impl ClientInfo for Client {}

    impl Client {
        pub fn new(_: &str) -> Result<Self, String> {
            Ok(Self)
        }

        pub fn builder() -> runtime::ClientBuilder {
            runtime::ClientBuilder
        }

        pub fn get_pet(&self) -> builder::GetPet {
            builder::GetPet
        }
    }

    pub mod builder {
        use super::{runtime, types};

        pub struct GetPet;

        impl GetPet {
            pub const SECURITY: runtime::Security = &[];

            pub fn pet_id(self, _: i64) -> Self {
                self
            }

            pub async fn send(self) -> Result<runtime::ResponseValue<types::Pet>, runtime::Error> {
                Err(runtime::Error::Custom("nothing is sent".into()))
            }
        }
    }

    pub mod types {
        use serde::{Deserialize, Serialize};

        #[derive(Debug, Serialize, Deserialize)]
        pub enum Mood {
            #[serde(rename = "glad")]
            Glad,
            #[serde(rename = "sad")]
            Sad,
        }

        /// Its variants are swapped in both directions, so that each payload comes back as it was.
        #[derive(Debug, Serialize, Deserialize)]
        pub enum PetSize {
            #[serde(rename = "small")]
            Big,
            #[serde(rename = "big")]
            Small,
        }

        #[derive(Debug, Serialize, Deserialize)]
        pub enum PetFur {
            #[serde(rename = "long")]
            Long,
            #[serde(rename = "short")]
            Short,
        }

        #[derive(Debug, Serialize, Deserialize)]
        pub struct Pet {
            pub name: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub owner: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fur: Option<PetFur>,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub size: Option<PetSize>,
        }

        #[derive(Default)]
        pub struct PetBuilder {
            name: Option<String>,
            owner: Option<String>,
            fur: Option<PetFur>,
            size: Option<PetSize>,
        }

        impl Pet {
            pub fn builder() -> PetBuilder {
                PetBuilder::default()
            }
        }

        impl PetBuilder {
            pub fn name(self, value: String) -> Self {
                Self { name: Some(value), ..self }
            }

            pub fn owner(self, value: String) -> Self {
                Self { owner: Some(value), ..self }
            }

            pub fn fur(self, value: PetFur) -> Self {
                Self { fur: Some(value), ..self }
            }

            pub fn size(self, value: PetSize) -> Self {
                Self { size: Some(value), ..self }
            }
        }

        impl TryFrom<PetBuilder> for Pet {
            type Error = String;

            fn try_from(PetBuilder { name, owner, fur, size }: PetBuilder) -> Result<Self, String> {
                Ok(Self { name: name.ok_or("name is missing")?, owner, fur, size })
            }
        }

        impl From<Pet> for PetBuilder {
            fn from(Pet { name, owner, fur, size }: Pet) -> Self {
                Self { name: Some(name), owner, fur, size }
            }
        }
    }

    #[allow(dead_code, reason = "the macro asks for more than this client can do")]
    #[allow(clippy::enum_variant_names, reason = "generated clients have these names")]
    pub mod runtime {
        use std::fmt;
        use std::time::Duration;

        use contract_tests::exports::HeaderMap;
        use reqwest::StatusCode;
        use serde::de::DeserializeOwned;

        pub type Security = &'static [&'static [Requirement]];

        pub struct Requirement {
            pub scheme: &'static str,
            pub place: Place,
            pub scopes: &'static [&'static str],
        }

        #[derive(Debug)]
        #[non_exhaustive]
        pub enum Place {
            Authorization(&'static str),
            Header(&'static str),
            Query(&'static str),
            Cookie(&'static str),
        }

        #[derive(Default)]
        pub struct StaticCredentials;

        impl StaticCredentials {
            pub fn token(_: impl Into<String>) -> Self {
                Self
            }

            pub fn with(self, _: impl Into<String>, _: impl Into<String>) -> Self {
                self
            }
        }

        #[derive(Debug)]
        pub struct ClientBuilder;

        impl ClientBuilder {
            pub fn base_url(self, _: impl Into<String>) -> Self {
                self
            }
            pub fn strict(self, _: bool) -> Self {
                self
            }
            pub fn retries(self, _: u32) -> Self {
                self
            }
            pub fn backoff(self, _: Duration, _: Duration) -> Self {
                self
            }
            pub fn credentials(self, _: StaticCredentials) -> Self {
                self
            }
            pub fn max_body(self, _: u64) -> Self {
                self
            }
            pub fn timeout(self, _: Duration) -> Self {
                self
            }
            pub fn trusted_domain(self, _: impl Into<String>) -> Self {
                self
            }
            pub fn build(self) -> Result<super::Client, String> {
                Ok(super::Client)
            }
        }

        pub struct Violation {
            pub pointer: String,
            pub keyword: &'static str,
        }

        impl fmt::Display for Violation {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} at {}", self.keyword, self.pointer)
            }
        }

        pub trait Conformance {
            fn conformance(&self) -> Vec<Violation> {
                Vec::new()
            }
        }

        impl<T> Conformance for T {}

        pub fn violations_of<T>(_: &T, _: &[u8]) -> Vec<Violation> {
            Vec::new()
        }

        #[derive(Debug)]
        pub struct DecodeError {
            pub pointer: String,
            pub source: serde_json::Error,
        }

        impl fmt::Display for DecodeError {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.source.fmt(f)
            }
        }

        pub fn decode<T: DeserializeOwned>(text: &[u8]) -> Result<T, DecodeError> {
            serde_json::from_slice(text).map_err(|source| DecodeError { pointer: String::new(), source })
        }

        #[derive(Debug)]
        pub struct ResponseValue<T>(pub T, pub HeaderMap);

        impl<T> ResponseValue<T> {
            pub fn status(&self) -> StatusCode {
                StatusCode::OK
            }
            pub fn headers(&self) -> &HeaderMap {
                &self.1
            }
            pub fn body(&self) -> &[u8] {
                &[]
            }
            pub fn into_inner(self) -> T {
                self.0
            }
        }

        #[derive(Debug)]
        #[non_exhaustive]
        pub enum Error<E = ()> {
            InvalidRequest(String),
            Credentials(String),
            Communication(String),
            ErrorResponse(ResponseValue<E>),
            UnexpectedResponse(Box<Unexpected>),
            Nonconforming(String),
            Custom(String),
        }

        #[derive(Debug)]
        pub struct Unexpected {
            pub reason: Reason,
        }

        #[derive(Debug)]
        #[non_exhaustive]
        pub enum Reason {
            Status,
            ContentType { found: Option<String> },
            Body(DecodeError),
            TooLarge(u64),
            Interrupted(String),
        }

        impl<E> Error<E> {
            pub fn status(&self) -> Option<StatusCode> {
                None
            }
            pub fn headers(&self) -> Option<&HeaderMap> {
                None
            }
            pub fn body(&self) -> Option<&[u8]> {
                None
            }
            pub fn is_retryable(&self) -> bool {
                false
            }
        }
    }
}

mod right {
    contract_tests::client! {
        crate::fixture_client::tiny, "tests/contract";
        schemas {
            "Mood" Both => types::Mood, variants { "glad" => Glad, "sad" => Sad };
            "Pet" Both => types::Pet, properties {
                "name" => name: String, "owner" => owner: String, "fur" => fur: types::PetFur, "size" => size: types::PetSize,
            };
        }
        enumerations {
            "/components/schemas/Pet/properties/fur" => types::PetFur, variants { "long" => Long, "short" => Short };
            "/components/schemas/Pet/properties/size" => types::PetSize, variants { "small" => Big, "big" => Small };
        }
        operations {
            "getPet" => get_pet GetPet(Path "petId" => pet_id: i64) => One { "200" "application/json" } else None {};
        }
    }
}

/// The same with two variants and two setters swapped, another place, a media type that is none, and a response too many.
mod wrong {
    contract_tests::client! {
        crate::fixture_client::tiny, "tests/contract";
        schemas {
            "Mood" Both => types::Mood, variants { "glad" => Sad, "sad" => Glad };
            "Pet" Both => types::Pet, properties {
                "name" => owner: String, "owner" => name: String, "fur" => fur: types::PetFur, "size" => size: types::PetSize,
            };
        }
        enumerations {
            "/components/schemas/Pet/properties/size" => types::PetSize, variants { "small" => Small, "big" => Big };
            "/components/schemas/Pet/properties/colour" => types::PetFur, variants {};
        }
        operations {
            "getPet" => get_pet GetPet(Query "petId" => pet_id: i64) => One { "200" "text/plain" } else None { "404" };
        }
    }
}

const DOCUMENT: &str = include_str!("../fixtures/pets.yaml");

fn found(subject: &Subject) -> BTreeSet<String> {
    let document = Document::parse("pets.yaml", DOCUMENT).expect("the fixture is well-formed");
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, subject, Plan { cases: 32, seed: 0 }, &clients).expect("there is ground");
    let oracles: Vec<&dyn Oracle> = ["bindings", "builders", "enumerations", "interface"]
        .iter()
        .map(|name| named(name).expect("it is registered"))
        .collect();
    let report = judge(&ground, &oracles, &Progress::hidden()).unwrap_or_else(|error| panic!("{error}"));
    let differences = report.differences.into_iter().map(|found| found.difference);
    differences.map(|Difference { oracle, place, keyword, .. }| format!("{oracle} {keyword} at {place}")).collect()
}

#[test]
fn a_client_of_another_crate_is_judged_by_its_lines() {
    // But for the variants that are swapped, which the line then says, and for what it says of itself.
    let swapped = ["enumerations variant Big", "enumerations variant Small"];
    let swapped = swapped.map(|found| format!("{found} at /components/schemas/Pet/properties/size"));
    let told = ["base URL", "default", "version"].map(|found| format!("interface {found} at Client"));
    assert_eq!(found(&right::SUBJECT), swapped.into_iter().chain(told).collect());
    let clients = Clients::new().expect("a runtime");
    let connected = clients.connect(&right::SUBJECT, &Setup::default()).expect("it is made");
    let called = clients.call(&right::SUBJECT.operations[0], &connected, Arguments::default());
    assert_eq!((called.kind, called.fault.map(|fault| fault.message)), (Kind::Other, Some("nothing is sent".into())));
}

#[test]
fn each_line_that_is_wrong_is_noticed() {
    let found = found(&wrong::SUBJECT);
    for expected in [
        "enumerations variant Sad at Mood",
        "enumerations enum at Mood",
        "enumerations enum at /components/schemas/Pet/properties/size",
        "enumerations enum at /components/schemas/Pet/properties/colour",
        "bindings setter owner at Pet",
        "builders builder at Pet/name",
        "bindings parameter path petId at getPet",
        "bindings parameter query petId at getPet",
        "bindings response 200 at getPet",
        "bindings error 404 at getPet",
    ] {
        assert!(found.contains(expected), "{expected} is not among {found:#?}");
    }
}
