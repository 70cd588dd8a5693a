//! Rewritings that any document with named schemas can be put through.

use serde_json::{Map, Value, json};

use super::emitter::{Quotes, Scalars, Style, yaml};
use super::{Rewriting, at, each_reference, each_schema, edited, other, pretty, reverse, reverse_map, same};

/// All of them.
pub const OF_ANY: &[Rewriting] = &[
    same("as JSON", |root| root.to_string()),
    same("as JSON on many lines", pretty),
    same("in double quotes", |root| yaml(root, Style::BLOCK)),
    same("in single quotes", |root| yaml(root, Style { quotes: Quotes::Single, ..Style::BLOCK })),
    same("without quotes, in literal blocks", |root| yaml(root, Style { quotes: Quotes::Plain, ..Style::BLOCK })),
    same("with each character escaped", |root| yaml(root, Style { quotes: Quotes::Escapes, ..Style::BLOCK })),
    same("in flow style", |root| yaml(root, Style { flow: true, quotes: Quotes::Plain, ..Style::BLOCK })),
    same("indented by four", |root| yaml(root, Style { indent: 4, ..Style::BLOCK })),
    same("with comments", |root| yaml(root, Style { comments: true, quotes: Quotes::Plain, ..Style::BLOCK })),
    same("with anchors and aliases", |root| yaml(root, Style { aliases: true, ..Style::BLOCK })),
    other("with merge keys", |root| yaml(root, Style { merges: true, ..Style::BLOCK })),
    same("with scalars as only YAML has them", |root| yaml(root, Style { scalars: Scalars::Yaml, ..Style::BLOCK })),
    same("with tags", |root| yaml(root, Style { scalars: Scalars::Tagged, ..Style::BLOCK })),
    same("with line ends of Windows", |root| yaml(root, Style::BLOCK).replace('\n', "\r\n")),
    same("with blanks at the ends of lines", |root| yaml(root, Style::BLOCK).replace('\n', "  \n")),
    same("with empty lines and comments between lines", |root| {
        let lines = yaml(root, Style { quotes: Quotes::Single, ..Style::BLOCK });
        format!("# {{a: comment\n\n{}", lines.replace('\n', "\n\n   # - another: \"one\n"))
    }),
    same("with limits as floats", |root| {
        let limit = ["700", "200", "100", "40", "3"];
        limit.iter().fold(yaml(root, Style::BLOCK), |text, limit| {
            ["maxLength", "x-maxBytes", "maxItems"].iter().fold(text, |text, keyword| {
                text.replace(&format!("{keyword}\": {limit}\n"), &format!("{keyword}\": {limit}.0e0\n"))
            })
        })
    }),
    same("behind a byte order mark", |root| format!("\u{feff}{}", yaml(root, Style::BLOCK))),
    same("between the marks of a document", |root| format!("%YAML 1.2\n---\n{}...\n", yaml(root, Style::BLOCK))),
    same("with statuses as numbers", |root| {
        let statuses = ["200", "201", "204", "400", "404"];
        statuses.iter().fold(yaml(root, Style::BLOCK), |text, status| {
            text.replace(&format!("\"{status}\":"), &format!("{status}:"))
        })
    }),
    same("with the root's members in reverse", |root| edited(root, reverse)),
    other("with all members of schemas in reverse", |root| {
        edited(root, |root| each_schema(root, &mut |schema| reverse_map(schema)))
    }),
    other("with the properties in reverse", |root| {
        edited(root, |root| each_schema(root, &mut |schema| schema.get_mut("properties").into_iter().for_each(reverse)))
    }),
    same("with what is required in another order", |root| {
        edited(root, |root| each_schema(root, &mut |schema| schema.get_mut("required").into_iter().for_each(reverse)))
    }),
    other("with the values of enums in another order", |root| {
        edited(root, |root| each_schema(root, &mut |schema| schema.get_mut("enum").into_iter().for_each(reverse)))
    }),
    same("with percent-encoded references", |root| {
        edited(root, |root| {
            each_reference(root, &|reference| {
                reference.replace("schemas/C", "schemas/%43").replace("schemas/P", "schemas/%50")
            })
        })
    }),
    other("with named schemas in reverse", |root| edited(root, |root| reverse(at(root, "/components/schemas")))),
    same("with the members of operations and their responses in another order", |root| {
        edited(root, |root| each_operation(root, &mut |operation| reverse(operation)))
    }),
    same("with components that nothing refers to left empty", |root| {
        edited(root, |root| {
            for section in ["links", "callbacks", "examples"] {
                if let Some(components) = at(root, "/components").as_object_mut() {
                    components.entry(section).or_insert(json!({}));
                }
            }
        })
    }),
    same("with operations that end in empty containers", |root| {
        edited(root, |root| {
            each_operation(root, &mut |operation| {
                for (key, value) in [("callbacks", json!({})), ("parameters", json!([])), ("deprecated", json!(false))]
                {
                    operation.as_object_mut().map(|operation| operation.entry(key).or_insert(value));
                }
            });
        })
    }),
    other("with each property's reference in an allOf", |root| edited(root, |root| wrapped(root, "allOf"))),
    other("with each property's reference in an allOf of an allOf", |root| {
        edited(root, |root| {
            wrapped(root, "allOf");
            each_schema(root, &mut |schema| match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
                Some([only]) if schema.len() == 1 => {
                    *schema = Map::from_iter([("allOf".into(), json!([{ "allOf": [only] }]))])
                }
                _ => {}
            });
        })
    }),
    same("with each property's reference in a oneOf of one", |root| edited(root, |root| wrapped(root, "oneOf"))),
    same("with each property's reference in an anyOf of one", |root| edited(root, |root| wrapped(root, "anyOf"))),
];

fn each_operation(root: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    for path in at(root, "/paths").as_object_mut().into_iter().flat_map(|paths| paths.values_mut()) {
        let members = path.as_object_mut().into_iter().flatten();
        members.filter(|(_, member)| member.get("responses").is_some()).for_each(|(_, operation)| change(operation));
    }
}

/// Puts what each property of a named schema refers to into a list of one.
fn wrapped(root: &mut Value, keyword: &str) {
    each_schema(root, &mut |schema| {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str).map(str::to_owned) {
            schema.clear();
            schema.insert(keyword.into(), json!([{ "$ref": target }]));
        }
    });
}
