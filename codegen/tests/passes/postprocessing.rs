//! Each pass over the syntax tree: with it the fixture gives the promised source, without it the promise is broken.

use crate::fixtures;
use crate::pipeline::{Promise, Without, client};

/// What each pass makes of the fixture of its name.
pub const PROMISES: &[Promise] = &[
    Promise { pass: "rust-paths", shows: &["pub kind: Option<Kind>"], hides: &["::generated::types"] },
    Promise {
        pass: "structs",
        shows: &[
            "/// What to call it.\n #[serde(rename = \"petName\")]",
            "pub pet_name: String",
            "#[deprecated(note = \"use bornOn\")]",
            "pub age: Option<Option<i64>>",
        ],
        hides: &[],
    },
    Promise {
        pass: "enums",
        shows: &["pub enum Kind {", "Unlisted(runtime::Unlisted<String>)", "pub enum Level {"],
        hides: &[],
    },
    Promise {
        pass: "texts",
        shows: &["pub struct Memo(String);", "max_length: Some(700)", "max_bytes: Some(200)"],
        hides: &[],
    },
    Promise {
        pass: "unions",
        shows: &["pub enum Pet {", "Cat(Cat)", "String(String)", "Other(::serde_json::Value)"],
        hides: &[],
    },
    Promise {
        pass: "aliases",
        shows: &["pub type Name = String;", "#[serde(transparent)]", "pub struct Tree(pub Vec<Tree>);"],
        hides: &[],
    },
    Promise {
        pass: "answers",
        shows: &[
            "pub enum GetPetFailure { /// Status 404.\n Status404(i64), /// Status 500.\n Status500(::bytes::Bytes), }",
        ],
        hides: &[],
    },
    Promise {
        pass: "requests",
        shows: &["query_parameter(\"ownerIds\", &owner_ids, runtime::Style::Form, false,)"],
        hides: &["\"api-version\""],
    },
    Promise { pass: "forms", shows: &["runtime::form(&body, &[(\"tags\", runtime::Style::Form, false)]"], hides: &[] },
    Promise {
        pass: "multipart",
        shows: &["body: Result<reqwest::multipart::Form, String>", ".multipart(body)"],
        hides: &["reqwest::Body"],
    },
    Promise {
        pass: "responses",
        shows: &["match response.status().as_u16() {", "204 =>", "404 =>", "400..=499 =>"],
        hides: &[],
    },
    Promise {
        pass: "operations",
        shows: &[
            "/// Gets a pet.",
            "/// - `limit` (query, optional, integer, minimum `1`): How many, default `5`, such as `3`",
            "/// - header `X-Left` (required, integer): How many are left",
            "#[deprecated(note = \"use getPets\")] pub fn get_pet_by_id(",
            "/// Sets `limit` (query, optional, integer, minimum `1`): How many, default `5`, such as `3`",
        ],
        hides: &[],
    },
    Promise {
        pass: "client",
        shows: &[
            "/// - `https://{region}.example.com/v1/`",
            "/// - `region` (default `eu`)",
            "pub const DEFAULT_BASE_URL: &str = \"https://eu.example.com/v1\";",
        ],
        hides: &[],
    },
    Promise {
        pass: "security",
        shows: &["runtime::Requirement::new(\"oauth\", runtime::Place::Authorization(\"Bearer\"), &[\"pets\"],)"],
        hides: &[],
    },
    Promise {
        pass: "calls",
        shows: &["\"getPetByID\", request, Self::SECURITY"],
        hides: &["ClientHooks<()>", "client.exec("],
    },
    Promise {
        pass: "bodies",
        shows: &[
            "body: Result<Option<types::builder::Pet>, String>",
            "body: Ok(None)",
            "let request = client.client.post(url); let request = match body { Some(body) => request.json(&body), None => request, };",
        ],
        hides: &[],
    },
    Promise {
        pass: "setters",
        shows: &[
            "pub fn age<Way>(mut self, value: impl runtime::Nullable<i64, Way>",
            "pub fn name(mut self, value: impl TryInto<String, Error: ::std::fmt::Display>",
            "pub fn nick<Way>(mut self, value: impl runtime::Optional<String, Way>",
            "owner: Err(\"owner is missing\".to_string())",
            "pub fn limit<Way>(mut self, value: impl runtime::Optional<i64, Way>",
            "runtime::optional(\"limit\", value).and_then(|value| runtime::within(\"limit\", value,",
            "pub fn owner(mut self, value: impl TryInto<String, Error: ::std::fmt::Display>",
        ],
        hides: &[],
    },
    Promise {
        pass: "conformance",
        shows: &["impl runtime::Conformance for Pet {", "runtime::object!(Pet);"],
        hides: &[],
    },
    Promise { pass: "examples", shows: &["pub fn example() -> Self { Pet { name: \"Rex\".to_owned() } }"], hides: &[] },
    Promise {
        pass: "derived-schema",
        shows: &["#[cfg_attr(feature = \"schemars\", derive(::schemars::JsonSchema))]", "pub struct Pet {"],
        hides: &[],
    },
    Promise {
        pass: "type-builders",
        shows: &["/// A builder, with none of the properties given yet.\n pub fn builder()"],
        hides: &[],
    },
    Promise {
        pass: "mock",
        shows: &[
            "pub const BASE_PATH: &str = \"/v1\";",
            "fn get_pet(&self, describe:",
            "pub fn pet_name(&mut self, value: &str)",
            "self.expect_query_in(\"ids\", value, runtime::Style::Form, false)",
            "self.expect_header(\"X-Trace\", value.map(|value| value.to_string()))",
            "pub fn and_2(&mut self, value: Option<bool>)",
            "pub fn status_200(&mut self, body: &types::Pet)",
            "self.raw(200, \"application/json\", r#\"{\"name\":\"Rex\"}\"#)",
            "pub fn status_4xx(&mut self, status: u16, body: impl AsRef<[u8]>)",
            "pub fn x_rate(&mut self, value: i64)",
        ],
        hides: &[],
    },
    Promise { pass: "prelude", shows: &["pub age: Option<Option<i64>>"], hides: &["pub age: ::std::option::Option"] },
    Promise {
        pass: "order",
        shows: &["pub struct Zebra {", "pub enum Kind {", "runtime::open_enum!(Kind,", "pub struct Ant {"],
        hides: &[],
    },
    Promise {
        pass: "imports",
        shows: &[
            "use super::runtime;",
            "deserialize_with = \"runtime::present\"",
            "runtime::open_enum!(",
            "use super::super::runtime;",
            "use super::{Error, ResponseValue};",
        ],
        hides: &["ClientHooks", "super::runtime::Conformance"],
    },
];

#[test]
fn each_pass_keeps_its_promise() {
    let broken: Vec<String> = PROMISES
        .iter()
        .flat_map(|promise| match client(&fixtures::of_pass("postprocess", promise.pass), Without::Nothing) {
            Ok(source) => promise.broken_by(&source),
            Err(error) => vec![format!("{}: {error}", promise.pass)],
        })
        .collect();
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn without_a_pass_its_promise_is_broken() {
    let idle = PROMISES.iter().filter(|promise| {
        let fixture = fixtures::of_pass("postprocess", promise.pass);
        client(&fixture, Without::Postprocess(promise.pass)).is_ok_and(|source| promise.broken_by(&source).is_empty())
    });
    assert_eq!(idle.map(|promise| promise.pass).collect::<Vec<_>>(), Vec::<&str>::new(), "these do nothing");
}
