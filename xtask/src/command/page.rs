//! `page`: opens the page of a report in a browser without a window, and fails where something on it is wrong.

use std::fs::File;
use std::path::{Path, PathBuf, absolute};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{Failure, Outcome};
use crate::process;
use crate::terminal::{complain, say};
use crate::workspace::shown;

/// Open the page of `contract --report` in headless Chromium, and fail if it shows an error or makes a request
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The directory of the report
    #[arg(value_name = "DIR", default_value = "target/report")]
    report: PathBuf,
}

/// Why a page could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// No browser.
    #[error("no Chromium was found: set `CHROMIUM` to its path, or install it (on Debian `apt-get install chromium`)")]
    NoBrowser,
    /// A file of it.
    #[error("{path}: {source}")]
    File {
        /// The path.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The browser does not come to an end.
    #[error("{browser} has not shown {page} within {} seconds", PATIENCE.as_secs())]
    Late {
        /// The browser.
        browser: String,
        /// The page.
        page: String,
    },
}

/// What Chromium is called, by its own packages and by those of others.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// How long a browser may take to start and to show the page.
const PATIENCE: Duration = Duration::from_secs(60);

/// The largest page that is handed around without a thought.
const LARGEST: u64 = 2_000_000;

/// The browser: the one that `CHROMIUM` names, else the first on the path.
pub fn browser() -> Result<PathBuf, PageError> {
    let runs = |path: &Path| path.is_file();
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(named)).filter(|path| runs(path)).ok_or(PageError::NoBrowser);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    all.into_iter().find(|path| runs(path)).ok_or(PageError::NoBrowser)
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let page = arguments.report.join("index.html");
    let file = |path: &Path| {
        let path = shown(path);
        move |source| PageError::File { path, source }
    };
    let length = std::fs::metadata(&page).map_err(file(&page))?.len();
    let browser = browser()?;
    let folder = tempfile::tempdir().map_err(file(&std::env::temp_dir()))?;
    let [tree, log] = ["tree", "log"].map(|name| folder.path().join(name));
    let mut command = Command::new(&browser);
    command.args(["--headless", "--disable-gpu", "--no-first-run", "--enable-logging=stderr", "--dump-dom"]);
    // Whoever is root in a container has no other way; the page is this repository's own.
    command.arg("--no-sandbox").arg(format!("--user-data-dir={}", folder.path().display()));
    let located = absolute(&page).map_err(file(&page))?;
    command.arg(format!("file://{}", located.display()));
    command.stdout(File::create(&tree).map_err(file(&tree))?);
    command.stderr(Stdio::from(File::create(&log).map_err(file(&log))?));
    if process::ended_within(&mut command, PATIENCE)?.is_none() {
        return Err(PageError::Late { browser: shown(&browser), page: shown(&page) }.into());
    }
    let read = |path: &Path| std::fs::read(path).map(|text| String::from_utf8_lossy(&text).into_owned());
    let (tree, log) = (read(&tree).map_err(file(&tree))?, read(&log).map_err(file(&log))?);
    let mut wrong = faults(&tree, &log);
    if length > LARGEST {
        wrong.push(format!("it has {length} bytes, and may have {LARGEST}"));
    }
    for fault in &wrong {
        complain(format_args!("{}: {fault}", shown(&page)));
    }
    if wrong.is_empty() {
        let milliseconds = attribute(&tree, "data-milliseconds").unwrap_or_default();
        say(format_args!(
            "{}: {length} bytes, shown in {milliseconds} ms, without an error and without a request",
            shown(&page)
        ));
    }
    Ok(if wrong.is_empty() { Outcome::Fine } else { Outcome::Failed })
}

/// What is wrong with a page, as it says itself and as the browser's console does.
fn faults(tree: &str, log: &str) -> Vec<String> {
    let mut found = Vec::new();
    if attribute(tree, "data-state") != Some("shown") {
        found.push("its script did not come to an end".to_owned());
    }
    for (name, what) in [("data-errors", "errors"), ("data-requests", "requests")] {
        match attribute(tree, name) {
            Some("0") => {}
            count => found.push(format!("{} {what}", count.unwrap_or("an unknown number of"))),
        }
    }
    // A page that would ask for something is stopped by its own policy, of which the console tells.
    found.extend(log.lines().filter(|line| line.contains(":CONSOLE")).map(str::to_owned));
    found
}

/// What an attribute of the root element says.
fn attribute<'t>(tree: &'t str, name: &str) -> Option<&'t str> {
    let root = tree.split_once("<html")?.1.split_once('>')?.0;
    root.split_once(&format!("{name}=\""))?.1.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::faults;

    #[test]
    fn a_page_has_to_say_that_nothing_is_wrong() {
        let fine = "<!DOCTYPE html><html lang=\"en\" data-state=\"shown\" data-errors=\"0\" data-requests=\"0\"><p>";
        assert!(faults(fine, "[1:1:INFO:gpu]\n").is_empty());
        assert_eq!(faults("<html><p data-state=\"shown\">", "").len(), 3);
        assert_eq!(faults(&fine.replace("errors=\"0", "errors=\"2"), ""), ["2 errors"]);
        assert_eq!(faults(&fine.replace("requests=\"0", "requests=\"1"), ""), ["1 requests"]);
        assert_eq!(faults(fine, "[INFO:CONSOLE(1)] \"Refused to load\"").len(), 1);
    }
}
