//! How types appear in a derived JSON Schema.

use ::schemars::Schema;
use ::schemars::transform::Transform;
use serde_json::Value;

/// What a type says in a schema beside its constraints.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Appearance {
    /// The name of the document's component, or the type's own.
    pub(crate) name: &'static str,
    /// Whether the schema stands where it is used, since the document gives it no name.
    pub(crate) inline: bool,
    /// Whether null is one of the values.
    pub(crate) nullable: bool,
    /// Description, examples and the like, as a JSON object.
    pub(crate) annotations: &'static str,
}

impl Appearance {
    /// A component of the type's own name, without annotations.
    pub(crate) const fn named(name: &'static str) -> Self {
        Self { name, inline: false, nullable: false, annotations: "{}" }
    }

    /// The same by another name.
    pub(crate) const fn renamed(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The same where it is used.
    pub(crate) const fn inline(self) -> Self {
        Self { inline: true, ..self }
    }

    /// The same with null among its values.
    pub(crate) const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// The same with annotations.
    pub(crate) const fn with(self, annotations: &'static str) -> Self {
        Self { annotations, ..self }
    }

    /// The schema with what the type says beside its constraints.
    pub(crate) fn complete(&self, mut schema: Schema) -> Schema {
        if let Ok(Value::Object(annotations)) = serde_json::from_str(self.annotations) {
            for (keyword, value) in annotations {
                match (keyword.as_str(), value) {
                    // The document leaves it to its listed values to have a type.
                    ("type", Value::Null) => drop(schema.remove("type")),
                    (_, value) => drop(schema.insert(keyword, value)),
                }
            }
        }
        if self.nullable {
            or_null(&mut schema);
        }
        schema
    }
}

/// Gives a type a schema with what the type says beside its constraints.
macro_rules! appearing {
    ($name:ident $(.$option:ident($($said:tt)*))*, $schema:expr) => {
        impl $name {
            const APPEARANCE: $crate::generated::runtime::Appearance =
                $crate::generated::runtime::Appearance::named(stringify!($name))$(.$option($($said)*))*;
        }

        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                Self::APPEARANCE.inline
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                Self::APPEARANCE.name.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                Self::APPEARANCE.complete($schema)
            }
        }
    };
}
pub(crate) use appearing;

/// The schema of an enumeration of values, each given as its JSON text, that are of one type where the document names it.
pub(crate) fn listed_values(kind: Option<&str>, listed: &[&str]) -> Schema {
    let values: Vec<Value> = listed.iter().filter_map(|json| serde_json::from_str(json).ok()).collect();
    let mut schema = ::schemars::json_schema!({ "enum": values });
    kind.iter().for_each(|kind| drop(schema.insert("type".to_owned(), (*kind).into())));
    schema
}

/// A schema as the document has it, and in place of each reference, which is an index, the schema of a type.
pub(crate) fn stated(text: &str, referred: &[Schema]) -> Value {
    let mut stated: Value = serde_json::from_str(text).unwrap_or_default();
    let mut open = vec![&mut stated];
    while let Some(value) = open.pop() {
        let index = value.get("$ref").and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
        match (index.and_then(|index| referred.get(index)), value) {
            (Some(schema), value) => *value = schema.clone().to_value(),
            (None, Value::Object(members)) => open.extend(members.values_mut()),
            (None, Value::Array(items)) => open.extend(items),
            _ => {}
        }
    }
    stated
}

/// An alternative that the values of a property name; those alone where the alternative may do without.
pub(super) fn tagged(alternative: &Value, property: &str, tags: &[&str], absent: bool) -> Value {
    let tagged = serde_json::json!({ property: { "enum": tags } });
    let condition = match (tags.is_empty(), absent) {
        (false, false) => serde_json::json!({ "properties": tagged, "required": [property] }),
        (false, true) => serde_json::json!({ "properties": tagged }),
        (true, _) => serde_json::json!({ "not": { "required": [property] } }),
    };
    serde_json::json!({ "allOf": [alternative, condition] })
}

/// Adds null to the values that a schema allows.
pub(crate) fn or_null(schema: &mut Schema) {
    if let Some(Value::String(name)) = schema.get("type").cloned() {
        schema.insert("type".to_owned(), Value::from(vec![name, "null".to_owned()]));
    }
    if let Some(Value::Array(mut values)) = schema.get("enum").cloned()
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
        schema.insert("enum".to_owned(), Value::Array(values));
    }
    if let Some(reference) = schema.remove("$ref") {
        schema.insert("anyOf".to_owned(), serde_json::json!([{ "$ref": reference }]));
    }
    // What has a type of its own says null by that, and its alternatives ask only for properties.
    let is_typed = schema.get("type").is_some();
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Value::Array(alternatives)) = schema.get_mut(keyword).filter(|_| !is_typed) {
            alternatives.push(serde_json::json!({ "type": "null" }));
        }
    }
}

/// Where the documentation of a field goes on with what the schema says by other keywords.
const BEHIND_DESCRIPTION: &str = "JSON property `";

/// Takes away what schemars says of a struct's properties in Rust's words.
#[derive(Debug)]
pub(crate) struct Properties {
    nullable: Vec<&'static str>,
    is_undescribed: bool,
}

/// Of properties that are held in an `Option`, the null that this adds is taken away.
pub(crate) fn properties() -> Properties {
    Properties { nullable: Vec::new(), is_undescribed: false }
}

impl Properties {
    /// The same of a struct that the document does not describe, and of which the documentation says only the name.
    pub(crate) fn undescribed(self) -> Self {
        Self { is_undescribed: true, ..self }
    }

    /// The same, but for a property that may be null, or whose type says by itself whether it may.
    pub(crate) fn nullable(mut self, name: &'static str) -> Self {
        self.nullable.push(name);
        self
    }
}

impl Transform for Properties {
    fn transform(&mut self, schema: &mut Schema) {
        if self.is_undescribed {
            schema.remove("description");
        }
        let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
        for (name, property) in properties {
            let Ok(property) = <&mut Schema>::try_from(property) else { continue };
            if !required.iter().any(|required| required == name) && !self.nullable.contains(&name.as_str()) {
                without_null(property);
            }
            without_documentation(name, property);
        }
    }
}

/// Takes away the null that an `Option` adds to a schema.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(alternatives)) = schema.get("anyOf")
        && let [Value::Object(held), null] = alternatives.as_slice()
        && *null == serde_json::json!({ "type": "null" })
    {
        let held = held.clone();
        schema.remove("anyOf");
        for (keyword, value) in held {
            schema.insert(keyword, value);
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(Value::Array(mut names)) = schema.get("type").cloned() {
        names.retain(|name| name != "null");
        let name = if names.len() == 1 { names.remove(0) } else { Value::Array(names) };
        schema.insert("type".to_owned(), name);
    }
}

/// Leaves the description of a property that is documented: a reference has none of its own, and the documentation of what the
/// document does not describe says only its name.
fn without_documentation(name: &str, schema: &mut Schema) {
    let Some(Value::String(documentation)) = schema.get("description") else { return };
    let Some(end) = documentation.rfind(BEHIND_DESCRIPTION) else { return };
    let Some(description) = documentation.get(..end) else { return };
    let description = description.strip_suffix("\n\n").unwrap_or(description).to_owned();
    match schema.get("$ref").is_some() || is_name_alone(name, &description) {
        true => drop(schema.remove("description")),
        false => drop(schema.insert("description".to_owned(), description.into())),
    }
}

/// Whether documentation says only which property it is of. A name with backticks stands in more of them, and in spaces.
fn is_name_alone(name: &str, documentation: &str) -> bool {
    let quoted = documentation.strip_prefix("The property `").and_then(|rest| rest.strip_suffix("`."));
    let bare = |text: &str| text.trim_matches(['`', ' ']).to_owned();
    quoted.is_some_and(|quoted| bare(quoted) == bare(name))
}

/// What the document says of the items of a list, or of the values of a map, that their type does not.
#[derive(Debug)]
pub(crate) struct Inside {
    keyword: &'static str,
    without: Vec<&'static str>,
    says: &'static str,
    inside: Option<Box<Inside>>,
}

/// What the document says of that which stands under a keyword, as a JSON object.
pub(crate) fn inside(keyword: &'static str, says: &'static str) -> Inside {
    Inside { keyword, without: Vec::new(), says, inside: None }
}

impl Inside {
    /// Without a keyword that only Rust's type says.
    pub(crate) fn without(mut self, keyword: &'static str) -> Self {
        self.without.push(keyword);
        self
    }

    /// With the same of what that holds itself.
    pub(crate) fn and(self, inside: Inside) -> Self {
        Self { inside: Some(Box::new(inside)), ..self }
    }
}

impl Transform for Inside {
    fn transform(&mut self, schema: &mut Schema) {
        let Some(Ok(inner)) = schema.get_mut(self.keyword).map(<&mut Schema>::try_from) else { return };
        for keyword in &self.without {
            inner.remove(*keyword);
        }
        if let Ok(Value::Object(said)) = serde_json::from_str(self.says) {
            for (keyword, value) in said {
                inner.insert(keyword, value);
            }
        }
        if let Some(inside) = &mut self.inside {
            inside.transform(inner);
        }
    }
}

/// Takes away the format that Rust's own number types add to a schema.
pub(crate) fn without_format(schema: &mut Schema) {
    schema.remove("format");
}

/// Takes away the bound that Rust's own types of natural numbers add to a schema.
pub(crate) fn without_minimum(schema: &mut Schema) {
    schema.remove("minimum");
}
