//! The report in its three forms.

use contract_tests::client::{Decoded, Schema, Subject};
use contract_tests::deviations::Deviation;
use contract_tests::difference::Problem;
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::matrix::Tried;
use contract_tests::oracle::Findings;
use contract_tests::report::{OperationTally, Report, SchemaTally};
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use serde_json::json;

use super::{subject, thing};

const MEMO: &str =
    "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {Memo: {type: string}}}";

const KNOWN: &[Deviation] = &[Deviation {
    oracle: "matrix",
    problem: Problem::Response,
    keyword: "result",
    places: &["a \"known\" row"],
    reason: "for the test: 1 < 2 & 3 > 2",
}];

fn report() -> Report {
    with_report(MEMO, |report, _| report)
}

/// A report on a document with the schema `Memo`, and what it was judged on.
fn with_report<T>(text: &str, then: impl FnOnce(Report, &Ground<'_>) -> T) -> T {
    with_findings(text, findings(), then)
}

fn findings() -> Vec<Findings> {
    let mut client = Findings::of("client");
    let detail = "a </failure> & \"quotes\" \u{0}\u{1b} \u{ffff} \u{1f600}";
    client.add(Problem::RefusesValid, "Memo", "maxLength", detail, json!("x<y\u{7}"));
    let mut matrix = Findings::of("matrix");
    matrix.tried.push(Tried {
        operation: "getMemo".into(),
        name: "fine".into(),
        expected: "value 200".into(),
        seen: "value 200".into(),
        kept: Some(7),
        wrong: Vec::new(),
    });
    matrix.counts.insert("rows", 3);
    matrix.add(Problem::Response, "a \"known\" row", "result", "it differs", json!(null));
    matrix.add(Problem::Response, "bad", "token", "printed", json!(null));
    vec![client, matrix]
}

fn with_findings<T>(text: &str, findings: Vec<Findings>, then: impl FnOnce(Report, &Ground<'_>) -> T) -> T {
    let document = Document::parse("a & b.yaml", text).expect("the fixture is well-formed");
    let memo = Schema {
        name: "Memo",
        decode: |_| Ok(Decoded { encoded: json!("x"), kept: Vec::new(), strict: Vec::new(), printed: Vec::new() }),
        derived: || Some(json!({ "type": "string" })),
        constructors: |text| vec![("FromStr", Ok(json!(text)))],
        ..thing()
    };
    let subject = Subject { deviations: KNOWN, ..subject(vec![memo]) };
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, &subject, Plan::default(), &clients).expect("there is ground");
    let tally = |name: &str| SchemaTally {
        name: name.into(),
        valid: 1,
        faults: 0,
        draws: 0,
        rejected_draws: 0.0,
        uncovered: Vec::new(),
        seconds: 0.25,
        at: None,
    };
    let operation = OperationTally { name: "getMemo".into(), seconds: 0.5, at: None };
    let report = Report::new(&ground, vec![tally("Memo"), tally("Fine")], vec![operation], findings, Vec::new());
    then(report, &ground)
}

#[test]
fn junit_is_well_formed_whatever_the_texts() {
    let directory = tempfile::tempdir().expect("a directory");
    report().write(directory.path()).expect("the report is written");
    let xml = std::fs::read_to_string(directory.path().join("contract.xml")).expect("it is there");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut cases, mut failures, mut skipped, mut text) = (0, 0, 0, String::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{xml}")) {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    attribute.expect("an attribute").normalized_value(XmlVersion::Implicit1_0).expect("its value");
                }
                match tag.name().as_ref() {
                    "testcase" => cases += 1,
                    "failure" => failures += 1,
                    "skipped" => skipped += 1,
                    _ => {}
                }
            }
            Event::Text(found) => text.push_str(&found.xml10_content()),
            _ => {}
        }
    }
    // The document, with what is of none of its schemas, two schemas, and an operation. A tolerated difference says nothing
    // where another one shows.
    assert_eq!((cases, failures, skipped), (4, 2, 0), "{xml}");
    assert!(!xml.contains(['\u{0}', '\u{1b}', '\u{ffff}']), "{xml}");
    assert!(
        xml.contains("name=\"a &amp; b.yaml\" tests=\"4\" failures=\"2\" errors=\"0\" skipped=\"0\" time=\"1.000\""),
        "{xml}"
    );
    for case in [
        "<testcase classname=\"schemas\" name=\"Memo\" time=\"0.250\" file=\"a &amp; b.yaml\" line=\"4\">",
        "<testcase classname=\"schemas\" name=\"Fine\" time=\"0.250\" file=\"a &amp; b.yaml\" line=\"1\"/>",
        "<testcase classname=\"operations\" name=\"getMemo\" time=\"0.500\" file=\"a &amp; b.yaml\" line=\"1\"/>",
    ] {
        assert!(xml.contains(case), "{case} is not in {xml}");
    }
    assert!(text.contains("repeat: cargo xtask contract"), "{text}");
}

#[test]
fn a_failure_says_what_every_oracle_says_and_how_to_see_it_again() {
    let text = report().to_string();
    for line in [
        "difference[client]: refuses valid maxLength at Memo",
        "  document     accepts",
        "  derived      accepts",
        "  client       accepts",
        "  constructors accepts",
        "  matrix: 3 rows",
        "  repeat: cargo xtask contract --document 'a & b.yaml' --only Memo\n",
        "2 differences; ",
        "the same again: cargo xtask contract --document 'a & b.yaml' --cases 256 --seed 0",
    ] {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
}

#[test]
fn nothing_that_a_document_says_is_markup_of_the_page() {
    let hostile = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)>";
    let text = format!("{MEMO}\ntags: [{{name: '{hostile}', description: '{hostile}'}}]\n");
    let directory = tempfile::tempdir().expect("a directory");
    with_report(&text, |report, ground| report.write_page(ground, directory.path())).expect("the page is written");
    let page = std::fs::read_to_string(directory.path().join("index.html")).expect("it is there");
    assert!(!page.contains("<script>alert") && !page.contains("<img"), "{page}");
    assert_eq!((page.matches("<script").count(), page.matches("</script>").count()), (2, 2), "{page}");
    // It asks for nothing, and says so to the browser.
    assert!(!page.contains("src=\"") && !page.contains("url(") && !page.contains("@import"), "{page}");
    assert!(page.contains("default-src 'none'"), "{page}");
    // Every line is there, and every keyword has a colour.
    let data = page.split("id=\"data\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("the data");
    let data: serde_json::Value = serde_json::from_str(data).expect("it is JSON");
    let lines = data["files"][0]["lines"].as_array().expect("lines");
    let joined = |pieces: &serde_json::Value| {
        let pieces = pieces.as_array().expect("pieces").iter();
        pieces.map(|piece| piece.as_str().or(piece[0].as_str()).expect("a text")).collect::<String>()
    };
    let told: Vec<String> = lines.iter().map(|line| joined(&line[1])).collect();
    assert_eq!(told, text.split('\n').collect::<Vec<_>>());
    let keywords = data["keywords"].as_array().expect("keywords");
    let way = |pointer: &str| &keywords.iter().find(|one| one["pointer"] == pointer).expect("the keyword")["way"];
    assert_eq!(way("/components/schemas/Memo/type"), "payload", "{keywords:#?}");
    assert_eq!(way("/info/title"), "documentation", "{keywords:#?}");
    let memo = data["differences"].as_array().expect("differences").iter().find(|one| one["at"] == json!([0, 4]));
    assert!(memo.is_some_and(|memo| memo["title"].as_str().is_some_and(|title| title.contains("maxLength at Memo"))));
}

#[test]
fn mutants_of_this_document_are_shown_and_those_of_another_are_not() {
    let directory = tempfile::tempdir().expect("a directory");
    let page = |digest: &str| {
        let mutants = json!({ "digest": digest, "mutants": [{
            "id": "0001-kind", "pointer": "/components/schemas/Memo", "what": "type: \"string\" dropped", "observer": "payload",
            "fate": "killed", "by": ["client"], "remedy": "",
        }] });
        std::fs::write(directory.path().join("mutants.json"), mutants.to_string()).expect("it is written");
        with_report(MEMO, |report, ground| report.write_page(ground, directory.path())).expect("the page is written");
        std::fs::read_to_string(directory.path().join("index.html")).expect("it is there")
    };
    let own = Document::parse("a & b.yaml", MEMO).expect("the fixture is well-formed").digest();
    let shown = page(&own);
    assert!(shown.contains("\"mutants\":[1,1]") && shown.contains("dropped: noticed by client"), "{shown}");
    let other = page("0123456789abcdef");
    assert!(other.contains("\"mutants\":null") && !other.contains("noticed by client"), "{other}");
}

#[test]
fn the_page_of_a_large_document_says_what_it_leaves_out() {
    let directory = tempfile::tempdir().expect("a directory");
    let schemas: String = (0..8_000).map(|n| format!("\n    S{n}:\n      {{type: object, description: a schema with a description, properties: {{a: {{type: string}}}}}}")).collect();
    let text = MEMO.replace(
        "components: {schemas: {Memo: {type: string}}}",
        &format!("components:\n  schemas:\n    Memo: {{type: string}}{schemas}\n"),
    );
    with_report(&text, |report, ground| report.write_page(ground, directory.path())).expect("the page is written");
    let page = std::fs::read_to_string(directory.path().join("index.html")).expect("it is there");
    assert!(page.len() < 2_000_000, "{}", page.len());
    assert!(page.contains("Only the lines around differences are shown"));
    let data = page.split("id=\"data\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("the data");
    let data: serde_json::Value = serde_json::from_str(data).expect("it is JSON");
    // What is still shown of it is whole: the difference with its line, and each keyword with what judged it.
    let lines = data["files"][0]["lines"].as_array().expect("lines");
    assert!(lines.iter().any(|line| line[0] == 6), "{lines:?}");
    let keywords = data["keywords"].as_array().expect("keywords");
    let numbers = lines.iter().flat_map(|line| line[1].as_array().expect("pieces")).filter(|piece| piece.is_array());
    for piece in numbers {
        let keyword = &keywords[piece[1].as_u64().expect("a number") as usize];
        let name = keyword["pointer"].as_str().expect("a pointer").rsplit('/').next().expect("a step");
        assert_eq!(name, piece[0].as_str().expect("a key"), "{keyword}");
    }
}

#[test]
fn a_name_that_only_the_derived_schema_has_otherwise_is_one_cause() {
    let mut derived = Findings::of("derived");
    let lists = json!({ "document": ["x"], "derived": ["y"] });
    derived.add(Problem::Changed, "Memo", "required", "the document says [\"x\"], the derived schema [\"y\"]", lists);
    derived.add(Problem::Lost, "Memo/x", "properties", "the document says {}, the derived schema nothing", json!(null));
    derived.add(
        Problem::Added,
        "Memo/y",
        "properties",
        "the derived schema says {}, the document nothing",
        json!(null),
    );
    derived.add(Problem::Changed, "Memo", "maxLength", "the document says 3, the derived schema 4", json!(null));
    let text = with_findings(MEMO, vec![derived], |report, _| report.to_string());
    let causes: Vec<&str> = text.lines().filter(|line| line.contains("difference[")).collect();
    // What has nothing to do with the name is a cause of its own.
    assert!(causes[0].contains("lost properties at Memo/x") && causes[1].contains("maxLength at Memo"), "{text}");
    assert!(
        text.contains("the derived schema nothing; the client has `y` instead\n  and 2 more that follow"),
        "{text}"
    );
    assert!(causes.len() == 2 && text.contains("4 differences by 2 causes; "), "{text}");
}

#[test]
fn a_difference_of_a_call_stands_where_the_document_speaks_of_it() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /memo:\n    get:\n      operationId: getMemo\n      parameters:\n\
        \x20       - {name: size, in: query, schema: {type: string}}\n      responses:\n        4XX: {description: Bad}\n\
        \x20       '200':\n          description: OK\n          headers:\n            X-Left: {schema: {type: string}}\n\
        \x20         content:\n            text/plain: {schema: {type: string}}\n";
    let mut wire = Findings::of("wire");
    let mut add = |keyword: &str, detail: &str| wire.add(Problem::Response, "getMemo", keyword, detail, json!(null));
    add("status 200", "it differs");
    add("status 404", "it differs");
    add("header x-left", "it differs");
    add("size", "it differs");
    add(
        "header accept",
        "`a/b` does not accept `text/plain` (/paths/~1memo/get/responses/200/content/text~1plain in the document)",
    );
    add("collision", "nothing is named");
    let lines: Vec<(String, usize)> = with_findings(text, vec![wire], |report, _| {
        let found = report.differences.iter();
        found.map(|found| (found.difference.keyword.clone(), found.at.as_ref().expect("a place").line)).collect()
    });
    let expected = [
        ("status 200", 11),
        ("status 404", 10),
        ("header x-left", 14),
        ("size", 8),
        ("header accept", 16),
        ("collision", 5),
    ];
    for (keyword, line) in expected {
        assert!(lines.contains(&(keyword.to_owned(), line)), "{keyword} at {line}: {lines:?}");
    }
}

#[test]
fn what_nobody_has_read_has_the_colour_of_nothing() {
    let directory = tempfile::tempdir().expect("a directory");
    let text = MEMO.replace("version: '1'", "version: '1', x-team: us");
    let mut unread = Findings::of("unread");
    unread.add(Problem::Unjudged, "/info/x-team", "x-team", "nobody knows it", json!("us"));
    with_findings(&text, vec![unread], |report, ground| report.write_page(ground, directory.path()))
        .expect("it is written");
    let page = std::fs::read_to_string(directory.path().join("index.html")).expect("it is there");
    assert!(page.contains("{\"pointer\":\"/info/x-team\",\"way\":\"nothing\""), "{page}");
    assert_eq!(page.matches("\"way\":\"nothing\"").count(), 1, "{page}");
}
