//! What the client of the old document sends where a witness is given to it, and what the new document makes of that.

use std::sync::Arc;

use super::super::change::{Change, Comparison, Direction, Verdict, Witness};
use super::super::operations::{key, line};
use crate::arguments;
use crate::client::{Arguments, Form, Payload, Place, Setup, Subject};
use crate::document::{Document, Located, Operation, Way};
use crate::ground::{Clients, Ground, OperationGround, Plan};
use crate::judge::JudgeError;
use crate::oracle::Validator;
use crate::request::{self, cut};
use crate::server::{Exchange, Script, Step};
use crate::strategy::StrategyError;
use crate::visible::visible_line;

/// Any response does: what was sent is all that counts.
const RESPONSE: &[u8] = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";

/// Gives the witnesses of breaking requests to the client's calls.
pub(super) fn ask(
    comparison: &mut Comparison,
    old: &Document,
    new: &Document,
    subject: &Subject,
) -> Result<(), JudgeError> {
    let mut asked = comparison.changes.iter_mut().filter(|change| is_asked(change)).peekable();
    if asked.peek().is_none() {
        return Ok(());
    }
    let clients = Clients::new().map_err(JudgeError::Runtime)?;
    let ground = Ground::new(old, subject, Plan::default(), &clients)?;
    let meant = new.meaning(Way::Request);
    let after = meant.operations()?;
    for change in asked {
        let is_subject = |known: &&OperationGround<'_>| change.subjects.contains(&line(&known.operation));
        let Some(called) = ground.operations.iter().find(is_subject) else { continue };
        let Some(now) = after.iter().find(|after| key(after) == key(&called.operation)) else { continue };
        change.client = Some(match given(&ground, called, change) {
            Ok(arguments) => sent(&ground, called, arguments, meant, now)?,
            Err(reason) => reason,
        });
    }
    Ok(())
}

/// Whether a change is one that a request shows.
fn is_asked(change: &Change) -> bool {
    let by_itself = ["parameter-required", "parameter-added", "request-body-required"].contains(&change.kind);
    (change.verdict, change.direction) == (Verdict::Breaking, Some(Direction::Request))
        && (by_itself || change.of_schemas && matches!(change.witness, Some(Witness::Payload(_))))
}

/// What a call is given so that it sends the witness, or why none is.
fn given<'d>(ground: &Ground<'d>, called: &OperationGround<'d>, change: &Change) -> Result<Arguments, String> {
    let usual = arguments::usual(ground, &called.operation, called.binding);
    let mut arguments = usual.map_err(|error| format!("no call of it could be made: {error}"))?;
    let Some(Witness::Payload(value)) = &change.witness else { return Ok(arguments) };
    if change.kind == "request-body" {
        let taken = arguments::taken(&called.operation, called.binding);
        let own =
            taken.filter(|(body, _)| body.schema.as_ref().map(|schema| &schema.pointer) == change.schema.as_ref());
        match own.map(|(_, body)| body.form) {
            Some(Form::Value) => arguments.body = Some(Payload::Value(value.clone())),
            Some(_) => return Err("your client takes this body as bytes or in parts, which were not tried".into()),
            None => return Err("your client sends bodies of another media type".into()),
        }
        return Ok(arguments);
    }
    let mut parameters = called.operation.parameters.iter();
    let own = parameters.find(|known| known.schema.as_ref().map(|schema| &schema.pointer) == change.schema.as_ref());
    match own.and_then(|own| Some((Place::named(own.place)?, own.name))) {
        Some((place, name)) => Ok(arguments.with(place, name, value.clone())),
        None => Err("your client's calls do not take this parameter".into()),
    }
}

/// What a call sends, and why the new document refuses it.
fn sent(
    ground: &Ground<'_>,
    called: &OperationGround<'_>,
    arguments: Arguments,
    document: &Document,
    now: &Operation<'_>,
) -> Result<String, JudgeError> {
    let server = &ground.clients.servers().map_err(JudgeError::Runtime)?.own;
    let base = ground.document.base_path();
    let schemes = called.operation.security.iter().flat_map(|alternative| &alternative.schemes);
    let credentials = schemes.map(|(scheme, _)| (scheme.clone(), "witness".to_owned())).collect();
    let base_url = format!("http://{}{base}", server.address);
    let client = ground.clients.connected(ground.subject, &Setup { base_url, credentials, ..Setup::default() });
    server.direct(Arc::new(|_| Script { steps: vec![Step::Send(RESPONSE.to_vec())], body: Vec::new() }));
    let result = ground.clients.call(called.binding, &client, arguments);
    let exchanges = server.exchanges();
    let [Exchange { request, .. }, ..] = exchanges.as_slice() else {
        let why = result.fault.as_ref().map_or_else(|| result.to_string(), |fault| fault.message.clone());
        return Ok(format!("your client does not send this: {why}"));
    };
    let meaning = request::read(document, now, &base, request)?;
    let compiled = |schema: &Option<Located<'_>>| {
        let found = schema.as_ref().map(|schema| Validator::new(document, schema.clone()).map(Arc::new)).transpose();
        found.map_err(StrategyError::from)
    };
    let parameters =
        now.parameters.iter().map(|parameter| compiled(&parameter.schema)).collect::<Result<Vec<_>, _>>()?;
    let content_type = request.headers.iter().find(|(name, _)| name == "content-type");
    let content_type = content_type.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
    let body = content_type.and_then(|media_type| now.request.iter().find(|body| body.covers(&media_type)));
    let validator = body.map(|body| compiled(&body.schema)).transpose()?.flatten();
    let body = body.map(|body| (body, validator.as_deref()));
    let mut shown = format!("{} {}", request.method, request.target);
    if !request.body.is_empty() {
        shown = format!("{shown} with {}", cut(&String::from_utf8_lossy(&request.body)));
    }
    let shown = visible_line(&shown).into_owned();
    Ok(match request::refusal(document, now, &meaning, &parameters, body)? {
        Some(why) => format!("your client sends {shown}, which the new document refuses: {why}"),
        None => format!("your client sends {shown}, which the new document takes"),
    })
}
