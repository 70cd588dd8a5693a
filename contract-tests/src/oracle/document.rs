//! The document against itself: its examples and defaults conform to its schemas, and so does what is built from them.

use serde_json::Value;

use super::{Evidence, Findings, Oracle, Validator};
use crate::difference::Problem;
use crate::document::Located;
use crate::ground::{Ground, OperationGround, SchemaGround};
use crate::judge::JudgeError;
use crate::strategy::StrategyError;

/// What is counted of a document whose examples teach what no call would take: the client has no part in it.
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
                let fits = || fits_elsewhere(ground, &schema.located, example.value);
                if !prepared.validator.accepts(example.value) && !fits()? {
                    found.count(UNFIT);
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
        let sent = ground.requests;
        let parameters = operation.parameters.iter().map(|one| (sent, one.schema.clone(), one.example));
        let requests = operation.request.iter().map(|body| (sent, body.schema.clone(), body.example));
        let responses = operation.responses.iter().flat_map(|response| {
            response.bodies.iter().map(|body| (ground.responses, body.schema.clone(), body.example))
        });
        for (document, schema, example) in parameters.chain(requests).chain(responses) {
            let (Some(schema), Some(example)) = (schema, example) else { continue };
            let validator = Validator::new(document, schema.clone()).map_err(StrategyError::from)?;
            if !validator.accepts(example) && !fits_elsewhere(ground, &schema, example)? {
                found.count(UNFIT);
            }
        }
        Ok(())
    }
}

/// Whether an example conforms in the other direction, or as the document writes the schema: one example serves both.
fn fits_elsewhere(ground: &Ground<'_>, schema: &Located<'_>, example: &Value) -> Result<bool, StrategyError> {
    if std::ptr::eq(ground.requests, ground.responses) {
        return Ok(false);
    }
    for document in [ground.requests, ground.responses, ground.document] {
        let Some(schema) = document.at(&schema.pointer) else { continue };
        if Validator::new(document, schema)?.accepts(example) {
            return Ok(true);
        }
    }
    Ok(false)
}
