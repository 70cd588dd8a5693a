//! Many clients and their judge as one program: what of it compiles, and what the compiler says of the rest.
//!
//! The program stands outside the workspace, with the workspace's lock file and its target folder: no network is needed,
//! and what all clients stand on is built once. A client that does not compile keeps no other from being judged.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use codegen::SourceFile;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::super::super::Failure;
use super::GeneratedError;
use super::client::{Client, put};
use crate::process;
use crate::progress::Progress;
use crate::workspace::{self, shown};

/// How many lines of the compiler's first error are quoted.
const QUOTED: usize = 20;

/// What came of building some clients.
#[derive(Debug, Default)]
pub struct Built {
    /// The program that judges those that compile.
    program: PathBuf,
    /// What does not compile, by the client's name.
    broken: BTreeMap<String, Broken>,
}

impl Built {
    /// The program that judges a client, or why there is none.
    pub fn program_for(&self, client: &Client) -> Result<&Path, &Broken> {
        self.broken.get(&client.name).map_or(Ok(&self.program), Err)
    }
}

/// Why a client cannot be judged.
#[derive(Debug, Clone)]
pub enum Broken {
    /// The client does not compile; the compiler's first error.
    Client(String),
    /// Its bindings do not.
    Bindings(String),
    /// Cargo does not get as far as the compiler, for what this document's packages say.
    Package(String),
}

/// Builds the clients and one program that judges them.
pub fn build(folder: &Path, clients: &[&Client], progress: &mut Progress) -> Result<Built, Failure> {
    let mut built = Built::default();
    loop {
        let is_whole = |client: &&Client| !built.broken.contains_key(&client.name);
        let whole: Vec<&Client> = clients.iter().copied().filter(is_whole).collect();
        if whole.is_empty() {
            return Ok(built);
        }
        write(folder, &whole)?;
        let said = compile(folder, progress)?;
        if let Some(program) = said.program {
            return Ok(Built { program, ..built });
        }
        let before = built.broken.len();
        for client in &whole {
            let error = |package: String| said.errors.get(&package).cloned();
            let broken = error(client.package()).map(Broken::Client);
            if let Some(broken) = broken.or_else(|| error(client.bindings()).map(Broken::Bindings)) {
                built.broken.insert(client.name.clone(), broken);
            }
        }
        // Where nothing was compiled for what some packages say, those are found one by one.
        if said.errors.is_empty() && unresolved(folder)?.is_some() {
            for client in whole {
                write(folder, &[client])?;
                let unresolved = unresolved(folder)?.map(|said| (client.name.clone(), Broken::Package(said)));
                built.broken.extend(unresolved);
            }
        }
        if built.broken.len() == before {
            // What all stand on does not compile, or cargo itself is in trouble: there is no room on the disk, say.
            let other = said.errors.into_values().next();
            return Err(GeneratedError::Build(other.unwrap_or(said.cargo)).into());
        }
    }
}

/// What cargo says where it cannot tell what the packages stand on; nothing where it can.
fn unresolved(folder: &Path) -> Result<Option<String>, Failure> {
    let mut command = process::cargo();
    command.args(["metadata", "--quiet", "--offline", "--format-version", "1", "--manifest-path"]);
    command.arg(folder.join("Cargo.toml")).stdout(Stdio::null()).stderr(Stdio::piped());
    std::thread::scope(|scope| {
        let mut errors = None;
        let status = process::ended(&mut command, |child| {
            let err = child.stderr.take();
            errors = Some(scope.spawn(move || text(err)));
        })?;
        let said = errors.and_then(|errors| errors.join().ok()).unwrap_or_default();
        Ok((!status.success()).then_some(said))
    })
}

/// All that is written to a pipe.
fn text(pipe: Option<impl Read>) -> String {
    pipe.and_then(|pipe| std::io::read_to_string(pipe).ok()).unwrap_or_default()
}

/// What a run of cargo has said.
#[derive(Default)]
struct Said {
    /// The program, where everything compiles.
    program: Option<PathBuf>,
    /// The first error that the compiler finds in a package's source, by package.
    errors: BTreeMap<String, String>,
    /// What cargo itself said, and what the compiler says of no source.
    cargo: String,
}

/// A message of cargo's, of which little is of interest.
#[derive(Deserialize)]
struct Message {
    target: Option<Target>,
    message: Option<CompilerMessage>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct CompilerMessage {
    level: String,
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<IgnoredAny>,
}

fn compile(folder: &Path, progress: &mut Progress) -> Result<Said, Failure> {
    let mut command = process::cargo();
    command.args(["build", "--quiet", "--offline", "--workspace", "--keep-going", "--message-format=json"]);
    command.arg("--manifest-path").arg(folder.join("Cargo.toml"));
    command.arg("--target-dir").arg(workspace::root().join("target"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    std::thread::scope(|scope| {
        let (mut messages, mut errors) = (None, None);
        // Both are read while cargo runs, or it would wait for that.
        let status = process::ended(&mut command, |child| {
            let (out, err) = (child.stdout.take(), child.stderr.take());
            messages = Some(scope.spawn(move || out.map(|out| heard(out, progress)).unwrap_or_default()));
            errors = Some(scope.spawn(move || text(err)));
        })?;
        let mut said = messages.and_then(|messages| messages.join().ok()).unwrap_or_default();
        said.cargo.push_str(&errors.and_then(|errors| errors.join().ok()).unwrap_or_default());
        said.program = said.program.filter(|_| status.success());
        Ok(said)
    })
}

/// Reads cargo's messages.
fn heard(out: impl Read, progress: &mut Progress) -> Said {
    let mut said = Said::default();
    for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
        let Ok(message) = serde_json::from_slice::<Message>(&line) else { continue };
        let Some(Target { name }) = message.target else { continue };
        progress.tell(&format!("built {name}"));
        said.program = message.executable.or(said.program);
        let Some(CompilerMessage { level, rendered, spans }) = message.message else { continue };
        let rendered = rendered.unwrap_or_default();
        // An error without a place in a source is about the machine (no room on the disk, no linker), unless the compiler
        // breaks on a source.
        match level.as_str() {
            "error" if spans.is_empty() => said.cargo.push_str(&rendered),
            "error" | "error: internal compiler error" => {
                said.errors.entry(name).or_insert_with(|| quoted(&rendered));
            }
            _ => {}
        }
    }
    said
}

fn quoted(error: &str) -> String {
    error.trim_end().lines().take(QUOTED).collect::<Vec<_>>().join("\n")
}

/// The workspace around the clients, and the program.
fn write(folder: &Path, clients: &[&Client]) -> Result<(), Failure> {
    let place = |client: &Client, package: &str| {
        let folder = client.folder.strip_prefix(folder).unwrap_or(&client.folder);
        folder.join(package).display().to_string().replace('\\', "/")
    };
    let listed = |package: &str| {
        let all: Vec<String> = clients.iter().map(|client| format!("{:?}", place(client, package))).collect();
        all.join(", ")
    };
    let contract_tests = workspace::root().join("contract-tests");
    let mut manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"judge\", {}]\nexclude = [{}]\n\n\
         # What the repository says, so that both build what they stand on in the same way.\n{}",
        listed("bindings"),
        listed("client"),
        workspace::profiles()
    );
    let mut judge = format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\ncontract-tests = {{ path = {contract_tests:?} }}\n",
        judge(folder)
    );
    let mut subjects = String::new();
    for client in clients {
        // Built once and run once, so neither traces nor parts that could be kept are worth their time.
        for package in [client.package(), client.bindings()] {
            manifest.push_str(&format!("[profile.dev.package.{package}]\ndebug = false\nincremental = false\n"));
        }
        let bindings = client.bindings();
        judge.push_str(&format!("{bindings} = {{ path = {:?} }}\n", client.folder.join("bindings")));
        subjects.push_str(&format!("        &{bindings}::SUBJECT,\n"));
    }
    let main = format!(
        "//! The judge of generated clients.\n\nfn main() -> std::process::ExitCode {{\n    \
         contract_tests::command::main(&[\n{subjects}    ])\n}}\n"
    );
    let files = [("Cargo.toml", manifest), ("judge/Cargo.toml", judge), ("judge/src/main.rs", main)];
    let files = files.map(|(path, contents)| SourceFile { path: path.to_owned(), contents });
    put(folder, &files)?;
    // Cargo adds these packages to it and takes out what nothing needs. It is not listed, for it is no longer ours then.
    let from = workspace::root().join("Cargo.lock");
    std::fs::copy(&from, folder.join("Cargo.lock"))
        .map_err(|source| GeneratedError::Io { path: shown(&from), source })?;
    Ok(())
}

/// The package of the program. All share one target folder, so that each folder needs a name of its own.
fn judge(folder: &Path) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    format!("judge_{:016x}", hasher.finish())
}

/// The program of some clients, with a subcommand for one of them.
pub fn start(program: &Path, client: &Client, subcommand: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["--client", &client.package(), subcommand]);
    command
}
