//! The readers of responses' headers: each gives the value that the document's schema reads in the header, nothing where the
//! header is not there, and no value of a header that is none of its type.

use serde_json::{Value, json};

use super::change::is_same;
use super::wire::offers::is_sendable;
use super::wire::sent_headers::sent_headers;
use super::{Evidence, Findings, Oracle};
use crate::client::HeaderReader;
use crate::difference::Problem;
use crate::document::{Conjunction, Header, Kind};
use crate::ground::{Ground, OperationGround};
use crate::judge::JudgeError;
use crate::request::spelled;

/// What no number, no truth value and no JSON is.
const NOTHING_OF_A_TYPE: &str = "~";

/// The oracle.
pub struct Headers;

impl Oracle for Headers {
    fn name(&self) -> &'static str {
        "headers"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Behaviour
    }

    fn document(&self, ground: &Ground<'_>, found: &mut Findings) -> Result<(), JudgeError> {
        let responses = ground.written.iter().flat_map(|operation| &operation.responses);
        let headers = responses.flat_map(|response| &response.headers);
        let documented: Vec<&str> = headers.map(|header| header.name).collect();
        for reader in ground.subject.headers {
            if !documented.iter().any(|name| name.eq_ignore_ascii_case(reader.name)) {
                let detail =
                    format!("the client reads the header `{}`, which no response of the document has", reader.name);
                found.add(Problem::Unbound, "Client", "header", detail, json!(null));
            }
        }
        Ok(())
    }

    fn operation<'d>(
        &self,
        ground: &Ground<'d>,
        subject: &OperationGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        for response in &subject.operation.responses {
            for (header, sent) in sent_headers(ground, response)? {
                if !is_sendable(header.name) || header.name.eq_ignore_ascii_case("content-type") {
                    continue;
                }
                let readers = ground.subject.headers.iter().filter(|one| one.name.eq_ignore_ascii_case(header.name));
                let readers: Vec<&HeaderReader> = readers.collect();
                if readers.is_empty() {
                    let detail = format!("the client has no reader for the header `{}`", header.name);
                    found.add(Problem::Unbound, &subject.operation.id, "header", detail, json!(null));
                    continue;
                }
                let kind = kind(ground, header)?;
                let faults = readers.iter().map(|reader| fault(reader, kind, header, &sent));
                // Where operations have headers of one name and several types, each reader is right for some of them.
                let faults: Option<Vec<String>> = faults.collect();
                if let Some(fault) = faults.as_ref().and_then(|faults| faults.first()) {
                    let keyword = format!("header {}", header.name);
                    found.add(Problem::Response, &subject.operation.id, keyword, fault, json!(response.status));
                }
            }
        }
        Ok(())
    }
}

/// The kind of value that a header's schema asks for, where it asks for one.
fn kind(ground: &Ground<'_>, header: &Header<'_>) -> Result<Option<Kind>, JudgeError> {
    let Some(schema) = &header.schema else { return Ok(None) };
    Ok(Conjunction::of(ground.responses, schema.clone())?.kind())
}

/// What a reader makes of a header that is another value than was sent.
fn fault(reader: &HeaderReader, kind: Option<Kind>, header: &Header<'_>, sent: &[(Value, String)]) -> Option<String> {
    match (reader.read)(&[]) {
        Ok(None) => {}
        other => return Some(format!("without the header, its reader gives {other:?}")),
    }
    let is_typed = header.media_type.is_some() || matches!(kind, Some(Kind::Integer | Kind::Number | Kind::Boolean));
    if is_typed && let Ok(read) = (reader.read)(&[NOTHING_OF_A_TYPE]) {
        return Some(format!("the reader gives {read:?} of `{NOTHING_OF_A_TYPE}`"));
    }
    let is_list = kind == Some(Kind::Array) && header.media_type.is_none();
    if is_list
        && let other @ (Err(_) | Ok(Some(_))) = (reader.read)(&[""])
        && other != Ok(Some(json!([])))
    {
        return Some(format!("of a header without any item its reader gives {other:?}"));
    }
    sent.iter().find_map(|(value, text)| {
        let read = |lines: &[&str]| match (reader.read)(lines) {
            Ok(Some(read)) if is_read(&read, value, text, is_typed) => None,
            other => Some(format!("the reader of `{}` gives {other:?} for {value}", lines.join("`, `"))),
        };
        let spaced = text.replace(',', " , ");
        // The items of a list may come in several lines, and with blanks between them (RFC 9110, sections 5.3 and 5.6.1).
        let items: Vec<&str> = text.split(',').collect();
        let lists = || if is_list { read(&items).or_else(|| read(&[&spaced])) } else { None };
        read(&[text]).or_else(lists)
    })
}

/// Whether a value was read as what it is; what has no kind of its own may stay the text that it is in the header.
fn is_read(read: &Value, value: &Value, text: &str, is_typed: bool) -> bool {
    match (read, value) {
        (Value::Array(read), Value::Array(value)) => {
            let is_item = |(read, value): (&Value, &Value)| {
                is_same(read, value) || read.as_str().is_some_and(|read| spelled(value).as_deref() == Some(read))
            };
            read.len() == value.len() && read.iter().zip(value).all(is_item)
        }
        (_, Value::Array(_)) => false,
        (Value::String(read), _) if !is_typed => read == text,
        (read, value) => is_same(read, value),
    }
}
