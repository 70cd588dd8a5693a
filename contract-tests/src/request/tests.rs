//! Hand-written requests against the rules: RFC 6570's own examples, OpenAPI's table of styles, and what must not be read.

mod refusals;
mod strict;

use serde_json::{Value, json};

use super::{Meaning, MeantBody, Received, Shape, read};
use crate::document::Document;

/// One GET with these parameters, written as YAML flow mappings.
fn document(path: &str, parameters: &str) -> Document {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n  {path}:\n    get:\n      parameters: [{parameters}]\n      \
         responses: {{'204': {{description: d}}}}\n"
    );
    Document::parse("inline", &text).expect("it parses")
}

fn meaning(document: &Document, head: &str, body: &[u8]) -> Meaning {
    let operations = document.operations().expect("it reads");
    let received = Received::parse(head.as_bytes(), body.to_vec());
    read(document, &operations[0], "", &received).expect("it reads")
}

fn get(document: &Document, target: &str, headers: &str) -> Meaning {
    meaning(document, &format!("GET {target} HTTP/1.1\r\nhost: x\r\n{headers}\r\n"), b"")
}

/// Whether the first parameter means this.
fn means(meaning: &Meaning, value: &Value) -> bool {
    meaning.faults.is_empty() && meaning.parameters[0].readings().iter().any(|reading| reading.expresses(value))
}

const STRING: &str = "{type: string}";
const LIST: &str = "{type: array, items: {type: string}}";
const OBJECT: &str = "{type: object, additionalProperties: {type: string}}";

/// RFC 6570, section 3.2, with its variables: `list`, `keys`, `hello`, `half`, `empty`, `undef`.
#[test]
fn the_examples_of_rfc_6570_are_read_back() {
    let list = json!(["red", "green", "blue"]);
    let keys = json!({"semi": ";", "dot": ".", "comma": ","});
    let path = |style: &str, explode: bool, schema: &str, name: &str| {
        let parameter =
            format!("{{name: {name}, in: path, required: true, style: {style}, explode: {explode}, schema: {schema}}}");
        document(&format!("/X{{{name}}}"), &parameter)
    };
    let rows = [
        // 3.2.2, simple.
        ("simple", false, STRING, "hello", "/XHello%20World%21", json!("Hello World!")),
        ("simple", false, STRING, "half", "/X50%25", json!("50%")),
        ("simple", false, STRING, "empty", "/X", json!("")),
        ("simple", false, LIST, "list", "/Xred,green,blue", list.clone()),
        ("simple", true, LIST, "list", "/Xred,green,blue", list.clone()),
        ("simple", false, OBJECT, "keys", "/Xsemi,%3B,dot,.,comma,%2C", keys.clone()),
        ("simple", true, OBJECT, "keys", "/Xsemi=%3B,dot=.,comma=%2C", keys.clone()),
        // 3.2.5, label.
        ("label", false, STRING, "half", "/X.50%25", json!("50%")),
        ("label", false, STRING, "empty", "/X.", json!("")),
        ("label", false, LIST, "list", "/X.red,green,blue", list.clone()),
        ("label", true, LIST, "list", "/X.red.green.blue", list.clone()),
        ("label", false, OBJECT, "keys", "/X.semi,%3B,dot,.,comma,%2C", keys.clone()),
        ("label", true, LIST, "none", "/X", json!([])),
        // 3.2.7, matrix.
        ("matrix", false, STRING, "half", "/X;half=50%25", json!("50%")),
        ("matrix", false, STRING, "empty", "/X;empty", json!("")),
        ("matrix", false, LIST, "list", "/X;list=red,green,blue", list.clone()),
        ("matrix", true, LIST, "list", "/X;list=red;list=green;list=blue", list.clone()),
        ("matrix", false, OBJECT, "keys", "/X;keys=semi,%3B,dot,.,comma,%2C", keys.clone()),
        ("matrix", true, OBJECT, "keys", "/X;semi=%3B;dot=.;comma=%2C", keys.clone()),
        ("matrix", true, OBJECT, "none", "/X", json!({})),
    ];
    for (style, explode, schema, name, target, value) in rows {
        let document = path(style, explode, schema, name);
        let meaning = get(&document, target, "");
        assert!(means(&meaning, &value), "{style} {explode} {target}: {meaning:?}");
        let other = json!(["red", "green,blue"]);
        assert!(!means(&meaning, &other), "{target} is not {other}");
    }
    let query = |explode: bool, schema: &str, name: &str| {
        document("/X", &format!("{{name: {name}, in: query, explode: {explode}, schema: {schema}}}"))
    };
    // 3.2.8, form.
    let rows = [
        (true, STRING, "half", "/X?half=50%25", json!("50%")),
        (true, STRING, "empty", "/X?empty=", json!("")),
        (false, LIST, "list", "/X?list=red,green,blue", list.clone()),
        (true, LIST, "list", "/X?list=red&list=green&list=blue", list.clone()),
        (false, OBJECT, "keys", "/X?keys=semi,%3B,dot,.,comma,%2C", keys.clone()),
        (true, OBJECT, "keys", "/X?semi=%3B&dot=.&comma=%2C", keys),
        (true, STRING, "plus", "/X?plus=a+b%20c%2B", json!("a b c+")),
    ];
    for (explode, schema, name, target, value) in rows {
        let document = query(explode, schema, name);
        let meaning = get(&document, target, "");
        assert!(means(&meaning, &value), "{explode} {target}: {meaning:?}");
    }
}

#[test]
fn openapis_own_styles_are_read() {
    let query = |style: &str, explode: bool, schema: &str| {
        document("/a", &format!("{{name: color, in: query, style: {style}, explode: {explode}, schema: {schema}}}"))
    };
    let object =
        "{type: object, properties: {R: {type: integer}, G: {type: integer}, n: {type: array, items: {type: string}}}}";
    let rgb = json!({"R": 100, "G": 200});
    for (style, explode, schema, target, value) in [
        ("spaceDelimited", false, LIST, "/a?color=blue%20black", json!(["blue", "black"])),
        ("spaceDelimited", false, LIST, "/a?color=blue+black", json!(["blue", "black"])),
        ("spaceDelimited", false, object, "/a?color=R%20100%20G%20200", rgb.clone()),
        ("pipeDelimited", false, LIST, "/a?color=blue|bl%7Cack", json!(["blue", "bl|ack"])),
        ("pipeDelimited", false, object, "/a?color=R|100|G|200", rgb.clone()),
        ("pipeDelimited", true, LIST, "/a?color=blue&color=black", json!(["blue", "black"])),
        ("deepObject", true, object, "/a?color[R]=100&color%5BG%5D=200", rgb),
        ("deepObject", true, object, "/a?color[n][0]=a&color[n][1]=b", json!({"n": ["a", "b"]})),
        ("deepObject", true, object, "/a?color[n]=a&color[n]=b", json!({"n": ["a", "b"]})),
    ] {
        let meaning = get(&query(style, explode, schema), target, "");
        assert!(means(&meaning, &value), "{style} {target}: {meaning:?}");
    }
    let deep = get(&query("deepObject", true, object), "/a?color[n]=%5B%22a%22%5D", "");
    assert!(!means(&deep, &json!({"n": ["a"]})), "JSON inside deepObject is no form of it");
    let content = document("/a", "{name: c, in: query, content: {application/json: {schema: {type: object}}}}");
    assert!(means(&get(&content, "/a?c=%7B%22a%22%3A[1]%7D", ""), &json!({"a": [1.0]})));
}

#[test]
fn two_values_never_have_one_meaning() {
    let joined = document("/a", "{name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}");
    assert!(!means(&get(&joined, "/a?ids=a%2Cb", ""), &json!(["a", "b"])));
    assert!(means(&get(&joined, "/a?ids=a%2Cb", ""), &json!(["a,b"])));
    assert!(!means(&get(&joined, "/a?ids=a,b", ""), &json!(["a,b"])));
    assert!(means(&get(&joined, "/a?ids=", ""), &json!([])) && means(&get(&joined, "/a?ids=", ""), &json!([""])));
    let text = document("/a", "{name: q, in: query, schema: {type: string}}");
    assert!(!means(&get(&text, "/a?q=null", ""), &Value::Null));
    assert!(!means(&get(&text, "/a?q=1", ""), &json!("1.0")));
    let number = document("/a", "{name: q, in: query, schema: {type: number}}");
    assert!(means(&get(&number, "/a?q=1e2", ""), &json!(100)) && !means(&get(&number, "/a?q=1e2", ""), &json!(101)));
}

#[test]
fn reserved_characters_are_bare_exactly_where_the_document_allows_them() {
    let free = document("/a", "{name: q, in: query, allowReserved: true, schema: {type: string}}");
    let closed = document("/a", "{name: q, in: query, schema: {type: string}}");
    let spelled = |document: &Document, target: &str, value: Value| {
        let meaning = get(document, target, "");
        // A fault of spelling leaves the value readable.
        let is_read = meaning.parameters[0].readings().iter().any(|reading| reading.expresses(&value));
        assert!(is_read, "{meaning:?}");
        meaning.faults.is_empty()
    };
    assert!(spelled(&free, "/a?q=a/b?c%26+", json!("a/b?c&+")));
    assert!(!spelled(&free, "/a?q=a%2Fb", json!("a/b")));
    assert!(spelled(&closed, "/a?q=a%2Fb", json!("a/b")));
    assert!(!spelled(&closed, "/a?q=a/b", json!("a/b")));
}

#[test]
fn undeclared_names_belong_to_the_object_that_asks_for_them() {
    let document = document(
        "/a",
        "{name: color, in: query, schema: {type: object, properties: {R: {type: integer}}}}, \
         {name: extra, in: query, schema: {type: object, additionalProperties: {type: string}}}",
    );
    let meaning = get(&document, "/a?R=1&a=x", "");
    assert!(means(&meaning, &json!({"R": 1})), "{meaning:?}");
    assert!(
        meaning.parameters[1].readings().iter().any(|reading| reading.expresses(&json!({"a": "x"}))),
        "{meaning:?}"
    );
}

#[test]
fn headers_and_cookies_are_read() {
    let header = |explode: bool, schema: &str| {
        document("/a", &format!("{{name: X-A, in: header, explode: {explode}, schema: {schema}}}"))
    };
    for (explode, schema, line, value) in [
        (false, STRING, "x-a: a,b %41", json!("a,b %41")),
        (false, STRING, "X-A: %E6%97%A5", json!("日")),
        (false, LIST, "x-a: a, b", json!(["a", "b"])),
        (false, LIST, "x-a: a%2Cb,c", json!(["a,b", "c"])),
        (false, LIST, "x-a: a\r\nx-a: b", json!(["a", "b"])),
        (false, OBJECT, "x-a: R,100", json!({"R": "100"})),
        (true, OBJECT, "x-a: R=100,G=2", json!({"R": "100", "G": "2"})),
    ] {
        let meaning = get(&header(explode, schema), "/a", &format!("{line}\r\n"));
        assert!(means(&meaning, &value), "{line}: {meaning:?}");
    }
    assert!(!means(&get(&header(false, LIST), "/a", "x-a: a,b\r\n"), &json!(["a,b"])));
    let cookie =
        |explode: bool| document("/a", &format!("{{name: c, in: cookie, explode: {explode}, schema: {LIST}}}"));
    assert!(means(&get(&cookie(false), "/a", "cookie: c=a,b%2C\r\n"), &json!(["a", "b,"])));
    for line in ["c=a; c=b", "c=a&c=b"] {
        assert!(means(&get(&cookie(true), "/a", &format!("cookie: {line}\r\n")), &json!(["a", "b"])), "{line}");
    }
    assert!(!means(&get(&cookie(true), "/a", "cookie: c=a,b\r\n"), &json!(["a", "b"])));
    let bare = get(&document("/a", &format!("{{name: c, in: cookie, schema: {STRING}}}")), "/a", "cookie: c=100%\r\n");
    assert!(
        bare.parameters[0].readings().iter().any(|reading| reading.expresses(&json!("100%"))) && bare.faults.len() == 1
    );
}

#[test]
fn what_the_document_does_not_name_is_a_fault() {
    let document = document("/a/{id}", "{name: id, in: path, required: true, schema: {type: integer}}");
    assert!(get(&document, "/a/1", "accept: */*\r\n").faults.is_empty());
    for (head, keyword) in [
        ("POST /a/1 HTTP/1.1\r\n\r\n", "method"),
        ("GET /a/1/2 HTTP/1.1\r\n\r\n", "path"),
        ("GET /a/1?b=2 HTTP/1.1\r\n\r\n", "query"),
        ("GET /a/1 HTTP/1.1\r\nx-b: c\r\n\r\n", "header x-b"),
        ("GET /a/1 HTTP/1.1\r\nauthorization: Bearer t\r\n\r\n", "header authorization"),
        ("GET /a/1 HTTP/1.1\r\ncookie: b=c\r\n\r\n", "cookie"),
    ] {
        let found = meaning(&document, head, b"").faults;
        assert!(found.iter().any(|(known, _)| known == keyword), "{head}: {found:?}");
    }
    assert!(meaning(&document, "GET /a/1 HTTP/1.1\r\ncontent-type: text/plain\r\n\r\n", b"x").faults.len() == 1);
}

#[test]
fn bodies_are_read_by_their_media_type() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    post:\n      requestBody:\n        content:\n          \
                application/json: {schema: {type: object}}\n          text/*: {}\n          application/x-www-form-urlencoded:\n            \
                schema: {type: object, properties: {tags: {type: array, items: {type: string}}, joined: {type: array, items: {type: string}}, \
                n: {type: integer}, o: {type: object}, j: {type: string}}}\n            \
                encoding: {joined: {style: form, explode: false}, j: {contentType: application/json}}\n      \
                responses: {'204': {description: d}}\n";
    let document = Document::parse("inline", text).expect("it parses");
    let post = |media_type: &str, body: &str| {
        let head = format!("POST /a HTTP/1.1\r\ncontent-type: {media_type}\r\n\r\n");
        meaning(&document, &head, body.as_bytes())
    };
    assert_eq!(post("application/json", "{\"a\":1}").body, MeantBody::Json(json!({"a": 1})));
    assert!(matches!(post("application/json", "{").body, MeantBody::Unreadable(_)));
    assert_eq!(post("text/csv", "a,b").body, MeantBody::Text("a,b".into()));
    assert_eq!(post("image/png", "x").faults.len(), 1);
    let MeantBody::Form(fields) = post(
        "application/x-www-form-urlencoded",
        "tags=a%2Cb&tags=c&joined=a,b%2C&n=7&o=%7B%22x%22%3A1%7D&j=%22q%22&more=+",
    )
    .body
    else {
        panic!("it is a form")
    };
    let expected = json!({"tags": ["a,b", "c"], "joined": ["a", "b,"], "n": 7, "o": {"x": 1}, "j": "q", "more": " "});
    for field in &fields {
        let value = &expected[&field.name];
        assert!(field.meant.readings().iter().any(|reading| reading.expresses(value)), "{field:?} is not {value}");
    }
    assert_eq!(fields.len(), 6);
}

#[test]
fn credentials_are_found_where_their_scheme_says() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\nsecurity: [{b: []}, {h: [], q: []}, {c: []}]\ncomponents:\n  securitySchemes:\n    \
                b: {type: http, scheme: bearer}\n    h: {type: apiKey, in: header, name: X-Key}\n    q: {type: apiKey, in: query, name: key}\n    \
                c: {type: apiKey, in: cookie, name: sid}\npaths:\n  /a:\n    get: {responses: {'204': {description: d}}}\n";
    let document = Document::parse("inline", text).expect("it parses");
    let meaning = get(&document, "/a?key=2", "Authorization: bearer 1\r\nx-key: 3\r\ncookie: sid=4\r\n");
    assert!(meaning.faults.is_empty(), "{meaning:?}");
    let found: Vec<&str> = meaning.credentials.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(found, ["2", "1", "3", "4"]);
}

#[test]
fn a_path_that_can_be_divided_in_two_ways_has_both_readings() {
    let document = document(
        "/{a}.{b}",
        "{name: a, in: path, required: true, schema: {type: string}}, {name: b, in: path, required: true, schema: {type: string}}",
    );
    let meaning = get(&document, "/x.y.z", "");
    assert_eq!(meaning.parameters[0].readings(), [Shape::Text("x".into()), Shape::Text("x.y".into())]);
}
