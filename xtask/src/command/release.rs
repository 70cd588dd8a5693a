//! `release`: the client as its users get it, tried alone, and handed to the registry.

use std::fs;

use super::ci::CLIENT;
use super::{Failure, Outcome};
use crate::process;
use crate::terminal::{complain, say};
use crate::workspace;

/// Package the client, test the package by itself, and rehearse its publication.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The tag that is released, `client-v` and the version: the manifest and the changelog must agree with it.
    #[arg(long)]
    tag: Option<String>,
    /// Publish the package, where the tag is given too.
    #[arg(long, requires = "tag")]
    publish: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let root = workspace::root();
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
    let manifest = read("generated-client/Cargo.toml");
    let stated = |key: &str| manifest.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    let version = stated("version").unwrap_or_default().trim_matches('"');
    if let Some(tag) = &arguments.tag {
        let obstacle = if *tag != format!("client-v{version}") {
            Some(format!("the tag is {tag}, and the client's version is {version}: the tag of it is client-v{version}"))
        } else if !read("CHANGELOG.md").contains(&format!("\n## [{version}]")) {
            Some(format!(
                "CHANGELOG.md has no section `## [{version}]`: give what is unreleased that heading, and the date"
            ))
        } else if stated("repository").is_none() {
            Some("generated-client/Cargo.toml has no `repository`: write where this repository is published".to_owned())
        } else {
            None
        };
        if let Some(obstacle) = obstacle {
            complain(format_args!("error: {obstacle}"));
            return Ok(Outcome::Failed);
        }
    }
    let package = format!("target/package/{CLIENT}-{version}/Cargo.toml");
    let dirty = if arguments.tag.is_some() { None } else { Some("--allow-dirty") };
    let rehearsal = if arguments.publish { None } else { Some("--dry-run") };
    let steps = [
        vec!["package", "--package", CLIENT, "--no-verify"],
        vec![
            "test",
            "--manifest-path",
            &package,
            "--features",
            "http2,mock,service-account,tracing",
            "--target-dir",
            "target/alone",
        ],
        vec!["publish", "--package", CLIENT],
    ];
    for (index, mut step) in steps.into_iter().enumerate() {
        // The package that is tested is no checkout, and knows no changes.
        step.extend(dirty.filter(|_| index != 1));
        step.extend(rehearsal.filter(|_| index == 2));
        say(format_args!("==> cargo {}", step.join(" ")));
        let outcome = process::run(process::cargo().args(&step))?;
        if outcome != Outcome::Fine {
            return Ok(outcome);
        }
    }
    Ok(Outcome::Fine)
}
