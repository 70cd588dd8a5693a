//! The wire oracle against clients that put one request together wrongly each, and otherwise do as they should.

use contract_tests::client::{
    Arguments, Called, Calling, Connected, Content, Operation, Parameter, Place, Response, Shape, Subject,
};
use contract_tests::difference::Problem;
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::oracle::named;
use contract_tests::progress::Progress;
use serde_json::Value;

use super::exchange::exchange;

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Words, version: '1'}
paths:
  /words:
    get:
      operationId: words
      parameters:
        - {name: from, in: query, schema: {type: string, enum: [a, b]}}
        - {name: to, in: query, schema: {type: string, enum: [a, b]}}
      responses: {'200': {description: Some, content: {application/json: {schema: {type: string, enum: [word]}}}}}
";

/// How a client writes the target and the headers of a request.
type Written = fn(from: Option<&str>, to: Option<&str>) -> (String, &'static str);

fn target(from: Option<&str>, to: Option<&str>) -> String {
    let pairs = [("from", from), ("to", to)].into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
    let query = pairs.collect::<Vec<_>>().join("&");
    if query.is_empty() { "/words".into() } else { format!("/words?{query}") }
}

/// A client's call.
type Call = fn(&Connected, Arguments) -> Calling;

const JSON: &str = "accept: application/json\r\n";

fn call(connected: &Connected, arguments: &Arguments, written: Written) -> Calling {
    let authority = connected.client::<String>().expect("it is one of these");
    let given = |name| arguments.get(Place::Query, name).and_then(Value::as_str);
    let is_refused = |name| arguments.get(Place::Query, name).is_some() && !matches!(given(name), Some("a" | "b"));
    if is_refused("from") || is_refused("to") {
        let refused = Called::without_response(contract_tests::client::Kind::InvalidRequest, None);
        return Box::pin(async { refused });
    }
    let (target, accept) = written(given("from"), given("to"));
    Box::pin(async move {
        exchange(&authority, &format!("GET {target} HTTP/1.1\r\nhost: judge\r\n{accept}\r\n")).await;
        Called { status: Some(200), content: Content::Value("word".into()), ..Called::default() }
    })
}

/// What is found wrong with the requests of a client that calls like this: keywords, each once, with the first sentence.
fn found(call: Call) -> Vec<(String, String)> {
    let parameter = |name| Parameter { place: Place::Query, name, setter: name, rust: "String" };
    let words = Operation {
        parameters: vec![parameter("from"), parameter("to")].leak(),
        successes: &[Response { status: "200", media_type: Some("application/json"), shape: Shape::One }],
        ..super::operation("words", call)
    };
    let subject = Subject {
        operations: vec![words].leak(),
        connect: |setup| Ok(Connected::new(setup.base_url.trim_start_matches("http://").to_owned())),
        ..super::subject(Vec::new())
    };
    let document = Document::parse("words.yaml", DOCUMENT).expect("the fixture is well-formed");
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, &subject, Plan { cases: 8, seed: 0 }, &clients).expect("there is ground");
    let wire = named("wire").expect("it is registered");
    let report = judge(&ground, &[wire], &Progress::hidden()).unwrap_or_else(|error| panic!("{error}"));
    assert!(report.left_out.is_empty(), "{report}");
    let mut found: Vec<(String, String)> = Vec::new();
    let requests =
        report.differences.into_iter().map(|found| found.difference).filter(|one| one.problem == Problem::Request);
    for difference in requests {
        if !found.iter().any(|(keyword, _)| *keyword == difference.keyword) {
            found.push((difference.keyword, difference.detail));
        }
    }
    found
}

#[test]
fn a_request_says_which_media_types_it_accepts() {
    assert_eq!(found(|c, a| call(c, &a, |from, to| (target(from, to), JSON))), []);
    let wrong: [(Call, &str); 4] = [
        (|c, a| call(c, &a, |from, to| (target(from, to), "")), "accepts `application/x-undocumented`"),
        (
            |c, a| call(c, &a, |from, to| (target(from, to), "accept: */*\r\n")),
            "`*/*` accepts `application/x-undocumented`",
        ),
        (
            |c, a| call(c, &a, |from, to| (target(from, to), "accept: text/json\r\n")),
            "does not accept `application/json`",
        ),
        (
            |c, a| call(c, &a, |from, to| (target(from, to), "accept: application/json, application/*;q=0.1\r\n")),
            "accepts `application/x-undocumented`",
        ),
    ];
    for (wrong, said) in wrong {
        let found = found(wrong);
        let [(keyword, detail)] = found.as_slice() else { panic!("{found:?}") };
        assert!(keyword == "header accept" && detail.contains(said), "{found:?}");
    }
}

#[test]
fn a_value_under_the_name_of_another_parameter_is_told_of_both() {
    let told = |call| found(call).into_iter().map(|(keyword, _)| keyword).collect::<Vec<_>>();
    assert_eq!(told(|c, a| call(c, &a, |from, to| (target(to, from), JSON))), ["query from", "query to"]);
    // Where both are given, too.
    fn crossed(from: Option<&str>, to: Option<&str>) -> (String, &'static str) {
        let both = from.and(to).is_some();
        (if both { target(to, from) } else { target(from, to) }, JSON)
    }
    assert_eq!(told(|c, a| call(c, &a, crossed)), ["query from", "query to"]);
}
