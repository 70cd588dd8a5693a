//! The document against itself: its examples and defaults conform to its schemas, and so does what is built from them.

use serde_json::Value;

use super::{Evidence, Findings, Oracle, Validator};
use crate::difference::Problem;
use crate::document::{Located, Pointer, Way};
use crate::ground::{Ground, OperationGround, SchemaGround};
use crate::judge::JudgeError;
use crate::strategy::StrategyError;

/// What is counted of a document of somebody else's whose examples teach what no call would take: the client has no part in it.
const UNFIT: &str = "examples that their schemas refuse";

/// The oracle.
pub struct Document;

impl Oracle for Document {
    fn name(&self) -> &'static str {
        "document"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Document
    }

    fn schema<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let prepared = ground.prepared(schema)?;
        // The rest of the schema is judged without what cannot be built.
        for error in &prepared.left_out {
            found.add(Problem::Contradiction, schema.name, "schema", error.to_string(), Value::Null);
        }
        if let Some(payload) = prepared.refused.first() {
            let detail = "the document refuses a payload that was built from it";
            found.add(Problem::Contradiction, schema.name, "draw", detail, payload.clone());
        }
        for part in &schema.schema.parts {
            for example in part.get("example").into_iter().chain(part.get("default")) {
                if !prepared.validator.accepts(example.value) {
                    let place = &example.pointer;
                    unfit(ground, schema.name, place, &schema.located, &prepared.validator, example.value, found)?;
                }
            }
        }
        Ok(())
    }

    fn operation<'d>(
        &self,
        ground: &Ground<'d>,
        OperationGround { operation, .. }: &OperationGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let parameters = operation.parameters.iter().map(|one| (Way::Request, &one.pointer, &one.schema, one.example));
        let requests = operation.request.iter().map(|body| (Way::Request, &body.pointer, &body.schema, body.example));
        let responses = operation.responses.iter().flat_map(|response| &response.bodies);
        let responses = responses.map(|body| (Way::Response, &body.pointer, &body.schema, body.example));
        for (way, place, schema, example) in parameters.chain(requests).chain(responses) {
            let (Some(schema), Some(example)) = (schema, example) else { continue };
            let validator = ground.validator(way, schema)?;
            if !validator.accepts(example) {
                unfit(ground, &operation.id, place, schema, &validator, example, found)?;
            }
        }
        Ok(())
    }
}

/// An example or a default that its schema refuses. Whoever writes a document for this client hears of it.
fn unfit<'d>(
    ground: &Ground<'d>,
    subject: &str,
    place: &Pointer,
    schema: &Located<'d>,
    validator: &Validator,
    example: &Value,
    found: &mut Findings,
) -> Result<(), StrategyError> {
    if fits_elsewhere(ground, schema, example)? {
        return Ok(());
    }
    if ground.scope.generated {
        found.count(UNFIT);
        return Ok(());
    }
    for violation in validator.violations(example) {
        found.add(Problem::Contradiction, subject, "example", format!("{place}: {violation}"), example.clone());
    }
    Ok(())
}

/// Whether an example conforms in the other direction, or as the document writes the schema: one example serves both.
fn fits_elsewhere<'d>(ground: &Ground<'d>, schema: &Located<'d>, example: &Value) -> Result<bool, StrategyError> {
    if std::ptr::eq(ground.requests, ground.responses) {
        return Ok(false);
    }
    for way in [Way::Request, Way::Response] {
        let Some(schema) = ground.document.meaning(way).at(&schema.pointer) else { continue };
        if ground.validator(way, &schema)?.accepts(example) {
            return Ok(true);
        }
    }
    let Some(schema) = ground.document.at(&schema.pointer) else { return Ok(false) };
    Ok(Validator::new(ground.document, schema)?.accepts(example))
}
