//! What a received request means, by the serialisation rules of the standards alone: RFC 3986, RFC 6570, RFC 7578 and
//! OpenAPI's table of styles.
//!
//! The raw request is decoded back to the values that were meant. Nothing here encodes, so that no encoding of a client can
//! be repeated: a client is right where its request means what it was given, however it spells that.

mod accept;
mod body;
mod cookie;
mod header;
mod multipart;
mod percent;
mod query;
mod received;
mod refusal;
mod shape;
mod template;
#[cfg(test)]
mod tests;

use crate::document::{Conjunction, Credential, Document, DocumentError, Operation, Parameter};

pub use accept::Accept;
pub(crate) use accept::{split, unquoted};
pub use body::{Field, MeantBody, PART_HEADER, ReceivedPart, one_of_range};
pub use header::{is_ignored, value as header_value};
pub use received::Received;
pub use refusal::{is_single, refusal};
pub(crate) use refusal::{of_body, of_parameters};
pub use shape::{Shape, Wanted, spelled};
pub(crate) use template::{concreteness, stands_for};

/// What a request means for one operation.
#[derive(Debug, Clone, Default)]
pub struct Meaning {
    /// What each parameter of the operation means, in their order.
    pub parameters: Vec<Meant>,
    /// What the body means.
    pub body: MeantBody,
    /// Where credentials stand, with what stands there.
    pub credentials: Vec<(Credential, String)>,
    /// What in the request has no meaning for the operation: what it is, and what is wrong with it.
    pub faults: Vec<(String, String)>,
}

/// What one parameter of a request means.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Meant {
    /// The parameter was not sent.
    #[default]
    Absent,
    /// The readings of what was sent. There are several where the rules leave the choice to the schema, or to the two ends.
    Readings(Vec<Shape>),
    /// What was sent is not written in the parameter's style.
    Unreadable(String),
}

impl Meant {
    /// The readings; an unreadable value keeps its reason.
    fn of(readings: Result<Vec<Shape>, String>) -> Self {
        match readings {
            Ok(readings) => Self::Readings(readings),
            Err(reason) => Self::Unreadable(reason),
        }
    }

    /// The readings, none where there are none.
    pub fn readings(&self) -> &[Shape] {
        match self {
            Self::Readings(readings) => readings,
            _ => &[],
        }
    }
}

/// Reads a request as one of an operation. `base` is the path that every path of the document begins with.
pub fn read(
    document: &Document,
    operation: &Operation<'_>,
    base: &str,
    received: &Received,
) -> Result<Meaning, DocumentError> {
    let mut meaning = Meaning { parameters: vec![Meant::Absent; operation.parameters.len()], ..Meaning::default() };
    if received.method != operation.method {
        let detail = format!("the method is {}, not {}", received.method, operation.method);
        meaning.faults.push(("method".into(), detail));
    }
    let wanted = operation
        .parameters
        .iter()
        .map(|parameter| Wanted::of_parameter(document, parameter))
        .collect::<Result<Vec<_>, _>>()?;
    let places: Vec<Credential> = credentials(document, operation);
    template::read(operation, base, received.path(), &wanted, &mut meaning);
    query::read(operation, received.query(), &wanted, &places, &mut meaning);
    header::read(operation, received, &wanted, &places, &mut meaning);
    cookie::read(operation, received, &wanted, &places, &mut meaning);
    meaning.body = body::read(document, operation, received, &mut meaning.faults)?;
    Ok(meaning)
}

/// A text as a message has it, not too long.
pub(crate) fn cut(text: &str) -> String {
    const LONGEST: usize = 120;
    if text.chars().count() <= LONGEST {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(LONGEST).collect::<String>())
    }
}

/// Every place where a credential may stand in a request of the operation.
pub fn credentials(document: &Document, operation: &Operation<'_>) -> Vec<Credential> {
    let schemes = operation.security.iter().flat_map(|alternative| &alternative.schemes);
    let mut places: Vec<Credential> = schemes.filter_map(|(name, _)| document.credential(name)).collect();
    places.sort();
    places.dedup();
    places
}

/// The schema of a parameter as all that it demands.
pub fn demands<'d>(document: &'d Document, parameter: &Parameter<'d>) -> Result<Conjunction<'d>, DocumentError> {
    match &parameter.schema {
        Some(schema) => Conjunction::of(document, schema.clone()),
        None => Ok(Conjunction::anything()),
    }
}
