//! The rules, numbered as in ARCHITECTURE.md. Each is a function from facts to violations.

use std::collections::BTreeSet;
use std::fmt;

use super::facts::{Facts, File};
use super::paths::Named;

const CLIENT: &str = "lineworks-partner-client";

/// The modules of the generator in the order in which a document passes through; those of one stage may name each other.
const STAGES: [&[&str]; 11] = [
    &["markdown", "runtime"],
    &["document", "diagnostic"],
    &["spec", "keyword", "claim"],
    &["files"],
    &["version"],
    &["lint"],
    &["model"],
    &["progenitor"],
    &["write"],
    &["render"],
    &["layout", "ledger", "bindings", "interface", "trace"],
];

/// The module of the crate's root that a path leads through, named in a module so many steps below the root.
fn from_root(path: &[String], depth: usize) -> Option<String> {
    let ups = path.iter().take_while(|segment| *segment == "super").count();
    let is_from_root = path.first().is_some_and(|first| first == "crate") || ups == depth;
    let skipped = if ups > 0 { ups } else { 1 };
    is_from_root.then(|| path.get(skipped).cloned()).flatten()
}

/// One arrow that must not be there.
#[derive(Clone, PartialEq, Eq)]
pub struct Violation {
    /// The number of the rule.
    pub arrow: u8,
    /// The package or the file that it starts from.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "arrow {}: {}: {}", self.arrow, self.place, self.what)
    }
}

/// All violations, in the order of the rules.
pub fn violations(facts: &Facts) -> Vec<Violation> {
    let mut found = Found { facts, violations: Vec::new() };
    found.the_client_stands_alone();
    found.the_generator_does_not_need_what_it_generates();
    found.the_judge_reads_the_document_itself();
    found.the_generator_touches_nothing();
    found.each_engine_has_one_door();
    found.no_stage_names_a_later_one();
    found.violations
}

struct Found<'a> {
    facts: &'a Facts,
    violations: Vec<Violation>,
}

impl Found<'_> {
    /// 1. What other teams depend on brings neither the generator nor the judge along, nor reads the document.
    fn the_client_stands_alone(&mut self) {
        for package in ["codegen", "xtask", "contract-tests", "progenitor", "progenitor-impl", "typify"] {
            self.no_dependency(1, CLIENT, package);
        }
        for engine in ["jsonschema", "boon", "valico", "jsonschema-valid"] {
            self.no_dependency(1, CLIENT, engine);
        }
        if self.facts.package(CLIENT).is_some_and(|package| package.has_build_script) {
            self.add(1, CLIENT, "has a build script");
        }
        for File { path, text } in below(self.facts, "generated-client/") {
            let is_document = [".yaml", ".yml", ".json"].iter().any(|extension| path.ends_with(extension));
            if is_document || text.contains("openapi: 3.") || text.contains("\"openapi\":") {
                self.add(1, path, "looks like a copy of the document");
            }
            if path.starts_with("generated-client/src/generated/") {
                self.generated_code_keeps_to_itself(path, text);
            }
        }
    }

    /// What is written by hand may be built on what is generated, never the other way round.
    fn generated_code_keeps_to_itself(&mut self, path: &str, text: &str) {
        for named in Named::by(text).paths {
            let is_own = matches!(named.first().map(String::as_str), Some("crate" | "lineworks_partner_client"));
            if is_own && named.get(1).is_some_and(|next| next != "generated") {
                self.add(1, path, &format!("is generated and names {}", named.join("::")));
            }
        }
    }

    /// 2. A generated file that does not compile must not keep anyone from regenerating it.
    fn the_generator_does_not_need_what_it_generates(&mut self) {
        for package in ["xtask", "codegen"] {
            self.no_dependency(2, package, CLIENT);
            self.no_name(2, &format!("{package}/src/"), "lineworks_partner_client");
        }
    }

    /// 3. A judge that reads the document through the generator repeats the generator's mistakes, and one that needs a client
    ///    to be built says nothing of a client that does not compile. What names ours is a package of its own.
    fn the_judge_reads_the_document_itself(&mut self) {
        for package in ["contract-tests", "contract-tests-own"] {
            self.no_dependency(3, package, "codegen");
        }
        self.no_name(3, "contract-tests/", "codegen");
        self.no_dependency(3, "contract-tests", CLIENT);
        for directory in ["contract-tests/src/", "contract-tests/tests/", "contract-tests/benches/"] {
            self.no_name(3, directory, "lineworks_partner_client");
        }
    }

    /// 4. Text in, text out: what writes and prints is xtask.
    fn the_generator_touches_nothing(&mut self) {
        for package in ["clap", "miette", "indicatif", "tempfile", "reqwest", "tokio"] {
            self.no_dependency(4, "codegen", package);
        }
        for File { path, text } in below(self.facts, "codegen/src/") {
            let named = Named::by(text);
            for module in ["fs", "process"] {
                if named.starts_with(&["std", module]) {
                    self.add(4, path, &format!("names std::{module}"));
                }
            }
            for stream in ["stdin", "stdout", "stderr"] {
                if named.starts_with(&["std", "io", stream]) || named.starts_with(&["io", stream]) {
                    self.add(4, path, &format!("names std::io::{stream}"));
                }
            }
            for name in ["print", "println", "eprint", "eprintln", "dbg"] {
                if named.macros.iter().any(|called| called == name) {
                    self.add(4, path, &format!("calls {name}!"));
                }
            }
        }
        self.no_name(4, "codegen/src/", "clap");
    }

    /// 5. What only one file names can be replaced by changing one file.
    fn each_engine_has_one_door(&mut self) {
        self.one_file(&["codegen/src/"], &["progenitor", "progenitor_impl", "typify", "typify_impl", "openapiv3"]);
        self.one_file(&["codegen/src/"], &["prettyplease"]);
        self.one_file(&["contract-tests/"], &["jsonschema"]);
    }

    /// 6. Within the generator data flows one way.
    fn no_stage_names_a_later_one(&mut self) {
        let stage_of = |module: &str| STAGES.iter().position(|stage| stage.contains(&module));
        for File { path, text } in below(self.facts, "codegen/src/") {
            let place: Vec<&str> = path.trim_start_matches("codegen/src/").trim_end_matches(".rs").split('/').collect();
            let [module, ..] = place.as_slice() else { continue };
            // The root sees all, and the sources of the runtime are data.
            if *module == "lib" || place.len() > 1 && *module == "runtime" {
                continue;
            }
            let Some(stage) = stage_of(module) else {
                self.add(6, path, "belongs to no stage");
                continue;
            };
            let named: BTreeSet<String> =
                Named::by(text).paths.iter().filter_map(|named| from_root(named, place.len())).collect();
            for later in named.into_iter().filter(|other| stage_of(other).is_some_and(|other| other > stage)) {
                self.add(6, path, &format!("names {later}, a later stage"));
            }
        }
    }

    fn one_file(&mut self, directories: &[&str], names: &[&str]) {
        let is_naming = |file: &&File| {
            let named = Named::by(&file.text);
            names.iter().any(|name| named.starts_with(&[name]))
        };
        let files = directories.iter().flat_map(|directory| below(self.facts, directory));
        let naming: Vec<&File> = files.filter(is_naming).collect();
        if let [first, others @ ..] = naming.as_slice() {
            for other in others {
                self.add(5, &other.path, &format!("names {}, as {} does", names[0], first.path));
            }
        }
    }

    fn no_name(&mut self, arrow: u8, directory: &str, name: &str) {
        for File { path, text } in below(self.facts, directory) {
            if Named::by(text).starts_with(&[name]) {
                self.add(arrow, path, &format!("names {name}"));
            }
        }
    }

    /// Dependencies are followed through the packages of the workspace.
    fn no_dependency(&mut self, arrow: u8, from: &str, to: &str) {
        let mut seen = BTreeSet::new();
        let mut pending = vec![vec![from.to_owned()]];
        while let Some(way) = pending.pop() {
            let last = way.last().expect("a way has a start");
            for next in self.facts.package(last).into_iter().flat_map(|package| &package.dependencies) {
                let way = [&way[..], std::slice::from_ref(next)].concat();
                if next == to {
                    self.add(arrow, from, &format!("depends on {to}: {}", way.join(" -> ")));
                    return;
                }
                if seen.insert(next.clone()) {
                    pending.push(way);
                }
            }
        }
    }

    fn add(&mut self, arrow: u8, place: &str, what: &str) {
        self.violations.push(Violation { arrow, place: place.to_owned(), what: what.to_owned() });
    }
}

/// The files below a directory; modules of tests that stand in files of their own are left out.
fn below<'a>(facts: &'a Facts, directory: &str) -> impl Iterator<Item = &'a File> {
    let files = facts.files.iter().filter(move |file| file.path.starts_with(directory));
    files.filter(|file| !(file.path.contains("/src/") && file.path.ends_with("/tests.rs")))
}
