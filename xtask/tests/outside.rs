//! The packaged client as a crate outside this workspace sees it: what compiles there, what the compiler refuses and in which words, and
//! that `API.txt` names what rustdoc shows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

#[path = "../../codegen/tests/generated/cargo.rs"]
mod cargo;
mod outside {
    pub mod rustdoc;
}

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

use crate::cargo::{cargo, target};

/// The parts of the client that need no C compiler.
const FEATURES: &str = "chrono,http2,jiff,mock,schemars,tracing";

#[test]
fn what_users_write_compiles_and_what_they_must_not_write_does_not() {
    let crate_ = lay_out("outside");
    let output =
        cargo(&crate_, "check").args(["--examples", "--keep-going", "--message-format", "json"]).output().unwrap();
    let errors = errors(&output.stdout);
    let shown = String::from_utf8_lossy(&output.stderr);
    let mut wrong = Vec::new();
    for (name, source) in examples("fine") {
        if let Some(found) = errors.get(&name) {
            wrong.push(format!("{name} does not compile: {found:?}"));
        }
        assert!(source.starts_with("//! "), "{name} says what it shows");
    }
    for (name, source) in examples("refused") {
        let expected =
            source.lines().next().and_then(|line| line.strip_prefix("//! ")).expect("a first line that says the error");
        let found = errors.get(&name).map(Vec::as_slice).unwrap_or_default();
        if !found.iter().any(|error| error.starts_with(expected)) {
            wrong.push(format!("{name}: expected `{expected}`, found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{shown}", wrong.join("\n"));
}

#[test]
fn the_list_of_the_interface_names_what_rustdoc_shows() {
    let crate_ = lay_out("documented");
    let output = cargo(&crate_, "doc").args(["--no-deps", "--package", CLIENT]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pages = target().join("doc").join(CLIENT.replace('-', "_"));
    let list = fs::read_to_string(PACKAGE.join("API.txt")).unwrap();
    let (listed, shown) = (outside::rustdoc::listed(&list), outside::rustdoc::shown(&pages));
    assert!(shown.len() > 200, "{shown:?}");
    // The items of other crates are listed by the names that they have there.
    let foreign: Vec<&str> = list.lines().filter_map(|line| line.split_once(" = ::")).map(|(name, _)| name).collect();
    let is_own = |name: &&String| {
        !foreign.iter().any(|of| name.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")))
    };
    let hidden: Vec<&String> = shown.difference(&listed).filter(is_own).collect();
    assert!(hidden.is_empty(), "API.txt does not name what rustdoc shows: {hidden:#?}");
    // What takes a C compiler is not documented here.
    let is_here = |name: &&String| !name.starts_with("ServiceAccount");
    let lost: Vec<&String> = listed.difference(&shown).filter(is_here).collect();
    assert!(lost.is_empty(), "rustdoc does not show what API.txt names: {lost:#?}");
}

/// The package of the client.
const CLIENT: &str = "lineworks-partner-client";

/// What a registry would hand out, unpacked.
static PACKAGE: LazyLock<PathBuf> = LazyLock::new(|| {
    let arguments = ["--no-verify", "--allow-dirty", "--package", CLIENT];
    let output = cargo(&root(), "package").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packaged");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let name = format!("{CLIENT}-{}", version());
    // Cargo compiles again what is newer than the last time, and in a package each file is of the same day.
    let mut tar = Command::new("tar");
    tar.arg("-xmzf").arg(target().join("package").join(format!("{name}.crate"))).current_dir(&folder);
    assert!(tar.status().unwrap().success(), "{tar:?}");
    folder.join(name)
});

fn version() -> String {
    let manifest: toml::Table =
        fs::read_to_string(root().join("generated-client/Cargo.toml")).unwrap().parse().unwrap();
    manifest["package"]["version"].as_str().unwrap().to_owned()
}

/// Writes a crate that depends on the packaged client, with an example of each file below `tests/outside`.
fn lay_out(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let client = PACKAGE.display().to_string().replace('\\', "/");
    let features: Vec<String> = FEATURES.split(',').map(|feature| format!("\"{feature}\"")).collect();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         {CLIENT} = {{ path = \"{client}\", default-features = false, features = [{}] }}\nserde_json = \"1\"\n\
         chrono = {{ version = \"0.4\", default-features = false }}\njiff = {{ version = \"1\", default-features = false }}\n\n[workspace]\n",
        features.join(", ")
    );
    let _ = fs::remove_dir_all(folder.join("examples"));
    fs::create_dir_all(folder.join("examples")).unwrap();
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("src/lib.rs"), "").unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for (example, source) in ["fine", "refused"].into_iter().flat_map(examples) {
        fs::write(folder.join("examples").join(example + ".rs"), source).unwrap();
    }
    folder
}

/// The examples of a kind, by name.
fn examples(kind: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside").join(kind);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The errors of each target, as the compiler words them.
fn errors(messages: &[u8]) -> BTreeMap<String, Vec<String>> {
    let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(messages).lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        let said = &message["message"];
        let (Some(target), Some(text)) = (message["target"]["name"].as_str(), said["message"].as_str()) else {
            continue;
        };
        if said["level"] == "error" && !text.starts_with("aborting") {
            let code =
                said["code"]["code"].as_str().map_or_else(|| "error".to_owned(), |code| format!("error[{code}]"));
            errors.entry(target.to_owned()).or_default().push(format!("{code}: {text}"));
        }
    }
    errors
}

/// What the committed client has that no crate of the generator has: it is written by hand, for LINE WORKS.
const BY_HAND: [&str; 3] = ["RateLimit", "ServiceAccount", "Error::code"];

#[test]
fn a_crate_of_the_generator_has_the_paths_of_the_committed_client() {
    let document = root().join("openapi/lineworks-partner.yaml");
    let made = codegen::generate("lineworks-partner.yaml", &fs::read(document).unwrap(), codegen::Layout::Crate);
    let made = codegen::interface::list(&made.unwrap_or_else(|found| panic!("{found:#?}")).files).unwrap();
    let committed = fs::read_to_string(root().join("generated-client/API.txt")).unwrap();
    let of_all = |list: &str| list.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    let by_hand = |line: &String| BY_HAND.iter().any(|name| line.starts_with(name));
    let committed: Vec<String> = of_all(&committed).into_iter().filter(|line| !by_hand(line)).collect();
    assert_eq!(of_all(&made).join("\n"), committed.join("\n"));
}
