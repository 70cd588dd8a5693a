//! Edits of the document that was not yet regenerated: the built client must be seen to differ, by payload or by request.

use contract_tests::difference::{Difference, Problem};
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::Panel;
use contract_tests::oracle::Oracle;
use contract_tests_own::SUBJECT;
use serde_json::{Value, json};

use super::own;

/// An edit of the tree.
type Edit = fn(&mut Value);

fn at<'v>(root: &'v mut Value, pointer: &str) -> &'v mut Value {
    root.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing stands at {pointer}"))
}

fn schema<'v>(root: &'v mut Value, place: &str) -> &'v mut Value {
    at(root, &format!("/components/schemas/{place}"))
}

fn drop_key(value: &mut Value, key: &str) {
    let removed = value.as_object_mut().and_then(|object| object.shift_remove(key));
    assert!(removed.is_some(), "`{key}` is not there to be dropped");
}

fn drop_required(root: &mut Value, name: &str, property: &str) {
    let list = schema(root, &format!("{name}/required")).as_array_mut().expect("a list");
    let before = list.len();
    list.retain(|entry| entry != property);
    assert_eq!(list.len() + 1, before);
}

fn operation(root: &mut Value) -> &mut Value {
    at(root, "/paths/~1partners~1customers~1{domainId}/get")
}

/// Edits that a payload or a request can show, each with the place or keyword that its differences must name.
const VISIBLE: &[(&str, Edit, &str)] = &[
    ("maxLength one more", |root| schema(root, "Memo")["maxLength"] = json!(701), "Memo"),
    ("maxLength one less", |root| schema(root, "Memo")["maxLength"] = json!(699), "Memo"),
    ("maxLength dropped", |root| drop_key(schema(root, "Memo"), "maxLength"), "Memo"),
    ("minLength added", |root| schema(root, "Memo")["minLength"] = json!(1), "Memo"),
    ("x-maxBytes one more", |root| schema(root, "CustomerCode")["x-maxBytes"] = json!(201), "CustomerCode"),
    (
        "x-maxBytes as maxLength",
        |root| {
            drop_key(schema(root, "CustomerCode"), "x-maxBytes");
            schema(root, "CustomerCode")["maxLength"] = json!(200)
        },
        "CustomerCode",
    ),
    ("pattern added", |root| schema(root, "CustomerCode")["pattern"] = json!("^[a-z0-9]*$"), "CustomerCode"),
    ("required dropped", |root| drop_required(root, "Customer", "tenantId"), "Customer"),
    ("required dropped within", |root| drop_required(root, "Administrator", "lastName"), "Administrator"),
    (
        "required added",
        |root| schema(root, "Administrator/required").as_array_mut().expect("a list").push(json!("cellphone")),
        "cellphone",
    ),
    (
        "enum value added",
        |root| schema(root, "Locale/enum").as_array_mut().expect("a list").push(json!("fr_FR")),
        "Locale",
    ),
    ("enum value dropped", |root| drop(schema(root, "Locale/enum").as_array_mut().expect("a list").pop()), "Locale"),
    ("enum value renamed", |root| schema(root, "DomainType/enum")[0] = json!("DOMAINS"), "DomainType"),
    ("enum dropped", |root| drop_key(schema(root, "DomainType"), "enum"), "DomainType"),
    (
        "enum null dropped",
        |root| drop(schema(root, "ProductId/enum").as_array_mut().expect("a list").pop()),
        "ProductId",
    ),
    (
        "nullable dropped",
        |root| {
            drop_key(schema(root, "ProductId"), "nullable");
            schema(root, "ProductId/enum").as_array_mut().expect("a list").pop();
        },
        "ProductId",
    ),
    (
        "nullable added",
        |root| schema(root, "Administrator/properties/lastName")["nullable"] = json!(true),
        "Administrator",
    ),
    (
        "nullable added to what is optional",
        |root| schema(root, "Administrator/properties/firstName")["nullable"] = json!(true),
        "firstName",
    ),
    ("type changed", |root| schema(root, "Customer/properties/tenantId")["type"] = json!("string"), "tenantId"),
    ("type changed to boolean", |root| schema(root, "Customer/properties/domain")["type"] = json!("boolean"), "domain"),
    (
        "type loosened to number",
        |root| {
            let id = schema(root, "Customer/properties/tenantId");
            id["type"] = json!("number");
            drop_key(id, "format");
        },
        "Customer",
    ),
    (
        "property renamed",
        |root| {
            let kept = schema(root, "Partnership/properties/memo").take();
            drop_key(schema(root, "Partnership/properties"), "memo");
            schema(root, "Partnership/properties")["note"] = kept;
        },
        "Partnership",
    ),
    (
        "property added as required",
        |root| {
            schema(root, "ApiError/properties")["trace"] = json!({"type": "string"});
            schema(root, "ApiError/required").as_array_mut().expect("a list").push(json!("trace"));
        },
        "ApiError",
    ),
    ("property added", |root| schema(root, "ApiError/properties")["trace"] = json!({"type": "string"}), "ApiError"),
    (
        "schema renamed",
        |root| {
            let kept = schema(root, "Memo").take();
            drop_key(at(root, "/components/schemas"), "Memo");
            at(root, "/components/schemas")["Note"] = kept;
            schema(root, "Partnership/properties")["memo"] = json!({"$ref": "#/components/schemas/Note"});
        },
        "Note",
    ),
    (
        "format dropped",
        |root| drop_key(schema(root, "Administrator/properties/privateEmail"), "format"),
        "privateEmail",
    ),
    ("format added", |root| schema(root, "Administrator/properties/id")["format"] = json!("uuid"), "Administrator"),
    ("format narrowed", |root| schema(root, "Customer/properties/tenantId")["format"] = json!("int32"), "tenantId"),
    ("minimum added", |root| schema(root, "Customer/properties/domainId")["minimum"] = json!(1), "domainId"),
    ("closed", |root| schema(root, "Administrator")["additionalProperties"] = json!(false), "Administrator"),
    (
        "path renamed",
        |root| {
            let item = at(root, "/paths/~1partners~1customers~1{domainId}").take();
            drop_key(at(root, "/paths"), "/partners/customers/{domainId}");
            at(root, "/paths")["/partners/clients/{domainId}"] = item;
        },
        "path",
    ),
    (
        "method changed",
        |root| {
            let kept = operation(root).take();
            let item = at(root, "/paths/~1partners~1customers~1{domainId}");
            drop_key(item, "get");
            item["post"] = kept;
        },
        "method",
    ),
    ("operation renamed", |root| operation(root)["operationId"] = json!("readCustomer"), "readCustomer"),
    (
        "parameter moved to query",
        |root| {
            operation(root)["parameters"][0]["in"] = json!("query");
            let item = at(root, "/paths/~1partners~1customers~1{domainId}").take();
            drop_key(at(root, "/paths"), "/partners/customers/{domainId}");
            at(root, "/paths")["/partners/customers"] = item;
        },
        "path",
    ),
    (
        "parameter added",
        |root| {
            operation(root)["parameters"]
                .as_array_mut()
                .expect("a list")
                .push(json!({"name": "view", "in": "query", "required": true, "schema": {"type": "string"}}))
        },
        "view",
    ),
    (
        "parameter's type changed",
        |root| {
            let parameter = &mut operation(root)["parameters"][0];
            parameter["schema"] = json!({"type": "string"});
            parameter["example"] = json!("a/b");
        },
        "status",
    ),
    (
        "status added",
        |root| {
            let kept = operation(root)["responses"]["404"].clone();
            operation(root)["responses"]["409"] = kept;
        },
        "status 409",
    ),
    ("status dropped", |root| drop_key(&mut operation(root)["responses"], "403"), "status 403"),
    (
        "success status changed",
        |root| {
            let kept = operation(root)["responses"]["200"].take();
            drop_key(&mut operation(root)["responses"], "200");
            operation(root)["responses"]["202"] = kept;
        },
        "status 202",
    ),
    (
        "media type changed",
        |root| {
            let content = &mut operation(root)["responses"]["200"]["content"];
            let kept = content["application/json"].take();
            drop_key(content, "application/json");
            content["application/hal+json"] = kept;
        },
        "accept",
    ),
    (
        "error body changed",
        |root| {
            let at = at(root, "/components/responses/NotFound/content/application~1json");
            at["schema"] =
                json!({"type": "object", "required": ["errorCode"], "properties": {"errorCode": {"type": "string"}}});
            at["example"] = json!({"errorCode": "x"});
        },
        "status 404",
    ),
    (
        "an example that the schema refuses",
        |root| operation(root)["responses"]["200"]["content"]["application/json"]["example"]["locale"] = json!("xx"),
        "getCustomer",
    ),
];

/// What comparing two schemas finds, without any payload.
const STRUCTURAL: [Problem; 3] = [Problem::Lost, Problem::Added, Problem::Changed];

/// Edits that only a reader of the documentation can see: the derived schema carries what they edit.
const DOCUMENTATION: &[(&str, Edit, &str)] = &[
    (
        "readOnly dropped",
        |root| drop_key(schema(root, "Customer/properties/tenantId"), "readOnly"),
        "Added readOnly at Customer/tenantId",
    ),
    (
        "readOnly added",
        |root| schema(root, "Customer/properties/domain")["readOnly"] = json!(true),
        "Lost readOnly at Customer/domain",
    ),
    (
        "deprecated dropped",
        |root| drop_key(schema(root, "Partnership/properties/useOptionPlus"), "deprecated"),
        "Added deprecated at Partnership/useOptionPlus",
    ),
    ("deprecated added", |root| schema(root, "ApiError")["deprecated"] = json!(true), "Lost deprecated at ApiError"),
    ("description changed", |root| schema(root, "Memo")["description"] = json!("Note"), "Changed description at Memo"),
    (
        "example changed",
        |root| schema(root, "Customer/properties/timeZone")["example"] = json!("UTC"),
        "Changed examples at Customer/timeZone",
    ),
    (
        "format of a number dropped",
        |root| drop_key(schema(root, "Customer/properties/tenantId"), "format"),
        "Added format at Customer/tenantId",
    ),
    ("provenance dropped", |root| drop_key(schema(root, "ApiError"), "x-provenance"), "Added x-provenance at ApiError"),
    (
        "default added",
        |root| schema(root, "Customer/properties/domain")["default"] = json!("a"),
        "Lost default at Customer/domain",
    ),
];

#[test]
fn each_visible_edit_is_noticed_by_payload_or_request() {
    // Comparing schemas alone doesn't count here: a payload or a request must show the difference.
    assert_noticed(VISIBLE, |difference| difference.oracle != "derived" || !STRUCTURAL.contains(&difference.problem));
}

#[test]
fn each_documentation_edit_is_noticed_in_the_derived_schema() {
    assert_noticed(DOCUMENTATION, |difference| difference.oracle == "derived");
}

fn assert_noticed(edits: &[(&str, Edit, &str)], counts: fn(&Difference) -> bool) {
    let (clients, mut missed) = (Clients::new().expect("a runtime"), Vec::new());
    for (name, edit, named) in edits {
        let mut root = own().root().clone();
        edit(&mut root);
        let edited = Document::from_value("edited.yaml", root).expect("still a document");
        if let Err(found) = noticed(&clients, &edited, counts, named) {
            missed.push(format!("{name}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "not noticed:\n{}", missed.join("\n"));
}

/// Judges until a difference that counts has the name in it; else all of those that count.
fn noticed(
    clients: &Clients,
    document: &Document,
    counts: fn(&Difference) -> bool,
    named: &str,
) -> Result<(), Vec<String>> {
    // What readers are told, and what nobody has read, shows neither payload nor request.
    let is_about_it = |oracle: &&dyn Oracle| !["documentation", "unread"].contains(&oracle.name());
    let oracles: Vec<&dyn Oracle> = super::quick().into_iter().filter(is_about_it).collect();
    let ground = Ground::new(document, &SUBJECT, Plan { cases: 0, seed: 0 }, clients).expect("there is ground");
    let mut panel = Panel::of(&oracles);
    let seen = |panel: &Panel<'_>| -> Vec<String> {
        let differences = panel.differences().filter(|difference| counts(difference));
        differences
            .map(|found| format!("{:?} {:?} {} at {}", found.oracle, found.problem, found.keyword, found.place))
            .collect()
    };
    let shows = |panel: &Panel<'_>| seen(panel).iter().any(|difference| difference.contains(named));
    panel.document(&ground).expect("it is judged");
    for schema in &ground.schemas {
        if shows(&panel) {
            return Ok(());
        }
        panel.each(|oracle, found| oracle.schema(&ground, schema, found)).expect("it is judged");
    }
    let cases = |panel: &mut Panel<'_>, is_named: bool| {
        for schema in ground.schemas.iter().filter(|schema| named.contains(schema.name) == is_named) {
            for case in &ground.prepared(schema).expect("it has cases").cases.cases {
                if shows(panel) {
                    return;
                }
                panel.each(|oracle, found| oracle.case(&ground, schema, case, found)).expect("it is judged");
            }
        }
    };
    // What is named first, and calls before all the rest.
    cases(&mut panel, true);
    for operation in &ground.operations {
        if !shows(&panel) {
            panel.each(|oracle, found| oracle.operation(&ground, operation, found)).expect("it is judged");
        }
    }
    cases(&mut panel, false);
    if shows(&panel) { Ok(()) } else { Err(seen(&panel)) }
}
