//! The client on the wire: each operation against a server of the judge.
//!
//! A request is decoded by the judge's own rules to what it means, and must mean what the call was given; a response must
//! reach the caller as the document describes it. Nothing is compared with what the client encodes.

mod bare;
mod credentials;
pub mod offers;
mod requests;
mod responses;
pub mod sent_headers;
mod streams;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Evidence, Findings, Oracle, Validator};
use crate::arguments::{self, Attempt, BodySchema, Expected};
use crate::client::{Arguments, Called, Connected, Kind, Payload, Setup};
use crate::difference::Problem;
use crate::document::{Body, Conjunction, DocumentError, Located, MediaKind, Pointer, Way};
use crate::ground::{Ground, OperationGround};
use crate::judge::JudgeError;
use crate::keyword::of_each_type;
use crate::request::Received;
use crate::server::{Director, Exchange};
use offers::{Offer, is_bodiless};

/// The credential of the usual calls.
pub(super) const TOKEN: &str = "wire-token";

/// The oracle.
pub struct Wire;

impl Oracle for Wire {
    fn name(&self) -> &'static str {
        "wire"
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
        let stage = Stage::new(ground, subject)?;
        let offers = offers::offers(ground, &subject.operation)?;
        let attempts = arguments::attempts(ground, &subject.operation, subject.binding)?;
        let usual = attempts.first().map(|attempt| attempt.arguments.clone()).unwrap_or_default();
        let Some(plain) = offers.first() else { return Ok(()) };
        let demanded = match stage.body.map(Body::kind) {
            Some(MediaKind::Form | MediaKind::Multipart) => BodySchema::Form(stage.body_schema()?),
            Some(MediaKind::Text) => BodySchema::Text,
            _ => BodySchema::Other(stage.body_schema()?),
        };
        let mut senders: HashMap<Received, Arguments> = HashMap::new();
        for attempt in &attempts {
            if found.is_enough() {
                return Ok(());
            }
            let (called, exchanges) = stage.exchange(&attempt.arguments, plain);
            found.count("calls");
            let shown = shown(&exchanges, &attempt.arguments, plain, &called);
            let faults = requests::judge(&stage, attempt, &called, &exchanges)?;
            let fine = faults.is_empty();
            for (keyword, detail) in faults {
                found.add(
                    Problem::Request,
                    &subject.operation.id,
                    keyword,
                    format!("{}: {detail}", attempt.label),
                    shown.clone(),
                );
            }
            // A request that is wrong by itself need not be held against others.
            let [Exchange { request, .. }] = exchanges.as_slice() else { continue };
            if !fine || attempt.expected == Expected::Refused {
                continue;
            }
            let distinct = request.without_boundary();
            if let Some(other) = senders.get(&distinct) {
                if !arguments::alike(ground.requests, &subject.operation, &demanded, other, &attempt.arguments)? {
                    let detail = format!("{}: other arguments make the same request: {}", attempt.label, given(other));
                    found.add(Problem::Request, &subject.operation.id, "collision", detail, shown);
                }
            } else {
                senders.insert(distinct, attempt.arguments.clone());
            }
        }
        for offer in &offers {
            if found.is_enough() {
                return Ok(());
            }
            let arguments = stage.asking(&usual, offer.body);
            let (called, exchanges) = stage.exchange(&arguments, offer);
            found.count("calls");
            if let Some(accept) = arguments.accept {
                let label = format!("asking for {accept}");
                let asking = Attempt { label, arguments: arguments.clone(), expected: Expected::Sent };
                for (keyword, detail) in requests::judge(&stage, &asking, &called, &exchanges)? {
                    let shown = shown(&exchanges, &arguments, offer, &called);
                    let detail = format!("{}: {detail}", asking.label);
                    found.add(Problem::Request, &subject.operation.id, keyword, detail, shown);
                }
            }
            stage.seen(&arguments, offer, &called, &exchanges, found)?;
        }
        bare::judge(&stage, &usual, &offers, found)?;
        streams::judge(&stage, &usual, &offers, found)?;
        let whole = attempts.iter().find(|attempt| attempt.label == arguments::EVERY_PARAMETER);
        let whole = whole.map_or_else(|| usual.clone(), |attempt| attempt.arguments.clone());
        credentials::judge(&stage, &whole, plain, found)
    }
}

/// A call's surroundings: the operation, the server that it goes to, and the client.
pub(super) struct Stage<'g, 'd> {
    pub(super) ground: &'g Ground<'d>,
    pub(super) subject: &'g OperationGround<'d>,
    pub(super) base: String,
    connected: Arc<Connected>,
    /// What each parameter of the operation must be.
    validators: Vec<Option<Arc<Validator>>>,
    /// The body that the client's call takes, as the document has it.
    body: Option<&'g Body<'d>>,
    /// What that body must be.
    body_validator: Option<Arc<Validator>>,
}

impl<'g, 'd> Stage<'g, 'd> {
    pub(super) fn new(ground: &'g Ground<'d>, subject: &'g OperationGround<'d>) -> Result<Self, JudgeError> {
        let base = ground.document.base_path();
        let setup = Setup { token: Some(TOKEN.into()), ..setup(ground, &base)? };
        let connected = ground.clients.connected(ground.subject, &setup);
        let validator = |schema: &Option<Located<'d>>| {
            schema.as_ref().map(|schema| ground.validator(Way::Request, schema)).transpose()
        };
        let parameters = subject.operation.parameters.iter();
        let validators = parameters.map(|parameter| validator(&parameter.schema)).collect::<Result<_, _>>()?;
        let body = arguments::taken(&subject.operation, subject.binding).map(|(body, _)| body);
        let body_validator = body.map(|body| validator(&body.schema)).transpose()?.flatten();
        Ok(Self { ground, subject, base, connected, validators, body, body_validator })
    }

    /// What the body demands.
    fn body_schema(&self) -> Result<Conjunction<'d>, DocumentError> {
        let schema = self.body.and_then(|body| body.schema.clone());
        schema.map_or_else(|| Ok(Conjunction::anything()), |schema| Conjunction::of(self.ground.requests, schema))
    }

    /// One call with the usual client.
    fn exchange(&self, arguments: &Arguments, offer: &Offer<'_>) -> (Called, Vec<Exchange>) {
        self.exchange_with(&self.connected, arguments, offer)
    }

    /// The arguments of a call that is offered this body: a media type that the client asks for by a method of its own is asked for.
    fn asking(&self, usual: &Arguments, body: Option<&Body<'_>>) -> Arguments {
        let own = body.and_then(|body| self.subject.binding.alternate(body.media_type));
        Arguments { accept: own.map(|own| own.media_type), ..usual.clone() }
    }

    /// The bodies that responses may have, each with the first offer of it that is such a one.
    fn bodies<'o, 'b>(
        &'b self,
        offers: &'b [Offer<'o>],
        is: impl Fn(&Offer<'_>) -> bool,
    ) -> impl Iterator<Item = (&'b Body<'d>, &'b Offer<'o>)> {
        let operation = &self.subject.operation;
        let offered = move |body: &Body<'_>| {
            let of_body = |offer: &&Offer<'_>| offer.body.is_some_and(|offered| offered.pointer == body.pointer);
            offers.iter().filter(of_body).find(|offer| is(offer))
        };
        let all = operation.responses.iter().flat_map(|response| &response.bodies);
        let all = all.filter_map(move |body| Some((body, offered(body)?)));
        all.filter(|(_, offer)| !is_bodiless(&operation.method, offer.status))
    }

    /// Calls by another client than the usual one, and looks at what the caller sees of an offer.
    fn offered(
        &self,
        client: &Arc<Connected>,
        arguments: &Arguments,
        offer: &Offer<'_>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let (called, exchanges) = self.exchange_with(client, arguments, offer);
        found.count("calls");
        self.seen(arguments, offer, &called, &exchanges, found)
    }

    /// [`tolerances::UNTYPED`](crate::tolerances::UNTYPED): whether a client takes whatever stands at a place of a payload.
    fn takes_anything<'o>(
        &self,
        client: &Arc<Connected>,
        arguments: &Arguments,
        (payload, place): (&Value, &Pointer),
        offer: impl Fn(&Value) -> Offer<'o>,
    ) -> bool {
        let own = payload.pointer(place.as_str()).cloned();
        own.into_iter().chain(of_each_type().map(|(_, value)| value)).all(|value| {
            let mut payload = payload.clone();
            let held = payload.pointer_mut(place.as_str()).map(|held| *held = value).is_some();
            held && self.exchange_with(client, arguments, &offer(&payload)).0.kind == Kind::Value
        })
    }

    /// Whether a caller sees of an offer what they must see.
    fn seen(
        &self,
        arguments: &Arguments,
        offer: &Offer<'_>,
        called: &Called,
        exchanges: &[Exchange],
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        for (keyword, detail) in self.faults(offer, called, exchanges)? {
            let shown = shown(exchanges, arguments, offer, called);
            let detail = format!("{}: {detail}", offer.label);
            found.add(Problem::Response, &self.subject.operation.id, keyword, detail, shown);
        }
        Ok(())
    }

    /// What a caller does not see of an offer as the document says: a keyword and a sentence each.
    pub(super) fn faults(
        &self,
        offer: &Offer<'_>,
        called: &Called,
        exchanges: &[Exchange],
    ) -> Result<Vec<(String, String)>, DocumentError> {
        responses::judge(self, offer, called, exchanges)
    }

    /// One call, and what the server saw of it.
    fn exchange_with(
        &self,
        client: &Arc<Connected>,
        arguments: &Arguments,
        offer: &Offer<'_>,
    ) -> (Called, Vec<Exchange>) {
        let script = offer.script(&self.subject.operation.method);
        self.directed_with(client, arguments, Arc::new(move |_| script.clone()))
    }

    /// One call with the usual client, to a server that somebody directs.
    pub(super) fn directed(&self, arguments: &Arguments, director: Director) -> (Called, Vec<Exchange>) {
        self.directed_with(&self.connected, arguments, director)
    }

    fn directed_with(
        &self,
        client: &Arc<Connected>,
        arguments: &Arguments,
        director: Director,
    ) -> (Called, Vec<Exchange>) {
        let Ok(servers) = self.ground.clients.servers() else {
            return (Called::without_response(Kind::NoClient, None), Vec::new());
        };
        servers.own.direct(director);
        let called = self.ground.clients.call(self.subject.binding, client, arguments.clone());
        (called, servers.own.exchanges())
    }
}

/// The usual way to connect: to the judge's server, with the base path of the document.
pub fn setup(ground: &Ground<'_>, base: &str) -> Result<Setup, JudgeError> {
    let address = ground.clients.servers().map_err(JudgeError::Runtime)?.own.address;
    Ok(Setup { base_url: format!("http://{address}{base}"), ..Setup::default() })
}

/// What a reader of a report needs to see the same again: what was given, what was sent, and what was received.
fn shown(exchanges: &[Exchange], arguments: &Arguments, offer: &Offer<'_>, called: &Called) -> Value {
    let request = |exchange: &Exchange| {
        let headers: Map<String, Value> =
            exchange.request.headers.iter().map(|(name, value)| (name.clone(), redacted(name, value))).collect();
        let mut shown =
            json!({ "method": exchange.request.method, "target": exchange.request.target, "headers": headers });
        if !exchange.request.body.is_empty() {
            shown["body"] = short(&exchange.request.body).into();
        }
        shown
    };
    json!({
        "arguments": given(arguments),
        "requests": exchanges.iter().map(request).collect::<Vec<_>>(),
        "response": { "status": offer.status, "media_type": offer.media_type, "body": short(&offer.bytes) },
        "result": called.to_string(),
    })
}

/// Arguments as JSON.
fn given(arguments: &Arguments) -> Value {
    let parameters = arguments.parameters.iter();
    let mut shown: Map<String, Value> = parameters
        .map(|argument| (format!("{} {}", argument.place.name(), argument.name), argument.value.clone()))
        .collect();
    match &arguments.body {
        Some(Payload::Value(value)) => drop(shown.insert("body".into(), value.clone())),
        Some(Payload::Bytes(bytes)) => drop(shown.insert("body".into(), short(bytes).into())),
        Some(Payload::Parts(parts)) => {
            let parts =
                parts.iter().map(|(name, part)| (name.clone(), Value::String(short(format!("{part:?}").as_bytes()))));
            shown.insert("body".into(), Value::Object(parts.collect()));
        }
        None => {}
    }
    Value::Object(shown)
}

fn short(bytes: &[u8]) -> String {
    const LONGEST: usize = 400;
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]);
    if bytes.len() > LONGEST { format!("{text}… ({} bytes)", bytes.len()) } else { text.into_owned() }
}

fn redacted(name: &str, value: &[u8]) -> Value {
    match name {
        "authorization" => "(a credential)".into(),
        // The port of the server differs from run to run, and a report should not.
        "host" => "(the judge's server)".into(),
        _ => String::from_utf8_lossy(value).into(),
    }
}
