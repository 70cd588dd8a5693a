//! Documents in several files: the table of `tests/files.json`, which the generator and its commands are held to as well.

use std::path::Path;

use contract_tests::document::Document;
use serde_json::Value;

/// The document of a case, written into a folder.
fn written(case: &Value, folder: &Path) -> std::path::PathBuf {
    let home = folder.join("home");
    let put = |path: &str, text: &str| {
        let path = home.join(path);
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    let references = case["refs"].as_array().expect("a list").iter().enumerate();
    let properties =
        references.map(|(at, to)| format!("        p{at}: {{$ref: '{}'}}\n", to.as_str().expect("a string")));
    let head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Root:\n      properties:\n";
    put("root.yaml", &format!("{head}{}", properties.collect::<String>()));
    for (path, text) in case["files"].as_object().into_iter().flatten() {
        put(path, text.as_str().expect("a string"));
    }
    #[cfg(unix)]
    for (path, target) in case["links"].as_object().into_iter().flatten() {
        std::os::unix::fs::symlink(target.as_str().expect("a string"), home.join(path)).expect("a link");
    }
    home.join("root.yaml")
}

#[test]
fn each_case_is_read_or_refused_at_its_place() {
    let table: Vec<Value> = serde_json::from_str(include_str!("../files.json")).expect("the table is JSON");
    let mut wrong = Vec::new();
    for case in table.iter().filter(|case| cfg!(unix) || case.get("links").is_none()) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = written(case, folder.path());
        let told = match Document::read_as("root.yaml", &path, &[]) {
            Ok(document) => {
                let mut names: Vec<&str> = document.component_schemas().iter().map(|(name, _)| *name).collect();
                names.retain(|name| *name != "Root");
                names.sort_unstable();
                serde_json::json!({ "schemas": names })
            }
            Err(error) => {
                let place = error.place().map(|place| format!("{}:{}", place.file, place.line));
                assert!(error.help().is_some(), "{error}");
                serde_json::json!({ "error": place })
            }
        };
        let as_said = told.get("schemas").is_some_and(|names| Some(names) == case.get("schemas"))
            || told.get("error").is_some_and(|place| Some(place) == case.get("error"));
        if !as_said {
            wrong.push(format!("{}: {told}", case["what"]));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_of_a_folder_that_is_named_are_read_and_have_their_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let case =
        serde_json::json!({ "files": { "../kit/a.yaml": "Pet:\n  type: string\n" }, "refs": ["../kit/a.yaml#/Pet"] });
    let path = written(&case, folder.path());
    assert!(Document::read(&path).is_err());
    let document = Document::read_as("in/root.yaml", &path, &[folder.path().join("kit")]).expect("it is read");
    let (name, pet) = document.component_schemas().pop().expect("a schema");
    assert_eq!(name, "Pet");
    let place = document.place(&pet.get("type").expect("a type").pointer).expect("a place");
    assert_eq!(place.to_string(), "in/../kit/a.yaml:2:3");
}
