//! `contract --generated`: what is written for documents, what is started, and whose fault it is where something is wrong.

use super::scratch::{DOCUMENT, Run, Scratch};

const CONTRACT: &[&str] = &["contract", "--generated"];

/// The client's folder, unless told otherwise.
const FOLDER: &str = "target/generated/lineworks-partner.yaml";

/// A report without a difference.
const FINE: &str = r#"{"operations": [{"name": "getPet"}], "schemas": [{"name": "Pet", "valid": 3, "faults": 2, "draws": 10}],
    "oracles": [{"name": "wire", "counts": {"calls": 7}}], "differences": [], "left_out": []}"#;

/// A checkout with a lock file, and what its cargo and its judge do.
struct Stage {
    scratch: Scratch,
    broken: &'static str,
    unresolved: &'static str,
    trouble: &'static str,
    report: String,
    judged: &'static str,
}

impl Stage {
    fn new() -> Self {
        let scratch = Scratch::new();
        scratch.write("Cargo.lock", "version = 4\n");
        Self { scratch, broken: "", unresolved: "", trouble: "", report: FINE.to_owned(), judged: "0" }
    }

    /// With differences and what is left out, each by whose fault it is.
    fn finding(differences: &[&str], left_out: &[&str]) -> Self {
        let differences: Vec<String> = differences
            .iter()
            .map(|whose| {
                format!(r#"{{"oracle": "wire", "problem": "request", "place": "getPet", "keyword": "argument", "detail": "d", "whose": "{whose}"}}"#)
            })
            .collect();
        let left_out: Vec<String> =
            left_out.iter().map(|whose| format!(r#"{{"what": "Pet", "message": "m", "whose": {whose}}}"#)).collect();
        let report = FINE
            .replace(r#""differences": []"#, &format!(r#""differences": [{}]"#, differences.join(", ")))
            .replace(r#""left_out": []"#, &format!(r#""left_out": [{}]"#, left_out.join(", ")));
        let judged = if differences.is_empty() { "0" } else { "1" };
        Self { report, judged, ..Self::new() }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = self.scratch.command_with_builder(arguments);
        command.env("BROKEN", self.broken).env("UNRESOLVED", self.unresolved).env("TROUBLE", self.trouble);
        command.env("REPORT", &self.report).env("JUDGED", self.judged);
        Scratch::finish(&mut command)
    }

    /// What was started since this was last asked.
    fn started(&self) -> Vec<String> {
        let log = self.scratch.files("log").remove("log").unwrap_or_default();
        let _ = std::fs::remove_file(self.scratch.path("log"));
        String::from_utf8(log).unwrap().lines().map(str::to_owned).collect()
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.scratch.files(path).remove(path).unwrap_or_else(|| panic!("there is no {path}")))
            .unwrap()
    }
}

#[test]
fn a_client_is_written_built_and_judged() {
    let stage = Stage::new();
    let run = stage.run(&[CONTRACT, &["--cases", "7", "--seed", "9", "--only", "Pet"]].concat()).ends(0);
    let place = |path: &str| stage.scratch.path(path).display().to_string();
    let folder = place(FOLDER);
    assert_eq!(
        stage.started(),
        [
            format!(
                "builder.sh build --quiet --offline --workspace --keep-going --message-format=json --manifest-path \
                 {folder}/Cargo.toml --target-dir {}",
                place("target")
            ),
            format!(
                "builder.sh --client client_of_lineworks_partner judge --generated --document {} --report \
                 {folder}/lineworks_partner/report --cases 7 --seed 9 --only Pet",
                place("openapi/lineworks-partner.yaml")
            ),
        ]
    );
    run.says("judged\n");

    let text = |path: &str| stage.text(&format!("{FOLDER}/{path}"));
    let bindings = text("lineworks_partner/bindings/src/lib.rs");
    assert!(bindings.contains("client_of_lineworks_partner, \"../client/src/generated\""), "{bindings}");
    assert!(text("lineworks_partner/client/Cargo.toml").contains("\nname = \"client_of_lineworks_partner\"\n"));
    assert!(text("judge/src/main.rs").contains("&bindings_of_lineworks_partner::SUBJECT"));
    assert!(text("Cargo.toml").contains(r#"members = ["judge", "lineworks_partner/bindings"]"#));
    assert_eq!(text("Cargo.lock"), "version = 4\n");
    let files = stage.scratch.files(FOLDER);
    let own = ["build.rs", "proc-macro", "macro_export"];
    let client = files.iter().filter(|(path, _)| path.contains("/client/"));
    for (path, contents) in client {
        let contents = String::from_utf8_lossy(contents);
        assert!(!own.iter().any(|own| path.contains(own) || contents.contains(own)), "{path}");
    }
}

#[test]
fn the_client_stays_where_it_is_asked_to_and_nobody_elses_file_is_touched() {
    let stage = Stage::new();
    let arguments = [CONTRACT, &["--keep", "kept"]].concat();
    stage.scratch.write("kept/judge/Cargo.toml", "mine");
    stage.run(&arguments).ends(1).complains("kept/judge/Cargo.toml");
    std::fs::remove_file(stage.scratch.path("kept/judge/Cargo.toml")).unwrap();
    stage.run(&arguments).ends(0);
    let client = stage.scratch.path("kept/lineworks_partner/client/src/lib.rs");
    assert!(client.is_file() && !stage.scratch.path(FOLDER).exists());
}

#[test]
fn a_refused_document_is_the_documents_fault() {
    let stage = Stage::new();
    stage.scratch.edit("#/components/schemas/Pet", "#/components/schemas/Bet");
    let run = stage.run(CONTRACT).ends(1);
    assert!(stage.started().is_empty() && !stage.scratch.path(FOLDER).exists(), "{run:#?}");
    run.complains("dangling-ref").complains("is refused, which is its own fault");
}

#[test]
fn a_client_that_does_not_compile_is_the_generators_fault() {
    let stage = Stage { broken: "client_of_lineworks_partner", ..Stage::new() };
    let run = stage.run(CONTRACT).ends(3);
    assert_eq!(stage.started().len(), 1, "{run:#?}");
    assert!(!run.stderr.contains("another") && !run.stderr.contains("unused"), "{run:#?}");
    run.complains("error[E0425]: cannot find value `x`").complains("the generated client does not compile");
}

#[test]
fn a_line_of_the_bindings_that_does_not_compile_is_a_difference() {
    let stage = Stage { broken: "bindings_of_lineworks_partner", ..Stage::new() };
    let run = stage.run(CONTRACT).ends(5);
    assert_eq!(stage.started().len(), 1, "{run:#?}");
    run.complains("difference[bindings]: unbound line at bindings/src/lib.rs:7:1\nerror[E0425]: cannot find value `x`");
}

#[test]
fn what_cannot_be_resolved_is_told_with_cargos_word() {
    let stage = Stage { unresolved: "lineworks_partner", ..Stage::new() };
    stage.run(CONTRACT).ends(3).complains("error: no matching package");
    // One of several: the others are judged all the same.
    let stage = Stage { unresolved: "b/bindings", ..Stage::new() };
    stage.scratch.write("all/a.yaml", DOCUMENT);
    stage.scratch.write("all/b.yaml", DOCUMENT);
    let run = stage.run(&[CONTRACT, &["all"]].concat()).ends(3);
    run.says("not compiled  all/b.yaml").says("fine          all/a.yaml").says("error: no matching package");
}

#[test]
fn trouble_of_the_machine_is_nobodys_fault() {
    let stage = Stage { trouble: "error: no space left on device", ..Stage::new() };
    let run = stage.run(CONTRACT).ends(1).complains("no space left on device").complains("nothing was judged");
    assert!(!run.stderr.contains("defect"), "{run:#?}");
}

#[test]
fn a_name_that_no_document_has_is_wrong_usage() {
    let absent = || Stage { report: String::new(), judged: "2", ..Stage::new() };
    let only = [CONTRACT, &["--only", "Pat"]].concat();
    let run = absent().run(&only).ends(2).complains("names no schema and no operation");
    assert!(!run.stderr.contains("defect"), "{run:#?}");
    let stage = absent();
    stage.scratch.write("all/a.yaml", DOCUMENT);
    stage.scratch.write("all/b.yaml", DOCUMENT);
    stage.run(&[&only[..], &["all"]].concat()).ends(2).says("absent        all/a.yaml").says("2 without that name");
    // Without a name, it is the judge that is at fault.
    absent().run(CONTRACT).ends(6).complains("this is a defect of the judge");
}

#[test]
fn what_the_judge_finds_is_told_by_whose_fault_it_is() {
    for (differences, left_out, status, what) in [
        (&["client", "document"][..], &[][..], 5, "which is the generator's fault"),
        (&["document"], &["null"], 1, "contradicts itself, which is its own fault"),
        (&["document"], &["\"judge\""], 6, "the judge cannot judge all of it"),
        (&[], &["\"document\""], 0, ""),
    ] {
        Stage::finding(differences, left_out).run(CONTRACT).ends(status).complains(what);
    }
    // A judge that ends without a report has not judged.
    let stage = Stage { report: String::new(), judged: "101", ..Stage::new() };
    stage.run(CONTRACT).ends(6).complains("this is a defect of the judge");
}

#[test]
fn what_became_of_documents_is_told_to_programs_too() {
    let stage = Stage::finding(&["client"], &["\"judge\""]);
    stage.scratch.write("all/a.yaml", DOCUMENT);
    stage.scratch.write("all/c.json", "{}");
    let told =
        |format: &str| stage.run(&[CONTRACT, &["all", "--format", format]].concat()).ends(5).complains("c.json").stdout;
    let json: serde_json::Value = serde_json::from_str(&told("json")).unwrap();
    assert_eq!((&json["version"], &json["documents"][1]["outcome"]), (&1.into(), &"refused".into()), "{json}");
    let github = told("github");
    let titles: Vec<_> = github.lines().filter_map(|line| line.split_once(",title=")?.1.split("::").next()).collect();
    assert_eq!(titles, ["wire/request", "judge/not-judged", "document/refused"], "{github}");
    let sarif: serde_json::Value = serde_json::from_str(&told("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(3), "{sarif}");
}

#[test]
fn many_documents_make_one_program_and_one_summary() {
    let stage = Stage { broken: "bindings_of_b", ..Stage::finding(&["client"], &[]) };
    stage.scratch.write("all/a.yaml", DOCUMENT);
    stage.scratch.write("all/b.yaml", DOCUMENT);
    stage.scratch.write("all/c.json", "{}");
    stage.scratch.write("all/notes.txt", "");
    let arguments = [CONTRACT, &["all", "--document", "openapi/lineworks-partner.yaml", "--keep", "kept"]].concat();
    let run = stage.run(&arguments).ends(5);
    let started = stage.started();
    // Built once with all, and once more without the one that does not compile; the others are judged.
    assert_eq!(started.len(), 4, "{started:#?}");
    assert!(started[2].contains("--client client_of_lineworks_partner judge"), "{started:#?}");
    assert!(started[3].contains("--client client_of_a judge"), "{started:#?}");
    let run =
        run.says("refused       all/c.json: the document's fault").says("differs       all/a.yaml: 1 of the client's");
    let run = run.says("4 documents: 3 differ from their clients, 1 refused");
    let run = run.says("judged: 14 calls, 30 cases, 2 operations, 2 schemas");
    let run = run.says("2 in   2 documents  wire: request argument");
    run.says("1 in   1 documents  bindings: unbound line");
    let summary = stage.text("kept/summary.json");
    assert!(summary.contains("cannot find value `x`") && summary.contains("\"outcome\": \"refused\""), "{summary}");

    // The same again judges nothing anew; another plan, and an edit, do.
    stage.run(&arguments).ends(5).says("4 documents: 3 differ");
    assert!(stage.started().is_empty());
    stage.run(&[&arguments[..], &["--seed", "1"]].concat()).ends(5);
    assert_eq!(stage.started().len(), 4);
    stage.scratch.write("all/a.yaml", DOCUMENT.replace("Pets", "Cats"));
    stage.run(&[&arguments[..], &["--seed", "1"]].concat()).ends(5);
    assert_eq!(stage.started().len(), 2);
    // A report elsewhere has to be written there.
    stage.run(&[&arguments[..], &["--seed", "1", "--report", "reports"]].concat()).ends(5);
    assert!(stage.scratch.path("reports/a/contract.json").is_file());
}

#[test]
fn a_known_fault_is_no_news_and_one_that_is_mended_is() {
    let stage = Stage::finding(&["client"], &[]);
    let entry = |keyword: &str| {
        format!(
            r#"{{"document": "lineworks-partner.yaml", "oracle": "wire", "problem": "request", "keyword": "{keyword}",
                "place": "getPet", "reason": "not yet"}}"#
        )
    };
    let arguments = [CONTRACT, &["--known", "known.json"]].concat();
    stage.scratch.write("known.json", format!("[{}]", entry("argument")));
    stage.run(&arguments).ends(0);
    stage.scratch.write("known.json", format!("[{}, {}]", entry("argument"), entry("query")));
    stage.run(&arguments).ends(5).complains("no longer real");
    // What is not judged may be as real as ever.
    stage.run(&[&arguments[..], &["--only", "getPet"]].concat()).ends(0);
    Stage { report: String::new(), judged: "101", ..stage }.run(&arguments).ends(6);
    let stage = Stage { broken: "client_of_lineworks_partner", ..Stage::new() };
    stage.scratch.write("known.json", format!("[{}]", entry("query")));
    let run = stage.run(&arguments).ends(3);
    assert!(!run.stderr.contains("no longer real"), "{run:#?}");
    stage.scratch.write("known.json", "[{}]");
    stage.run(&arguments).ends(1).complains("known.json: this is not a list of known faults");
}

#[test]
fn options_that_contradict_each_other_are_wrong_usage() {
    let scratch = Scratch::new();
    scratch.run(&[CONTRACT, &["--schema-only"]].concat()).ends(2);
    scratch.run(&["contract", "--keep", "kept"]).ends(2).complains("--generated");
    scratch.run(&["contract", "--known", "known.json"]).ends(2).complains("--generated");
    scratch.run(&["contract", "--allow", "external-ref"]).ends(2).complains("--generated");
    scratch.run(&["contract", "a.yaml", "b.yaml"]).ends(2).complains("one document at a time");
}

#[test]
fn mutants_are_judged_by_a_documents_own_client() {
    let stage = Stage { judged: "1", report: String::new(), ..Stage::new() };
    stage.run(&["mutants", "--generated"]).ends(1);
    let started = stage.started();
    assert_eq!(started.len(), 2, "{started:#?}");
    assert!(started[1].contains("--client client_of_lineworks_partner mutants --document "), "{started:#?}");
    let stage = Stage { broken: "client_of_lineworks_partner", ..stage };
    stage.run(&["mutants", "--generated"]).ends(3).complains("the generated client does not compile");
}
