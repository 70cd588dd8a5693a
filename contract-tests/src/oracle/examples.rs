//! The example that each type gives, against the document's: the schema's own, or else one of a response that has the type
//! for its body. Where the document has neither, an example is any value that the schema accepts.

use serde_json::json;

use super::change::change;
use super::{Evidence, Findings, Oracle};
use crate::difference::Problem;
use crate::document::{Document, Located, Pointer};
use crate::ground::{Ground, SchemaGround};
use crate::judge::JudgeError;
use crate::strategy::StrategyError;

/// Compares examples.
pub struct Examples;

impl Oracle for Examples {
    fn name(&self) -> &'static str {
        "examples"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Interface
    }

    fn schema<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let document = ground.document;
        let is_this = |body: &Option<Located<'_>>| {
            let found = body.as_ref().and_then(|body| target(document, body.clone()));
            found.is_some() && found == target(document, schema.located.clone())
        };
        let responses = ground.written.iter().flat_map(|operation| &operation.responses);
        let bodies = responses.flat_map(|response| &response.bodies).filter(|body| is_this(&body.schema));
        let own = schema.located.value.get("example");
        let documented: Vec<_> = own.map_or_else(|| bodies.filter_map(|body| body.example).collect(), |own| vec![own]);
        let given = (schema.binding.example)();
        let validator = ground.validator(schema.way(), &schema.located)?;
        let same = match &given {
            // A client may make one up where the document has none. Where no value conforms, any is as good.
            Some(given) if documented.is_empty() => {
                validator.violations(given).is_empty()
                    || matches!(
                        ground.payloads(schema.way(), schema.located.clone()),
                        Err(StrategyError::Unsatisfiable { .. } | StrategyError::Endless { .. })
                    )
            }
            // Which response comes first is a matter of order, which the members of an object do not have. What nobody declares
            // no type need hold.
            Some(given) => {
                let changes = documented.iter().map(|one| change(document, &schema.schema, one, given));
                changes.collect::<Result<Vec<_>, _>>()?.contains(&None)
            }
            // No value can be made of an example that its schema refuses.
            None => documented.iter().all(|one| !validator.violations(one).is_empty()),
        };
        if !same {
            let detail = match documented.is_empty() {
                true => "the schema refuses the example that the type gives",
                false => "the example that the type gives is none of the document's",
            };
            found.add(
                Problem::Changed,
                schema.name,
                "example",
                detail,
                json!({ "document": documented, "client": given }),
            );
        }
        Ok(())
    }
}

/// Where the schema stands that a schema is: behind references, and behind an `allOf` of a single one.
fn target(document: &Document, schema: Located<'_>) -> Option<Pointer> {
    let here = document.resolve(schema).ok()?;
    match (here.members("allOf").as_slice(), here.value.as_object()?.len()) {
        ([only], 1) if only.value.get("$ref").is_some() => target(document, only.clone()),
        _ => Some(here.pointer),
    }
}
