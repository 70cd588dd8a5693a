//! The mock server that a client gives to whoever tests code that uses it: for each documented response it has a method, and one
//! for the document's example, and a caller sees of them what the document says.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::wire::offers::{EXAMPLE, Offer, offers};
use super::wire::{Stage, TOKEN};
use super::{Evidence, Findings, Oracle};
use crate::arguments::usual;
use crate::client::{Arguments, Asked, Called, Connected, Kind, Mocked, Mocking, Payload, Response, Setup, Shape};
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
        let mocking = ground.clients.mocking(ground.subject, mocked);
        let setup = Setup { base_url: mocking.base_url.clone(), token: Some(TOKEN.into()), ..Setup::default() };
        let client = ground.clients.connected(ground.subject, &setup);
        let calling =
            Calling { stage, mocked, mocking, client, arguments: usual(ground, &subject.operation, binding)? };
        let mut shown = HashSet::new();
        for offer in offers(ground, &subject.operation)? {
            let Some(response) = read(&offer, mocked, binding.successes.iter().chain(binding.failures)) else {
                continue;
            };
            // A header is added by the same method to whatever response.
            let parts = [(response.status.to_owned(), offer.bytes.clone())].into_iter();
            let parts = parts.chain(offer.headers.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())));
            let is_new = parts.filter(|part| shown.insert(part.clone())).count() > 0;
            // A method is for one type, where responses may have headers of one name and several types.
            if !is_new || offer.headers.iter().any(|(name, _)| has_several_types(name, subject)) {
                continue;
            }
            calling.judge(&offer, response, Some(given(&offer, response)), found)?;
            let has_example = mocked.responses.iter().any(|own| own.status == response.status && own.has_example);
            if has_example && offer.label.ends_with(EXAMPLE) {
                calling.judge(&offer, response, None, found)?;
            }
        }
        Ok(())
    }
}

/// Calls of an operation that go to a mock server.
struct Calling<'g, 'd> {
    stage: Stage<'g, 'd>,
    mocked: &'static Mocked,
    mocking: Arc<Mocking>,
    client: Arc<Connected>,
    arguments: Arguments,
}

impl Calling<'_, '_> {
    /// Has the server respond as is offered, with a body or with the document's example, and looks at what a caller sees.
    fn judge(
        &self,
        offer: &Offer<'_>,
        response: &Response,
        body: Option<Payload>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let Stage { ground, subject, .. } = self.stage;
        found.count("responses of mock servers");
        let method = if body.is_some() { "a body" } else { "the document's example" };
        let mut add = |keyword: &str, detail: String| {
            let detail = format!("the mock server, with {method}: {}: {detail}", offer.label);
            let shown = offer.value.clone().unwrap_or_default();
            found.add(Problem::Response, &subject.operation.id, keyword, detail, shown);
        };
        let asked = Asked { response: response.status, status: offer.status, body, headers: &offer.headers };
        if let Err(fault) = (self.mocked.respond)(&self.mocking, &asked) {
            add(&format!("status {}", response.status), fault.message);
            return Ok(());
        }
        // A value, and a number in a header, may be written in more than one way.
        let called = ground.clients.call(subject.binding, &self.client, self.arguments.clone());
        let called = Called { raw: None, ..called };
        let mut offer = offer.clone();
        offer.headers.retain(|(_, text)| text.parse::<f64>().map_or(true, |number| number.to_string() == *text));
        let (sent, came) = (offer.media_type.as_deref().map(essence), called.media_type().map(essence));
        if sent.is_some() && sent != came {
            add("content", format!("the media type is {}", came.unwrap_or_default()));
        }
        self.stage.faults(&offer, &called, &[])?.into_iter().for_each(|(keyword, detail)| add(&keyword, detail));
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
