//! The client that the bindings' macro is given: its types, its one operation, and its runtime.

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
        pub const OPERATION: runtime::Operation =
            runtime::Operation { id: "getPet", method: "GET", path: "/pets/{petId}" };

        pub fn pet_id(self, _: i64) -> Self {
            self
        }

        pub async fn send(self) -> Result<runtime::ResponseValue<types::Pet>, runtime::Error> {
            Err(runtime::Error::InvalidRequest("nothing is sent".into()))
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

    pub struct Operation {
        pub id: &'static str,
        pub method: &'static str,
        pub path: &'static str,
    }

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
    pub enum Error {
        InvalidRequest(String),
        Credentials(String),
        Communication(String),
        ErrorResponse(ResponseValue<Decoded>),
        ErrorStatus(ResponseValue<()>),
        UnexpectedResponse(Box<Unexpected>),
        Nonconforming(String),
    }

    #[derive(Debug)]
    pub struct Decoded;

    impl Decoded {
        pub fn into_value<T>(self) -> Result<T, Self> {
            Err(self)
        }
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
        RepeatedPage,
    }

    impl Error {
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
