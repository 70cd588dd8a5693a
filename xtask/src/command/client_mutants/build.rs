//! Builds the copy: the judge's program, and where they are asked for the client's own tests.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::copy::{Copy, JUDGE, NOTHING, failed};
use super::{ClientMutantsError, Failure};
use crate::{process, workspace};

/// The programs of one build.
#[derive(Debug, Clone)]
pub struct Programs {
    /// The judge.
    pub judge: PathBuf,
    /// The client's own tests, where the build has them.
    pub tests: Option<PathBuf>,
}

/// Whether a build has the client's own tests, which take as long to build as the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// It has.
    Tests,
    /// It has the judge alone.
    Judge,
}

/// The target of the client's own tests.
const TESTS: &str = "client";

/// Builds the copy as it stands. The programs are put aside under this name, so that the next build does not replace them.
pub fn build(copy: &Copy, name: &str, with: With) -> Result<Programs, Failure> {
    let log = copy.folder.join("build.json");
    let file = File::create(&log).map_err(failed(&log))?;
    let mut command = process::cargo();
    // Some test is always built: Cargo then builds what all builds stand on once, and as the repository's own tests do.
    let tests = if with == With::Tests { TESTS } else { NOTHING };
    command.args(["build", "--quiet", "--offline", "--workspace", "--bins", "--test", tests, "--message-format=json"]);
    command.arg("--manifest-path").arg(copy.folder.join("Cargo.toml"));
    command.arg("--target-dir").arg(workspace::root().join("target"));
    command.stdout(file);
    let status = process::ended(&mut command, |_| {})?;
    let said = fs::read_to_string(&log).map_err(failed(&log))?;
    let messages = said.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok());
    let (mut judge, mut tests) = (None, None);
    for Message { target, message, executable } in messages {
        let rendered = message.filter(|message| message.level == "error").and_then(|message| message.rendered);
        if let Some(error) = rendered {
            return Err(ClientMutantsError::Compile { build: name.to_owned(), error }.into());
        }
        match (target, executable) {
            (Some(target), Some(path)) if target.is("bin", JUDGE) => judge = Some(path),
            (Some(target), Some(path)) if target.is("test", TESTS) => tests = Some(path),
            _ => {}
        }
    }
    match judge.filter(|_| status.success() && (with == With::Judge || tests.is_some())) {
        Some(judge) => {
            let folder = copy.folder.join("programs").join(name);
            fs::create_dir_all(&folder).map_err(failed(&folder))?;
            let tests = tests.map(|tests| aside(&tests, &folder.join("tests"))).transpose()?;
            Ok(Programs { judge: aside(&judge, &folder.join("judge"))?, tests })
        }
        None => Err(ClientMutantsError::Build(name.to_owned()).into()),
    }
}

fn aside(from: &Path, to: &Path) -> Result<PathBuf, ClientMutantsError> {
    fs::copy(from, to).map_err(failed(from))?;
    Ok(to.to_owned())
}

#[derive(Deserialize)]
struct Message {
    target: Option<Target>,
    message: Option<Said>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Said {
    level: String,
    rendered: Option<String>,
}

impl Target {
    fn is(&self, kind: &str, name: &str) -> bool {
        self.name == name && self.kind.iter().any(|found| found == kind)
    }
}
