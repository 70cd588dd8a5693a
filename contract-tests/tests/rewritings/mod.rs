//! Our document in other words: each rewriting means what the document means, so that neither the generator nor the judge may
//! make anything of it.

pub mod any;
mod emitter;

use serde_json::{Map, Value, json};

/// A rewriting of our document.
pub struct Rewriting {
    /// What is written otherwise.
    pub name: &'static str,
    /// The text of the rewritten document, from the tree of our document.
    pub text: fn(&Value) -> String,
    /// Whether the client that is generated from it is the same to the last character. Where it need not be, names, the
    /// order of items or the documentation may follow what is written.
    pub same_client: bool,
}

const OPERATION: &str = "/paths/~1partners~1customers~1{domainId}/get";

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Rewriting> {
    any::OF_ANY.iter().chain(OF_OURS)
}

/// Those that are about what stands in our document.
const OF_OURS: &[Rewriting] = &[
    same("with the members of operations in reverse", |root| edited(root, |root| reverse(at(root, OPERATION)))),
    other("with the responses in reverse", |root| {
        edited(root, |root| reverse(at(root, &format!("{OPERATION}/responses"))))
    }),
    other("with the components in reverse", |root| {
        edited(root, |root| {
            for place in ["/components/schemas", "/components/responses"] {
                reverse(at(root, place));
            }
        })
    }),
    other("with defaults written out", |root| edited(root, written_out)),
    same("with empty containers", |root| {
        edited(root, |root| {
            at(root, "/components")["links"] = json!({});
            at(root, "/components")["requestBodies"] = json!({});
            at(root, OPERATION)["callbacks"] = json!({});
            at(root, "/paths/~1partners~1customers~1{domainId}")["parameters"] = json!([]);
        })
    }),
    same("with responses written in place", |root| {
        edited(root, |root| {
            in_place(root, &format!("{OPERATION}/responses"));
            at(root, "/components").as_object_mut().map(|components| components.shift_remove("responses"));
        })
    }),
    same("with headers written in place", |root| {
        edited(root, |root| {
            in_place(root, &format!("{OPERATION}/responses/200/headers"));
            in_place(root, "/components/responses/TooManyRequests/headers");
            at(root, "/components").as_object_mut().map(|components| components.shift_remove("headers"));
        })
    }),
    same("with a response behind two references", |root| {
        edited(root, |root| {
            at(root, "/components/responses")["Missing"] = json!({"$ref": "#/components/responses/NotFound"});
            at(root, &format!("{OPERATION}/responses"))["404"] = json!({"$ref": "#/components/responses/Missing"});
        })
    }),
    same("with the parameter as a component", |root| {
        edited(root, |root| {
            let parameter = at(root, OPERATION)["parameters"][0].take();
            at(root, OPERATION)["parameters"][0] = json!({"$ref": "#/components/parameters/DomainId"});
            at(root, "/components")["parameters"] = json!({ "DomainId": parameter });
        })
    }),
    same("with the parameter at the path", |root| {
        edited(root, |root| {
            let operation = at(root, OPERATION).as_object_mut();
            let parameters = operation.and_then(|operation| operation.shift_remove("parameters"));
            at(root, "/paths/~1partners~1customers~1{domainId}")["parameters"] = parameters.unwrap_or_default();
        })
    }),
    same("with an overridden parameter at the path", |root| {
        edited(root, |root| {
            let parameters = json!([{
                "name": "domainId", "in": "path", "required": true, "description": "Another", "schema": {"type": "string"}
            }]);
            at(root, "/paths/~1partners~1customers~1{domainId}")["parameters"] = parameters;
        })
    }),
    same("with the security at the root", |root| {
        edited(root, |root| {
            let operation = at(root, OPERATION).as_object_mut();
            let security = operation.and_then(|operation| operation.shift_remove("security"));
            root["security"] = security.unwrap_or_default();
        })
    }),
    same("with an overridden security at the root", |root| edited(root, |root| root["security"] = json!([]))),
    same("with a reference in an allOf", |root| {
        edited(root, |root| wrap(root, &["Customer/properties/locale", "Partnership/properties/memo"], "allOf"))
    }),
    same("with a reference in an allOf beside a description", |root| {
        let places = ["Customer/properties/locale", "Customer/properties/administrator", "Partnership/properties/memo"];
        edited(root, |root| {
            let said = |place: &str| root.pointer(&format!("/components/schemas/{place}/description")).cloned();
            let descriptions = ["Locale", "Administrator", "Memo"].map(said);
            wrap(root, &places, "allOf");
            for (place, description) in places.iter().zip(descriptions) {
                at(root, &format!("/components/schemas/{place}"))["description"] = description.unwrap_or_default();
            }
        })
    }),
    same("with a reference in a oneOf of one", |root| {
        edited(root, |root| wrap(root, &["Customer/properties/locale", "Customer/properties/partnership"], "oneOf"))
    }),
    same("with a reference in an anyOf of one", |root| {
        edited(root, |root| wrap(root, &["Customer/properties/locale", "Customer/properties/partnership"], "anyOf"))
    }),
    other("with a schema in an allOf of its own", |root| {
        edited(root, |root| wrap(root, &["Memo", "ApiError", "DomainType"], "allOf"))
    }),
    same("with an allOf of two halves", |root| {
        edited(root, |root| {
            let schema = at(root, "/components/schemas/Partnership");
            let properties = schema["properties"].as_object().cloned().unwrap_or_default();
            let (front, back): (Vec<_>, Vec<_>) = properties.into_iter().enumerate().partition(|(at, _)| *at < 3);
            let half = |half: Vec<(usize, (String, Value))>| {
                let properties: Map<String, Value> = half.into_iter().map(|(_, entry)| entry).collect();
                json!({"type": "object", "properties": properties})
            };
            *schema = json!({"description": schema["description"], "allOf": [half(front), half(back)]});
        })
    }),
    other("with a schema written in place", |root| {
        edited(root, |root| in_place(root, "/components/schemas/Partnership/properties"))
    }),
    other("with the schema of a body written in an allOf", |root| {
        edited(root, |root| {
            let media = at(root, "/components/responses/NotFound/content/application~1json");
            media["schema"] = json!({"allOf": [media["schema"]]});
        })
    }),
];

const fn same(name: &'static str, text: fn(&Value) -> String) -> Rewriting {
    Rewriting { name, text, same_client: true }
}

const fn other(name: &'static str, text: fn(&Value) -> String) -> Rewriting {
    Rewriting { name, text, same_client: false }
}

/// A tree with the order of its members, which two trees that are equal may differ in.
pub fn in_order(root: &Value) -> String {
    root.to_string()
}

fn pretty(root: &Value) -> String {
    format!("{root:#}")
}

fn edited(root: &Value, edit: impl FnOnce(&mut Value)) -> String {
    let mut root = root.clone();
    edit(&mut root);
    pretty(&root)
}

fn at<'v>(root: &'v mut Value, pointer: &str) -> &'v mut Value {
    root.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing stands at {pointer}"))
}

fn reverse(value: &mut Value) {
    match value {
        Value::Object(map) => reverse_map(map),
        Value::Array(list) => list.reverse(),
        _ => {}
    }
}

fn reverse_map(map: &mut Map<String, Value>) {
    let members: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
    map.extend(members.into_iter().rev());
}

/// The named schemas and their properties.
fn each_schema(root: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    for schema in at(root, "/components/schemas").as_object_mut().into_iter().flat_map(Map::values_mut) {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        properties.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut).for_each(&mut *change);
        schema.as_object_mut().into_iter().for_each(&mut *change);
    }
}

fn each_reference(value: &mut Value, change: &dyn Fn(&str) -> String) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                match inner {
                    Value::String(reference) if key == "$ref" => *reference = change(reference),
                    inner => each_reference(inner, change),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| each_reference(inner, change)),
        _ => {}
    }
}

/// Puts what each member refers to in the member's place.
fn in_place(root: &mut Value, holder: &str) {
    let original = root.clone();
    for member in at(root, holder).as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(reference) = member.get("$ref").and_then(Value::as_str) {
            *member = original.pointer(&reference[1..]).cloned().unwrap_or_default();
        }
    }
}

/// Puts schemas into a list of one.
fn wrap(root: &mut Value, places: &[&str], keyword: &str) {
    for place in places {
        let schema = at(root, &format!("/components/schemas/{place}"));
        let inner = schema.take();
        *schema = json!({ keyword: [inner] });
    }
}

/// Defaults of OpenAPI, where nobody needs to write them.
fn written_out(root: &mut Value) {
    each_schema(root, &mut |schema| {
        if schema.contains_key("$ref") {
            return;
        }
        for keyword in ["nullable", "readOnly", "writeOnly", "deprecated"] {
            schema.entry(keyword).or_insert(false.into());
        }
        if schema["type"] == "string" && !schema.contains_key("format") {
            schema.insert("minLength".into(), 0.into());
        }
    });
    let operation = at(root, OPERATION);
    operation["deprecated"] = false.into();
    let parameter = &mut operation["parameters"][0];
    for (name, value) in [("style", json!("simple")), ("explode", json!(false)), ("deprecated", json!(false))] {
        parameter[name] = value;
    }
}
