//! The judge: every case and every draw before every oracle, and what came of it.

mod draws;

use serde_json::Value;

use crate::bindings::matrix::{self, MatrixError};
use crate::bindings::wire;
use crate::bindings::{Binding, SCHEMAS};
use crate::deviations::{DEVIATIONS, Deviation};
use crate::difference::{Difference, Problem};
use crate::document::{Account, Conjunction, Document, DocumentError, Located};
use crate::ground::Plan;
use crate::oracle::{Validator, client, constructors, derived, documentation, interface, unread};
use crate::prepared::{Prepared, prepare};
use crate::progress::Progress;
use crate::report::{Report, SchemaTally};
use crate::strategy::StrategyError;

/// Why nothing could be judged.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// The document does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A schema of the document cannot be satisfied, or isn't understood.
    #[error(transparent)]
    Strategy(#[from] StrategyError),
    /// The failure matrix could not be tried.
    #[error(transparent)]
    Matrix(#[from] MatrixError),
    /// The runtime for the calls did not start.
    #[error("the calls could not be made: {0}")]
    Runtime(#[from] std::io::Error),
}

/// Judges the client by a document.
pub fn judge(document: &Document, plan: Plan) -> Result<Report, JudgeError> {
    judge_payloads(document, plan, &Progress::hidden())
}

fn judge_payloads(document: &Document, plan: Plan, progress: &Progress) -> Result<Report, JudgeError> {
    let mut differences = Vec::new();
    let mut schemas = Vec::new();
    let components = document.component_schemas();
    progress.expect(components.len() + 1);
    for (name, schema) in &components {
        progress.step((*name).to_owned());
        let Some(binding) = SCHEMAS.iter().find(|binding| binding.name == *name) else {
            differences.push(unbound(name, "the judge has no binding for this schema"));
            continue;
        };
        schemas.push(judge_component(document, binding, schema.clone(), plan, &mut differences)?);
    }
    for binding in SCHEMAS.iter().filter(|binding| !components.iter().any(|(name, _)| *name == binding.name)) {
        differences.push(unbound(binding.name, "the client has this type, the document has no such schema"));
    }
    differences.extend(examples(document)?);
    differences.extend(interface::judge(document)?);
    let account = Account::default();
    differences.extend(documentation::built(document, &account)?);
    differences.extend(unread::judge(document, &account)?);
    progress.step("calls");
    let wire = runtime()?.block_on(wire::judge(document))?;
    differences.extend(wire.differences);
    Ok(Report::new(document.name(), plan, schemas, wire.calls, differences, DEVIATIONS))
}

/// Judges the client by a document, and then by what a server can do wrong.
pub fn judge_fully(document: &Document, plan: Plan, progress: &Progress) -> Result<Report, JudgeError> {
    let report = judge_payloads(document, plan, progress)?;
    let runtime = runtime()?;
    let tried = runtime.block_on(matrix::run(document, progress))?;
    progress.expect(1);
    progress.step("made-up answers and bodies");
    let chance = matrix::chance::run(document, plan, &runtime)?;
    progress.finish();
    Ok(report.with_matrix(tried, chance, DEVIATIONS).with_verdicts(document))
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()
}

/// Judges the client's type for one named schema.
pub fn judge_component(
    document: &Document,
    binding: &Binding,
    schema: Located<'_>,
    plan: Plan,
    differences: &mut Vec<Difference>,
) -> Result<SchemaTally, JudgeError> {
    let ground = prepare(document, binding.name, schema, plan)?;
    differences.extend(own_faults(document, &ground)?);
    judge_schema(document, &ground, binding, plan, differences)
}

/// What the document says against itself: a draw that it refuses is the judge's own fault, and shown as such.
fn own_faults(document: &Document, ground: &Prepared<'_>) -> Result<Vec<Difference>, DocumentError> {
    let contradiction = |keyword: &str, detail: String, shown_by: Value| Difference {
        oracle: "document",
        problem: Problem::Contradiction,
        place: ground.name.clone(),
        keyword: keyword.into(),
        detail,
        shown_by,
    };
    let mut found = Vec::new();
    // The rest of the schema is judged without what cannot be built.
    found.extend(ground.left_out.iter().map(|error| contradiction("schema", error.to_string(), Value::Null)));
    for payload in ground.refused.iter().take(1) {
        found.push(contradiction(
            "draw",
            "the document refuses a payload that was built from it".into(),
            payload.clone(),
        ));
    }
    for part in Conjunction::of(document, ground.schema.clone())?.parts {
        for example in part.get("example").into_iter().chain(part.get("default")) {
            for violation in ground.validator.violations(example.value) {
                found.push(contradiction(
                    "example",
                    format!("{}: {violation}", example.pointer),
                    example.value.clone(),
                ));
            }
        }
    }
    Ok(found)
}

fn judge_schema(
    document: &Document,
    ground: &Prepared<'_>,
    binding: &Binding,
    plan: Plan,
    differences: &mut Vec<Difference>,
) -> Result<SchemaTally, JudgeError> {
    let before = differences.len();
    let schema = Conjunction::of(document, ground.schema.clone())?;
    differences.extend(derived::compare(document, binding, &ground.schema));
    let compiled = match derived::compiled(binding) {
        Ok(compiled) => compiled,
        Err(error) => {
            differences.push(Difference {
                oracle: "derived",
                problem: Problem::Changed,
                place: binding.name.into(),
                keyword: "schema".into(),
                detail: error.to_string(),
                shown_by: (binding.derived)().unwrap_or_default(),
            });
            None
        }
    };
    for case in &ground.cases.cases {
        differences.extend(client::judge_case(document, &schema, binding, case)?);
        differences.extend(compiled.as_ref().and_then(|compiled| derived::judge_case(binding, compiled, case)));
    }
    differences.extend(constructors::judge(&schema, &ground.validator, binding, &ground.cases.cases));
    differences.extend(client::judge_dropped(document, &schema, binding, &ground.validator, &ground.cases.cases)?);
    if plan.cases > 0 {
        draws::valid(document, &schema, ground, binding, compiled.as_ref(), plan, differences)?;
    }
    // Where the cases show a difference already, chance would only show it again.
    if plan.cases > 0 && differences[before..].iter().all(is_known) {
        draws::faulty(document, &schema, ground, binding, plan, differences)?;
    }
    let faults = ground.cases.cases.iter().filter(|case| case.fault.is_some()).count();
    Ok(SchemaTally {
        name: ground.name.clone(),
        valid: ground.cases.cases.len() - faults,
        faults,
        draws: plan.cases,
        rejected_draws: ground.rejected_draws,
        uncovered: ground.cases.uncovered.clone(),
    })
}

/// The examples of parameters and bodies must conform to their schemas.
pub fn examples(document: &Document) -> Result<Vec<Difference>, JudgeError> {
    let mut found = Vec::new();
    for operation in document.operations()? {
        let parameters = operation.parameters.iter().map(|one| (one.schema.clone(), one.example, one.pointer.clone()));
        let bodies = operation.responses.iter().flat_map(|response| {
            response.bodies.iter().map(|body| (body.schema.clone(), body.example, response.pointer.clone()))
        });
        for (schema, example, pointer) in parameters.chain(bodies) {
            let (Some(schema), Some(example)) = (schema, example) else { continue };
            let validator = Validator::new(document, schema).map_err(StrategyError::from)?;
            found.extend(validator.violations(example).into_iter().map(|violation| Difference {
                oracle: "document",
                problem: Problem::Contradiction,
                place: operation.id.clone(),
                keyword: "example".into(),
                detail: format!("the example at {pointer} has {violation}"),
                shown_by: example.clone(),
            }));
        }
    }
    Ok(found)
}

fn is_known(difference: &Difference) -> bool {
    DEVIATIONS.iter().any(|deviation| deviation.covers(difference))
}

/// A name that only the document has, or only the client.
pub fn unbound(name: &str, detail: &str) -> Difference {
    Difference {
        oracle: "bindings",
        problem: Problem::Unbound,
        place: name.into(),
        keyword: "schema".into(),
        detail: detail.into(),
        shown_by: Value::Null,
    }
}

/// The entries of the list that cover nothing, each with its stale places; of these oracles.
pub fn stale(deviations: &'static [Deviation], of: impl Fn(&str) -> bool, differences: &[Difference]) -> Vec<String> {
    let mut found = Vec::new();
    for deviation in deviations.iter().filter(|deviation| of(deviation.oracle)) {
        for place in deviation.stale(differences) {
            found.push(format!(
                "{:?} {:?} {} at {place}: {}",
                deviation.oracle, deviation.problem, deviation.keyword, deviation.reason
            ));
        }
    }
    found
}
