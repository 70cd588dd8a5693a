//! What the client makes of an answer, against what the document says of it.

use serde_json::Value;

use super::Answer;
use crate::bindings::Outcome;
use crate::cases::Enumerator;
use crate::document::{Body, Conjunction, Document, DocumentError, Operation, Pointer};
use crate::oracle::client::first_change;
use crate::strategy::StrategyError;

/// Statuses that are sent where the document doesn't know them, to a client that never tries again.
const OTHERS: [u16; 15] = [200, 201, 204, 400, 401, 403, 404, 406, 409, 410, 418, 422, 429, 500, 501];

/// How many answers are built for each body: the baseline, and one with only what is required.
const BUILT: usize = 2;

/// The answers to try: each documented status with the document's example, and some statuses that it doesn't know.
pub fn answers(document: &Document, operation: &Operation<'_>) -> Result<Vec<Answer>, StrategyError> {
    let mut enumerator = Enumerator::new(document);
    let mut all: Vec<Answer> = Vec::new();
    let mut fallback = None;
    for response in &operation.responses {
        let body = match response.bodies.first() {
            Some(body) => Some((body.media_type.to_owned(), example(&mut enumerator, body)?)),
            None => None,
        };
        if response.status == "default" {
            fallback = Some(body);
        } else if let Some(status) = concrete(response.status, operation) {
            all.push(Answer { status, body, documented: true });
        }
    }
    let error = all.iter().find(|answer| answer.status >= 400).and_then(|answer| answer.body.clone());
    for status in OTHERS {
        let known = all.iter().any(|answer| answer.status == status)
            || operation.responses.iter().any(|response| covers(response.status, status));
        if !known {
            let body = fallback.clone().unwrap_or_else(|| error.clone().filter(|_| status >= 400));
            all.push(Answer { status, body, documented: fallback.is_some() });
        }
    }
    Ok(all)
}

/// Answers of the documented statuses that are built from their schemas alone: an example shows less than its schema.
pub(super) fn built_answers(document: &Document, operation: &Operation<'_>) -> Result<Vec<Answer>, StrategyError> {
    let mut enumerator = Enumerator::new(document);
    let mut all = Vec::new();
    for response in &operation.responses {
        let Some(status) = concrete(response.status, operation) else { continue };
        for body in &response.bodies {
            let Some(schema) = &body.schema else { continue };
            let cases = enumerator.cases(schema.clone())?.cases.into_iter().filter(|case| case.fault.is_none());
            let most = cases.take(BUILT).map(|case| Some((body.media_type.to_owned(), case.payload)));
            all.extend(most.map(|body| Answer { status, body, documented: true }));
        }
    }
    Ok(all)
}

/// What is wrong with the outcome of a call, if anything.
pub(super) fn judge(
    document: &Document,
    operation: &Operation<'_>,
    answer: &Answer,
    outcome: &Outcome,
) -> Result<Option<String>, DocumentError> {
    let (status, body) = match outcome {
        Outcome::Undocumented { status } if !answer.documented => {
            return Ok((*status != answer.status).then(|| format!("the caller sees the status {status}")));
        }
        _ if !answer.documented => {
            return Ok(Some(format!(
                "the document doesn't know this status, and the caller sees {}",
                written(outcome)
            )));
        }
        Outcome::Success { status, body } if answer.status < 300 => (*status, body),
        Outcome::Refusal { status, body } if answer.status >= 300 => (*status, body),
        other => return Ok(Some(format!("the caller sees {}", written(other)))),
    };
    if status != answer.status {
        return Ok(Some(format!("the caller sees the status {status}")));
    }
    let Some((_, sent)) = &answer.body else { return Ok(None) };
    let schema = operation
        .responses
        .iter()
        .find(|response| response.status == answer.status.to_string() || covers(response.status, answer.status))
        .and_then(|response| response.bodies.first()?.schema.clone());
    let (sent, returned) = match schema {
        Some(schema) => {
            let schema = Conjunction::of(document, schema)?;
            (schema.declared(document, sent)?, schema.declared(document, body)?)
        }
        None => (sent.clone(), body.clone()),
    };
    Ok(first_change(&sent, &returned, Pointer::root())
        .map(|(pointer, detail)| format!("the body changed at {pointer}: {detail}")))
}

fn example<'d>(enumerator: &mut Enumerator<'d>, body: &Body<'d>) -> Result<Value, StrategyError> {
    if let Some(example) = body.example {
        return Ok(example.clone());
    }
    let Some(schema) = &body.schema else { return Ok(Value::Null) };
    let cases = enumerator.cases(schema.clone())?;
    Ok(cases.cases.into_iter().find(|case| case.fault.is_none()).map(|case| case.payload).unwrap_or_default())
}

/// A status for a key of `responses`: a range is tried with a member that has no line of its own.
fn concrete(key: &str, operation: &Operation<'_>) -> Option<u16> {
    if let Ok(status) = key.parse() {
        return Some(status);
    }
    let hundreds: u16 = key.chars().next()?.to_digit(10)?.try_into().ok()?;
    let own = |status: u16| operation.responses.iter().any(|response| response.status == status.to_string());
    (18..99).map(|rest| hundreds * 100 + rest).find(|status| !own(*status))
}

fn covers(key: &str, status: u16) -> bool {
    let range = key.len() == 3 && key.ends_with("XX");
    range && key.starts_with(&(status / 100).to_string())
}

fn written(outcome: &Outcome) -> String {
    serde_json::to_string(outcome).unwrap_or_else(|error| error.to_string())
}
