//! What a document's client shows: each fixture has a promise, which its source keeps and the source of an empty document does
//! not.

use std::collections::BTreeSet;

use codegen::{Layout, generate};

use crate::fixtures::{self, Fixture};

/// What a source promises for a fixture.
#[derive(Debug, Clone, Copy)]
pub struct Promise {
    /// The fixture.
    pub of: &'static str,
    /// Snippets of Rust, each of which stands after the one before.
    pub shows: &'static [&'static str],
    /// Snippets that stand nowhere.
    pub hides: &'static [&'static str],
}

impl Promise {
    /// What of the promise a source does not keep; how it is formatted does not count.
    pub fn broken_by(&self, source: &str) -> Vec<String> {
        let source = without_spaces(source);
        let mut rest = source.as_str();
        let mut broken = Vec::new();
        for snippet in self.shows {
            match rest.split_once(&without_spaces(snippet)) {
                Some((_, after)) => rest = after,
                None => broken.push(format!("{}: lacks `{snippet}`", self.of)),
            }
        }
        let hidden = self.hides.iter().filter(|snippet| source.contains(&without_spaces(snippet)));
        broken.extend(hidden.map(|snippet| format!("{}: has `{snippet}`", self.of)));
        broken
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The source of a document's client as one text, the runtime left out: a module ahead of those within it.
fn client(fixture: &Fixture) -> String {
    let generated = generate(&fixture.file, &fixture.bytes, Layout::Crate);
    let generated = generated.unwrap_or_else(|diagnostics| panic!("{}: {diagnostics:#?}", fixture.name));
    let module = |path: &str| {
        let path = path.strip_prefix("src/generated/")?.to_owned();
        (!path.starts_with("runtime")).then_some(path)
    };
    let mut files: Vec<(String, String)> =
        generated.files.into_iter().filter_map(|file| Some((module(&file.path)?, file.contents))).collect();
    let order = ["types", "mod", "builder", "mock", "prelude"];
    files.sort_by_key(|(path, _)| order.iter().position(|name| path.starts_with(name)));
    files.into_iter().map(|(_, contents)| contents).collect()
}

#[test]
fn each_promise_is_kept() {
    let broken: Vec<String> =
        all().flat_map(|(folder, promise)| promise.broken_by(&client(&fixtures::of(folder, promise.of)))).collect();
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn no_promise_is_kept_by_every_client() {
    let empty = Fixture {
        name: "empty".to_owned(),
        file: "empty.yaml".to_owned(),
        bytes: b"{openapi: 3.0.3, info: {title: Empty, version: '1'}, paths: {}}".to_vec(),
    };
    let source = client(&empty);
    let idle = all().map(|(_, promise)| promise).filter(|promise| promise.broken_by(&source).is_empty());
    assert_eq!(idle.map(|promise| promise.of).collect::<Vec<_>>(), Vec::<&str>::new(), "these promise nothing");
}

#[test]
fn each_fixture_has_a_promise() {
    for (folder, promises) in [("reading", READING), ("writing", WRITING)] {
        let fixtures = fixtures::folder(folder);
        let names: BTreeSet<&str> = fixtures.iter().filter_map(|fixture| fixture.name.rsplit('/').next()).collect();
        assert_eq!(promises.iter().map(|promise| promise.of).collect::<BTreeSet<_>>(), names, "{folder}");
    }
}

fn all() -> impl Iterator<Item = (&'static str, &'static Promise)> {
    let of = |folder, promises: &'static [Promise]| promises.iter().map(move |promise| (folder, promise));
    of("reading", READING).chain(of("writing", WRITING))
}

/// What is read of a document.
const READING: &[Promise] = &[
    Promise { of: "path-items", shows: &["/// Gets another.", "pub fn another(&self)"], hides: &[] },
    Promise {
        of: "components",
        shows: &["Result<ResponseValue<Vec<String>>,", "pub struct MakeThing {", "dry_run:", "body:"],
        hides: &[],
    },
    Promise {
        of: "operation-ids",
        shows: &["pub fn get_pets_pet_id(", "pub fn new_2(", "pub fn get_pet(", "pub fn get_pet_2("],
        hides: &[],
    },
    Promise { of: "parameters", shows: &["id: Required<i64>,", "id_2: Optional<i64>", ".cookie("], hides: &[] },
    Promise { of: "request-bodies", shows: &["body: Body<types::", "\"application/merge-patch+json\""], hides: &[] },
    Promise {
        of: "responses",
        shows: &["Result<ResponseValue<types::Pet>, Error>", "200 =>", "; else [error(types::Problem)]"],
        hides: &[],
    },
    Promise {
        of: "schemas",
        shows: &[
            "pub struct GetPetResponse {",
            "pub enum GetPetResponseKind { Ab = \"a-b\", Ab2 = \"a_b\",",
            "pub struct GetPetError {",
            "pub enum GetPetErrorCode {",
        ],
        hides: &[],
    },
    Promise {
        of: "success-and-failure",
        shows: &["pub enum GetPetSuccess { /// Status 200.\n Status200(Pet), /// Status 204.\n Status204, }"],
        hides: &[],
    },
    Promise { of: "prune", shows: &["pub fn get_pet("], hides: &[] },
];

/// What is written.
const WRITING: &[Promise] = &[
    Promise { of: "rust-paths", shows: &["pub kind: Option<Kind>"], hides: &["::generated::types"] },
    Promise {
        of: "structs",
        shows: &[
            "/// What to call it.\n /// \n /// JSON property `petName`, required.\n #[serde(rename = \"petName\")]",
            "pub pet_name: String",
            "#[deprecated(note = \"use bornOn\")]",
            "pub age: Option<Option<i64>>",
        ],
        hides: &[],
    },
    Promise {
        of: "enums",
        shows: &[
            "runtime::open_enum! {",
            "pub enum Kind {",
            "else Unlisted",
            "runtime::open_integer_enum! {",
            "pub enum Level {",
        ],
        hides: &[],
    },
    Promise {
        of: "texts",
        shows: &["pub struct Memo(String);", "max_length: Some(700)", "max_bytes: Some(200)"],
        hides: &[],
    },
    Promise {
        of: "unions",
        shows: &["pub enum Pet {", "Cat(Cat)", "String(String)", "Other(::serde_json::Value)"],
        hides: &[],
    },
    Promise {
        of: "plain-names",
        shows: &["#[cfg(feature = \"schemars\")] use super::runtime;", "pub type Name = String;"],
        hides: &[],
    },
    Promise {
        of: "aliases",
        shows: &["pub type Name = String;", "#[serde(transparent)]", "pub struct Tree(pub Vec<Tree>);"],
        hides: &[],
    },
    Promise {
        of: "success-and-failure",
        shows: &["404 => [error(i64)], 500 => [error(runtime::Bytes) bytes, \"text/html\"]"],
        hides: &[],
    },
    Promise {
        of: "requests",
        shows: &[".query(runtime::Parameter::new(\"ownerIds\", runtime::Style::Form, false), &owner_ids"],
        hides: &["\"api-version\""],
    },
    Promise {
        of: "forms",
        shows: &["runtime::form(&body, &[runtime::Parameter::new(\"tags\", runtime::Style::Form, false)]"],
        hides: &[],
    },
    Promise {
        of: "multipart",
        shows: &[
            "pub struct SetPictureParts(runtime::Multipart);",
            "pub fn picture(self, file: runtime::File) -> Self",
            "encoded(\"multipart/form-data\", &[\"picture\"], &[])",
            "body: Unchecked<types::SetPictureParts>",
            ".body(&body.media_type, body.content)",
        ],
        hides: &["reqwest::Body", "reqwest::multipart"],
    },
    Promise {
        of: "responses",
        shows: &["runtime::sent!(", "204 => [empty]", "404 => [", "400..=499 => ["],
        hides: &[],
    },
    Promise {
        of: "media-types",
        shows: &[
            "sent!(self(\"application/json, text/plain\"), ",
            "pub async fn send_text_plain(",
            "sent!(self(\"text/plain\"), ",
        ],
        hides: &[],
    },
    Promise {
        of: "nullable-arguments",
        shows: &[
            "filter: Nullable<i64>",
            "|request, filter|",
            "body: Nullable<types::Note>",
            "Some(body) => request.json(\"application/json\", &body)",
        ],
        hides: &[],
    },
    Promise {
        of: "operations",
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
        of: "client",
        shows: &[
            "/// - `https://{region}.example.com/v1/`",
            "/// - `region` (default `eu`)",
            "pub const DEFAULT_BASE_URL: &str = \"https://eu.example.com/v1\";",
        ],
        hides: &[],
    },
    Promise {
        of: "security",
        shows: &["runtime::Requirement::bearer(\"oauth\").with_scopes(&[\"pets\"])"],
        hides: &[],
    },
    Promise { of: "calls", shows: &["runtime::sent!(self("], hides: &["ClientHooks<()>", "client.exec("] },
    Promise {
        of: "bodies",
        shows: &[
            "body: OptionalBody<types::Pet, types::builder::Pet>",
            "let request = runtime::Draft::new(&client.baseurl, &Self::OPERATION, &[]); match body { Some(body) => request.json(\"application/json\", &body), None => Ok(request), }",
        ],
        hides: &[],
    },
    Promise {
        of: "setters",
        shows: &[
            "name: Required<String>(\"name\")",
            "nick: Optional<String>(\"nick\")",
            "age: Nullable<i64>(\"age\"",
            "#[within(runtime::Rules { maximum: Some(runtime::Number::Whole(100)), ..runtime::Rules::NONE })] limit: Optional<i64>",
            "owner: Required<String>",
        ],
        hides: &[],
    },
    Promise { of: "conformance", shows: &["runtime::record! {", "runtime::object!(Pet {"], hides: &[] },
    Promise { of: "examples", shows: &["runtime::given_example!(Pet { name: \"Rex\".to_owned() })"], hides: &[] },
    Promise {
        of: "derived-schema",
        shows: &["pub struct Pet {", "schema(", "extend(\"required\" = [\"petName\", \"owner\"])"],
        hides: &[],
    },
    Promise { of: "type-builders", shows: &["runtime::object!(Pet {", ": Required"], hides: &[] },
    Promise {
        of: "mock",
        shows: &[
            "pub const BASE_PATH: &str = \"/v1\";",
            "get_pet: GetPet(\"get_pet\", \"GET\",",
            "pub fn pet_name(&mut self, value: &str)",
            "self.expect_query(runtime::Parameter::new(\"ids\", runtime::Style::Form, false), value,)",
            "self.expect_header(runtime::Parameter::simple(\"X-Trace\"), value)",
            "pub fn and_2(&mut self, value: Option<bool>)",
            "pub fn status_200(&mut self, body: &types::Pet)",
            "self.json_text(200, r#\"{\"name\":\"Rex\"}\"#)",
            "pub fn status_4xx(&mut self, status: u16, body: impl AsRef<[u8]>)",
            "pub fn x_rate(&mut self, value: i64)",
        ],
        hides: &[],
    },
    Promise { of: "prelude", shows: &["pub age: Option<Option<i64>>"], hides: &["pub age: ::std::option::Option"] },
    Promise {
        of: "order",
        shows: &["pub struct Zebra {", "runtime::open_enum! {", "pub enum Kind {", "pub struct Ant {"],
        hides: &[],
    },
    Promise {
        of: "imports",
        shows: &[
            "use super::runtime;",
            "deserialize_with = \"runtime::present\"",
            "runtime::open_enum! {",
            "use super::super::runtime;",
            "use super::{Error, ResponseValue};",
        ],
        hides: &["ClientHooks", "super::runtime::Conformance"],
    },
];
