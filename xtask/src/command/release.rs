//! `release`: the client as its users get it, tried alone, and handed to the registry.

use std::collections::BTreeSet;
use std::fs;

use super::ci::CLIENT;
use super::{Failure, Outcome};
use crate::git::{self, GitError};
use crate::terminal::{complain, say};
use crate::version::{self, MANIFEST, Version};
use crate::{process, workspace};

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
    let manifest = read(MANIFEST);
    let version = version::stated(&manifest, "version").unwrap_or_default().trim_matches('"');
    if let Some(tag) = &arguments.tag {
        let obstacle = if *tag != format!("{}{version}", git::TAG) {
            Some(format!(
                "the tag is {tag}, and the client's version is {version}: the tag of it is {}{version}",
                git::TAG
            ))
        } else if !read("CHANGELOG.md").contains(&format!("\n## [{version}]")) {
            Some(format!(
                "CHANGELOG.md has no section `## [{version}]`: give what is unreleased that heading, and the date"
            ))
        } else if version::stated(&manifest, "repository").is_none() {
            Some(format!("{MANIFEST} has no `repository`: write where this repository is published"))
        } else {
            match (last_offered(), Version::of(version)) {
                (Err(error), _) => Some(format!("the last release cannot be determined: {error}")),
                (Ok(Some((before, offered))), Some(version)) => due(before, version, &offered, &read(LISTING)),
                (Ok(_), _) => None,
            }
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
        // Cargo unpacks what it verifies, and the next step tests just that.
        vec!["package", "--package", CLIENT],
        vec![
            "test",
            "--manifest-path",
            &package,
            "--features",
            "chrono,http2,jiff,mock,service-account,tracing",
            "--target-dir",
            "target/alone",
        ],
        vec!["publish", "--package", CLIENT, "--no-verify"],
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

/// The list of what the client offers.
const LISTING: &str = "generated-client/API.txt";

/// The version that was released last, and what it offered; nothing where none was.
fn last_offered() -> Result<Option<(Version, String)>, GitError> {
    let Some((tag, version)) = git::last_release()? else { return Ok(None) };
    let listing = git::file(&tag, LISTING)?;
    Ok(Some((version, String::from_utf8_lossy(&listing).into_owned())))
}

/// Why a version may not follow another: what the other one offered is gone or changed, and the version says that it is not.
fn due(before: Version, version: Version, offered: &str, offers: &str) -> Option<String> {
    if version.breaks(before) {
        return None;
    }
    let offers: BTreeSet<&str> = offers.lines().collect();
    let mut lost = offered.lines().filter(|line| !line.starts_with('#') && !offers.contains(line));
    let first = lost.next()?;
    let more = lost.count();
    Some(format!(
        "{LISTING} lost or changed {} since {before}, such as `{first}`: {version} must be raised further",
        if more == 0 { "a line".to_owned() } else { format!("{} lines", more + 1) }
    ))
}

#[cfg(test)]
mod tests {
    use super::{Version, due};

    #[test]
    fn what_is_lost_raises_the_version() {
        let (offered, fewer) = ("# Header\nA: u8\nB: u8\n", "# Other\nA: u8\nB: u16\nC: u8\n");
        let due = |before, version, offered, offers| {
            due(Version::of(before).unwrap(), Version::of(version).unwrap(), offered, offers)
        };
        let why = due("0.1.0", "0.1.1", offered, fewer).unwrap();
        assert!(why.contains("a line") && why.contains("`B: u8`"), "{why}");
        assert_eq!(due("0.1.0", "0.2.0", offered, fewer), None);
        assert_eq!(due("0.1.0", "0.1.1", fewer, &format!("{fewer}D: u8\n")), None);
    }
}
