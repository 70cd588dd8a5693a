//! Where a document can be edited: every object of the specification with its kind, and the edits made there.

use serde_json::{Map, Value};

use super::{Direction, Edit, Observer};
use crate::document::{Document, Located, Pointer, count};

/// What an object of the document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the specification's own")]
pub enum Kind {
    Root,
    Info,
    Contact,
    License,
    ExternalDocs,
    Server,
    Tag,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    MediaType,
    Header,
    SecurityScheme,
    Flows,
    Flow,
    Callback,
    Example,
    Link,
    Schema,
}

/// How the objects below a key are held.
#[derive(Clone, Copy)]
enum Held {
    One,
    List,
    Map,
}

/// One object of the document.
#[derive(Debug, Clone)]
pub struct Spot<'d> {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub place: Pointer,
    /// Its members.
    pub object: &'d Map<String, Value>,
    /// Who can observe what it demands of values.
    pub observer: Observer,
}

/// Every object of a document.
pub struct Places<'d> {
    /// The document.
    pub document: &'d Document,
    spots: Vec<Spot<'d>>,
}

/// The edits of one operator.
pub struct Edits<'d> {
    document: &'d Document,
    /// Whether the edited documents are kept, or only what was edited.
    keeps: bool,
    pub(super) found: Vec<Edit>,
}

impl<'d> Places<'d> {
    /// Finds them all.
    pub fn of(document: &'d Document) -> Self {
        let mut spots = Vec::new();
        let root = Located { pointer: Pointer::root(), value: document.root() };
        walk(Kind::Root, root, Observer::Wire, &mut spots);
        Self { document, spots }
    }

    /// Those of a kind, references left aside.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = &Spot<'d>> {
        self.every().filter(move |spot| spot.kind == kind && !spot.object.contains_key("$ref"))
    }

    /// The same of a document of OpenAPI 3.1, to whose keywords 3.0 gives no meaning.
    pub fn later(&self, kind: Kind) -> impl Iterator<Item = &Spot<'d>> {
        let is_later = self.document.is_3_1();
        self.all(kind).filter(move |_| is_later)
    }

    /// All of them, references included.
    pub fn every(&self) -> impl Iterator<Item = &Spot<'d>> {
        self.spots.iter()
    }

    /// The schemas whose `type` is one of these.
    pub fn typed(&self, kinds: &'static [&'static str]) -> impl Iterator<Item = &Spot<'d>> {
        self.all(Kind::Schema).filter(move |spot| spot.text("type").is_some_and(|kind| kinds.contains(&kind)))
    }
}

impl<'d> Spot<'d> {
    /// A member that is text.
    pub fn text(&self, key: &str) -> Option<&'d str> {
        self.object.get(key).and_then(Value::as_str)
    }

    /// A member that is a list; empty where it is missing.
    pub fn list(&self, key: &str) -> &'d [Value] {
        self.object.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// A member that is an object.
    pub fn map(&self, key: &str) -> Option<&'d Map<String, Value>> {
        self.object.get(key).and_then(Value::as_object)
    }
}

impl<'d> Edits<'d> {
    /// None yet.
    pub(super) fn of(document: &'d Document) -> Self {
        Self { document, keeps: true, found: Vec::new() }
    }

    /// The same for who asks what can be edited, and not for the edited documents.
    pub(super) fn noted(document: &'d Document) -> Self {
        Self { keeps: false, ..Self::of(document) }
    }

    /// Edits the whole tree. Where the change gives nothing, there is no edit.
    pub fn rewrite(
        &mut self,
        place: Pointer,
        what: impl Into<String>,
        direction: Direction,
        observer: Observer,
        change: impl FnOnce(&mut Value) -> Option<()>,
    ) {
        let mut root = self.document.root().clone();
        if change(&mut root).is_some() {
            let root = if self.keeps { root } else { Value::Null };
            self.found.push(Edit { place, what: what.into(), direction, observer, root });
        }
    }

    /// Edits one object.
    pub fn change(
        &mut self,
        spot: &Spot<'_>,
        what: impl Into<String>,
        direction: Direction,
        observer: Observer,
        change: impl FnOnce(&mut Map<String, Value>) -> Option<()>,
    ) {
        let place = spot.place.as_str();
        self.rewrite(spot.place.clone(), what, direction, observer, |root| {
            root.pointer_mut(place).and_then(Value::as_object_mut).and_then(change)
        });
    }

    /// Gives a member another value, or adds it.
    pub fn set(
        &mut self,
        spot: &Spot<'_>,
        key: &str,
        value: impl Into<Value>,
        direction: Direction,
        observer: Observer,
    ) {
        let value = value.into();
        let what = match spot.object.get(key) {
            Some(old) => format!("{key}: {} became {}", shortened(old), shortened(&value)),
            None => format!("{key}: {} added", shortened(&value)),
        };
        self.change(spot, what, direction, observer, |object| {
            object.insert(key.to_owned(), value);
            Some(())
        });
    }

    /// Moves a limit on a length or a count by one, and takes it away. One more loosens an upper limit.
    pub fn limit(&mut self, spot: &Spot<'_>, key: &str, more: Direction) {
        let Some(limit) = spot.object.get(key).and_then(count) else { return };
        let less = if more == Direction::Loosening { Direction::Tightening } else { Direction::Loosening };
        self.set(spot, key, limit.saturating_add(1), more, spot.observer);
        if let Some(lower) = limit.checked_sub(1) {
            self.set(spot, key, lower, less, spot.observer);
        }
        self.drop(spot, key, Direction::Loosening, spot.observer);
    }

    /// Takes away each entry of a member that holds schemas or names by a name, and the member with its last one.
    pub fn entries(&mut self, spot: &Spot<'_>, key: &str) {
        for name in spot.map(key).into_iter().flat_map(Map::keys) {
            self.change(spot, format!("{key}: {name} dropped"), Direction::Loosening, spot.observer, |object| {
                let entries = object.get_mut(key)?.as_object_mut()?;
                entries.shift_remove(name)?;
                if entries.is_empty() {
                    object.shift_remove(key);
                }
                Some(())
            });
        }
    }

    /// Takes a member away.
    pub fn drop(&mut self, spot: &Spot<'_>, key: &str, direction: Direction, observer: Observer) {
        let Some(old) = spot.object.get(key) else { return };
        self.change(spot, format!("{key}: {} dropped", shortened(old)), direction, observer, |object| {
            object.shift_remove(key).map(drop)
        });
    }
}

/// Gives a member another name, at the same place.
pub(crate) fn rename(object: &mut Map<String, Value>, from: &str, to: &str) -> Option<()> {
    if !object.contains_key(from) || object.contains_key(to) {
        return None;
    }
    let members = std::mem::take(object);
    *object = members.into_iter().map(|(key, value)| (if key == from { to.to_owned() } else { key }, value)).collect();
    Some(())
}

/// Gives every reference to a place another target.
pub(super) fn retarget(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                match inner {
                    Value::String(text) if key == "$ref" && text == from => *text = to.to_owned(),
                    inner => retarget(inner, from, to),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| retarget(inner, from, to)),
        _ => {}
    }
}

fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

fn walk<'d>(kind: Kind, here: Located<'d>, observer: Observer, out: &mut Vec<Spot<'d>>) {
    let Some(object) = here.value.as_object() else { return };
    let observer = match kind {
        // The client hands a response's headers on as they came; what they are, its documentation says.
        Kind::Header => Observer::Documentation,
        _ => observer,
    };
    out.push(Spot { kind, place: here.pointer.clone(), object, observer });
    if object.contains_key("$ref") {
        return;
    }
    if kind == Kind::Callback {
        for (name, value) in object.iter().filter(|(name, _)| !name.starts_with("x-")) {
            walk(Kind::PathItem, Located { pointer: here.pointer.child(name), value }, observer, out);
        }
    }
    for (key, held, inner) in members(kind) {
        let observer = if kind == Kind::Components && *inner == Kind::Schema { Observer::Payload } else { observer };
        match held {
            Held::One => here.get(key).into_iter().for_each(|found| walk(*inner, found, observer, out)),
            Held::List => here.members(key).into_iter().for_each(|found| walk(*inner, found, observer, out)),
            Held::Map => {
                let Some(map) = here.get(key) else { continue };
                for (name, value) in map.value.as_object().into_iter().flatten() {
                    // An extension is no path and no status; a property may well have such a name.
                    if kind == Kind::Schema || !name.starts_with("x-") {
                        walk(*inner, Located { pointer: map.pointer.child(name), value }, observer, out);
                    }
                }
            }
        }
    }
}

/// The members of an object that hold further objects.
fn members(kind: Kind) -> &'static [(&'static str, Held, Kind)] {
    use Held::{List, Map, One};
    match kind {
        Kind::Root => &[
            ("info", One, Kind::Info),
            ("servers", List, Kind::Server),
            ("tags", List, Kind::Tag),
            ("externalDocs", One, Kind::ExternalDocs),
            ("paths", Map, Kind::PathItem),
            ("components", One, Kind::Components),
        ],
        Kind::Info => &[("contact", One, Kind::Contact), ("license", One, Kind::License)],
        Kind::Components => &[
            ("schemas", Map, Kind::Schema),
            ("responses", Map, Kind::Response),
            ("parameters", Map, Kind::Parameter),
            ("requestBodies", Map, Kind::RequestBody),
            ("headers", Map, Kind::Header),
            ("securitySchemes", Map, Kind::SecurityScheme),
            ("links", Map, Kind::Link),
            ("callbacks", Map, Kind::Callback),
            ("examples", Map, Kind::Example),
            ("pathItems", Map, Kind::PathItem),
        ],
        Kind::PathItem => &[
            ("get", One, Kind::Operation),
            ("put", One, Kind::Operation),
            ("post", One, Kind::Operation),
            ("delete", One, Kind::Operation),
            ("options", One, Kind::Operation),
            ("head", One, Kind::Operation),
            ("patch", One, Kind::Operation),
            ("trace", One, Kind::Operation),
            ("parameters", List, Kind::Parameter),
            ("servers", List, Kind::Server),
        ],
        Kind::Operation => &[
            ("parameters", List, Kind::Parameter),
            ("requestBody", One, Kind::RequestBody),
            ("responses", Map, Kind::Response),
            ("callbacks", Map, Kind::Callback),
            ("servers", List, Kind::Server),
            ("externalDocs", One, Kind::ExternalDocs),
        ],
        Kind::Parameter | Kind::Header => {
            &[("schema", One, Kind::Schema), ("content", Map, Kind::MediaType), ("examples", Map, Kind::Example)]
        }
        Kind::RequestBody => &[("content", Map, Kind::MediaType)],
        Kind::Response => {
            &[("headers", Map, Kind::Header), ("content", Map, Kind::MediaType), ("links", Map, Kind::Link)]
        }
        Kind::MediaType => &[("schema", One, Kind::Schema), ("examples", Map, Kind::Example)],
        Kind::SecurityScheme => &[("flows", One, Kind::Flows)],
        Kind::Flows => &[
            ("implicit", One, Kind::Flow),
            ("password", One, Kind::Flow),
            ("clientCredentials", One, Kind::Flow),
            ("authorizationCode", One, Kind::Flow),
        ],
        Kind::Schema => &[
            ("properties", Map, Kind::Schema),
            ("items", One, Kind::Schema),
            ("additionalProperties", One, Kind::Schema),
            ("allOf", List, Kind::Schema),
            ("oneOf", List, Kind::Schema),
            ("anyOf", List, Kind::Schema),
            ("not", One, Kind::Schema),
            ("contains", One, Kind::Schema),
            ("propertyNames", One, Kind::Schema),
            ("if", One, Kind::Schema),
            ("then", One, Kind::Schema),
            ("else", One, Kind::Schema),
            ("prefixItems", List, Kind::Schema),
            ("patternProperties", Map, Kind::Schema),
            ("dependentSchemas", Map, Kind::Schema),
            ("$defs", Map, Kind::Schema),
            ("externalDocs", One, Kind::ExternalDocs),
        ],
        Kind::Tag => &[("externalDocs", One, Kind::ExternalDocs)],
        Kind::Contact
        | Kind::License
        | Kind::ExternalDocs
        | Kind::Server
        | Kind::Flow
        | Kind::Callback
        | Kind::Example
        | Kind::Link => &[],
    }
}
