//! The example of an operation's page: a call with all that it must be given.
//!
//! It is compiled as a test of the documentation. What the document gives no short example of is an argument of the hidden function
//! around the call, so that the call compiles whatever it takes.

use quote::quote;
use serde_json::Value;
use syn::{Attribute, parse_quote};

use crate::model::{Api, BodyKind, NamedType, Operation, Parameter, Sent, Shape, TypeRef};
use crate::write::examples::Examples;

/// The longest string that stands in an example.
const LONGEST: usize = 60;

/// The longest call that stands in one line.
const WIDEST: usize = 80;

/// The example, as one attribute: a macro of the runtime makes the hidden function around the call.
pub fn of_operation(api: &Api<'_>, operation: &Operation<'_>, examples: &Examples<'_>) -> Attribute {
    let mut given = Given { api, examples, hidden: vec!["client: &Client".to_owned()], calls: Vec::new() };
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        given.parameter(parameter);
    }
    let sent = operation.body.as_ref().filter(|body| body.required).and_then(|body| body.sent.as_ref());
    sent.into_iter().for_each(|sent| given.body(sent));
    let (calls, hidden) = (given.calls, given.hidden.join(", "));
    let is_paged =
        operation.pages.is_some() && !operation.parameters.iter().any(|parameter| parameter.ident == "items");
    let (begins, ends) =
        if is_paged { ("let mut items = ", ".items();") } else { ("let response = ", ".send().await?;") };
    let mut code = format!("{begins}client.{}(){}{ends}\n", operation.ident, calls.concat());
    if code.chars().count() > WIDEST {
        let lines = calls.iter().map(String::as_str).chain([ends]).map(|call| format!("    {call}\n"));
        code = format!("{begins}client\n    .{}()\n{}", operation.ident, lines.collect::<String>());
    }
    if is_paged {
        code.push_str("while let Some(item) = items.next().await {\n    let item = item?;\n}\n");
    }
    let lines = code.split_inclusive('\n');
    let attribute = quote!(#[doc = runtime::call_example!(#hidden, #(#lines),*)]);
    parse_quote!(#attribute)
}

/// What a call is given.
struct Given<'g, 'a> {
    api: &'g Api<'a>,
    examples: &'g Examples<'a>,
    /// The arguments of the function around the call.
    hidden: Vec<String>,
    calls: Vec<String>,
}

impl Given<'_, '_> {
    fn parameter(&mut self, parameter: &Parameter<'_>) {
        let described = parameter.described.examples.iter().find_map(|example| example.value);
        let value = self.value(&parameter.ty, described, &parameter.schema);
        self.call(&parameter.ident, value, || parameter.ty.outside());
    }

    fn body(&mut self, sent: &Sent<'_>) {
        if sent.range.is_some() && sent.media_type.is_none() {
            self.call("content_type", None, || "String".to_owned());
        }
        match &sent.kind {
            BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Text(ty) => {
                let value = self.value(ty, None, &sent.schema);
                self.call("body", value, || ty.outside());
            }
            BodyKind::Bytes => self.call("body", None, || "reqwest::Body".to_owned()),
            BodyKind::Multipart => self.call("body", None, || match &sent.parts {
                Some(parts) => format!("types::{}", parts.ident),
                None => "runtime::Multipart".to_owned(),
            }),
        }
    }

    fn call(&mut self, setter: &str, value: Option<String>, held: impl FnOnce() -> String) {
        let value = value.unwrap_or_else(|| {
            let name = if setter == "client" { "client_" } else { setter };
            self.hidden.push(format!("{name}: {}", held()));
            name.to_owned()
        });
        self.calls.push(format!(".{setter}({value})"));
    }

    /// A value of a type as one would write it: the document's example, or one that the type gives.
    fn value(&self, ty: &TypeRef, described: Option<&Value>, schema: &Value) -> Option<String> {
        let example = described.or_else(|| schema.get("example").or_else(|| schema.get("default")));
        match self.api.types.unaliased(ty) {
            TypeRef::Bool => Some("true".to_owned()),
            TypeRef::Integer(integer) => {
                let number = example?.as_i64().filter(|number| integer.holds((*number).into()))?;
                let is_plain = i32::try_from(number).is_ok();
                Some(if is_plain { number.to_string() } else { format!("{number}_{}", integer.name()) })
            }
            TypeRef::F64 => Some(format!("{:?}", example?.as_f64()?)),
            TypeRef::String | TypeRef::Format(_) => string(example?),
            TypeRef::Named(ident) => self.named(self.api.types.get(ident)?, example),
            _ => None,
        }
    }

    fn named(&self, ty: &NamedType, example: Option<&Value>) -> Option<String> {
        match &ty.shape {
            Shape::Enum(listed) => {
                let variant = listed.variants.iter().find(|variant| Some(&variant.value) == example);
                Some(format!("types::{}::{}", ty.ident, variant.or(listed.variants.first())?.ident))
            }
            Shape::Text => string(example.or_else(|| ty.schema.get("example"))?),
            _ => self.examples.exist_for(ty).then(|| format!("types::{}::example()", ty.ident)),
        }
    }
}

/// A short string as Rust writes it.
fn string(value: &Value) -> Option<String> {
    value.as_str().filter(|text| text.chars().count() <= LONGEST).map(|text| format!("{text:?}"))
}
