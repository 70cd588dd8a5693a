//! Each rule on a workspace that breaks it and nothing else.

use super::facts::{Facts, File, Package};
use super::rules::violations;

const CLIENT: &str = "lineworks-partner-client";

/// A workspace as it should be.
fn sound() -> Facts {
    Facts { packages: Vec::new(), files: Vec::new() }
        .with_package("codegen", &["progenitor", "prettyplease", "syn"])
        .with_package(CLIENT, &["progenitor-client", "reqwest", "serde"])
        .with_package("contract-tests", &["jsonschema", "clap"])
        .with_package("contract-tests-own", &["contract-tests", CLIENT])
        .with_package("xtask", &["codegen", "clap", "miette"])
        .with_file(
            "codegen/src/progenitor/run.rs",
            "use progenitor::Generator; fn f() { let t = typify::TypeSpace::new(); }",
        )
        .with_file("codegen/src/render.rs", "fn f() { prettyplease::unparse(x) }")
        .with_file("codegen/src/lib.rs", "//! Names std::fs and println!().\nuse std::{fmt, collections::BTreeMap};")
        .with_file("generated-client/src/generated/mod.rs", "use crate::generated::types; use super::runtime;")
        .with_file("contract-tests/src/oracle/validator.rs", "use jsonschema::Validator;")
        .with_file("contract-tests/own/src/bindings.rs", "contract_tests::client! { lineworks_partner_client }")
        .with_file("xtask/src/files.rs", "use std::fs; fn f() { println!(\"{}\", codegen::MARK) }")
}

impl Facts {
    fn with_package(mut self, name: &str, dependencies: &[&str]) -> Self {
        self.packages.retain(|package| package.name != name);
        let dependencies = dependencies.iter().map(ToString::to_string).collect();
        self.packages.push(Package { name: name.to_owned(), dependencies, has_build_script: false });
        self
    }

    fn with_file(mut self, path: &str, text: &str) -> Self {
        self.files.push(File { path: path.to_owned(), text: text.to_owned() });
        self
    }

    #[track_caller]
    fn breaks(self, arrow: u8, place: &str, what: &str) {
        let found = violations(&self);
        let [violation] = found.as_slice() else { panic!("one violation was expected: {found:?}") };
        assert_eq!((violation.arrow, violation.place.as_str(), violation.what.as_str()), (arrow, place, what));
    }
}

#[test]
fn a_sound_workspace_breaks_nothing() {
    assert_eq!(violations(&sound()), []);
}

#[test]
fn arrow_1_the_client_depends_on_typify() {
    let way = format!("depends on typify: {CLIENT} -> typify");
    sound().with_package(CLIENT, &["typify"]).breaks(1, CLIENT, &way);
}

#[test]
fn arrow_1_the_client_depends_on_the_generator() {
    // The judge of the client, which depends on it, then reaches the generator as well: two arrows at once.
    let found = violations(&sound().with_package(CLIENT, &["codegen"]));
    let found: Vec<_> = found.iter().map(|found| (found.arrow, found.what.as_str())).collect();
    assert!(found.contains(&(1, "depends on codegen: lineworks-partner-client -> codegen")), "{found:?}");
    assert!(
        found.contains(&(3, "depends on codegen: contract-tests-own -> lineworks-partner-client -> codegen")),
        "{found:?}"
    );
}

#[test]
fn arrow_1_the_client_depends_on_progenitor() {
    let way = format!("depends on progenitor: {CLIENT} -> progenitor");
    sound().with_package(CLIENT, &["progenitor"]).breaks(1, CLIENT, &way);
}

#[test]
fn arrow_1_the_client_has_a_build_script() {
    let mut facts = sound();
    facts.packages.iter_mut().filter(|package| package.name == CLIENT).for_each(|p| p.has_build_script = true);
    facts.breaks(1, CLIENT, "has a build script");
}

#[test]
fn arrow_1_the_client_carries_the_document() {
    for (path, text) in [
        ("generated-client/api.yaml", ""),
        ("generated-client/src/document.rs", "pub const DOCUMENT: &str = \"openapi: 3.0.3\";"),
    ] {
        sound().with_file(path, text).breaks(1, path, "looks like a copy of the document");
    }
}

#[test]
fn arrow_1_the_client_carries_a_validator() {
    let way = format!("depends on jsonschema: {CLIENT} -> jsonschema");
    sound().with_package(CLIENT, &["jsonschema"]).breaks(1, CLIENT, &way);
}

#[test]
fn arrow_1_generated_code_names_what_is_written_by_hand() {
    let path = "generated-client/src/generated/client.rs";
    sound().with_file(path, "fn f() { crate::credentials::token() }").breaks(
        1,
        path,
        "is generated and names crate::credentials::token",
    );
}

#[test]
fn arrow_2_the_commands_need_the_client() {
    let way = format!("depends on {CLIENT}: xtask -> contract-tests-own -> {CLIENT}");
    sound().with_package("xtask", &["codegen", "contract-tests-own"]).breaks(2, "xtask", &way);
}

#[test]
fn arrow_2_the_generator_names_the_client() {
    let path = "codegen/src/lint.rs";
    sound().with_file(path, "fn f() { vec![lineworks_partner_client::types::Locale::JaJp] }").breaks(
        2,
        path,
        "names lineworks_partner_client",
    );
}

#[test]
fn arrow_3_the_judge_depends_on_the_generator() {
    // Whatever depends on the judge then depends on the generator too.
    let found = violations(&sound().with_package("contract-tests", &["codegen"]));
    let found: Vec<_> = found.iter().map(|found| (found.arrow, found.place.as_str())).collect();
    assert_eq!(found, [(3, "contract-tests"), (3, "contract-tests-own")]);
}

#[test]
fn arrow_3_the_judge_needs_the_client() {
    let way = format!("depends on {CLIENT}: contract-tests -> {CLIENT}");
    sound().with_package("contract-tests", &[CLIENT]).breaks(3, "contract-tests", &way);
    let path = "contract-tests/src/client.rs";
    sound().with_file(path, "use lineworks_partner_client::Client;").breaks(3, path, "names lineworks_partner_client");
}

#[test]
fn arrow_3_the_judge_names_the_generator() {
    let path = "contract-tests/tests/all.rs";
    sound().with_file(path, "use codegen::document::Document;").breaks(3, path, "names codegen");
}

#[test]
fn arrow_4_the_generator_touches_the_file_system() {
    let path = "codegen/src/document.rs";
    for source in
        ["use std::{fmt, fs};", "fn f() { std::fs::read(x) }", "use std::fs::File;", "fn f() { m!(std::fs::read) }"]
    {
        sound().with_file(path, source).breaks(4, path, "names std::fs");
    }
}

#[test]
fn arrow_4_the_generator_prints() {
    let path = "codegen/src/lint.rs";
    sound().with_file(path, "fn f() { println!() }").breaks(4, path, "calls println!");
    sound().with_file(path, "fn f() { m! { eprintln!(\"\") } }").breaks(4, path, "calls eprintln!");
    sound().with_file(path, "use std::io; fn f() { io::stderr() }").breaks(4, path, "names std::io::stderr");
}

#[test]
fn arrow_4_the_generator_parses_arguments() {
    sound().with_package("codegen", &["clap"]).breaks(4, "codegen", "depends on clap: codegen -> clap");
    sound().with_file("codegen/src/lint.rs", "use clap::Parser;").breaks(4, "codegen/src/lint.rs", "names clap");
}

#[test]
fn arrow_4_tests_may_read_fixtures() {
    let source = "#[cfg(test)] mod tests { fn f() { std::fs::read(x); println!() } }";
    assert_eq!(violations(&sound().with_file("codegen/src/lint.rs", source)), []);
}

#[test]
fn arrow_5_a_second_file_names_an_engine() {
    let path = "codegen/src/write/types.rs";
    for (source, what) in [
        ("use typify::TypeSpace;", "names progenitor, as codegen/src/progenitor/run.rs does"),
        ("extern crate progenitor;", "names progenitor, as codegen/src/progenitor/run.rs does"),
        ("fn f() { prettyplease::unparse(x) }", "names prettyplease, as codegen/src/render.rs does"),
    ] {
        sound().with_file(path, source).breaks(5, path, what);
    }
    let path = "contract-tests/src/report.rs";
    let what = "names jsonschema, as contract-tests/src/oracle/validator.rs does";
    sound().with_file(path, "fn f(v: &jsonschema::Validator) {}").breaks(5, path, what);
}

#[test]
fn arrow_5_the_client_library_of_progenitor_is_another_name() {
    let source = "fn f() { quote! { ::progenitor_client::Error<E> } }";
    assert_eq!(violations(&sound().with_file("codegen/src/write/types.rs", source)), []);
}

#[test]
fn arrow_6_a_stage_names_a_later_one() {
    for (path, source, what) in [
        ("codegen/src/lint/rule.rs", "use crate::write::types;", "names write, a later stage"),
        ("codegen/src/model/read.rs", "fn f() { super::super::progenitor::run(x) }", "names progenitor, a later stage"),
        ("codegen/src/document.rs", "use super::keyword;", "names keyword, a later stage"),
        ("codegen/src/keyword/pattern.rs", "fn f() { quote!(crate::render::spell()) }", "names render, a later stage"),
        ("codegen/src/postprocess.rs", "", "belongs to no stage"),
    ] {
        sound().with_file(path, source).breaks(6, path, what);
    }
}

#[test]
fn arrow_6_a_stage_may_name_itself_and_earlier_ones() {
    for (path, source) in [
        (
            "codegen/src/write/types.rs",
            "use crate::model::Api; use crate::write::doc; use super::docs; use super::super::keyword;",
        ),
        ("codegen/src/spec/table.rs", "use crate::keyword; use super::Kind;"),
        ("codegen/src/lib.rs", "use crate::render::spell;"),
        ("codegen/src/runtime/mock/mod.rs", "use super::super::write;"),
    ] {
        assert_eq!(violations(&sound().with_file(path, source)), []);
    }
}
