//! Implementations: which type each is for is known once all sources are read.

use std::collections::HashMap;

use super::super::expansion::Macros;
use super::super::items::{Attributes, Implementation, Reader, What, inner, split};
use super::super::tokens::{Kind, Token};
use super::super::wording::{condition, join, signature, text};
use super::failures::failures;
use super::{DEEPEST, Inventory, Place, USE, said};

/// What an implementation adds to a type that is yet to be found.
pub struct Pending<'a> {
    /// The module that the type is named from.
    module: String,
    name: &'a str,
    adds: Adds,
    condition: Option<String>,
}

enum Adds {
    Trait(String),
    /// Of a type with such arguments, if it is not of all.
    Members(String, Vec<Member>),
}

/// A member of an implementation.
struct Member {
    name: String,
    /// Nothing where it is hidden.
    text: Option<String>,
    /// What is listed by itself, since one more takes none away: the alternatives of an operation's security, and its errors.
    details: Vec<String>,
}

impl<'a> Inventory<'a> {
    /// Takes note of an implementation.
    pub fn implementation(
        &mut self,
        macros: &Macros<'_, 'a>,
        place: &Place<'_, '_, 'a>,
        attributes: Attributes<'_, 'a>,
        item: &Implementation<'_, 'a>,
    ) {
        let Some((above, name, arguments)) = type_of(item.on) else { return };
        let adds = match item.of {
            // Where a trait comes from is written in as many ways as there are modules.
            Some(of) => Adds::Trait(text(last_segment(of)).trim_end_matches("<'de>").to_owned()),
            None => {
                let mut members = Vec::new();
                self::members(macros, item.members, place.depth, &mut members);
                Adds::Members(instance(item.generics, arguments), members)
            }
        };
        let module = (0..above).fold(place.module, |module, _| module.rsplit_once("::").map_or("", |(above, _)| above));
        let condition = condition(attributes).or_else(|| condition(place.call));
        self.implementations.push(Pending { module: module.to_owned(), name, adds, condition });
    }

    /// Adds what is implemented, now that all types are known.
    pub fn finish(&mut self) {
        // Where items of a name are defined.
        let mut namesakes: HashMap<&str, Vec<&str>> = HashMap::new();
        let defined = self.entries.iter().filter(|(path, entry)| entry.owner.is_none() && !path.contains(USE));
        for (path, _) in defined {
            namesakes.entry(path.rsplit("::").next().unwrap_or(path)).or_default().push(path);
        }
        let mut found = Vec::new();
        for pending in std::mem::take(&mut self.implementations) {
            // In its own module, or else the only one of that name.
            let here = join(&pending.module, pending.name);
            let owner = match namesakes.get(pending.name).map(Vec::as_slice) {
                Some(paths) if paths.contains(&here.as_str()) => here,
                Some([path]) => (*path).to_owned(),
                _ => continue,
            };
            found.push((owner, pending));
        }
        for (owner, Pending { adds, condition, .. }) in found {
            match adds {
                Adds::Trait(of) => self.implements(&owner, &of, condition.as_deref()),
                Adds::Members(instance, members) => {
                    for Member { name, text, details } in members {
                        let path = format!("{owner}{instance}::{name}");
                        for detail in details {
                            self.add(format!("{path} {detail}"), Some(String::new()), Some(&owner));
                        }
                        self.add(path, text, Some(&owner));
                    }
                }
            }
        }
    }
}

/// The members of an implementation that users can name, with those that calls among them declare.
fn members<'a>(macros: &Macros<'_, 'a>, tokens: &[Token<'a>], depth: usize, found: &mut Vec<Member>) {
    let mut reader = Reader::new(tokens);
    while let Ok(Some(member)) = reader.item() {
        let name = member.name.to_owned();
        let said = |text: String| said(text, member.attributes, Attributes::default());
        match member.what {
            What::Fn(method) if member.is_public => {
                let details = if method.is_async { failures(method.body) } else { Vec::new() };
                found.push(Member { name, text: said(signature(&method)), details });
            }
            What::Const { of, value } if member.is_public => {
                let details = if name == "SECURITY" { alternatives(value) } else { Vec::new() };
                found.push(Member { name, text: said(text(of)), details });
            }
            What::MacroCall(given) if depth < DEEPEST => {
                if let Some(declared) = macros.expand(member.name, given) {
                    members(macros, &declared, depth + 1, found);
                }
            }
            _ => {}
        }
    }
}

/// What an operation asks for is data; who has no such credentials cannot call it.
fn alternatives(security: &[Token<'_>]) -> Vec<String> {
    let mut security = Reader::new(security);
    security.eat("&");
    let Some(all) = security.group("[") else { return Vec::new() };
    let alternatives: Vec<String> = split(all).map(|one| format!("by {}", text(one))).collect();
    if alternatives.is_empty() { vec!["by &[]".to_owned()] } else { alternatives }
}

/// The last segment of a path, with its generics.
fn last_segment<'t, 'a>(path: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let mut reader = Reader::new(path);
    let mut last = path;
    loop {
        reader.until(&["::"]);
        if !reader.eat("::") {
            return last;
        }
        last = reader.rest;
    }
}

/// How many modules up a type's path leads, its name and its arguments. A path from the root leads to another crate.
fn type_of<'t, 'a>(of: &'t [Token<'a>]) -> Option<(usize, &'a str, &'t [Token<'a>])> {
    let first = of.first().filter(|first| first.kind == Kind::Word)?;
    let above = of.chunks_exact(2).take_while(|pair| pair[0].is("super")).count();
    let (name, arguments) = last_segment(of).split_first().filter(|_| !first.is("dyn") && !first.is("impl"))?;
    (name.kind == Kind::Word).then_some((above, name.text, inner(arguments)))
}

/// Of which type of a generic one an implementation is, such as `<builder::GetThing>`; nothing where it is of all of them.
fn instance(generics: &[Token<'_>], arguments: &[Token<'_>]) -> String {
    let is_parameter = |one: &[Token<'_>]| {
        let [name] = one else { return false };
        split(inner(generics)).any(|parameter| parameter.first().is_some_and(|first| first.is(name.text)))
    };
    let types = split(arguments)
        .filter(|one| !is_parameter(one) && one.first().is_some_and(|first| first.kind != Kind::Lifetime));
    let types: Vec<String> = types.map(|one| text(one).replace("<'static>", "").replace("super::", "")).collect();
    if types.is_empty() { String::new() } else { format!("<{}>", types.join(", ")) }
}
