//! Who notices a fault: the judge, else the client's own tests, else nobody.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::Duration;

use serde::Deserialize;

use super::build::Programs;
use super::copy::{VARIABLE, failed};
use super::{ClientMutantsError, Failure};
use crate::process;

/// How long the judge or the tests may take for one fault. One that keeps them from ending is noticed.
const PATIENCE: Duration = Duration::from_secs(300);

/// Who noticed a fault first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noticed {
    /// The contract suite, by these oracles.
    Contract(BTreeSet<String>),
    /// The client's own tests, by these.
    Tests(BTreeSet<String>),
    /// Nobody.
    Nobody,
}

/// A fault that is tried, and where its traces go.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'t> {
    /// The programs that have the fault.
    pub programs: &'t Programs,
    /// The number that switches it on.
    pub number: u32,
    /// The modules of the client's own tests that run first.
    pub tests: &'t [&'t str],
    /// The schema or operation that alone is judged.
    pub only: Option<&'t str>,
    /// A folder of its own.
    pub folder: &'t Path,
}

/// The judge's arguments where next to nothing is left to chance.
const FEW: &[&str] = &["--cases", "1"];

/// The status of a program that panicked.
const PANICKED: i32 = 101;

#[derive(Deserialize)]
struct Report {
    differences: Vec<Difference>,
}

#[derive(Deserialize)]
struct Difference {
    oracle: String,
}

impl Trial<'_> {
    /// Has the judge judge the client: by the enumerated cases first, which show most faults, and then by chance as well.
    pub fn judged(&self) -> Result<Noticed, Failure> {
        for plan in [FEW, &[]] {
            let found = self.judged_by(plan)?;
            if found != Noticed::Nobody {
                return Ok(found);
            }
        }
        Ok(Noticed::Nobody)
    }

    /// Has the judge judge the client by the enumerated cases alone.
    pub fn judged_once(&self) -> Result<Noticed, Failure> {
        self.judged_by(FEW)
    }

    fn judged_by(&self, plan: &[&str]) -> Result<Noticed, Failure> {
        let report = self.folder.join("contract.json");
        if report.exists() {
            fs::remove_file(&report).map_err(failed(&report))?;
        }
        let mut command = Command::new(&self.programs.judge);
        command.arg("judge").args(plan).arg("--report").arg(self.folder);
        command.args(self.only.into_iter().flat_map(|only| ["--only", only]));
        let Some(status) = self.run(&mut command, "judge.log")? else { return Ok(by_contract(["no end"])) };
        if status.success() {
            return Ok(Noticed::Nobody);
        }
        if status.code() == Some(PANICKED) {
            return Ok(by_contract(["panic"]));
        }
        let text = fs::read(&report).unwrap_or_default();
        let report = serde_json::from_slice::<Report>(&text).map_err(|_| self.unjudged("judge.log"))?;
        Ok(by_contract(report.differences.iter().map(|found| found.oracle.as_str())))
    }

    /// Has the client's own tests run. A test that fails is asked again: what fails once may have been the machine.
    pub fn tested(&self) -> Result<Noticed, Failure> {
        let likely: Vec<String> = self.tests.iter().map(|module| format!("{module}::")).collect();
        for some in [likely.as_slice(), &[]].iter().skip(usize::from(likely.is_empty())) {
            let mut failed = self.tests_that_fail(some)?;
            if !failed.is_empty() && !failed.contains(NO_END) {
                let named: Vec<String> = failed.into_iter().collect();
                failed = self.tests_that_fail(&named)?;
            }
            if !failed.is_empty() {
                return Ok(Noticed::Tests(failed));
            }
        }
        Ok(Noticed::Nobody)
    }

    /// Those that fail of the tests whose names have one of these in them, or of all.
    fn tests_that_fail(&self, some: &[String]) -> Result<BTreeSet<String>, Failure> {
        let Some(tests) = &self.programs.tests else { return Ok(BTreeSet::new()) };
        let mut command = Command::new(tests);
        // Most of them wait for one another's servers, and not for this machine.
        command.args(["--test-threads", "8"]).args(some);
        let Some(status) = self.run(&mut command, "tests.log")? else { return Ok(BTreeSet::from([NO_END.to_owned()])) };
        if status.success() {
            return Ok(BTreeSet::new());
        }
        let log = self.folder.join("tests.log");
        let said = fs::read_to_string(&log).map_err(super::copy::failed(&log))?;
        let named = said.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
        let named: BTreeSet<String> = named.map(str::to_owned).collect();
        if named.is_empty() { Err(self.unjudged("tests.log").into()) } else { Ok(named) }
    }

    /// Runs a program with the fault switched on; no status where it does not end in time.
    fn run(&self, command: &mut Command, log: &str) -> Result<Option<ExitStatus>, Failure> {
        fs::create_dir_all(self.folder).map_err(failed(self.folder))?;
        let log = self.folder.join(log);
        let file = File::create(&log).map_err(failed(&log))?;
        let errors = file.try_clone().map_err(failed(&log))?;
        command.env(VARIABLE, self.number.to_string()).stdout(file).stderr(errors);
        Ok(process::ended_within(command, PATIENCE)?)
    }

    fn unjudged(&self, log: &str) -> ClientMutantsError {
        let said = fs::read_to_string(self.folder.join(log)).unwrap_or_default();
        let lines: Vec<&str> = said.lines().collect();
        ClientMutantsError::Unjudged(lines[lines.len().saturating_sub(12)..].join("\n"))
    }
}

/// What stands for the name of a test where none of them ends.
const NO_END: &str = "no end";

fn by_contract<'o>(oracles: impl IntoIterator<Item = &'o str>) -> Noticed {
    Noticed::Contract(oracles.into_iter().map(str::to_owned).collect())
}
