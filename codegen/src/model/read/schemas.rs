//! From schemas to the types that the client declares.

mod checks;
mod circles;
mod cycles;
mod enumerations;
mod families;
mod forms;
mod merge;
mod nullability;
mod objects;
mod references;
mod single;
mod unions;
mod wrappers;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::document::{Place, Pointer};
use crate::keyword::checks::{PATTERNS, PREFIX, are_in};
use crate::keyword::{Integer, format, needs_a_type};
use crate::model::{Direction, Form, NamedType, Names, Shape, TypeRef, Types, pascal};
use crate::version::Version;
use enumerations::enumeration;
pub use enumerations::plain_name;
use families::Families;
use forms::Forms;
pub use forms::is_foreign;
use merge::{Merged, merge};
use nullability::{Nullability, Reading};
use objects::restricts_others;
use references::reference;

pub use references::{follow, members, target};
pub use single::is_single;

/// How deep schemas may stand within one another before the rest is left untyped.
const DEEPEST: usize = 64;

/// Reads schemas; what needs a name of its own is kept and named here.
#[derive(Debug)]
pub struct Reader<'a> {
    root: &'a Value,
    nullability: Nullability<'a>,
    meant: Nullability<'a>,
    names: Names,
    /// In the order in which they are declared; `None` while a type is being read.
    types: Vec<Option<NamedType>>,
    by_pointer: BTreeMap<Pointer, String>,
    /// The identifiers of the forms for requests, where they differ.
    in_requests: BTreeMap<Pointer, String>,
    /// The forms for requests that are declared.
    sent: BTreeSet<Pointer>,
    families: Families<'a>,
    forms: Forms,
    /// The types of responses that stand without a name, by place.
    inline: BTreeMap<Pointer, String>,
    /// Where the payloads go whose schemas are being read.
    direction: Direction,
    structs: BTreeSet<String>,
    depth: usize,
    /// The alternatives that are being read together with what stands beside them, by reference.
    pub(super) expanded: Vec<String>,
    untyped: Vec<Pointer>,
    /// The schemas against which no value can be held.
    unchecked: Vec<Pointer>,
}

/// A place's type, and whether null is among its values.
#[derive(Debug, Clone)]
pub struct Read {
    /// The type, null left out.
    pub ty: TypeRef,
    /// Whether a JSON null is allowed too.
    pub nullable: bool,
    /// Whether a null that is not allowed is meant to be.
    pub takes_null: bool,
    /// What the schema says where its `allOf` is merged; none where it says so as it stands.
    pub merged: Option<Value>,
}

/// What a schema comes to before it has a name.
pub(super) enum Content {
    Type(TypeRef, Option<Value>),
    Shape(Shape, Option<Value>),
}

impl Content {
    /// A type that the schema says as it stands.
    pub(super) fn plain(ty: TypeRef) -> Self {
        Self::Type(ty, None)
    }

    /// The same, of a schema that was merged into another, unless what it holds was merged once more.
    fn of(self, merged: Value) -> Self {
        match self {
            Self::Type(ty, within) => Self::Type(ty, Some(within.unwrap_or(merged))),
            Self::Shape(shape, within) => Self::Shape(shape, Some(within.unwrap_or(merged))),
        }
    }
}

impl<'a> Reader<'a> {
    /// A reader of the document whose tree `root` is; its component schemas are named first, since their names are the
    /// ones that users know.
    pub fn new(root: &'a Value) -> Self {
        let reading = if Version::of(root) == Some(Version::V3_1) { Reading::Translated } else { Reading::Letter };
        let mut reader = Self {
            root,
            forms: Forms::default(),
            families: Families::of(root),
            in_requests: BTreeMap::new(),
            sent: BTreeSet::new(),
            inline: BTreeMap::new(),
            direction: Direction::Response,
            nullability: Nullability::new(root, reading),
            meant: Nullability::new(root, Reading::Meant),
            // What generated code means by these must not be hidden by a type of the document's.
            names: Names::reserving(&["Self", "Default", "Ok", "Err", "Some", "None"]),
            types: Vec::new(),
            by_pointer: BTreeMap::new(),
            structs: BTreeSet::new(),
            depth: 0,
            expanded: Vec::new(),
            untyped: Vec::new(),
            unchecked: Vec::new(),
        };
        let at = Pointer::root().join("components").join("schemas");
        let components: Vec<(&String, &Value)> =
            root.pointer(at.as_str()).and_then(Value::as_object).into_iter().flatten().collect();
        for (name, _) in &components {
            let ident = reader.names.claim(&pascal(name));
            reader.by_pointer.insert(at.join(name), ident);
        }
        // All of them are named, used or not, so that a new request gives no other type another name.
        for (name, _) in &components {
            let pointer = at.join(name);
            if reader.forms.differ(root, &reader.families, &pointer) {
                let ident = reader.by_pointer.get(&pointer).map(|ident| reader.names.claim(&format!("{ident}Request")));
                ident.map(|ident| reader.in_requests.insert(pointer, ident));
            }
        }
        for (name, schema) in components {
            let pointer = at.join(name);
            if let Some(ident) = reader.by_pointer.get(&pointer).cloned() {
                reader.declare(ident, Some(name.clone()), schema, &pointer);
            }
        }
        reader
    }

    /// The types found so far, the places that no type but `serde_json::Value` could hold, and those of schemas against which no
    /// value could be held.
    pub fn finish(mut self) -> (Types, Vec<Pointer>, Vec<Pointer>) {
        let mut types: Vec<NamedType> = self.types.into_iter().flatten().collect();
        cycles::break_cycles(&mut types);
        let types = Types::new(wrappers::wrap_alternatives(types, &mut self.names));
        (types, self.untyped, self.unchecked)
    }

    /// Reads the schema of what a request carries.
    pub fn read_sent(&mut self, schema: &Value, at: &Pointer, hint: &str) -> Read {
        let before = std::mem::replace(&mut self.direction, Direction::Request);
        let read = self.read(schema, at, hint);
        self.direction = before;
        read
    }

    /// Reads the schema of a place. `hint` names it should it need a name.
    pub fn read(&mut self, schema: &Value, at: &Pointer, hint: &str) -> Read {
        let nullable = self.nullability.is_nullable(schema);
        let takes_null = !nullable && self.meant.is_nullable(schema);
        if let Some(target) = reference(schema) {
            return Read { ty: self.refer(target), nullable, takes_null, merged: None };
        }
        if self.depth >= DEEPEST {
            self.untyped.push(at.clone());
            return Read { ty: TypeRef::Any, nullable, takes_null, merged: None };
        }
        // What is a type by itself needs no name, and most schemas are.
        if !is_composed(schema)
            && !are_in(schema)
            && let Some(ty) = scalar(schema)
        {
            return Read { ty, nullable, takes_null, merged: None };
        }
        // A part that is the same in both directions has one type, though what holds it has two.
        if self.direction == Direction::Request
            && let Some(ident) = self.inline.get(at)
            && !self.forms.differ_within(self.root, &self.families, schema)
        {
            return Read { ty: TypeRef::Named(ident.clone()), nullable, takes_null, merged: None };
        }
        self.depth += 1;
        let slot = self.types.len();
        self.types.push(None);
        // Claimed before its content is read: the owner's name is the plainer one.
        let ident = self.names.claim(&pascal(hint));
        let (ty, merged) = match self.content(schema, at, &ident) {
            Content::Type(ty, merged) if !are_in(merged.as_ref().unwrap_or(schema)) => {
                self.types.remove(slot);
                self.names.release(&ident);
                (ty, merged)
            }
            // Only a type of its own can remember what else is asked.
            Content::Type(ty, merged) => {
                self.fill(slot, &ident, None, schema, at, (Shape::Wrapper(ty), merged));
                (TypeRef::Named(ident), None)
            }
            Content::Shape(shape, merged) => {
                self.fill(slot, &ident, None, schema, at, (shape, merged.clone()));
                (TypeRef::Named(ident), merged)
            }
        };
        self.depth -= 1;
        Read { ty, nullable, takes_null, merged }
    }

    fn declare(&mut self, ident: String, component: Option<String>, schema: &Value, at: &Pointer) {
        let slot = self.types.len();
        self.types.push(None);
        let content = match reference(schema) {
            Some(target) => (Shape::Alias(self.refer(target)), None),
            None => match self.family(schema, at, &ident).unwrap_or_else(|| self.content(schema, at, &ident)) {
                Content::Type(ty, merged) if are_in(merged.as_ref().unwrap_or(schema)) => (Shape::Wrapper(ty), merged),
                Content::Type(ty, merged) => (Shape::Alias(ty), merged),
                Content::Shape(shape, merged) => (shape, merged),
            },
        };
        self.fill(slot, &ident, component, schema, at, content);
    }

    /// Declares a type in the slot that was kept for it.
    fn fill(
        &mut self,
        slot: usize,
        ident: &str,
        component: Option<String>,
        schema: &Value,
        at: &Pointer,
        (shape, merged): (Shape, Option<Value>),
    ) {
        let nullable = self.nullability.is_nullable(schema);
        let schema = merged.unwrap_or_else(|| schema.clone());
        let checks = self.checks(&schema, at, ident);
        let ident = ident.to_owned();
        if matches!(shape, Shape::Struct(_)) {
            self.structs.insert(ident.clone());
        }
        if let Some(slot) = self.types.get_mut(slot) {
            let place = Place::in_root(at.clone());
            let form = match self.direction {
                Direction::Request if component.is_none() => {
                    self.inline.get(at).cloned().map_or(Form::Shared, Form::Request)
                }
                Direction::Response if component.is_none() => {
                    self.inline.insert(at.clone(), ident.clone());
                    Form::Shared
                }
                _ if !self.in_requests.contains_key(at) => Form::Shared,
                Direction::Response => Form::Response,
                Direction::Request => Form::Request(self.by_pointer.get(at).cloned().unwrap_or_default()),
            };
            *slot = Some(NamedType { ident, component, form, place, schema, nullable, checks, shape });
        }
    }

    /// The type that a reference leads to: a component's own, or one made for the place it points at.
    fn refer(&mut self, target: &str) -> TypeRef {
        let Some(pointer) = Pointer::from_reference(target) else { return TypeRef::Any };
        if self.direction == Direction::Request && self.forms.differ(self.root, &self.families, &pointer) {
            return self.refer_sent(pointer);
        }
        if let Some(ident) = self.by_pointer.get(&pointer) {
            return TypeRef::Named(ident.clone());
        }
        let Some(schema) = self.root.pointer(pointer.as_str()) else { return TypeRef::Any };
        let names: Vec<String> = pointer.tokens().collect();
        let ident = self.names.claim(&pascal(&names[names.len().saturating_sub(2)..].join(" ")));
        self.by_pointer.insert(pointer.clone(), ident.clone());
        self.declare(ident.clone(), None, schema, &pointer);
        TypeRef::Named(ident)
    }

    /// The form for requests of the schema at a place.
    fn refer_sent(&mut self, pointer: Pointer) -> TypeRef {
        let Some(schema) = self.root.pointer(pointer.as_str()) else { return TypeRef::Any };
        let names: Vec<String> = pointer.tokens().collect();
        let ident = match self.in_requests.get(&pointer) {
            Some(ident) => ident.clone(),
            None => {
                let name = names[names.len().saturating_sub(2)..].join(" ");
                let ident = self.names.claim(&pascal(&format!("{name} request")));
                self.in_requests.insert(pointer.clone(), ident.clone());
                ident
            }
        };
        if self.sent.insert(pointer.clone()) {
            let component = pointer.as_str().starts_with("/components/schemas/") && names.len() == 3;
            let component = names.last().filter(|_| component).cloned();
            self.declare(ident.clone(), component, schema, &pointer);
        }
        TypeRef::Named(ident)
    }

    pub(super) fn content(&mut self, schema: &Value, at: &Pointer, ident: &str) -> Content {
        if let Some(all) = schema.get("allOf") {
            self.extend_in_requests(all);
            return match merge(self.root, schema, &self.families, at) {
                Merged::Reference(target, described) => Content::Type(self.refer(target), Some(described)),
                Merged::Schema(merged) => self.content(&merged, at, ident).of(merged),
                Merged::Untyped => self.untyped(at),
            };
        }
        let type_name = schema.get("type").and_then(Value::as_str);
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return enumeration(schema, values);
        }
        let has = |keyword: &str| schema.get(keyword).is_some();
        // Of the two, one holds for each alternative of the other.
        if let Some(keyword) = ["oneOf", "anyOf"].into_iter().find(|keyword| has(keyword)) {
            return self.alternatives(schema, keyword, at, ident);
        }
        if let Some(ty) = scalar(schema) {
            return Content::plain(ty);
        }
        match type_name {
            Some("string") => Content::Shape(Shape::Text, None),
            Some("array") => self.array(schema, at, ident),
            Some("object") => self.object(schema, at, ident),
            // Without a type, they are taken to mean an object, as their author does.
            None if has("properties") || has(PATTERNS) || restricts_others(schema) => self.object(schema, at, ident),
            None if has(PREFIX) => self.array(schema, at, ident),
            _ => Content::plain(TypeRef::Any),
        }
    }

    /// What a request's schema extends has a form for requests too.
    fn extend_in_requests(&mut self, all: &Value) {
        if self.direction == Direction::Request {
            let targets = all.as_array().into_iter().flatten().filter_map(reference);
            targets.for_each(|target| drop(self.refer(target)));
        }
    }

    pub(super) fn untyped(&mut self, at: &Pointer) -> Content {
        self.untyped.push(at.clone());
        Content::plain(TypeRef::Any)
    }
}

/// Whether other keywords than its type say first what a schema is.
fn is_composed(schema: &Value) -> bool {
    ["allOf", "enum", "oneOf", "anyOf"].into_iter().any(|keyword| schema.get(keyword).is_some())
}

/// The type of a schema that is one of Rust by itself.
fn scalar(schema: &Value) -> Option<TypeRef> {
    match schema.get("type").and_then(Value::as_str)? {
        "boolean" => Some(TypeRef::Bool),
        "integer" => Some(TypeRef::Integer(Integer::of(schema))),
        "number" => Some(TypeRef::F64),
        // What holds a string against other schemas refuses it where it is made, as a limit does.
        "string" if !needs_a_type(schema) && !are_in(schema) => {
            let format = format::of(schema).and_then(format::string_type);
            Some(format.map_or(TypeRef::String, |name| TypeRef::Format(name.to_owned())))
        }
        _ => None,
    }
}
