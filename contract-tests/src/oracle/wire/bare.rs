//! Bodies of responses that no other oracle can ask for: those whose schema has no type of its own, such as a list that is
//! written in place, and texts that stand for values. Everything that the document says of them is judged by calls.

use serde_json::Value;

use super::offers::Offer;
use super::{Stage, TOKEN, setup};
use crate::cases::Case;
use crate::client::{Arguments, Kind, Setup};
use crate::document::{Conjunction, DocumentError, MediaKind, Way, essence};
use crate::ground::Ground;
use crate::judge::JudgeError;
use crate::oracle::Findings;
use crate::oracle::client::{Promise, promise};
use crate::request::{MeantBody, Shape, is_single, of_body, spelled};
use crate::strategy::draw;

/// How many bodies are drawn at most, beside the enumerated ones.
const DRAWN: u32 = 32;

/// Sends the cases and draws of each such body: what conforms reaches the caller unchanged, and a strict client refuses
/// what does not conform.
pub(super) fn judge<'d>(
    stage: &Stage<'_, 'd>,
    usual: &Arguments,
    offers: &[Offer<'_>],
    found: &mut Findings,
) -> Result<(), JudgeError> {
    let ground = stage.ground;
    let setup = Setup { strict: true, token: Some(TOKEN.into()), ..setup(ground, &stage.base)? };
    let strict = ground.clients.connected(ground.subject, &setup);
    for (body, template) in stage.bodies(offers, |_| true) {
        let Some(schema) = body.schema.clone() else { continue };
        let is_judged = match body.kind() {
            MediaKind::Json => {
                let nameless = body.nameless();
                nameless.is_some_and(|(name, _)| !ground.schemas.iter().any(|known| known.name == name))
            }
            // Whatever its type, no other oracle has it read from a text.
            MediaKind::Text => is_single(ground.responses, body)? && essence(body.media_type).starts_with("text/"),
            _ => false,
        };
        if !is_judged {
            continue;
        }
        let arguments = stage.asking(usual, Some(body));
        let demanded = Conjunction::of(ground.responses, schema.clone())?;
        let validator = ground.validator(Way::Response, &schema)?;
        let payloads = ground.payloads(Way::Response, schema.clone())?;
        let drawn =
            draw(&payloads, &schema.pointer, ground.plan.seed, ground.plan.cases.min(DRAWN) as usize)?.into_iter();
        let drawn = drawn.map(|payload| Case { label: "drawn".into(), payload, fault: None });
        for case in ground.cases(Way::Response, schema)?.cases.iter().cloned().chain(drawn) {
            let text = match body.kind() {
                MediaKind::Text => match text_of(ground, &demanded, &case.payload)? {
                    Some(text) => Some(text),
                    None => continue,
                },
                _ => None,
            };
            // What no fault is as another value that the text may stand for, is none.
            let is_refused = match &text {
                Some(text) => {
                    let meant = MeantBody::Text(text.clone());
                    of_body(ground.responses, body, Some(&*validator), &meant)?.is_some()
                }
                None => true,
            };
            let fault = case.fault.as_ref().filter(|_| is_refused);
            let (expected, or) = match fault {
                None => (template.expected, None),
                // Whether an error conforms, no client is asked.
                Some(_) if template.expected != Kind::Value => continue,
                Some(fault) => refused(promise(ground.responses, &demanded, &case.payload, fault)?),
            };
            let offer = |payload: &Value| Offer {
                label: format!("{}, {}, {}", template.status, body.media_type, case.label),
                bytes: text.clone().unwrap_or_else(|| payload.to_string()).into_bytes(),
                value: text.is_none().then(|| payload.clone()),
                expected,
                or,
                ..template.clone()
            };
            // A text that stands for a value is of some type.
            let untyped = fault.filter(|_| or.is_some() && text.is_none());
            if let Some(fault) = untyped
                && stage.takes_anything(&strict, &arguments, (&case.payload, &fault.pointer), offer)
            {
                continue;
            }
            stage.offered(&strict, &arguments, &offer(&case.payload), found)?;
        }
    }
    Ok(())
}

/// How a strict client refuses what does not conform: before it has a value, or by what it finds in it. Where the promise is
/// open, either will do.
pub(super) fn refused(promise: Promise) -> (Kind, Option<Kind>) {
    match promise {
        Promise::Refused => (Kind::Body, None),
        Promise::Kept | Promise::Read | Promise::ReadAsAbsent => (Kind::Nonconforming, None),
        Promise::Open => (Kind::Nonconforming, Some(Kind::Body)),
    }
}

/// The text that stands for a value, if one does by the schema.
fn text_of(ground: &Ground<'_>, schema: &Conjunction<'_>, value: &Value) -> Result<Option<String>, DocumentError> {
    let Some(text) = spelled(value) else { return Ok(None) };
    let shape = Shape::Text(text.clone());
    let is_meant = |literal| shape.value(ground.responses, schema, literal).map(|meant| meant == *value);
    Ok((is_meant(false)? || is_meant(true)?).then_some(text))
}
