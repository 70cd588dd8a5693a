//! What the client takes over from progenitor's output: it is there for every document, each kind of it is taken from there,
//! and progenitor never panics.

use codegen::progenitor::{self, ProgenitorError, Skeleton};
use codegen::render::Printer;
use codegen::{Document, SourceFile, model, write};

use crate::fixtures;

/// The kinds of items that are progenitor's, as ARCHITECTURE.md names them: an edit of each in progenitor's source for the
/// repository's own document.
#[rustfmt::skip]
const KINDS: &[(&str, &str, &str)] = &[
    ("the fields of `Client`", "pub(crate) baseurl: String,", "pub(crate) base: String,"),
    ("the traits of `Client`", "#[derive(Clone, Debug)]\n/**Client", "#[derive(Clone)]\n/**Client"),
    ("the methods of `Client`", "builder::GetCustomer::new(self)", "builder::GetCustomer::new(&*self)"),
    ("`ClientInfo`", "self.baseurl.as_str()", "&self.baseurl"),
    ("an operation's builder", "    domain_id: Result<i64, String>,\n", ""),
    ("its traits", "#[derive(Debug, Clone)]\n    pub struct Get", "#[derive(Debug)]\n    pub struct Get"),
    ("the signature of `send`", "Result<ResponseValue<types::Customer>,", "Result<ResponseValue<()>,"),
    ("the structs of `types`", "pub struct ApiError {\n        pub", "pub struct ApiFault {\n        pub"),
    ("their fields", "pub tenant_id: i64,\n", ""),
    ("whether they have a default", "Clone, Debug, Default)]", "Clone, Debug)]"),
    ("the prelude", "pub use self::super::Client;", "pub use self::super::{Client, types};"),
];

#[test]
fn each_kind_of_item_is_taken_from_progenitors_output() {
    let own = fixtures::own();
    let document = Document::parse(&own.file, &own.bytes).unwrap_or_else(|faults| panic!("{faults:?}"));
    let (api, _) = model::read(&document).unwrap_or_else(|gaps| panic!("{gaps:?}"));
    let source = prettyplease::unparse(&syn::parse2(progenitor::write(&api).unwrap()).unwrap());
    let client = |source: &str| -> Result<Vec<SourceFile>, String> {
        let tokens = source.parse().map_err(|error| format!("no Rust: {error}"))?;
        let skeleton = Skeleton::of(tokens, &api).map_err(|error| error.to_string())?;
        let mut printer = Printer::new(Vec::new(), Default::default());
        write::write(&api, &skeleton, &write::Examples::of(&api), &mut printer).map_err(|error| error.to_string())?;
        Ok(printer.finish())
    };
    let untouched = client(&source);
    assert!(untouched.is_ok(), "{untouched:?}");
    for (kind, from, to) in KINDS {
        assert!(source.contains(from), "progenitor's source has no `{from}`: {kind}\n{source}");
        match client(&source.replacen(from, to, 1)) {
            Ok(client) => assert!(Ok(client) != untouched, "not taken from progenitor's output: {kind}"),
            Err(error) => assert!(error.starts_with("progenitor's output has no "), "{kind}: {error}"),
        }
    }
}

/// Operations and structs of an API that is shown to progenitor in several parts.
#[test]
fn what_is_taken_over_part_by_part_is_what_is_taken_over_at_once() {
    let mut text = "openapi: 3.0.3\ninfo: {title: Many, version: '1'}\npaths:\n".to_owned();
    for at in 0..150 {
        text.push_str(&format!(
            "  /things/{at}:\n    put:\n      operationId: putThing{at}\n      requestBody: {{content: {{application/json: {{schema: \
             {{$ref: '#/components/schemas/Thing{}'}}}}}}}}\n      responses:\n        '200': {{description: OK, content: \
             {{application/json: {{schema: {{$ref: '#/components/schemas/Thing{at}'}}}}}}}}\n",
            (at * 7 + 100) % 150
        ));
    }
    text.push_str("components:\n  schemas:\n");
    for at in 0..300 {
        text.push_str(&format!("    Thing{at}: {{type: object, properties: {{name: {{type: string}}}}}}\n"));
    }
    let document = Document::parse("many.yaml", text.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let (api, _) = model::read(&document).unwrap_or_else(|gaps| panic!("{gaps:?}"));
    let files = |skeleton: &Skeleton| {
        let mut printer = Printer::new(Vec::new(), Default::default());
        write::write(&api, skeleton, &write::Examples::of(&api), &mut printer).unwrap();
        printer.finish()
    };
    let at_once = Skeleton::of(progenitor::write(&api).unwrap(), &api).unwrap();
    assert!(files(&progenitor::skeleton(&api).unwrap()) == files(&at_once));
}

/// Panics are caught as the last resort; what the model holds must never need it.
#[test]
fn progenitor_never_panics_on_what_the_model_holds() {
    let mut caught = Vec::new();
    for fixture in fixtures::all() {
        let document = Document::parse(&fixture.file, &fixture.bytes).unwrap_or_else(|faults| panic!("{faults:?}"));
        let Ok((api, _)) = model::read(&document) else { continue };
        if let Err(ProgenitorError::Panicked(message)) = progenitor::write(&api) {
            caught.push(format!("{}: {message}", fixture.name));
        }
    }
    assert_eq!(caught, Vec::<String>::new());
}
