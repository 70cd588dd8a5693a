//! What becomes of documents in several files. The files are JSON or YAML by their names.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::{Loaded, Loader, Refusal, joined};
use crate::document::{Document, FileId, Pointer};
use crate::lint::lint;
use crate::version::settled;

/// Files in memory; the first that is asked for is the first in order.
#[derive(Debug, Default)]
struct Memory {
    files: BTreeMap<String, String>,
    order: Mutex<Vec<String>>,
}

impl Loader for Memory {
    fn load(&self, path: &str) -> Result<Loaded, Refusal> {
        if path == "root.yaml" {
            return Ok(Loaded { file: FileId::ROOT, path: path.to_owned(), bytes: Arc::default() });
        }
        let text = self.files.get(path).ok_or(Refusal::Missing { similar: None })?;
        let mut order = self.order.lock().unwrap();
        let index = order.iter().position(|known| known == path).unwrap_or_else(|| {
            order.push(path.to_owned());
            order.len() - 1
        });
        let file = FileId::nth(u32::try_from(index).unwrap() + 1);
        Ok(Loaded { file, path: path.to_owned(), bytes: text.as_bytes().into() })
    }
}

fn read(root: &str, files: &[(&str, &str)]) -> Document {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let loader = Memory { files, ..Memory::default() };
    let root = format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\n{root}");
    joined(Document::parse("root.yaml", root.as_bytes()).unwrap(), Some(&loader)).unwrap()
}

fn at<'d>(document: &'d Document, pointer: &str) -> &'d Value {
    document.root().pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {:#}", document.root()))
}

/// The names of the schemas in the one tree.
fn schemas(document: &Document) -> Vec<String> {
    at(document, "/components/schemas").as_object().unwrap().keys().cloned().collect()
}

fn found(document: Document) -> Vec<String> {
    let document = settled(document);
    let found = lint(&document);
    let told = found.iter().map(|one| {
        let place = one.location;
        format!("{}:{}:{} {}", document.file_name(place.file), place.line, place.column, one.message)
    });
    told.collect()
}

#[test]
fn names_come_from_pointers_and_files() {
    let document = read(
        "paths: {}\nx-a: 1\ncomponents: {schemas: {Own: {properties: {
           a: {$ref: pet.yaml}, b: {$ref: './x/../pet.yaml#'}, c: {$ref: 'all.yaml#/components/schemas/Cat'},
           d: {$ref: 'all.yaml#/components/schemas/Cat/properties/name'}, e: {$ref: 'kinds%2eyaml#/Fish'}}}}}\n",
        &[
            ("pet.yaml", "{properties: {self: {$ref: '#'}, tag: {$ref: '#/properties/self'}}}"),
            (
                "all.yaml",
                "components: {schemas: {Cat: {properties: {name: {type: string}, kin: {$ref: '#/components/schemas/Alias'}}}, Alias: {$ref: pet.yaml}}}",
            ),
            ("kinds.yaml", "Fish: {$ref: 'root.yaml#/components/schemas/Own'}\n"),
        ],
    );
    assert_eq!(
        document.root()["components"]["schemas"],
        json!({
            "Own": {"properties": {
                "a": {"$ref": "#/components/schemas/pet"},
                "b": {"$ref": "#/components/schemas/pet"},
                "c": {"$ref": "#/components/schemas/Cat"},
                "d": {"$ref": "#/components/schemas/Cat/properties/name"},
                "e": {"$ref": "#/components/schemas/Own"},
            }},
            "Cat": {"properties": {"name": {"type": "string"}, "kin": {"$ref": "#/components/schemas/pet"}}},
            "pet": {"properties": {"self": {"$ref": "#/components/schemas/pet"}, "tag": {"$ref": "#/components/schemas/pet"}}},
        })
    );
    let location =
        document.location(&Pointer::from_reference("#/components/schemas/Cat/properties/name/type").unwrap());
    assert_eq!((document.file_name(location.file), location.line), ("all.yaml", 1));
}

#[test]
fn names_that_meet_are_qualified_whatever_is_reached() {
    const FILES: &[(&str, &str)] = &[
        ("a/error.yaml", "type: string\n"),
        ("b/error.yaml", "type: integer\n"),
        ("c.yaml", "components: {schemas: {error: {type: number}, Used: {type: boolean}, Own: {type: string}}}\n"),
        ("defs.yaml", "One: {type: string}\nTwo: {type: string}\n"),
        ("more.yaml", "Two: {type: string}\nThree: {type: string}\n"),
    ];
    let root = |more: &str| {
        format!(
            "paths: {{}}\ncomponents:\n  schemas:\n    Own:\n      properties:\n        a: {{$ref: a/error.yaml}}\n        \
             b: {{$ref: b/error.yaml}}\n        c: {{$ref: 'c.yaml#/components/schemas/Used'}}\n        \
             d: {{$ref: 'defs.yaml#/One'}}\n        e: {{$ref: 'more.yaml#/Three'}}\n{more}"
        )
    };
    let before = schemas(&read(&root(""), FILES));
    assert_eq!(before, ["Own", "a_error", "b_error", "Used", "One", "Three"]);
    let more = "        f: {$ref: 'c.yaml#/components/schemas/error'}\n        g: {$ref: 'c.yaml#/components/schemas/Own'}\n        h: {$ref: 'more.yaml#/Two'}\n";
    let after = read(&root(more), FILES);
    assert_eq!(schemas(&after), ["Own", "a_error", "b_error", "c_error", "Used", "c_Own", "One", "more_Two", "Three"]);
    let told = found(after);
    assert!(
        told.iter().any(|one| one.starts_with("a/error.yaml:1:1 there are several definitions called `error`")),
        "{told:#?}"
    );
    // The names of components that are no schemas are in no client.
    let both = "paths: {/a: {parameters: [{$ref: 'x.yaml#/p'}, {$ref: 'y.yaml#/p'}]}}\n";
    let parameter = |name: &str| format!("p: {{in: query, name: {name}, schema: {{type: string}}}}\n");
    let document = read(both, &[("x.yaml", &parameter("x")), ("y.yaml", &parameter("y"))]);
    assert_eq!(at(&document, "/components/parameters").as_object().unwrap().len(), 2);
    assert!(found(document).iter().all(|one| !one.contains("several definitions")));
    // A component of the root's gives another name.
    let pinned =
        read(&format!("{}    Fault: {{$ref: a/error.yaml}}\n    Again: {{$ref: a/error.yaml}}\n", root("")), FILES);
    assert_eq!(schemas(&pinned), ["Own", "Fault", "Again", "b_error", "Used", "One", "Three"]);
    assert_eq!(at(&pinned, "/components/schemas/Fault"), &json!({"type": "string"}));
    assert_eq!(at(&pinned, "/components/schemas/Again"), &json!({"$ref": "#/components/schemas/Fault"}));
    assert_eq!(at(&pinned, "/components/schemas/Own/properties/a"), &json!({"$ref": "#/components/schemas/Fault"}));
}

#[test]
fn what_differs_in_nothing_but_spelling_is_numbered() {
    let document = read(
        "paths: {}\ncomponents: {schemas: {Own: {properties: {a: {$ref: 'a b.yaml'}, b: {$ref: 'a_b.yaml'}, c: {$ref: 'a%20b/c.yaml#/x%2520'}}}}}\n",
        &[("a b.yaml", "type: string"), ("a_b.yaml", "type: integer"), ("a b/c.yaml", "{'x%20': {type: string}}")],
    );
    assert_eq!(schemas(&document), ["Own", "a_b", "x_20", "a_b_2"]);
}

#[test]
fn every_kind_has_its_section_and_path_items_their_place() {
    let document = read(
        "paths:\n  /a: {$ref: 'paths/a.yaml'}\n  /b: {$ref: 'paths/a.yaml', summary: own}\n  /c: {get: {$ref: 'get.yaml'}}\n",
        &[
            (
                "paths/a.yaml",
                "summary: s\nparameters: [{$ref: '../kit.yaml#/p'}]\nget:\n  requestBody: {$ref: '../kit.yaml#/components/requestBodies/b'}\n  \
                 responses:\n    '200': {$ref: '../kit.yaml#/responses/200'}\n    default:\n      description: d\n      \
                 headers: {h: {$ref: '../kit.yaml#/h'}}\n      links: {l: {$ref: '../kit.yaml#/l'}}\n  callbacks: {c: {$ref: '../kit.yaml#/c'}}\n",
            ),
            ("get.yaml", "responses: {$ref: 'kit.yaml#/all'}\n"),
            (
                "kit.yaml",
                "p: {name: q, in: query, schema: {$ref: '#/s'}}\ns: {type: string}\nh: {schema: {$ref: '#/s'}}\nl: {operationId: x}\n\
                 c: {'{$request.body#/url}': {$ref: '#/item'}}\nitem: {post: {responses: {}}}\nresponses: {200: {description: d}}\n\
                 all: {'200': {$ref: '#/responses/200'}}\n\
                 components: {requestBodies: {b: {content: {application/json: {schema: {$ref: '#/s'}, examples: {e: {$ref: '#/e'}}}}}}}\n\
                 e: {value: {$ref: 'is data'}}\n",
            ),
        ],
    );
    let sections: BTreeMap<&String, Vec<&String>> = at(&document, "/components")
        .as_object()
        .unwrap()
        .iter()
        .map(|(section, entries)| (section, entries.as_object().unwrap().keys().collect()))
        .collect();
    assert_eq!(
        json!(sections),
        json!({"callbacks": ["c"], "examples": ["e"], "headers": ["h"], "links": ["l"], "parameters": ["p"],
               "requestBodies": ["b"], "responses": ["200"], "schemas": ["s"]})
    );
    assert_eq!(at(&document, "/paths/~1a/summary"), "s");
    assert_eq!(at(&document, "/paths/~1b/summary"), "own");
    assert_eq!(at(&document, "/paths/~1b/parameters/0/$ref"), "#/components/parameters/p");
    assert_eq!(at(&document, "/paths/~1c/get/responses/200/$ref"), "#/components/responses/200");
    assert_eq!(at(&document, "/components/callbacks/c/{$request.body#~1url}/post"), &json!({"responses": {}}));
    assert_eq!(at(&document, "/components/examples/e/value/$ref"), "is data");
    let place = |pointer: &str| {
        let place = document.location(&Pointer::from_reference(pointer).unwrap());
        format!("{}:{}", document.file_name(place.file), place.line)
    };
    assert_eq!(place("#/paths/~1b/summary"), "root.yaml:5");
    assert_eq!(place("#/paths/~1b/get/responses"), "paths/a.yaml:6");
    assert_eq!(place("#/paths/~1c/get/responses/200"), "kit.yaml:8");
}

#[test]
fn sections_of_the_root_may_stand_elsewhere() {
    let document = read(
        "paths: {/a: {get: {responses: {default: {$ref: 'parts/responses.yaml#/Any'}}}}}\n\
         components:\n  responses: {$ref: parts/responses.yaml}\n  schemas: {$ref: parts/schemas.yaml}\n",
        &[
            (
                "parts/responses.yaml",
                "Any: {description: d, content: {application/json: {schema: {$ref: 'schemas.yaml#/Pet'}}}}\n",
            ),
            ("parts/schemas.yaml", "Pet: {$ref: deep/pet.yaml}\nCat: {type: string}\n"),
            ("parts/deep/pet.yaml", "properties: {cat: {$ref: '../schemas.yaml#/Cat'}}\n"),
        ],
    );
    assert_eq!(
        document.root()["components"],
        json!({
            "responses": {"Any": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}},
            "schemas": {"Pet": {"properties": {"cat": {"$ref": "#/components/schemas/Cat"}}}, "Cat": {"type": "string"}},
        })
    );
    assert_eq!(at(&document, "/paths/~1a/get/responses/default/$ref"), "#/components/responses/Any");
}

#[test]
fn discriminators_lead_to_the_schemas_that_are_meant() {
    let document = read(
        "paths: {}\ncomponents: {schemas: {Own: {$ref: 'pets.yaml#/components/schemas/Pet'}, Dog: {type: object}}}\n",
        &[
            (
                "pets.yaml",
                "components: {schemas: {Pet: {discriminator: {propertyName: kind, mapping: {a: Cat, b: '#/components/schemas/Cat', c: cow.yaml, d: Dog, e: gnu}}}, Cat: {type: object}}}",
            ),
            ("cow.yaml", "type: object\n"),
        ],
    );
    let mapping = at(&document, "/components/schemas/Own/discriminator/mapping");
    let cat = "#/components/schemas/Cat";
    assert_eq!(mapping, &json!({"a": cat, "b": cat, "c": "#/components/schemas/cow", "d": "Dog", "e": "gnu"}));
}

#[test]
fn a_reference_that_leads_nowhere_is_told_where_it_stands() {
    let document = read(
        "paths: {/a: {$ref: nowhere.yaml}}\ncomponents: {schemas: {\n Own: {properties: {a: {$ref: part.yaml},\n  b: {$ref: 'https://a.example/x/pet.json#/P'},\n  c: {$ref: /etc/passwd}}}}}\n",
        &[("part.yaml", "properties:\n  a: {$ref: '#/properties/b'}\n  c: {$ref: '../up.yaml'}\n")],
    );
    assert_eq!(
        found(document),
        [
            "root.yaml:3:20 `nowhere.yaml`: no such file",
            "root.yaml:6:13 `https://a.example/x/pet.json#/P` is a URL, and nothing is fetched from the network",
            "root.yaml:7:13 `/etc/passwd` is an absolute path",
            "part.yaml:2:13 there is nothing at `#/properties/b` in `part.yaml`",
            "part.yaml:3:13 `../up.yaml`: no such file",
        ]
    );
}

#[test]
fn circles_of_files_end() {
    let circle = read(
        "paths: {}\ncomponents: {schemas: {Own: {properties: {a: {$ref: a.yaml}}}}}\n",
        &[("a.yaml", "{$ref: b.yaml}"), ("b.yaml", "{$ref: a.yaml}")],
    );
    assert!(found(circle).iter().any(|one| one.contains("references form a cycle")));
    let legal = read(
        "paths: {}\ncomponents: {schemas: {Own: {properties: {a: {$ref: a.yaml}}}}}\n",
        &[("a.yaml", "properties: {b: {$ref: b.yaml}}"), ("b.yaml", "properties: {a: {$ref: a.yaml}}")],
    );
    assert_eq!(schemas(&legal), ["Own", "a", "b"]);
    let files = [("a.yaml".to_owned(), "post: {callbacks: {c: {x: {$ref: a.yaml}}}}".to_owned())].into();
    let loader = Memory { files, ..Memory::default() };
    let root = Document::parse("root.yaml", b"openapi: 3.0.3\npaths: {/a: {$ref: a.yaml}}\n").unwrap();
    let faults = joined(root, Some(&loader)).unwrap_err();
    assert_eq!(faults[0].message, "`a.yaml#` is included in itself");
}

#[test]
fn a_file_that_is_no_yaml_is_told_twice() {
    let files = [("a.yaml".to_owned(), "a: [\n".to_owned()), ("b.json".to_owned(), "{\"a\": tru}".to_owned())].into();
    let loader = Memory { files, ..Memory::default() };
    let root =
        Document::parse("root.yaml", b"openapi: 3.0.3\npaths: {/a: {$ref: a.yaml}, /b: {$ref: b.json}}\n").unwrap();
    let faults = joined(root, Some(&loader)).unwrap_err();
    let places: Vec<(usize, &str)> = faults.iter().map(|fault| (fault.location.file.index(), fault.rule)).collect();
    assert_eq!(places, [(1, "yaml-syntax"), (0, "external-ref"), (2, "json-syntax"), (0, "external-ref")]);
}

#[test]
fn inclusion_does_not_grow_without_bounds() {
    let mut files: BTreeMap<String, String> = (0..20)
        .map(|level| {
            let next = level + 1;
            (format!("f{level}.yaml"), format!("properties: {{a: {{properties: {{$ref: 'f{next}.yaml#/properties'}}}}, b: {{properties: {{$ref: 'f{next}.yaml#/properties'}}}}}}"))
        })
        .collect();
    files.insert("f20.yaml".to_owned(), "properties: {}".to_owned());
    let loader = Memory { files, ..Memory::default() };
    let root = b"openapi: 3.0.3\npaths: {}\ncomponents: {schemas: {Own: {$ref: f0.yaml}}}\n";
    let faults = joined(Document::parse("root.yaml", root).unwrap(), Some(&loader)).unwrap_err();
    assert!(faults[0].message.contains("too deep or too large"), "{:?}", faults[0]);
}

#[test]
fn the_digest_is_that_of_all_files() {
    let digest = |text: &str| {
        read("paths: {}\ncomponents: {schemas: {Own: {$ref: a.yaml}}}\n", &[("a.yaml", text)]).sha256().to_owned()
    };
    assert_ne!(digest("type: string\n"), digest("type: string # and a comment\n"));
    let alone = read("paths: {}\n", &[]);
    let parsed = Document::parse("root.yaml", alone.text().as_bytes()).unwrap();
    assert_eq!(alone.sha256(), parsed.sha256());
}

#[test]
fn scalars_on_which_readers_disagree_are_found_in_every_file() {
    let document = read(
        "paths: {}\ncomponents: {schemas: {Own: {$ref: a.yaml}}}\n",
        &[("a.yaml", "type: integer\nmaximum: 0777\n")],
    );
    let told = found(document);
    assert!(told.iter().any(|one| one.starts_with("a.yaml:2:10 YAML parsers disagree on `0777`")), "{told:#?}");
}
