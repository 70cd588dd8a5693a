//! `x-pagination` as the judge reads it.

use serde_json::Value;

use super::property;
use crate::document::{Conjunction, Located, MediaKind, Pointer};
use crate::ground::{Ground, OperationGround};
use crate::judge::JudgeError;
use crate::oracle::wire::offers::is_success;

/// The extension.
pub const PAGINATION: &str = "x-pagination";

/// What the extension says of an operation.
pub struct Stated<'d> {
    /// The index of the operation's parameter that says where a page begins.
    pub parameter: usize,
    /// The name and place of the parameter.
    pub named: (&'d str, &'d str),
    /// The parameter's schema.
    pub schema: Option<Located<'d>>,
    /// How a page leads to the next.
    pub by: By<'d>,
    /// The schema of a page.
    pub body: Located<'d>,
    /// Where in a page its items are.
    pub items: Vec<String>,
    /// The schema of an item.
    pub item: Option<Located<'d>>,
}

/// How a page leads to the next.
pub enum By<'d> {
    /// By a cursor: where in the page, its schema, and whether each page must have it.
    Cursor(Vec<String>, Located<'d>),
    /// By the number of the page, or of the items ahead of it: that of the first one.
    Number {
        /// Whether items are counted, and not pages.
        items: bool,
        /// The first one's.
        first: u64,
    },
}

impl<'d> Stated<'d> {
    /// Reads it; nothing where it names what is not there.
    pub fn read(
        ground: &Ground<'d>,
        subject: &OperationGround<'d>,
        stated: &Located<'_>,
    ) -> Result<Option<Self>, JudgeError> {
        let text = |key: &str| stated.value.get(key).and_then(Value::as_str);
        let operation = &subject.operation;
        let mut parameters = operation.parameters.iter().enumerate();
        let parameter = parameters.find(|(_, parameter)| Some(parameter.name) == text("parameter"));
        let bodies = operation.responses.iter().filter(|response| is_success(operation, response.status));
        let mut bodies = bodies.flat_map(|response| &response.bodies);
        let body = bodies.find(|body| body.kind() == MediaKind::Json).and_then(|body| body.schema.clone());
        let (Some((index, parameter)), Some(body), Some(items)) = (parameter, body, text("items")) else {
            return Ok(None);
        };
        let counted = |items: bool| {
            let default = parameter.schema.as_ref().and_then(|schema| schema.value.get("default")?.as_u64());
            By::Number { items, first: default.unwrap_or(u64::from(!items)) }
        };
        let by = match (text("by").unwrap_or("cursor"), text("next")) {
            ("cursor", Some(next)) => match within(ground, &body, next)? {
                Some(schema) => By::Cursor(Pointer::written(next).steps().collect(), schema),
                None => return Ok(None),
            },
            ("page", None) => counted(false),
            ("offset", None) => counted(true),
            _ => return Ok(None),
        };
        let Some(list) = within(ground, &body, items)? else { return Ok(None) };
        let list = Conjunction::of(ground.responses, list)?;
        Ok(Some(Self {
            parameter: index,
            named: (parameter.place, parameter.name),
            schema: parameter.schema.clone(),
            by,
            body,
            items: Pointer::written(items).steps().collect(),
            item: list.all("items").into_iter().next(),
        }))
    }
}

/// The schema of what a pointer leads to.
fn within<'d>(ground: &Ground<'d>, schema: &Located<'d>, pointer: &str) -> Result<Option<Located<'d>>, JudgeError> {
    let mut here = schema.clone();
    for step in Pointer::written(pointer).steps() {
        match property(ground, &here, &step)? {
            Some(inner) => here = inner,
            None => return Ok(None),
        }
    }
    Ok(Some(here))
}
