//! The mock server that a client gives to whoever tests code that uses it: for each documented response it has a method, and one
//! for the document's example, and a caller sees of them what the document says.

use std::collections::HashSet;

use serde_json::Value;

use super::wire::offers::{EXAMPLE, Offer, offers};
use super::wire::{Stage, TOKEN};
use super::{Evidence, Findings, Oracle};
use crate::arguments::usual;
use crate::client::{Answer, Kind, Mocked, Payload, Response, Setup, Shape};
use crate::difference::Problem;
use crate::document::essence;
use crate::ground::{Ground, OperationGround};
use crate::judge::JudgeError;

/// The oracle.
pub struct Mocks;

impl Oracle for Mocks {
    fn name(&self) -> &'static str {
        "mocks"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Behaviour
    }

    fn operation<'d>(
        &self,
        ground: &Ground<'d>,
        subject: &OperationGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let (id, mocks) = (&subject.operation.id, ground.subject.mocks);
        let Some(mocked) = mocks.iter().find(|mocked| mocked.operation == id) else {
            if !mocks.is_empty() {
                found.add(Problem::Unbound, id, "mock", "the client's mock server has no method for it", Value::Null);
            }
            return Ok(());
        };
        let binding = subject.binding;
        for response in binding.successes.iter().chain(binding.failures) {
            let own = mocked.responses.iter().filter(|own| own.status == response.status).count();
            if own != 1 {
                let detail =
                    format!("`{}` of the client's mock server has {own} methods for this status", mocked.method);
                found.add(Problem::Unbound, id, format!("status {}", response.status), detail, Value::Null);
            }
        }
        let stage = Stage::new(ground, subject)?;
        let arguments = usual(ground, &subject.operation, binding)?;
        let mocking = ground.clients.mocking(ground.subject, mocked);
        let setup = Setup { base_url: mocking.base_url.clone(), token: Some(TOKEN.into()), ..Setup::default() };
        let client = ground.clients.connected(ground.subject, &setup);
        let mut shown = HashSet::new();
        for mut offer in offers(ground, &subject.operation)? {
            let Some(response) = read(&offer, mocked, binding.successes.iter().chain(binding.failures)) else {
                continue;
            };
            let has_example = mocked.responses.iter().any(|own| own.status == response.status && own.has_example);
            let headers = offer.headers.clone();
            // A header is added by the same method to whatever response.
            let parts = [(response.status.to_owned(), offer.bytes.clone())].into_iter();
            let parts = parts.chain(headers.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())));
            if parts.filter(|part| shown.insert(part.clone())).count() == 0 {
                continue;
            }
            // A method is for one type, where responses may have headers of one name and several types.
            if headers.iter().any(|(name, _)| has_several_types(name, subject)) {
                continue;
            }
            // A number may be written in more than one way.
            offer.headers.retain(|(_, text)| text.parse::<f64>().map_or(true, |number| number.to_string() == *text));
            let bodies = [Some(given(&offer, response)), None];
            let is_asked = |body: &Option<Payload>| body.is_some() || (has_example && offer.label.ends_with(EXAMPLE));
            for body in bodies.into_iter().filter(is_asked) {
                let answer = Answer { response: response.status, status: offer.status, body, headers: &headers };
                let method = if answer.body.is_some() { "a body" } else { "the document's example" };
                let mut add = |keyword: &str, detail: String| {
                    let detail = format!("the mock server, with {method}: {}: {detail}", offer.label);
                    found.add(Problem::Response, id, keyword, detail, offer.value.clone().unwrap_or_default());
                };
                if let Err(fault) = (mocked.respond)(&mocking, &answer) {
                    add(&format!("status {}", response.status), fault.message);
                    continue;
                }
                let mut called = ground.clients.call(binding, &client, arguments.clone());
                let (sent, came) = (offer.media_type.as_deref(), called.media_type().map(essence));
                if sent.is_some_and(|sent| came.as_deref() != Some(&essence(sent))) {
                    add("content", format!("the media type is {came:?}"));
                }
                // A value may be written in more than one way.
                called.raw = None;
                stage.faults(&offer, &called, &[])?.into_iter().for_each(|(keyword, detail)| add(&keyword, detail));
                found.count("responses of mock servers");
            }
        }
        Ok(())
    }
}

/// The client's response that an offer is of, where its mock server can give it.
fn read<'r>(offer: &Offer<'_>, mocked: &Mocked, mut all: impl Iterator<Item = &'r Response>) -> Option<&'r Response> {
    // A mock server refuses a status that no standard has, and is no place for a redirect to lead to.
    let is_given = offer.status < 600 && !(300..400).contains(&offer.status);
    let is_read = is_given && matches!(offer.expected, Kind::Value | Kind::ErrorResponse);
    let response = all.find(|response| Some(response.status) == offer.response).filter(|_| is_read)?;
    let has_type = offer.body.map(|body| body.media_type) == response.media_type;
    (has_type && mocked.responses.iter().any(|own| own.status == response.status)).then_some(response)
}

/// The body that a mock server is given.
fn given(offer: &Offer<'_>, response: &Response) -> Payload {
    match &offer.value {
        Some(value) if response.shape == Shape::One => Payload::Value(value.clone()),
        _ => Payload::Bytes(offer.bytes.clone()),
    }
}

fn has_several_types(header: &str, subject: &OperationGround<'_>) -> bool {
    let all = subject.operation.responses.iter().flat_map(|response| &response.headers);
    let same = all.filter(|one| one.name.eq_ignore_ascii_case(header));
    let mut types = same.map(|one| one.schema.as_ref().map(|schema| schema.value));
    let first = types.next();
    types.any(|other| Some(other) != first)
}
