//! Copies what references reach, file by file, and takes note of where each leads: names come later.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::problem::Problem;
use super::reference::is_local;
use super::sections::{is_section, section, section_named, shape_of, shape_of_section};
use super::shelf::{Shelf, component};
use crate::diagnostic::Diagnostic;
use crate::document::{FileId, MAX_ADDED_NODES, MAX_DEPTH, Place, Pointer};
use crate::spec::{Kind, Shape};

/// What becomes a component of the joined tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Definition {
    /// The section of the components that it belongs to.
    pub(super) section: &'static str,
    /// Where it stands.
    pub(super) place: Place,
}

/// Where a reference leads.
#[derive(Debug)]
pub(super) enum Link {
    /// To a place of the root file.
    Root(Pointer),
    /// To a definition, or to a place in it.
    Definition(Definition, Pointer),
}

/// A copied value. All pointers are counted from it.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) value: Value,
    /// Where parts of it come from.
    pub(super) origins: Vec<(Pointer, Place)>,
    /// Strings that are references, and where each leads.
    pub(super) links: Vec<(Pointer, Link)>,
    /// References that are left as they are.
    pub(super) unresolved: Vec<(Pointer, Problem)>,
    /// References that the specification does not know, what it wants in their place, and where that stands now.
    pub(super) misplaced: Vec<(Place, Shape, Pointer)>,
}

/// All that is reached from the root file.
#[derive(Debug)]
pub(super) struct Copied<'l> {
    pub(super) shelf: Shelf<'l>,
    pub(super) root: Piece,
    pub(super) pieces: BTreeMap<Definition, Piece>,
    /// Sections of the root's components that stand in other files: where, and where they are in the joined tree.
    pub(super) sections: Vec<(Place, Pointer)>,
    seen: BTreeSet<Definition>,
    waiting: Vec<Definition>,
    /// Places of the root file that references lead to, and what is wanted there.
    root_targets: Vec<(Shape, Pointer)>,
    /// The objects of the root file that were copied.
    walked: HashSet<Pointer>,
    /// How many values were included, and whether these were too many.
    included: usize,
    is_too_deep: bool,
}

/// A value, and what is known of it on the way.
struct Here<'h> {
    shape: Shape,
    from: &'h Place,
    at: &'h Pointer,
}

impl<'l> Copied<'l> {
    /// Copies the root file and all that is reached from it.
    pub(super) fn of(shelf: Shelf<'l>) -> Result<Self, Vec<Diagnostic>> {
        let mut copied = Self {
            shelf,
            root: Piece::default(),
            pieces: BTreeMap::new(),
            sections: Vec::new(),
            seen: BTreeSet::new(),
            waiting: Vec::new(),
            root_targets: Vec::new(),
            walked: HashSet::new(),
            included: 0,
            is_too_deep: false,
        };
        let whole = copied.shelf.value(FileId::ROOT);
        let mut root = copied.piece(&Place::default(), &whole, Shape::Object(Kind::OpenApi));
        copied.sections =
            root.origins.iter().filter(|(at, _)| is_section(at)).map(|(at, from)| (from.clone(), at.clone())).collect();
        loop {
            if let Some((shape, pointer)) = copied.root_targets.pop() {
                copied.root_target(&mut root, &whole, shape, pointer);
            } else if let Some(definition) = copied.waiting.pop() {
                if copied.in_section(&definition.place).is_none() {
                    let file = copied.shelf.value(definition.place.file);
                    let value = file.pointer(definition.place.pointer.as_str()).unwrap_or(&Value::Null);
                    let shape = shape_of_section(definition.section);
                    let piece = copied.piece(&definition.place, value, shape);
                    copied.pieces.insert(definition, piece);
                }
            } else {
                break;
            }
        }
        copied.root = root;
        if copied.shelf.faults.is_empty() { Ok(copied) } else { Err(copied.shelf.faults) }
    }

    /// Whether the root file is all of the document, and refers to nothing else.
    pub(super) fn is_single(&self) -> bool {
        self.shelf.is_alone() && self.root.unresolved.is_empty() && self.root.links.is_empty()
    }

    /// Where in the root's components a place of another file is, if that is a section of them.
    pub(super) fn in_section(&self, place: &Place) -> Option<Pointer> {
        self.sections.iter().filter(|(from, _)| from.file == place.file).find_map(|(from, at)| {
            let rest = place.pointer.below(&from.pointer)?;
            Some(at.concat(&rest))
        })
    }

    /// A copy of a value by itself.
    fn piece(&mut self, from: &Place, value: &Value, shape: Shape) -> Piece {
        let mut piece = Piece::default();
        if from.file != FileId::ROOT {
            piece.origins.push((Pointer::root(), from.clone()));
        }
        let here = Here { shape, from, at: &Pointer::root() };
        piece.value = self.value(value, &here, &mut piece, &mut Vec::new());
        piece
    }

    /// What stands in a place of the root file that only a reference gives a meaning.
    fn root_target(&mut self, root: &mut Piece, whole: &Value, shape: Shape, pointer: Pointer) {
        if !self.walked.insert(pointer.clone()) {
            return;
        }
        let Some(value) = whole.pointer(pointer.as_str()) else { return };
        let from = Place::in_root(pointer.clone());
        let copy = self.value(value, &Here { shape, from: &from, at: &pointer }, root, &mut Vec::new());
        if let Some(slot) = root.value.pointer_mut(pointer.as_str()) {
            *slot = copy;
        }
    }

    // The depth of each file is bounded, and so is what is included: so is this recursion.
    fn value(&mut self, value: &Value, here: &Here<'_>, piece: &mut Piece, included: &mut Vec<Place>) -> Value {
        let Here { shape, from, at } = *here;
        if let Some((written, fields)) = reference(value, shape) {
            if from.file == FileId::ROOT {
                self.walked.insert(from.pointer.clone());
            }
            if shape.is_referable() && shape.kind().is_some_and(|kind| section(kind).is_some()) {
                return self.referring(written, fields, here, piece, included);
            }
            if from.file != FileId::ROOT || !is_local(written) {
                return self.including(written, fields, here, piece, included);
            }
            if shape.kind() == Some(Kind::PathItem) {
                self.root_targets.extend(Pointer::from_reference(written).map(|pointer| (shape, pointer)));
            }
        }
        match (shape, value) {
            (Shape::List(shape), Value::Array(items)) => {
                let copy = |(index, item)| {
                    let (from, at) = (from.join(index), at.join(index));
                    self.value(item, &Here { shape: *shape, from: &from, at: &at }, piece, included)
                };
                items.iter().enumerate().map(copy).collect()
            }
            (Shape::Map(shape), Value::Object(entries)) => {
                let shape = |_: &str| Some(*shape);
                Value::Object(self.entries(entries, shape, (from, at), piece, included))
            }
            (_, Value::Object(fields)) if let Some(kind) = shape.kind() => {
                if from.file == FileId::ROOT {
                    self.walked.insert(from.pointer.clone());
                }
                let shape = |name: &str| shape_of(kind, name);
                let mut copy = self.entries(fields, shape, (from, at), piece, included);
                if kind == Kind::Discriminator {
                    self.mapping(&mut copy, from, at, piece);
                }
                Value::Object(copy)
            }
            _ => value.clone(),
        }
    }

    fn entries(
        &mut self,
        entries: &Map<String, Value>,
        shape: impl Fn(&str) -> Option<Shape>,
        (from, at): (&Place, &Pointer),
        piece: &mut Piece,
        included: &mut Vec<Place>,
    ) -> Map<String, Value> {
        let copy = |(name, value): (&String, &Value)| {
            let copy = match shape(name) {
                Some(shape) => {
                    let (from, at) = (from.join(name), at.join(name));
                    self.value(value, &Here { shape, from: &from, at: &at }, piece, included)
                }
                None => value.clone(),
            };
            (name.clone(), copy)
        };
        entries.iter().map(copy).collect()
    }

    /// A reference where the specification knows one.
    fn referring(
        &mut self,
        written: &str,
        fields: &Map<String, Value>,
        here: &Here<'_>,
        piece: &mut Piece,
        included: &mut Vec<Place>,
    ) -> Value {
        let Here { shape, from, at } = *here;
        let kind = shape.kind().unwrap_or(Kind::Schema);
        // OpenAPI 3.1 has other keywords beside that of a reference.
        let beside = |name: &str| shape_of(kind, name).filter(|_| kind == Kind::Schema && name != "$ref");
        let mut copy = self.entries(fields, beside, (from, at), piece, included);
        if from.file == FileId::ROOT && is_local(written) {
            self.root_targets.extend(Pointer::from_reference(written).map(|pointer| (shape, pointer)));
            return Value::Object(copy);
        }
        let text = self.link(written, shape, (from, &at.join("$ref")), piece);
        copy.extend(text.map(|text| ("$ref".to_owned(), text.into())));
        Value::Object(copy)
    }

    /// Takes note of where a reference leads. Where that is nowhere, what is to be written in its place, if anything.
    fn link(
        &mut self,
        written: &str,
        shape: Shape,
        (from, at): (&Place, &Pointer),
        piece: &mut Piece,
    ) -> Option<String> {
        match self.shelf.final_target(from.file, written) {
            Ok(place) => {
                let link = self.link_to(place, shape);
                piece.links.push((at.clone(), link));
                None
            }
            Err(problem) => {
                if matches!(problem, Problem::Unread { .. }) {
                    self.shelf.report(&from.join("$ref"), &problem);
                }
                piece.unresolved.push((at.clone(), problem));
                // What is local to another file is not to be taken for something in the root.
                is_local(written).then(|| format!("{}{written}", self.shelf.path(from.file)))
            }
        }
    }

    fn link_to(&mut self, place: Place, shape: Shape) -> Link {
        if place.file == FileId::ROOT {
            self.root_targets.push((shape, place.pointer.clone()));
            return Link::Root(place.pointer);
        }
        let own = component(&place.pointer).and_then(|(name, token)| Some((section_named(&name)?, token)));
        let (section, place, rest) = match own {
            // Whatever is referred to in a component, the component is one.
            Some((section, token)) => {
                let whole = Pointer::root().join("components").join(section).join(token);
                let rest = place.pointer.below(&whole).unwrap_or_default();
                (section, Place { file: place.file, pointer: whole }, rest)
            }
            None => (shape.kind().and_then(section).unwrap_or("schemas"), place, Pointer::root()),
        };
        let definition = Definition { section, place };
        if self.seen.insert(definition.clone()) {
            self.waiting.push(definition.clone());
        }
        Link::Definition(definition, rest)
    }

    /// What a reference leads to, in its place: there are no components of this kind.
    fn including(
        &mut self,
        written: &str,
        fields: &Map<String, Value>,
        here: &Here<'_>,
        piece: &mut Piece,
        included: &mut Vec<Place>,
    ) -> Value {
        let Here { shape, from, at } = *here;
        let is_path_item = shape.kind() == Some(Kind::PathItem);
        let found = self.shelf.target(from.file, written).and_then(|place| {
            self.included += 1;
            if included.contains(&place) {
                Err(Problem::Circle(format!("{}{}", self.shelf.path(place.file), place.pointer.to_reference())))
            } else if self.is_too_deep
                || at.as_str().matches('/').count() > MAX_DEPTH
                || self.included > MAX_ADDED_NODES
            {
                Err(Problem::TooDeep)
            } else {
                Ok(place)
            }
        });
        let place = match found {
            Ok(place) => place,
            Err(problem) => {
                // Lint looks at references where the specification knows them.
                let is_told = matches!(problem, Problem::Unread { .. } | Problem::Circle(_) | Problem::TooDeep);
                let is_first = problem != Problem::TooDeep || !std::mem::replace(&mut self.is_too_deep, true);
                if (is_told || !is_path_item) && is_first {
                    self.shelf.report(&from.join("$ref"), &problem);
                }
                piece.unresolved.push((at.join("$ref"), problem));
                return Value::Object(fields.clone());
            }
        };
        let beside = |name: &str| shape_of(Kind::PathItem, name).filter(|_| name != "$ref");
        if is_path_item && place.file == FileId::ROOT {
            let link = self.link_to(place, shape);
            piece.links.push((at.join("$ref"), link));
            return Value::Object(self.entries(fields, beside, (from, at), piece, included));
        }
        let whole: Rc<Value> = self.shelf.value(place.file);
        let Some(target) = whole.pointer(place.pointer.as_str()) else { return Value::Object(fields.clone()) };
        let mut target = target.clone();
        if !is_path_item {
            piece.misplaced.push((from.join("$ref"), shape, at.clone()));
        } else if let Some(inner) = target.as_object_mut() {
            // What stands beside the reference comes before what it leads to.
            inner.retain(|name, _| name == "$ref" || !fields.contains_key(name));
        }
        self.included += size(&target);
        piece.origins.push((at.clone(), place.clone()));
        included.push(place.clone());
        let mut copy = self.value(&target, &Here { shape, from: &place, at }, piece, included);
        included.pop();
        if let (Some(copy), true) = (copy.as_object_mut(), is_path_item) {
            let own: Map<String, Value> = fields
                .iter()
                .filter(|(name, _)| *name != "$ref")
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            piece.origins.extend(own.keys().map(|name| (at.join(name), from.join(name))));
            copy.extend(self.entries(&own, beside, (from, at), piece, included));
        }
        copy
    }

    /// The values of a discriminator's mapping, which are references or names of schemas.
    fn mapping(&mut self, discriminator: &mut Map<String, Value>, from: &Place, at: &Pointer, piece: &mut Piece) {
        let entries = discriminator.get_mut("mapping").and_then(Value::as_object_mut).into_iter().flatten();
        for (name, target) in entries {
            let Value::String(written) = target else { continue };
            let is_in = |file: FileId| {
                let schema = Pointer::root().join("components").join("schemas").join(&*written);
                self.shelf.value(file).pointer(schema.as_str()).is_some()
            };
            let named =
                (from.file != FileId::ROOT && is_in(from.file)).then(|| format!("#/components/schemas/{written}"));
            let is_name = named.is_none() && (is_in(FileId::ROOT) || !written.contains(['/', '.', '#']));
            if is_name || (from.file == FileId::ROOT && is_local(written)) {
                continue;
            }
            let (from, at) = (from.join("mapping").join(name), at.join("mapping").join(name));
            let written = named.unwrap_or_else(|| written.clone());
            if let Some(text) = self.link(&written, Shape::Referable(Kind::Schema), (&from, &at), piece) {
                *target = text.into();
            }
        }
    }
}

/// The reference that stands where something of a shape is wanted. Where any value may stand, it is one.
fn reference(value: &Value, shape: Shape) -> Option<(&str, &Map<String, Value>)> {
    if matches!(shape, Shape::Any | Shape::Map(Shape::Any | Shape::Text)) {
        return None;
    }
    let fields = value.as_object()?;
    Some((fields.get("$ref")?.as_str()?, fields))
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(size).sum::<usize>() + 1,
        Value::Object(entries) => entries.values().map(size).sum::<usize>() + 1,
        _ => 1,
    }
}
