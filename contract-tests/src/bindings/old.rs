//! The oracles that still know our client by name, until they judge any.

use crate::difference::Problem;
use crate::ground::Ground;
use crate::judge::JudgeError;
use crate::matrix;
use crate::oracle::{Evidence, Findings, Oracle, documentation, wire};
use crate::progress::Progress;

/// Calls.
pub struct Wire;

impl Oracle for Wire {
    fn name(&self) -> &'static str {
        "wire"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Behaviour
    }

    fn document(&self, ground: &Ground<'_>, found: &mut Findings) -> Result<(), JudgeError> {
        let judged = ground.clients.run(wire::judge(ground.document))?;
        found.differences.extend(judged.differences.into_iter().filter(|one| one.oracle == "wire"));
        *found.counts.entry("calls").or_default() += judged.calls;
        Ok(())
    }
}

/// The failure matrix.
pub struct Matrix;

impl Oracle for Matrix {
    fn name(&self) -> &'static str {
        "matrix"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Interface
    }

    fn document(&self, ground: &Ground<'_>, found: &mut Findings) -> Result<(), JudgeError> {
        let tried = ground.clients.run(matrix::run(ground.document, &Progress::hidden()))?;
        found.differences.extend(matrix::differences(&tried));
        found.counts.insert("rows", tried.len());
        found.lines = tried.iter().map(ToString::to_string).collect();
        let chance = matrix::chance::run(ground.document, ground.plan, ground.clients.runtime())?;
        found.differences.extend(chance.differences);
        found.counts.insert("made-up responses", chance.answers as usize);
        found.counts.insert("made-up bodies", chance.bodies as usize);
        Ok(())
    }
}

/// What readers are told.
pub struct Documentation;

impl Oracle for Documentation {
    fn name(&self) -> &'static str {
        "documentation"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Text
    }

    fn document(&self, ground: &Ground<'_>, found: &mut Findings) -> Result<(), JudgeError> {
        found.differences.extend(documentation::judge(ground.document, &ground.account)?);
        Ok(())
    }
}
