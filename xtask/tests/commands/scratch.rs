//! A directory that stands for a checkout, and the binary run in it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// A small document that generates.
pub const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example/v1'}]
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      parameters:
        - {name: petId, in: path, required: true, schema: {type: integer, format: int64}}
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
";

/// A checkout with nothing but a document, in its usual place.
pub struct Scratch {
    home: TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Scratch {
    pub fn new() -> Self {
        let scratch = Self { home: tempfile::tempdir().unwrap() };
        std::fs::create_dir(scratch.path("xtask")).unwrap();
        scratch.write("openapi/lineworks-partner.yaml", DOCUMENT);
        scratch
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    pub fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, contents).unwrap();
    }

    /// Calls git, which needs no configuration of anybody's.
    pub fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.current_dir(self.home.path()).args(["-c", "user.name=T", "-c", "user.email=t@example.com"]).args(arguments);
        assert!(git.status().unwrap().success(), "{arguments:?}");
    }

    /// Enters a file in the list of those that were generated.
    pub fn list(&self, path: &str) {
        let manifest = "generated-client/src/generated/manifest.txt";
        let listed = String::from_utf8(self.files(manifest)[manifest].clone()).unwrap();
        self.write(manifest, listed + path + "\n");
    }

    /// Edits the document in its usual place; the edit has to be a real one.
    pub fn edit(&self, from: &str, to: &str) {
        assert!(DOCUMENT.contains(from), "`{from}` is not in the document");
        self.write("openapi/lineworks-partner.yaml", DOCUMENT.replace(from, to));
    }

    /// Runs the binary where no cargo can be found.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Self::finish(self.command(arguments).env("CARGO", "/nonexistent/cargo"))
    }

    /// Runs a command that asks the real Cargo.
    pub fn run_with_real_cargo(&self, arguments: &[&str]) -> Run {
        Self::finish(self.command(arguments).env("CARGO", env!("CARGO")))
    }

    /// Runs the binary with a cargo that does nothing but end with the status where one of its arguments is the word.
    pub fn run_with_cargo(&self, arguments: &[&str], fails_at: &str, status: i32) -> Run {
        self.run_with_cargo_that_says(arguments, fails_at, status, "")
    }

    /// The same with a message to standard error where it fails.
    pub fn run_with_cargo_that_says(&self, arguments: &[&str], fails_at: &str, status: i32, message: &str) -> Run {
        let cargo = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands/cargo.sh");
        let status = status.to_string();
        let mut command = self.command(arguments);
        command.env("CARGO", cargo).env("RUSTUP", cargo);
        Self::finish(command.env("FAILS_AT", fails_at).env("STATUS", status).env("MESSAGE", message))
    }

    /// The binary with a cargo that compiles nothing, see `builder.sh`; what it is asked for stands in the file `log`.
    pub fn command_with_builder(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command.env("CARGO", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands/builder.sh"));
        command.env("LOG", self.path("log"));
        command
    }

    /// A cargo that stands for a judge: it says something to people, writes a file as its report, and finds differences.
    #[cfg(unix)]
    pub fn judge_that_writes(&self, file: &str, name: &str) -> PathBuf {
        let (cargo, file) = (self.path("cargo"), self.path(file));
        let writes = format!("mkdir -p \"$2\" && cp '{}' \"$2/{name}\"", file.display());
        let each = format!("while [ $# -gt 0 ]; do [ \"$1\" = --report ] && {writes}; shift; done");
        self.write("cargo", format!("#!/bin/sh\necho told to people\n{each}\nexit 1\n"));
        std::fs::set_permissions(&cargo, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        cargo
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments)
            .current_dir(self.home.path())
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .env_remove("RUSTDOCFLAGS")
            .env_remove("GITHUB_ACTIONS")
            .env("CHROMIUM", "/nonexistent/chromium");
        command
    }

    pub fn finish(command: &mut Command) -> Run {
        let output = command.output().unwrap();
        let run = Run {
            status: output.status.code().expect("the process ended by itself"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!run.stderr.contains("panicked"), "{run:?}");
        run
    }

    /// All files below a directory with their contents; empty where there is none.
    pub fn files(&self, directory: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut pending = vec![self.path(directory)];
        while let Some(next) = pending.pop() {
            if next.is_file() {
                files.insert(directory.to_owned(), std::fs::read(&next).unwrap());
            }
            for entry in std::fs::read_dir(next).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    pending.push(path);
                } else {
                    let name = path.strip_prefix(self.home.path()).unwrap().to_str().unwrap().to_owned();
                    files.insert(name, std::fs::read(&path).unwrap());
                }
            }
        }
        files
    }
}

impl Run {
    #[track_caller]
    pub fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.stdout.contains(words), "`{words}` is not said: {self:#?}");
        self
    }

    #[track_caller]
    pub fn complains(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "`{words}` is not complained: {self:#?}");
        self
    }
}
