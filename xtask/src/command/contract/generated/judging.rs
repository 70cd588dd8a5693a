//! The judge's program on one client, and what is said of it.

use std::fs::File;
use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use super::super::super::{Failure, Outcome};
use super::client::Client;
use super::summary::{NO_LONGER_REAL, Summary};
use super::verdict::{Judged, Verdict};
use super::{GeneratedError, Run, build};
use crate::process;
use crate::terminal::{complain, output_for_people, say};
use crate::workspace::shown;

/// How long the judge may take for one document among many.
const PATIENCE: Duration = Duration::from_secs(20 * 60);

/// The judge's status where the document has nothing of the name that it was given.
const WRONG_USAGE: u8 = 2;

/// How much of what a failed judge said is quoted.
const QUOTED: usize = 12;

impl Run<'_> {
    /// Has the judge judge a client. It is a process of its own: whatever a document does to it, the others are judged.
    pub(super) fn judge(&mut self, program: &Path, client: &Client) -> Result<Verdict, Failure> {
        self.progress.tell(&format!("judging the client of {}", client.source.shown));
        let folder = self.report(client);
        let io = |path: &Path| {
            let path = shown(path);
            move |source| GeneratedError::Io { path, source }
        };
        std::fs::create_dir_all(&folder).map_err(io(&folder))?;
        let report = folder.join("contract.json");
        if report.exists() {
            std::fs::remove_file(&report).map_err(io(&report))?;
        }
        let mut command = build::start(program, client, "judge");
        command.arg("--generated");
        client.source.hand_to(&mut command);
        command.arg("--report").arg(&folder);
        command.args(&self.request.plan);
        if self.alone() {
            let status = process::ended(command.stdout(output_for_people()), |_| {})?;
            return Ok(self.verdict(status, &report, || format!("the judge ended with {status}; see its output above")));
        }
        let log = folder.join("judge.log");
        let file = File::create(&log).map_err(io(&log))?;
        command.stdout(file.try_clone().map_err(io(&log))?).stderr(file);
        let Some(status) = process::ended_within(&mut command, PATIENCE)? else {
            let minutes = PATIENCE.as_secs() / 60;
            return Ok(Verdict::NotJudged { error: format!("no verdict after {minutes} minutes") });
        };
        Ok(self.verdict(status, &report, || {
            let said = std::fs::read(&log).unwrap_or_default();
            let said = String::from_utf8_lossy(&said);
            let lines: Vec<&str> = said.lines().collect();
            format!("it ended with {status}\n{}", lines[lines.len().saturating_sub(QUOTED)..].join("\n"))
        }))
    }

    /// What the judge's status and report mean; what it said where there is no report.
    fn verdict(&self, status: ExitStatus, report: &Path, said: impl FnOnce() -> String) -> Verdict {
        // What `--only` names, a document need not have.
        if self.request.only && status.code() == Some(i32::from(WRONG_USAGE)) {
            return Verdict::Absent;
        }
        Verdict::of_report(report).unwrap_or_else(|| Verdict::NotJudged { error: said() })
    }

    /// Says what became of a document: all of it where there is no other, a line or so otherwise.
    pub(super) fn tell(&mut self, index: usize, document: String, mut verdict: Verdict) -> Judged {
        self.progress.step();
        self.mark(index, &mut verdict);
        let judged = Judged { document, verdict };
        let alone = self.alone();
        self.progress.above(|| if alone { tell_of(&judged) } else { say(format_args!("{judged}")) });
        judged
    }

    /// Writes the summary, and says it where there is more than one document.
    pub(super) fn finish(&self, summary: &Summary) -> Result<(), Failure> {
        if summary.outcome() == Outcome::WrongUsage {
            complain(format_args!("error: `--only` names no schema and no operation of any of these documents"));
        }
        if self.alone() {
            summary.stale.iter().for_each(|entry| complain(format_args!("{NO_LONGER_REAL}: {entry}")));
            return Ok(());
        }
        let folder = self.request.report.map_or_else(|| self.root.clone(), super::from_anywhere);
        let text = serde_json::to_string_pretty(summary).map_err(std::io::Error::from);
        let path = folder.join("summary.json");
        let written = text
            .and_then(|text| {
                std::fs::create_dir_all(&folder)?;
                std::fs::write(&path, text + "\n")
            })
            .map_err(|source| GeneratedError::Io { path: shown(&path), source });
        say(format_args!("\n{}reports are in {}", summary, shown(&folder)));
        Ok(written?)
    }
}

/// Says whose fault it is where the client of the only document does not pass.
pub(super) fn tell_of(judged: &Judged) {
    let document = &judged.document;
    let outcome = judged.verdict.outcome();
    match (&judged.verdict, outcome) {
        (Verdict::Refused { .. }, _) => {
            complain(format_args!(
                "{document} is refused, which is its own fault: no client was generated, and nothing was judged"
            ));
        }
        (Verdict::NotCompiled { error }, _) => complain(format_args!(
            "{error}\nthe generated client does not compile: this is a defect of the generator, not of {document}; \
             please report it with the document"
        )),
        (Verdict::NotJudged { error }, _) => complain(format_args!(
            "{error}\nthe client of {document} was not judged: this is a defect of the judge; please report it with the document"
        )),
        (Verdict::Judged(findings), Outcome::Differs) if !findings.were_judged() => {
            for found in &findings.differences {
                complain(format_args!("difference[bindings]: unbound line at {}\n{}", found.place, found.detail));
            }
            complain(format_args!(
                "the judge's bindings to the generated client do not compile: this is a defect of the generator, not of \
                 {document}; please report it with the document"
            ));
        }
        (_, Outcome::Differs) => complain(format_args!(
            "the client of {document} is not what the document says, which is the generator's fault: see the differences above"
        )),
        (_, Outcome::Unjudged) => complain(format_args!(
            "no difference in what was judged of {document}, but the judge cannot judge all of it: see above"
        )),
        (_, Outcome::Failed) => complain(format_args!(
            "{document} contradicts itself, which is its own fault: see above; otherwise its client is what it says"
        )),
        _ => {}
    }
}
