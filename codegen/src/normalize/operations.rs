//! The operations of a document's tree, for the passes that go through them.

use serde_json::{Map, Value, json};

use crate::document::Pointer;

/// The methods that a path item may have operations for, in the order in which the specification lists them.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Where a pass has found what it rewrites.
pub struct Site<'a> {
    /// The path template.
    pub path: String,
    /// The method, in lower case.
    pub method: &'static str,
    /// The operation's place in the document, wherever it has moved since.
    pub pointer: Pointer,
    /// The parameters of the path item, which hold for each of its operations.
    pub shared_parameters: Vec<Value>,
    /// The operation itself.
    pub operation: &'a mut Map<String, Value>,
}

/// Calls `visit` with each operation of the document.
pub fn each_operation(root: &mut Value, mut visit: impl FnMut(Site<'_>)) {
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else { return };
    for (path, item) in paths.iter_mut() {
        let Some(item) = item.as_object_mut() else { continue };
        let place = Pointer::root().join("paths").join(path);
        let mut shared = item.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
        // They move into each operation, where their place is no longer to be seen.
        for (index, parameter) in shared.iter_mut().enumerate() {
            let at = origin(parameter, place.join("parameters").join(index));
            if let Some(parameter) = parameter.as_object_mut() {
                parameter.insert(ORIGIN.to_owned(), json!(at.to_reference()));
            }
        }
        for (key, operation) in item.iter_mut() {
            let Some(method) = METHODS.into_iter().find(|method| method == key) else { continue };
            let pointer = origin(operation, place.join(method));
            let Some(operation) = operation.as_object_mut() else { continue };
            visit(Site { path: path.clone(), method, pointer, shared_parameters: shared.clone(), operation });
        }
    }
}

/// The private key under which a pass keeps where a value stood in the document before it was moved.
pub const ORIGIN: &str = "x-codegen-origin";

/// Where a value stood in the document: as a pass has noted, or `place` if it has not moved.
pub fn origin(value: &Value, place: Pointer) -> Pointer {
    value.get(ORIGIN).and_then(Value::as_str).and_then(Pointer::from_reference).unwrap_or(place)
}
