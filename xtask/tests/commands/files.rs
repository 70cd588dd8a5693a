//! Documents in several files: the table that the judge is held to too, by `lint`, and what `regenerate` makes of an edit.

use serde_json::Value;

use super::scratch::{DOCUMENT, Scratch};

#[test]
fn each_case_is_read_or_refused_at_its_place() {
    let table: Vec<Value> =
        serde_json::from_str(include_str!("../../../contract-tests/tests/files.json")).expect("the table is JSON");
    let mut wrong = Vec::new();
    for case in table.iter().filter(|case| cfg!(unix) || case.get("links").is_none()) {
        let scratch = Scratch::new();
        let references = case["refs"].as_array().unwrap().iter().enumerate();
        let properties = references.map(|(at, to)| format!("        p{at}: {{$ref: '{}'}}\n", to.as_str().unwrap()));
        let head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Root:\n      properties:\n";
        scratch.write("home/root.yaml", format!("{head}{}", properties.collect::<String>()));
        for (path, text) in case["files"].as_object().into_iter().flatten() {
            scratch.write(&format!("home/{path}"), text.as_str().unwrap());
        }
        #[cfg(unix)]
        for (path, target) in case["links"].as_object().into_iter().flatten() {
            std::os::unix::fs::symlink(target.as_str().unwrap(), scratch.path("home").join(path)).unwrap();
        }
        let run = scratch.run(&["lint", "home/root.yaml"]);
        let as_said = match case.get("error").and_then(Value::as_str) {
            Some(place) => {
                run.status == 1
                    && run.stderr.contains(&format!("home/{place}:"))
                    && run.stderr.contains(": error[external-ref]")
            }
            None => run.status == 0,
        };
        if !as_said {
            wrong.push(format!("{}: {run:?}", case["what"]));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn an_edit_of_any_file_is_stale() {
    let scratch = Scratch::new();
    let (head, pet) = DOCUMENT.split_once("    Pet:\n").unwrap();
    scratch.write("openapi/lineworks-partner.yaml", format!("{head}    Pet: {{$ref: parts/pet.yaml}}\n"));
    scratch.write("openapi/parts/pet.yaml", pet);
    scratch.run(&["regenerate", "--out", "new"]).ends(0);
    scratch.run(&["regenerate", "--out", "new", "--check"]).ends(0);
    scratch.write("openapi/parts/pet.yaml", format!("# A comment.\n{pet}"));
    scratch.run(&["regenerate", "--out", "new", "--check"]).ends(4);
}
