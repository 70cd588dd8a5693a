//! The lines of what the mock server of a client's tests responds with.

use std::fmt::Write as _;

use super::{block, joined};
use crate::model::{Api, Operation, ResponseBody};
use crate::write::mock::methods;
use crate::write::mock::then::{Listed, listed};

/// The lines of all operations, whose ids these are.
pub(super) fn mocks(api: &Api<'_>, ids: &[String]) -> String {
    let operations = api.operations.iter().zip(methods(api)).zip(ids);
    let lines: String = operations.map(|((operation, method), id)| mock(api, operation, &method, id)).collect();
    if lines.is_empty() { lines } else { format!("    mocks {{\n{lines}    }}\n") }
}

fn mock(api: &Api<'_>, operation: &Operation<'_>, method: &str, id: &str) -> String {
    let Listed { responses, headers } = listed(api, operation);
    let responses = responses.iter().map(|response| {
        let body = match &response.reading.body {
            ResponseBody::Empty => String::new(),
            ResponseBody::Raw | ResponseBody::Stream(..) => "bytes".to_owned(),
            ResponseBody::Json(ty, _) | ResponseBody::Text(ty, _) => ty.outside(),
        };
        let range = if response.is_ranged() { " of range" } else { "" };
        let mut line = format!("{:?} => {}({body}){range}", response.reading.status, response.method());
        if let Some(example) = response.example_method() {
            let _ = write!(line, " or {example}");
        }
        line
    });
    let headers = headers.iter().map(|(header, name, ty)| format!("{:?} => {name}: {}", header.wire, ty.outside()));
    let headers = joined(headers);
    let with = if headers.is_empty() { headers } else { format!(" with {{ {headers} }}") };
    format!("        {id:?} => {method} {}{with};\n", block(responses))
}
