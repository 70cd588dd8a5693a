//! The judge: every case, every draw and every operation before every oracle.

mod draws;

use std::time::Instant;

use crate::difference::Difference;
use crate::document::DocumentError;
use crate::ground::{Ground, SchemaGround};
use crate::oracle::{Findings, Oracle};
use crate::progress::Progress;
use crate::report::{LeftOut, OperationTally, Report, SchemaTally};
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
    /// The runtime for the calls did not start.
    #[error("the calls could not be made: {0}")]
    Runtime(#[from] std::io::Error),
}

/// The oracles that judge, and what each has found.
pub struct Panel<'o> {
    oracles: Vec<&'o dyn Oracle>,
    /// What was found, oracle by oracle.
    pub findings: Vec<Findings>,
}

/// Judges a client by a document.
pub fn judge(ground: &Ground<'_>, oracles: &[&dyn Oracle], progress: &Progress) -> Result<Report, JudgeError> {
    let mut panel = Panel::of(oracles);
    let mut left_out = Vec::new();
    progress.expect(ground.schemas.len() + ground.operations.len() + 1);
    if ground.scope.only.is_none() {
        progress.step("the document");
        panel.document(ground)?;
    }
    let mut schemas = Vec::new();
    for schema in &ground.schemas {
        progress.step(schema.name);
        match panel.schema(ground, schema) {
            Ok(tally) => schemas.push(tally),
            Err(error) => left_out.push(LeftOut::of(ground, schema.name, error)?),
        }
    }
    let mut operations = Vec::new();
    for operation in &ground.operations {
        let name = operation.operation.id.clone();
        progress.step(&name);
        let start = Instant::now();
        // A row of the failure matrix concerns nobody else.
        let concerned = |oracle: &dyn Oracle| ground.scope.row.is_none() || oracle.name() == crate::matrix::NAME;
        let judged = panel.each(|oracle, found| match concerned(oracle) {
            true => oracle.operation(ground, operation, found),
            false => Ok(()),
        });
        if let Err(error) = judged {
            left_out.push(LeftOut::of(ground, &name, error)?);
        }
        operations.push(OperationTally { name, seconds: start.elapsed().as_secs_f64(), at: None });
    }
    progress.finish();
    Ok(Report::new(ground, schemas, operations, panel.findings, left_out))
}

impl<'o> Panel<'o> {
    /// These oracles, none of which has judged yet.
    pub fn of(oracles: &[&'o dyn Oracle]) -> Self {
        Self { oracles: oracles.to_vec(), findings: oracles.iter().map(|oracle| Findings::of(oracle.name())).collect() }
    }

    /// The same, where somebody asks no more than whether there is a difference that is not known.
    pub(crate) fn first_only(mut self, ground: &Ground<'_>) -> Self {
        if ground.subject.deviations.is_empty() {
            self.findings = self.findings.into_iter().map(Findings::first_only).collect();
        }
        self
    }

    /// Has each oracle judge something. One that cannot keeps no other from it; what the first of them says is the error.
    pub fn each(
        &mut self,
        judge: impl Fn(&dyn Oracle, &mut Findings) -> Result<(), JudgeError>,
    ) -> Result<(), JudgeError> {
        let mut first = Ok(());
        for (oracle, found) in self.oracles.iter().zip(&mut self.findings) {
            first = first.and(judge(*oracle, found));
        }
        first
    }

    /// Judges what is of the document as a whole.
    pub fn document(&mut self, ground: &Ground<'_>) -> Result<(), JudgeError> {
        self.each(|oracle, found| oracle.document(ground, found))
    }

    /// Judges a named schema: as a whole, by its cases, and by draws where the plan has any.
    pub fn schema<'d>(&mut self, ground: &Ground<'d>, schema: &SchemaGround<'d>) -> Result<SchemaTally, JudgeError> {
        let start = Instant::now();
        let before = self.differences().count();
        let whole = self.each(|oracle, found| oracle.schema(ground, schema, found));
        let prepared = ground.prepared(schema)?;
        for case in &prepared.cases.cases {
            self.each(|oracle, found| oracle.case(ground, schema, case, found))?;
        }
        if ground.plan.cases > 0 {
            draws::valid(ground, schema, self)?;
            // Where there is a difference already, chance would only show it again.
            if self.differences().skip(before).all(|difference| ground.is_known(difference)) {
                draws::faulty(ground, schema, self)?;
            }
        }
        whole?;
        let faults = prepared.cases.cases.iter().filter(|case| case.fault.is_some()).count();
        Ok(SchemaTally {
            name: schema.name.to_owned(),
            valid: prepared.cases.cases.len() - faults,
            faults,
            draws: ground.plan.cases,
            rejected_draws: prepared.rejected_draws,
            uncovered: prepared.cases.uncovered.clone(),
            seconds: start.elapsed().as_secs_f64(),
            at: None,
        })
    }

    /// All differences so far.
    pub fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.findings.iter().flat_map(|found| &found.differences)
    }

    fn add(&mut self, differences: impl IntoIterator<Item = Difference>) {
        for difference in differences {
            if let Some(found) = self.findings.iter_mut().find(|found| found.oracle() == difference.oracle) {
                found.differences.push(difference);
            }
        }
    }
}
