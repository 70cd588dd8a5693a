//! What must not be read, or must not be read otherwise: for each rule a request that a reader without it would take wrongly.

use serde_json::json;

use super::*;

fn unreadable(meaning: &Meaning) -> bool {
    matches!(meaning.parameters[0], super::super::Meant::Unreadable(_))
}

#[test]
fn what_is_not_written_in_the_style_is_not_read() {
    let path = |style: &str, schema: &str| {
        document("/X{v}", &format!("{{name: v, in: path, required: true, style: {style}, schema: {schema}}}"))
    };
    for (style, schema, target) in [
        ("matrix", STRING, "/X;other=a"),
        ("matrix", STRING, "/Xa"),
        ("label", STRING, "/Xa"),
        ("simple", OBJECT, "/Xa,1,b"),
        ("simple", STRING, "/X%zz"),
    ] {
        assert!(unreadable(&get(&path(style, schema), target, "")), "{style} {target}");
    }
    let joined = document("/a", &format!("{{name: ids, in: query, explode: false, schema: {LIST}}}"));
    assert!(unreadable(&get(&joined, "/a?ids=a&ids=b", "")));
}

#[test]
fn members_are_all_there_and_nobody_elses() {
    let closed = "{type: object, properties: {R: {type: integer}, G: {type: integer}}, additionalProperties: false}";
    let document = document("/a", &format!("{{name: color, in: query, schema: {closed}}}"));
    let meaning = get(&document, "/a?R=1", "");
    assert!(means(&meaning, &json!({"R": 1})) && !means(&meaning, &json!({"R": 1, "G": 2})));
    let more = get(&document, "/a?R=1&b=2", "");
    assert_eq!(more.faults, [("query".to_owned(), "`b` is not documented".to_owned())]);
}

#[test]
fn truth_values_and_json_in_paths_are_read() {
    let flag = document("/a", "{name: q, in: query, schema: {type: boolean}}");
    assert!(means(&get(&flag, "/a?q=true", ""), &json!(true)) && !means(&get(&flag, "/a?q=true", ""), &json!(false)));
    let content = document(
        "/a/{p}",
        "{name: p, in: path, required: true, content: {application/json: {schema: {type: object}}}}",
    );
    assert!(means(&get(&content, "/a/%7B%22a%22%3A1%7D", ""), &json!({"a": 1})));
}

#[test]
fn a_path_is_the_same_however_it_is_encoded() {
    let document = document("/a b/{id}", "{name: id, in: path, required: true, schema: {type: integer}}");
    for target in ["/a%20b/1", "/%61%20b/1", "/%61%20%62/1"] {
        assert!(means(&get(&document, target, ""), &json!(1)), "{target}");
    }
    assert!(!get(&document, "/a+b/1", "").faults.is_empty());
}

#[test]
fn cookies_are_in_one_header_and_a_plus_is_itself() {
    let cookie = document("/a", "{name: c, in: cookie, schema: {type: string}}");
    assert!(means(&get(&cookie, "/a", "cookie: c=a+b\r\n"), &json!("a+b")));
    let two = get(&cookie, "/a", "cookie: c=a\r\ncookie: d=b\r\n");
    assert!(two.faults.iter().any(|(keyword, _)| keyword == "header cookie"), "{two:?}");
}

#[test]
fn the_scheme_of_credentials_has_no_case() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\nsecurity: [{b: []}]\ncomponents:\n  securitySchemes:\n    \
                b: {type: http, scheme: bearer}\npaths:\n  /a:\n    get: {responses: {'204': {description: d}}}\n";
    let document = Document::parse("inline", text).expect("it parses");
    for written in ["bearer", "Bearer", "BEARER"] {
        assert_eq!(get(&document, "/a", &format!("authorization: {written} 1\r\n")).credentials.len(), 1, "{written}");
    }
    assert!(get(&document, "/a", "authorization: Basic 1\r\n").credentials.is_empty());
}

#[test]
fn the_most_exact_media_type_says_what_a_body_is() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    post:\n      requestBody:\n        content:\n          \
                '*/*': {}\n          application/x-www-form-urlencoded:\n            \
                schema: {type: object, properties: {a: {type: string}}, additionalProperties: false}\n      \
                responses: {'204': {description: d}}\n";
    let document = Document::parse("inline", text).expect("it parses");
    let post = |headers: &str, body: &[u8]| meaning(&document, &format!("POST /a HTTP/1.1\r\n{headers}\r\n"), body);
    const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";
    assert!(matches!(post(FORM, b"a=1").body, MeantBody::Form(_)));
    assert!(matches!(post(FORM, b"b=1").body, MeantBody::Unreadable(_)));
    assert!(matches!(post("content-type: text/plain\r\n", b"\xff").body, MeantBody::Unreadable(_)));
    let twice = post(&format!("{FORM}content-type: text/plain\r\n"), b"a=1");
    assert!(twice.faults.iter().any(|(keyword, _)| keyword == "header content-type"), "{twice:?}");
}

#[test]
fn a_credential_stands_there_once_unless_a_parameter_is_called_like_it() {
    let secured = |parameters: &str| {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\nsecurity: [{{key: [], session: []}}]\npaths:\n  /a:\n    get:\n      \
             parameters: [{parameters}]\n      responses: {{'204': {{description: d}}}}\ncomponents:\n  securitySchemes:\n    \
             key: {{type: apiKey, in: query, name: key}}\n    session: {{type: apiKey, in: cookie, name: session}}\n"
        );
        Document::parse("inline", &text).expect("it parses")
    };
    let plain = secured("");
    assert_eq!(get(&plain, "/a?key=1", "cookie: session=2\r\n").faults, []);
    for (target, cookie) in [("/a?key=1&key=1", "session=2"), ("/a?key=1", "session=2; session=3")] {
        let meaning = get(&plain, target, &format!("cookie: {cookie}\r\n"));
        assert!(meaning.faults.iter().any(|(_, fault)| fault.ends_with("2 times")), "{target} {cookie}");
    }
    let shared = secured("{name: key, in: query, schema: {type: string}}");
    assert_eq!(get(&shared, "/a?key=1&key=2", "").faults, []);
}

#[test]
fn a_body_is_of_the_charset_that_it_says() {
    let document = Document::parse(
        "inline",
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      requestBody: {content: {text/plain: {}}}\n      \
         responses: {'204': {description: d}}\n",
    )
    .expect("it parses");
    let faults = |charset: &str, body: &str| {
        let head = format!("GET /a HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain{charset}\r\n\r\n");
        meaning(&document, &head, body.as_bytes()).faults.len()
    };
    for (charset, body) in
        [("", "é"), ("; charset=UTF-8", "é"), ("; charset=\"utf-8\"", "é"), ("; charset=latin1", "e")]
    {
        assert_eq!(faults(charset, body), 0, "{charset} {body}");
    }
    assert_eq!(faults("; charset=iso-8859-1", "é"), 1);
}

#[test]
fn cookies_stand_apart_and_items_are_counted_from_nothing() {
    let cookies =
        document("/a", "{name: a, in: cookie, schema: {type: string}}, {name: b, in: cookie, schema: {type: string}}");
    assert_eq!(get(&cookies, "/a", "cookie: a=1; b=2\r\n").faults, []);
    assert_eq!(get(&cookies, "/a", "cookie: a=1;b=2\r\n").faults.len(), 1);
    let deep = "{type: object, properties: {list: {type: array, items: {type: string}}}}";
    let deep = document("/a", &format!("{{name: d, in: query, style: deepObject, explode: true, schema: {deep}}}"));
    let meant = json!({"list": ["x", "y"]});
    assert!(means(&get(&deep, "/a?d%5Blist%5D%5B0%5D=x&d%5Blist%5D%5B1%5D=y", ""), &meant));
    assert!(!means(&get(&deep, "/a?d%5Blist%5D%5B1%5D=x&d%5Blist%5D%5B2%5D=y", ""), &meant));
}
