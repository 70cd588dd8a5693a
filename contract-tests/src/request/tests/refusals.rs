//! What the document refuses of a request, by the kind of its body.

use std::sync::Arc;

use super::*;
use crate::oracle::Validator;
use crate::request::refusal;

const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    post:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, required: [n], properties: {n: {type: integer, maximum: 9}, any: {}}}
          multipart/form-data:
            schema:
              type: object
              required: [list]
              properties:
                list: {type: array, maxItems: 2, items: {type: string, maxLength: 3}}
                whole: {type: array, minItems: 2, items: {type: integer}}
                file: {type: string, format: binary, maxLength: 1}
            encoding: {whole: {contentType: application/json}}
          text/plain: {schema: {type: string, maxLength: 3}}
          application/xml: {schema: {type: object, required: [a]}}
      responses: {'204': {description: d}}
";

/// Whether the document takes a body of this media type.
fn is_taken(media_type: &str, body: &str) -> bool {
    let document = Document::parse("inline", DOCUMENT).expect("it parses");
    let operations = document.operations().expect("it reads");
    let head = match media_type {
        "" => "POST /a HTTP/1.1\r\n\r\n".to_owned(),
        _ => format!("POST /a HTTP/1.1\r\ncontent-type: {media_type}\r\n\r\n"),
    };
    let meaning = meaning(&document, &head, body.as_bytes());
    assert!(meaning.faults.is_empty(), "{meaning:?}");
    let own = operations[0].request.iter().find(|one| one.covers(media_type));
    let compiled = own.and_then(|body| body.schema.clone()).map(|schema| Validator::new(&document, schema));
    let compiled = compiled.transpose().expect("it compiles").map(Arc::new);
    let body = own.map(|body| (body, compiled.as_deref()));
    refusal(&document, &operations[0], &meaning, &[], body).expect("it is judged").is_none()
}

#[test]
fn parameters_are_judged_as_the_values_that_they_stand_for() {
    let parameter = "{name: q, in: query, required: true, schema: {type: array, maxItems: 2, items: {type: integer}}}";
    let document = document("/a", parameter);
    let operations = document.operations().expect("it reads");
    let schema = operations[0].parameters[0].schema.clone().expect("it has one");
    let compiled = [Some(Arc::new(Validator::new(&document, schema).expect("it compiles")))];
    let is_taken = |target: &str| {
        let meaning = get(&document, target, "");
        refusal(&document, &operations[0], &meaning, &compiled, None).expect("it is judged").is_none()
    };
    assert!(is_taken("/a?q=1") && is_taken("/a?q=1&q=2"));
    assert!(!is_taken("/a?q=1&q=2&q=3") && !is_taken("/a?q=x") && !is_taken("/a"));
}

#[test]
fn forms_are_judged_as_the_values_that_they_stand_for() {
    const FORM: &str = "application/x-www-form-urlencoded";
    assert!(is_taken(FORM, "n=9") && is_taken(FORM, "n=9&any=true"));
    assert!(!is_taken(FORM, "n=10") && !is_taken(FORM, "any=1") && !is_taken(FORM, "n=x"));
    assert!(!is_taken("", ""));
}

#[test]
fn parts_are_judged_together_and_files_by_nothing_but_their_presence() {
    let part = |head: &str, body: &str| format!("--b\r\ncontent-disposition: form-data; {head}\r\n\r\n{body}\r\n");
    let form = |parts: &[String]| is_taken("multipart/form-data; boundary=b", &format!("{}--b--", parts.concat()));
    let item = |body: &str| part("name=list", body);
    assert!(form(&[item("abc"), item("d")]));
    assert!(!form(&[item("abcd")]) && !form(&[item("a"), item("b"), item("c")]) && !form(&[]));
    assert!(form(&[item("a"), part("name=file; filename=f", "more than one")]));
    let whole = |json: &str| part("name=whole\r\ncontent-type: application/json", json);
    assert!(form(&[item("a"), whole("[1,2]")]) && !form(&[item("a"), whole("[1]")]));
}

#[test]
fn a_text_is_a_string_and_xml_is_not_what_its_schema_speaks_of() {
    assert!(is_taken("text/plain", "日本é") && !is_taken("text/plain", "abcd"));
    assert!(is_taken("application/xml", "<a/>"));
}
