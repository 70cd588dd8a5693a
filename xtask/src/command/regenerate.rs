//! `regenerate`: from the document to the client's sources, the list of what they offer and the judge's bindings to them,
//! or, with `--check`, whether they still belong together.

use std::path::PathBuf;

use codegen::interface::{self, Change};
use codegen::{Bindings, Layout, MODULE, Requirements, SourceFile};

use super::{Failure, Outcome};
use crate::files::{self, Difference, Kind, Output};
use crate::terminal::{complain, say};
use crate::workspace::{self, shown};
use crate::{drawing, listing, requirements, source};

/// How many changes of the interface are listed one by one.
const LISTED: usize = 20;

/// How much of a line is shown where files differ.
const LINE_WIDTH: usize = 100;

/// Generate the client from the document.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Write nothing; list the stale files, and exit with status 4 if there are any
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    source: source::Arguments,
    /// Write a complete crate into this directory instead of this repository's client [default: none]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Overwrite files that are in the way, as if an earlier run had written them
    #[arg(long)]
    adopt: bool,
    #[command(flatten)]
    package: Package,
}

/// What the owner of a new crate chooses; the manifest is the owner's from then on.
#[derive(Debug, clap::Args)]
#[group(skip)]
struct Package {
    /// The name of the new crate [default: one made of the document's title]
    #[arg(long, value_name = "NAME", requires = "out", value_parser = crate_name)]
    name: Option<String>,
    /// The licence of the new crate, as an SPDX expression [default: none]
    #[arg(long, value_name = "SPDX", requires = "out")]
    license: Option<String>,
    /// Allow publishing the new crate to a registry
    #[arg(long, requires = "out")]
    publish: bool,
}

/// A name that Cargo takes.
fn crate_name(name: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(fits) {
        true => Ok(name.to_owned()),
        false => {
            Err("a crate's name is made of ASCII letters, digits, `-` and `_`, and starts with a letter".to_owned())
        }
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let source = arguments.source.read()?;
    let target = Target::of(arguments);
    let Package { name, license, publish } = &arguments.package;
    let package = codegen::Package { name: name.as_deref(), license: license.as_deref(), publish: *publish };
    let ours = Bindings { client: workspace::CLIENT_CRATE, sources: workspace::CLIENT_SOURCES };
    let bindings = (target.layout == Layout::Module).then_some(ours);
    let generated = match (codegen::Input { package, bindings, ..source.input() }).generate(target.layout) {
        Ok(generated) => generated,
        Err(diagnostics) => {
            drawing::print(&source, &diagnostics);
            complain(format_args!("nothing was written: {} has errors", source.shown));
            return Ok(Outcome::Failed);
        }
    };
    drawing::print(&source, &generated.diagnostics);
    let requirements = generated.requirements;
    let bindings = generated.bindings.map(|contents| SourceFile { path: workspace::BINDINGS.to_owned(), contents });
    let mut generated = target.files(generated.files);
    generated.extend(bindings);

    let (root, shown_root) = (target.output.root(), shown(&target.directory));
    if !arguments.check {
        files::recover(root, super::tell_of_waiting)?;
    } else if files::is_interrupted(root) {
        say(format_args!("{shown_root}: a write was interrupted, so some files are old and some are new"));
        say(format_args!("help: `{}` finishes it", mending(arguments)));
        return Ok(Outcome::Stale);
    }
    // What is up to date is told without writing anything, so that a checkout may be read-only.
    let mut differences = target.output.compare(&generated, arguments.adopt)?;
    if differences.is_empty() {
        say(format_args!("{shown_root}: up to date with {}", source.shown));
        return Ok(target.tell_what_is_missing(&requirements, &package));
    }
    if arguments.check {
        tell_what_is_stale(&target, &source.shown, &differences);
        say(format_args!("help: `{}` fixes it; then review what changed and commit it", mending(arguments)));
        return Ok(Outcome::Stale);
    }

    let lock = target.output.lock(super::tell_of_waiting)?;
    differences = target.output.compare(&generated, arguments.adopt)?;
    let old = target.output.written()?;
    target.output.write(&lock, &generated, &differences)?;
    let removed = differences.iter().filter(|difference| difference.kind == Kind::Superfluous).count();
    say(format_args!(
        "{shown_root}: {} of {} files written, {removed} removed",
        differences.len() - removed,
        generated.len() + 1,
    ));
    if !old.is_empty() {
        tell_what_changed(&target.sources(&old), &target.sources(&generated));
    }
    Ok(target.tell_what_is_missing(&requirements, &package))
}

/// Where the files go that a run generates.
struct Target {
    layout: Layout,
    /// The crate that holds the generated module.
    directory: PathBuf,
    /// What stands before a file's path from the crate, in its path from the output's root.
    prefix: &'static str,
    output: Output,
}

impl Target {
    fn of(arguments: &Arguments) -> Self {
        let manifest = format!("{MODULE}manifest.txt");
        match &arguments.out {
            Some(directory) => Self {
                layout: Layout::Crate,
                directory: directory.clone(),
                prefix: "",
                output: Output::new(directory, manifest).with_owned(&codegen::OWNED),
            },
            None => Self {
                layout: Layout::Module,
                directory: workspace::client(),
                prefix: workspace::CLIENT,
                output: Output::new(workspace::root(), format!("{}{manifest}", workspace::CLIENT)),
            },
        }
    }

    /// Says what the crate's manifest lacks for the code in it and of what was asked; the manifest is the crate's owner's.
    fn tell_what_is_missing(&self, wanted: &Requirements, chosen: &codegen::Package<'_>) -> Outcome {
        let missing = requirements::missing(&self.directory, wanted, chosen);
        if missing.is_empty() {
            return Outcome::Fine;
        }
        let manifest = shown(&self.directory.join("Cargo.toml"));
        complain(format_args!("{manifest} belongs to its owner and was left as it is, but needs these changes:"));
        missing.iter().for_each(|line| complain(format_args!("  {line}")));
        Outcome::Failed
    }

    /// The files by their paths from the output's root, the list of what the client offers among them.
    fn files(&self, mut generated: Vec<SourceFile>) -> Vec<SourceFile> {
        if self.layout == Layout::Module {
            match listing::of(&self.directory, &generated) {
                Ok(listing) => generated.extend(listing),
                // The generated files are what repairs a client, so they are written all the same.
                Err(error) => {
                    complain(format_args!("{} is left unchanged: {error}", listing::FILE));
                    generated.extend(listing::kept(&self.directory));
                }
            }
        }
        generated.iter_mut().for_each(|file| file.path.insert_str(0, self.prefix));
        generated
    }

    /// The Rust files of the generated module, by their paths within it: what users see is named from there.
    fn sources(&self, files: &[SourceFile]) -> Vec<SourceFile> {
        let module = format!("{}{MODULE}", self.prefix);
        let within = files.iter().filter_map(|file| Some((file.path.strip_prefix(&module)?, file)));
        let rust = within.filter(|(path, _)| path.ends_with(".rs"));
        rust.map(|(path, file)| SourceFile { path: path.to_owned(), contents: file.contents.clone() }).collect()
    }
}

fn tell_what_is_stale(target: &Target, document: &str, differences: &[Difference]) {
    say(format_args!("{}: out of date with {document}", shown(&target.directory)));
    for Difference { path, kind } in differences {
        let path = shown(&target.output.root().join(path));
        match kind {
            Kind::Missing => say(format_args!("  missing      {path}")),
            Kind::Superfluous => say(format_args!("  superfluous  {path}")),
            Kind::Stale { line, found, wanted } => {
                say(format_args!("  stale        {path}:{line}"));
                say(format_args!("      is         {}", clipped(found.as_deref())));
                say(format_args!("      should be  {}", clipped(wanted.as_deref())));
            }
        }
    }
}

/// The command that writes what `--check` with the same arguments looked for.
fn mending(arguments: &Arguments) -> String {
    let mut command = "cargo xtask regenerate".to_owned();
    for (name, path) in [("--document", arguments.source.chosen.path()), ("--out", arguments.out.as_deref())] {
        if let Some(path) = path {
            command.push_str(&format!(" {name} {}", workspace::quoted(&path.display().to_string())));
        }
    }
    for folder in arguments.source.chosen.folders() {
        command.push_str(&format!(" --allow-folder {}", workspace::quoted(&folder.display().to_string())));
    }
    for rule in &arguments.source.allow {
        command.push_str(&format!(" --allow {rule}"));
    }
    let Package { name, license, publish } = &arguments.package;
    for (option, value) in [("--name", name), ("--license", license)] {
        if let Some(value) = value {
            command.push_str(&format!(" {option} {}", workspace::quoted(value)));
        }
    }
    if *publish {
        command.push_str(" --publish");
    }
    command
}

fn tell_what_changed(old: &[SourceFile], new: &[SourceFile]) {
    let changes = match interface::compare(old, new) {
        Ok(changes) => changes,
        Err(unparsable) => {
            say(format_args!("changes of the public interface cannot be listed: {unparsable}"));
            return;
        }
    };
    if changes.is_empty() {
        say(format_args!("no changes of the public interface"));
        return;
    }
    let count = |is: fn(&Change) -> bool| changes.iter().filter(|change| is(change)).count();
    say(format_args!(
        "public interface: {} added, {} removed, {} changed",
        count(|change| matches!(change, Change::Added { .. })),
        count(|change| matches!(change, Change::Removed { .. })),
        count(|change| matches!(change, Change::Changed { .. })),
    ));
    for change in changes.iter().take(LISTED) {
        say(format_args!("  {change}"));
    }
    if changes.len() > LISTED {
        say(format_args!("  … and {} more", changes.len() - LISTED));
    }
}

fn clipped(line: Option<&str>) -> String {
    match line {
        None => "(the end of the file)".to_owned(),
        Some(line) if line.chars().count() > LINE_WIDTH => {
            line.chars().take(LINE_WIDTH).chain(std::iter::once('…')).collect()
        }
        Some(line) => line.to_owned(),
    }
}
