//! Servers of n pages: what each sends for the first, the second and the last request, and what a caller is to see of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::stated::{By, Stated};
use super::{place, property};
use crate::client::{Arguments, Kind};
use crate::document::{Conjunction, Kind as Type, Located, Way};
use crate::ground::Ground;
use crate::judge::JudgeError;
use crate::oracle::wire::offers::Offer;
use crate::server::Director;

/// A server of some pages, and a call for them.
pub struct Scene<'o> {
    /// What is special about it.
    pub label: String,
    /// How many pages are asked for at most.
    pub most: Option<u64>,
    /// The pages that a caller gets.
    pub pages: Vec<Value>,
    /// Their items.
    pub items: Vec<Vec<Value>>,
    /// Where each page begins that is asked for; `None` where nothing says so.
    pub positions: Vec<Option<Value>>,
    /// What the caller sees behind the last page.
    pub ends: Kind,
    /// What is sent, request after request. More requests get the last of it again.
    sent: Vec<Offer<'o>>,
}

impl Scene<'_> {
    /// Says what is sent for each request.
    pub fn director(&self, method: &str) -> Director {
        let scripts: Vec<_> = self.sent.iter().map(|offer| offer.script(method)).collect();
        let next = AtomicUsize::new(0);
        Arc::new(move |_| {
            let index = next.fetch_add(1, Ordering::Relaxed).min(scripts.len().saturating_sub(1));
            scripts.get(index).cloned().unwrap_or_default()
        })
    }

    /// What a reader of a report needs to see the same again.
    pub fn shown(&self) -> Value {
        json!({ "pages": self.sent.iter().map(|offer| &offer.value).collect::<Vec<_>>(), "positions": self.positions })
    }
}

/// The servers that an operation's pages are judged against: of one page and of several, with an empty one in the middle, with a
/// cursor that comes again, with an error at the second page, and with more pages than are asked for.
pub fn scenes<'o, 'd>(
    ground: &Ground<'d>,
    stated: &Stated<'d>,
    usual: &Arguments,
    plain: &Offer<'o>,
    failed: Option<&Offer<'o>>,
) -> Result<Vec<Scene<'o>>, JudgeError> {
    let made = Made { ground, stated, plain, item: items(ground, stated)? };
    let first = usual.get(place(stated.named.0), stated.named.1).cloned();
    let mut scenes = Vec::new();
    match &stated.by {
        By::Cursor(_, next) => {
            let cursors = cursors(ground, stated, next, first.as_ref())?;
            let Some(one) = cursors.first() else { return Ok(scenes) };
            for (what, end) in made.ends()? {
                scenes.push(made.scene(format!("one page whose cursor {what}"), &[(2, end.clone())], &first)?);
                if let Some(two) = cursors.get(1) {
                    let pages = [(2, Some(one.clone())), (0, Some(two.clone())), (1, end.clone())];
                    scenes.push(made.scene(format!("three pages, the last one's cursor {what}"), &pages, &first)?);
                }
            }
            let end = made.ends()?.into_iter().next().map(|(_, end)| end);
            let pages = [(1, Some(one.clone())), (2, Some(one.clone()))];
            let circle = made.scene("a cursor that comes again".to_owned(), &pages, &first)?;
            let after = end.map(|end| made.offer(&(0, end))).transpose()?;
            scenes.push(Scene { ends: Kind::RepeatedPage, ..circle.then(after) });
            let more = made.scene("more pages than are asked for".to_owned(), &[(2, Some(one.clone()))], &first)?;
            scenes.push(Scene { most: Some(1), ..more });
            let mut broken = made.scene("an error at the second page".to_owned(), &[(2, Some(one.clone()))], &first)?;
            if let Some(failed) = failed {
                broken.positions.push(Some(one.clone()));
                scenes.push(Scene { ends: failed.expected, ..broken.then(Some(failed.clone())) });
            }
        }
        By::Number { items, first: usual } => {
            let at = first.as_ref().and_then(Value::as_u64).unwrap_or(*usual);
            let counted = |sizes: &[usize]| {
                let ahead = sizes.iter().map(|size| if *items { *size as u64 } else { 1 }).scan(at, |sum, by| {
                    *sum += by;
                    Some(Some(json!(*sum)))
                });
                std::iter::once(first.clone()).chain(ahead).collect::<Vec<_>>()
            };
            let numbered = |label: &str, sizes: &[usize]| {
                let pages: Vec<_> = sizes.iter().map(|size| (*size, None)).collect();
                let scene = made.scene(label.to_owned(), &pages, &first)?;
                Ok::<_, JudgeError>(Scene { positions: counted(sizes), ..scene })
            };
            for (label, sizes) in [("no items at all", &[0][..]), ("three pages", &[3, 1, 0])] {
                let mut scene = numbered(label, sizes)?;
                scene.positions.pop();
                scenes.push(scene);
            }
            let mut more = numbered("more pages than are asked for", &[3, 1])?;
            more.positions.pop();
            scenes.push(Scene { most: Some(2), ..more });
            if let Some(failed) = failed {
                let broken = numbered("an error at the second page", &[2])?;
                scenes.push(Scene { ends: failed.expected, ..broken.then(Some(failed.clone())) });
            }
        }
    }
    Ok(scenes)
}

impl<'o> Scene<'o> {
    /// The same, and this is sent afterwards.
    fn then(mut self, offer: Option<Offer<'o>>) -> Self {
        self.sent.extend(offer);
        self
    }
}

/// What pages are made of.
struct Made<'g, 'o, 'd> {
    ground: &'g Ground<'d>,
    stated: &'g Stated<'d>,
    plain: &'g Offer<'o>,
    item: Vec<Value>,
}

/// How many items a page has, and its cursor; none where it has no such property.
type Size = (usize, Option<Value>);

impl<'o> Made<'_, 'o, '_> {
    fn scene(&self, label: String, pages: &[Size], first: &Option<Value>) -> Result<Scene<'o>, JudgeError> {
        let sent = pages.iter().map(|page| self.offer(page)).collect::<Result<Vec<_>, _>>()?;
        let cursors = pages.iter().rev().skip(1).rev().map(|(_, cursor)| cursor.clone());
        Ok(Scene {
            label,
            most: None,
            pages: sent.iter().filter_map(|offer| offer.value.clone()).collect(),
            items: pages.iter().map(|(size, _)| self.items(*size)).collect(),
            positions: std::iter::once(first.clone()).chain(cursors).collect(),
            ends: Kind::Value,
            sent,
        })
    }

    fn items(&self, size: usize) -> Vec<Value> {
        self.item.iter().cycle().take(size).cloned().collect()
    }

    fn offer(&self, (size, cursor): &Size) -> Result<Offer<'o>, JudgeError> {
        let mut page = self.plain.value.clone().unwrap_or_default();
        self.put(&mut page, &self.stated.items, Some(self.items(*size).into()))?;
        if let By::Cursor(next, _) = &self.stated.by {
            self.put(&mut page, next, cursor.clone())?;
        }
        Ok(Offer { bytes: page.to_string().into_bytes(), value: Some(page), ..self.plain.clone() })
    }

    /// Puts a value into a page, or takes it away.
    fn put(&self, page: &mut Value, steps: &[String], new: Option<Value>) -> Result<(), JudgeError> {
        let (mut here, mut schema) = (page, self.stated.body.clone());
        for (index, step) in steps.iter().enumerate() {
            if !here.is_object() {
                *here = self.object(&schema)?;
            }
            let Some(object) = here.as_object_mut() else { return Ok(()) };
            if index + 1 == steps.len() && new.is_none() {
                object.remove(step);
                return Ok(());
            }
            let Some(inner) = property(self.ground, &schema, step)? else { return Ok(()) };
            (here, schema) = (object.entry(step.clone()).or_insert(Value::Null), inner);
        }
        *here = new.unwrap_or_default();
        Ok(())
    }

    /// An object of a schema, with what is required in it.
    fn object(&self, schema: &Located<'_>) -> Result<Value, JudgeError> {
        let Some(schema) = self.ground.responses.at(&schema.pointer) else { return Ok(json!({})) };
        let cases = self.ground.plain(Way::Response, schema)?;
        let found = cases.iter().map(|case| &case.payload).find(|payload| payload.is_object());
        Ok(found.cloned().unwrap_or_else(|| json!({})))
    }

    /// The ways to say that there is no other page, each of which the schema allows.
    fn ends(&self) -> Result<Vec<(&'static str, Option<Value>)>, JudgeError> {
        let By::Cursor(steps, next) = &self.stated.by else { return Ok(Vec::new()) };
        let schema = Conjunction::of(self.ground.responses, next.clone())?;
        let mut ends = Vec::new();
        let mut holder = self.stated.body.clone();
        for step in steps.iter().rev().skip(1).rev() {
            let Some(inner) = property(self.ground, &holder, step)? else { return Ok(ends) };
            holder = inner;
        }
        let required = Conjunction::of(self.ground.responses, holder)?;
        if !steps.last().is_some_and(|last| required.required().contains(&last.as_str())) {
            ends.push(("is missing", None));
        }
        if schema.takes_null() {
            ends.push(("is null", Some(Value::Null)));
        }
        if schema.kind() == Some(Type::String) && schema.listed().is_none() {
            ends.push(("is empty", Some(json!(""))));
        }
        Ok(ends)
    }
}

/// Two items of a page, which differ where the schema has several values.
fn items(ground: &Ground<'_>, stated: &Stated<'_>) -> Result<Vec<Value>, JudgeError> {
    let Some(schema) = stated.item.as_ref().and_then(|item| ground.responses.at(&item.pointer)) else {
        return Ok(vec![json!("a"), json!("b")]);
    };
    let mut items: Vec<Value> = Vec::new();
    for case in ground.plain(Way::Response, schema)?.iter() {
        if items.len() < 2 && !items.contains(&case.payload) {
            items.push(case.payload.clone());
        }
    }
    Ok(items)
}

/// Two cursors that the parameter takes and the response has, and that are not where the call begins.
fn cursors(
    ground: &Ground<'_>,
    stated: &Stated<'_>,
    next: &Located<'_>,
    first: Option<&Value>,
) -> Result<Vec<Value>, JudgeError> {
    let mut candidates: Vec<Value> = ["c 1", "c/2?", "c1", "c2"].iter().map(|text| json!(text)).collect();
    candidates.extend([7, 9, 101, 1_001].map(|number| json!(number)));
    let mut validators = Vec::new();
    for (way, document, schema) in
        [(Way::Request, ground.requests, stated.schema.as_ref()), (Way::Response, ground.responses, Some(next))]
    {
        let Some(schema) = schema.and_then(|schema| document.at(&schema.pointer)) else { continue };
        validators.push(ground.validator(way, &schema)?);
        candidates.extend(ground.plain(way, schema)?.iter().map(|case| case.payload.clone()));
    }
    let mut cursors: Vec<Value> = Vec::new();
    for cursor in candidates {
        let leads_on = !cursor.is_null() && cursor.as_str() != Some("") && first != Some(&cursor);
        let is_scalar = cursor.is_string() || cursor.is_number();
        if leads_on && is_scalar && !cursors.contains(&cursor) && validators.iter().all(|one| one.accepts(&cursor)) {
            cursors.push(cursor);
        }
    }
    cursors.truncate(2);
    Ok(cursors)
}
