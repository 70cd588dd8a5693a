//! One of the two documents, with its schemas as the search and the validators know them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::change::Spot;
use super::difference;
use super::inclusion::Dialect;
use crate::document::{Document, Located, Operation, PLAIN, Pointer};
use crate::oracle::{OracleError, Translation, Validator};

/// How many lines of a place are shown.
const EXCERPT: usize = 24;

/// A document whose schemas are translated once.
pub(super) struct Side<'d> {
    pub(super) document: &'d Document,
    /// The document as it is told, where it is read in other words.
    shown: &'d Document,
    /// The document as it is read, where `document` is what it means in one direction.
    written: &'d Document,
    translated: HashMap<Pointer, Value>,
    definitions: Map<String, Value>,
    validators: RefCell<HashMap<Pointer, Option<Rc<Validator>>>>,
}

impl<'d> Side<'d> {
    /// A document of which no schema is looked at yet.
    pub(super) fn new(shown: &'d Document, written: &'d Document, document: &'d Document) -> Self {
        let (translated, definitions) = (HashMap::new(), Map::new());
        Self { document, shown, written, translated, definitions, validators: RefCell::default() }
    }

    /// Whether its schemas are JSON Schema as they stand.
    fn is_as_written(&self) -> bool {
        self.document.is_3_1() && std::ptr::eq(self.shown, self.written)
    }

    /// Translates every schema that operations and components have.
    pub(super) fn translate<'o>(&mut self, operations: impl Iterator<Item = &'o Operation<'d>>)
    where
        'd: 'o,
    {
        let document = self.document;
        let mut schemas: Vec<Located<'d>> =
            document.component_schemas().into_iter().map(|(_, schema)| schema).collect();
        for operation in operations {
            schemas.extend(operation.parameters.iter().filter_map(|parameter| parameter.schema.clone()));
            let headers = operation.responses.iter().flat_map(|response| &response.headers);
            schemas.extend(headers.filter_map(|header| header.schema.clone()));
            let bodies = operation.responses.iter().flat_map(|response| &response.bodies);
            schemas.extend(operation.request.iter().chain(bodies).filter_map(|body| body.schema.clone()));
        }
        if self.is_as_written() {
            self.translated.extend(schemas.into_iter().map(|schema| (schema.pointer, schema.value.clone())));
            return;
        }
        let mut translation = Translation::with_dangling(document);
        for schema in schemas {
            if !self.translated.contains_key(&schema.pointer)
                && let Ok(value) = translation.schema(&schema)
            {
                self.translated.insert(schema.pointer, value);
            }
        }
        self.definitions = translation.definitions();
    }

    /// The schemas that are referred to, as one value.
    pub(super) fn root(&self) -> Value {
        if self.is_as_written() { self.document.root().clone() } else { json!({ "definitions": self.definitions }) }
    }

    /// The dialect of the translated schemas.
    pub(super) fn dialect(&self) -> Dialect {
        match (self.document.is_3_1(), self.is_as_written()) {
            (false, _) => Dialect::OpenApi30,
            (true, false) => Dialect::OpenApi31,
            (true, true) => Dialect::Draft202012,
        }
    }

    /// A schema, translated; nothing where it cannot be read. Where there is no schema, anything goes.
    pub(super) fn translated(&self, schema: Option<&Located<'d>>) -> Option<Value> {
        match schema {
            None => Some(json!({})),
            Some(schema) => self.translated.get(&schema.pointer).cloned(),
        }
    }

    /// Whether the validator of the document takes a value; nothing where the schema does not compile.
    pub(super) fn accepts(&self, schema: Option<&Located<'d>>, value: &Value) -> Option<bool> {
        let Some(schema) = schema else { return Some(true) };
        let mut validators = self.validators.borrow_mut();
        let validator =
            validators.entry(schema.pointer.clone()).or_insert_with(|| self.validator(schema).ok().map(Rc::new));
        validator.as_ref().map(|validator| validator.accepts(value))
    }

    fn validator(&self, schema: &Located<'d>) -> Result<Validator, OracleError> {
        if !self.is_as_written() {
            return Validator::new(self.document, schema.clone());
        }
        let mut root = self.document.root().clone();
        if let Some(object) = root.as_object_mut() {
            object.insert("$ref".into(), format!("#{}", schema.pointer.as_str()).into());
        }
        Validator::json_schema(Dialect::Draft202012, &root)
    }

    /// Why a schema does not compile, where it doesn't.
    pub(super) fn fault(&self, schema: Option<&Located<'d>>) -> Option<String> {
        match self.accepts(schema, &Value::Null) {
            Some(_) => None,
            None => self.validator(schema?).err().map(|error| error.to_string()),
        }
    }

    /// What a schema leads to by references that nothing stands beside; before 3.1, what does says nothing.
    pub(super) fn bare(&self, schema: Located<'d>) -> Located<'d> {
        difference::bare(self.document, schema)
    }

    /// Where the search finds what stands beside a schema.
    pub(super) fn place(&self, schema: Option<&Located<'d>>) -> String {
        let pointer = schema.map(|schema| schema.pointer.as_str()).unwrap_or_default();
        // The translation has the schemas of parts nowhere.
        if self.is_as_written() { pointer.to_owned() } else { format!("/parts{pointer}") }
    }

    /// What the validator of the document finds wrong with a value.
    pub(super) fn keywords(&self, schema: Option<&Located<'d>>, value: &Value) -> Vec<String> {
        let validators = self.validators.borrow();
        let validator = schema.and_then(|schema| validators.get(&schema.pointer)).and_then(Option::as_ref);
        let violations = validator.map(|validator| validator.violations(value)).unwrap_or_default();
        violations.into_iter().map(|violation| violation.keyword).collect()
    }

    /// Where what stands at a pointer is written: what stands elsewhere in the document than in its meaning has its nearest
    /// place.
    pub(super) fn written(&self, pointer: &Pointer) -> Pointer {
        let mut pointer = component(pointer);
        while !self.has(&pointer)
            && let Some((above, _)) = pointer.parent()
        {
            pointer = above;
        }
        pointer
    }

    fn has(&self, pointer: &Pointer) -> bool {
        self.written.at(pointer).is_some() || self.shown.at(pointer).is_some()
    }

    /// Whether a pointer leads to what is written, rather than to what follows from it.
    pub(super) fn is_written(&self, pointer: &Pointer) -> bool {
        self.has(&component(pointer))
    }

    /// A schema as it is told, where it is read in other words.
    pub(super) fn shown(&self, pointer: &Pointer) -> Option<(&'d Document, Located<'d>)> {
        let is_read_otherwise = !std::ptr::eq(self.shown, self.written);
        let found = self.shown.at(pointer).filter(|_| is_read_otherwise)?;
        Some((self.shown, found))
    }

    /// A place in the document as it is written.
    pub(super) fn spot(&self, pointer: &Pointer) -> Spot {
        let pointer = self.written(pointer);
        let found = self.shown.at(&pointer).or_else(|| self.written.at(&pointer));
        let excerpt = found.and_then(|found| serde_json::to_string_pretty(found.value).ok());
        let excerpt = excerpt.map(|text| text.lines().take(EXCERPT).collect::<Vec<_>>().join("\n"));
        Spot { place: self.written.place(&pointer), pointer: Some(pointer), excerpt }
    }
}

/// A place in a parent as its children see it is one in the parent.
fn component(pointer: &Pointer) -> Pointer {
    match pointer.as_str().strip_prefix(&format!("/{PLAIN}/")) {
        Some(plain) => Pointer::written(&format!("/components/schemas/{plain}")),
        None => pointer.clone(),
    }
}
