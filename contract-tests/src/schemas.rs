//! Any OpenAPI 3.0 document, without a client: do its schemas hold together, and do the judge's payloads prove it?
//!
//! Every payload that is built from a schema must conform to it, and every labelled fault must be refused at its place
//! and for its keyword. A schema that nothing satisfies, or that isn't understood, is a diagnostic with its place.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, DocumentError, Located, Pointer, Way};
use crate::ground::Plan;
use crate::prepared::{Preparation, Prepared};
use crate::progress::Progress;
use crate::report::{VERSION, quoted};
use crate::visible::{visible, visible_json};

/// How many diagnostics are shown as text; JSON has them all.
const SHOWN: usize = 20;

/// What to do about a payload that turned out otherwise than it was built.
const JUDGES_OWN: &str = "this is the judge's fault and not the document's: please report it with the schema";

/// What judging the schemas of a document came to.
#[derive(Debug, Serialize)]
pub struct Schemas {
    /// The version of the report's form.
    pub version: u32,
    /// The document.
    pub document: String,
    /// How many draws, from which seed.
    pub plan: Plan,
    /// Each schema.
    pub judged: Vec<Judged>,
    /// The command that does the same again.
    pub repeat: String,
}

/// What judging one schema came to.
#[derive(Debug, Default, Serialize)]
pub struct Judged {
    /// Its place.
    pub schema: String,
    /// How many enumerated payloads conform.
    pub valid: usize,
    /// How many enumerated payloads have one fault.
    pub faults: usize,
    /// How many constraints no case shows alone.
    pub uncovered: usize,
    /// The share of values that were refused while drawing.
    pub rejected_draws: f64,
    /// What is wrong, each with its place.
    pub diagnostics: Vec<Diagnostic>,
    /// What is odd, each with its place.
    pub notes: Vec<Diagnostic>,
}

/// Judges every schema of a document: the components, and what parameters and bodies write in place.
pub fn judge(document: &Document, plan: Plan, progress: &Progress) -> Schemas {
    // What requests mean is the same, save for the properties that responses alone have.
    let document = document.meaning(Way::Response);
    let (schemas, broken) = all(document);
    progress.expect(schemas.len());
    let mut preparation = Preparation::of(document);
    let mut judged: Vec<Judged> = broken
        .iter()
        .map(|error| Judged {
            schema: "/paths".into(),
            diagnostics: vec![Diagnostic::at(document, error.pointer(), error.to_string(), error.help())],
            ..Judged::default()
        })
        .collect();
    for schema in schemas {
        progress.step(schema.pointer.as_str());
        judged.push(judge_one(document, &mut preparation, schema, plan));
    }
    progress.finish();
    let repeat = format!(
        "cargo xtask contract --document {} --schema-only --cases {} --seed {}",
        quoted(document.name()),
        plan.cases,
        plan.seed
    );
    Schemas { version: VERSION, document: document.name().into(), plan, judged, repeat }
}

fn judge_one<'d>(document: &'d Document, preparation: &mut Preparation<'d>, schema: Located<'d>, plan: Plan) -> Judged {
    let name = schema.pointer.to_string();
    match preparation.prepare(&name, schema, plan) {
        Ok(prepared) => weigh(document, name, &prepared),
        Err(error) => {
            Judged { schema: name, diagnostics: vec![Diagnostic::of_schema(document, &error)], ..Judged::default() }
        }
    }
}

fn weigh(document: &Document, name: String, prepared: &Prepared<'_>) -> Judged {
    let wrong = |message| Diagnostic::at(document, Some(&prepared.schema.pointer), message, Some(JUDGES_OWN));
    let uncovered = prepared.cases.uncovered.len();
    let mut judged = Judged { uncovered, rejected_draws: prepared.rejected_draws, ..Judged::default() };
    let refused = prepared.refused.first().map(|payload| (payload, prepared.refused.len()));
    judged.diagnostics.extend(refused.map(|(payload, count)| {
        let verdict: Vec<String> = prepared.validator.violations(payload).iter().map(ToString::to_string).collect();
        wrong(format!(
            "{name}: {count} payloads that were built from it are refused: {} of {payload}",
            verdict.join(", ")
        ))
    }));
    judged.diagnostics.extend(prepared.left_out.iter().map(|error| Diagnostic::of_schema(document, error)));
    // Each case was proven by the compiled schema when it was enumerated.
    judged.faults = prepared.cases.cases.iter().filter(|case| case.fault.is_some()).count();
    judged.valid = prepared.cases.cases.len() - judged.faults;
    let note = |pointer: &Pointer| {
        let message = format!("{pointer}: no value of {name} can take this; it is left out");
        Diagnostic::at(document, Some(pointer), message, None)
    };
    judged.notes = prepared.dead.iter().map(note).collect();
    judged.notes.extend(prepared.cases.shallow.map(|steps| {
        let message = format!("{name}: so much is within it that its cases go {steps} steps deep only");
        Diagnostic::at(document, Some(&prepared.schema.pointer), message, None)
    }));
    Judged { schema: name, ..judged }
}

/// Every schema that stands in the document by itself; what is only referred to is a component. Where an operation cannot
/// be read, the components are judged without the operations.
fn all(document: &Document) -> (Vec<Located<'_>>, Option<DocumentError>) {
    let mut found: Vec<Located<'_>> = document.component_schemas().into_iter().map(|(_, schema)| schema).collect();
    let (operations, broken) = match document.operations() {
        Ok(operations) => (operations, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    for operation in operations {
        found.extend(operation.parameters.into_iter().filter_map(|parameter| parameter.schema));
        let responses = operation.responses.into_iter().flat_map(|response| response.bodies);
        found.extend(operation.request.into_iter().chain(responses).filter_map(|body| body.schema));
    }
    let mut seen = BTreeSet::new();
    // A reference that leads somewhere is judged there; one that doesn't is judged where it stands.
    found.retain(|schema| match document.resolve(schema.clone()) {
        Ok(target) => seen.insert(target.pointer),
        Err(_) => true,
    });
    (found, broken)
}

impl Schemas {
    /// Whether every schema can be judged by, and every payload is as it was meant.
    pub fn passed(&self) -> bool {
        self.judged.iter().all(|judged| judged.diagnostics.is_empty())
    }

    /// Writes `schemas.json` and `schemas.txt`.
    pub fn write(&self, directory: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(directory)?;
        let json = serde_json::to_string_pretty(self)? + "\n";
        std::fs::write(directory.join("schemas.json"), visible_json(&json).as_bytes())?;
        std::fs::write(directory.join("schemas.txt"), visible(&self.to_string()).as_bytes())
    }
}

impl fmt::Display for Schemas {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = |count: fn(&Judged) -> usize| self.judged.iter().map(count).sum::<usize>();
        let fine = self.judged.iter().filter(|judged| judged.diagnostics.is_empty()).count();
        writeln!(formatter, "{}: {fine} of {} schemas hold", self.document, self.judged.len())?;
        let drawn = fine * self.plan.cases as usize;
        let (valid, faults) = (sum(|judged| judged.valid), sum(|judged| judged.faults));
        let rejected =
            self.judged.iter().map(|judged| judged.rejected_draws).sum::<f64>() / self.judged.len().max(1) as f64;
        writeln!(
            formatter,
            "  {valid} valid cases, {faults} faults, {drawn} draws; {:.1} % of what was built was refused while drawing",
            rejected * 100.0
        )?;
        writeln!(formatter, "  {} constraints that no case shows alone", sum(|judged| judged.uncovered))?;
        let diagnostics: Vec<&Diagnostic> = self.judged.iter().flat_map(|judged| &judged.diagnostics).collect();
        for diagnostic in diagnostics.iter().take(SHOWN) {
            writeln!(formatter, "error: {diagnostic}")?;
        }
        for note in self.judged.iter().flat_map(|judged| &judged.notes).take(SHOWN) {
            writeln!(formatter, "note: {note}")?;
        }
        if diagnostics.len() > SHOWN {
            writeln!(formatter, "… and {} more in the JSON report (--report DIR)", diagnostics.len() - SHOWN)?;
        }
        writeln!(formatter, "the same again: {}", self.repeat)
    }
}
