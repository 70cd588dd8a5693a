//! Responses that come in pages, against a server of n pages: what the client asks for, what it gives, and where it ends.
//!
//! The judge reads `x-pagination` by itself: which parameter says where a page begins, and what in a page says where the next one does.

mod server;
mod stated;

use serde_json::{Value, json};

use super::change::change;
use super::wire::{Stage, offers};
use super::{Evidence, Findings, Oracle};
use crate::arguments;
use crate::client::{Arguments, Content, Kind, Paged, Place};
use crate::difference::Problem;
use crate::document::{Conjunction, Located};
use crate::ground::{Ground, OperationGround};
use crate::judge::JudgeError;
use crate::request::{self, Meaning};
use server::Scene;
pub use stated::PAGINATION;
use stated::Stated;

/// The oracle.
pub struct Pages;

impl Oracle for Pages {
    fn name(&self) -> &'static str {
        "pages"
    }

    fn evidence(&self, problem: Problem) -> Evidence {
        match problem {
            Problem::Unbound => Evidence::Interface,
            _ => Evidence::Behaviour,
        }
    }

    fn document(&self, ground: &Ground<'_>, _: &mut Findings) -> Result<(), JudgeError> {
        ground.written.iter().for_each(|operation| ground.account.note(operation.pointer.child(PAGINATION)));
        Ok(())
    }

    fn operation<'d>(
        &self,
        ground: &Ground<'d>,
        subject: &OperationGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let id = &subject.operation.id;
        let place = subject.operation.pointer.child(PAGINATION);
        let stated = ground.document.at(&place);
        if stated.is_some() != subject.binding.paged {
            let detail = match stated {
                Some(_) => "the document says that responses come in pages, and the client gives none",
                None => "the client gives pages, of which the document says nothing",
            };
            found.add(Problem::Unbound, id, PAGINATION, detail, json!(null));
        }
        let Some(stated) = stated else { return Ok(()) };
        let Some(stated) = Stated::read(ground, subject, &stated)? else {
            let detail = "it names a parameter or a place in the response that is not there";
            found.add(Problem::Contradiction, id, PAGINATION, detail, stated.value.clone());
            return Ok(());
        };
        if !subject.binding.paged {
            return Ok(());
        }
        let stage = Stage::new(ground, subject)?;
        let usual = arguments::usual(ground, &subject.operation, subject.binding)?;
        let offers = offers::offers(ground, &subject.operation)?;
        let plain = offers.iter().find(|offer| offer.expected == Kind::Value && offer.value.is_some());
        let failed = offers.iter().find(|offer| offer.status >= 400 && offer.expected != Kind::Value);
        let Some(plain) = plain else { return Ok(()) };
        for scene in server::scenes(ground, &stated, &usual, plain, failed)? {
            for items in [false, true] {
                let fault = played(&stage, &stated, &usual, &scene, items)?;
                found.count("calls");
                if let Some(fault) = fault {
                    let label = if items { "items" } else { "pages" };
                    let detail = format!("{label} of {}: {fault}", scene.label);
                    found.add(Problem::Response, id, PAGINATION, detail, scene.shown());
                }
            }
        }
        Ok(())
    }
}

/// Has the client ask for the pages of a scene, and says what is wrong with what it asks for and gives.
fn played(
    stage: &Stage<'_, '_>,
    stated: &Stated<'_>,
    usual: &Arguments,
    scene: &Scene,
    items: bool,
) -> Result<Option<String>, JudgeError> {
    let arguments = Arguments { paged: Some(Paged { items, most: scene.most }), ..usual.clone() };
    let (called, exchanges) = stage.directed(&arguments, scene.director(&stage.subject.operation.method));
    if called.kind != scene.ends {
        return Ok(Some(format!("the caller sees {called} at the end, not {}", scene.ends)));
    }
    let Content::Items(given) = &called.content else { return Ok(Some("nothing was given".to_owned())) };
    let sent: Vec<&Value> = match items {
        true => scene.items.iter().flatten().collect(),
        false => scene.pages.iter().collect(),
    };
    if given.len() != sent.len() {
        return Ok(Some(format!("{} came, and {} were sent", given.len(), sent.len())));
    }
    let document = stage.ground.responses;
    let schema = if items { stated.item.clone() } else { Some(stated.body.clone()) };
    let schema = schema.map_or_else(|| Ok(Conjunction::anything()), |schema| Conjunction::of(document, schema))?;
    for (index, (sent, given)) in sent.into_iter().zip(given).enumerate() {
        if let Some((place, change)) = change(document, &schema, sent, &given["data"])? {
            return Ok(Some(format!("number {} is another at {place}: {}", index + 1, request::cut(&change))));
        }
    }
    if exchanges.len() != scene.positions.len() {
        return Ok(Some(format!("{} pages were asked for, not {}", exchanges.len(), scene.positions.len())));
    }
    let mut first: Option<Meaning> = None;
    for (exchange, position) in exchanges.iter().zip(&scene.positions) {
        let (operation, base) = (&stage.subject.operation, &stage.base);
        let mut meaning = request::read(stage.ground.requests, operation, base, &exchange.request)?;
        let Some(meant) = meaning.parameters.get_mut(stated.parameter).map(std::mem::take) else { return Ok(None) };
        let is_right = match position {
            Some(position) => meant.readings().iter().any(|reading| reading.expresses(position)),
            None => meant.readings().is_empty(),
        };
        if !is_right {
            let wanted = position.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
            let sent = request::cut(&format!("{meant:?}"));
            return Ok(Some(format!("the page was to begin at {wanted}, and {sent} was sent")));
        }
        match &first {
            Some(first) if (&first.parameters, &first.body) != (&meaning.parameters, &meaning.body) => {
                return Ok(Some("a later page is asked for with other arguments than the first".to_owned()));
            }
            Some(_) => {}
            None => first = Some(meaning),
        }
    }
    Ok(None)
}

/// The schema of a property, with all that stands beside it; nothing where none is declared.
fn property<'d>(ground: &Ground<'d>, schema: &Located<'d>, name: &str) -> Result<Option<Located<'d>>, JudgeError> {
    let whole = Conjunction::of(ground.responses, schema.clone())?;
    Ok(whole.parts.iter().find_map(|part| part.get("properties")?.get(name)))
}

/// Where an argument for a parameter goes.
fn place(name: &str) -> Place {
    Place::named(name).unwrap_or(Place::Query)
}
