//! Markdown as facts that can be compared: what a reader sees, whatever the order of what has none.
//!
//! Prose keeps its order. Behind the line that ends it come lists, which the client writes in the order of the document's
//! objects, and an object's members have no order: so each line counts under its heading and under the items above it.

use std::collections::BTreeMap;

use serde_json::Value;

/// Lines and how often each is there.
pub type Facts = BTreeMap<String, usize>;

/// The facts of a text. `end` is the line that ends the prose.
pub fn facts(text: &str, end: impl Fn(&str) -> bool) -> Facts {
    let mut facts = Facts::new();
    let (mut heading, mut paragraph, mut index, mut prose) = (String::new(), String::new(), 0, true);
    let mut above: Vec<(usize, String)> = Vec::new();
    let mut gap = false;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let line = seen(line);
        if line.is_empty() {
            gap = true;
            continue;
        }
        let paragraph_begins = std::mem::take(&mut gap) && index > 0;
        index += 1;
        let fact = if prose {
            prose = !end(&line);
            format!("{index}{}: {line}", if paragraph_begins { " a new paragraph" } else { "" })
        } else if line.starts_with('#') {
            (heading, paragraph, index) = (line.clone(), String::new(), 0);
            above.clear();
            line
        } else if line.starts_with("- ") {
            above.retain(|(column, _)| *column + 1 < indent.max(1));
            // The first server is the one that calls go to.
            let place = if heading == "# Servers" && above.is_empty() { format!("{index} ") } else { String::new() };
            let holders: Vec<&str> = above.iter().map(|(_, item)| item.as_str()).collect();
            let fact = format!("{heading} {paragraph} {} {place}{line}", holders.join(" "));
            above.push((indent, line));
            fact.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            above.clear();
            paragraph.clone_from(&line);
            format!("{heading} {index}: {line}")
        };
        *facts.entry(fact).or_default() += 1;
    }
    facts
}

/// A line as a reader sees it: without what Markdown needs to leave it alone.
pub fn seen(line: &str) -> String {
    let line = unordered(line);
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\r' | '\0');
    let plain: String = line.chars().filter(|c| !matches!(c, '\\' | '<' | '>') && !turns(*c)).collect();
    let plain = plain.replace("```text", "```").replace("~~~text", "~~~");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line in which JSON has its members in alphabetical order: an object's members have none of their own.
fn unordered(line: &str) -> String {
    let span = |(index, part): (usize, &str)| match serde_json::from_str::<Value>(part) {
        Ok(value) if index % 2 == 1 && part.starts_with(['{', '[']) => sorted(value).to_string(),
        _ => part.to_owned(),
    };
    line.split('`').enumerate().map(span).collect::<Vec<_>>().join("`")
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let members: BTreeMap<String, Value> = map.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            members.into_iter().collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

/// A description of the document, whose blocks of code are of no language that Rust would compile.
pub fn described(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim_start();
        let mark = trimmed.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let fence = mark.map_or(0, |mark| trimmed.len() - trimmed.trim_start_matches(mark).len());
        let opens = fence >= 3 && !trimmed[fence..].contains('`');
        lines.push(if opens { &trimmed[..fence] } else { line });
    }
    lines.join("\n")
}

/// The same within a line; nothing where there is nothing to say.
pub fn phrase(text: Option<&str>) -> Option<String> {
    let text = described(text?).split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A value as inline code.
pub fn code(value: &Value) -> String {
    value.as_str().map_or_else(|| quoted(&value.to_string()), quoted)
}

/// A text as inline code, in as many backticks as stand nowhere in it.
pub fn quoted(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    if longest > 0 { format!("{ticks} {text} {ticks}") } else { format!("`{text}`") }
}

/// A URL, as a link where it is absolute.
pub fn link(url: &str) -> String {
    let url: String = url.chars().filter(|c| !c.is_whitespace()).collect();
    if url.contains(':') && !url.contains(['`', '\\']) { url } else { quoted(&url) }
}

/// What follows a name: a colon and what is said of it, or nothing.
pub fn said(words: &[String]) -> String {
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}
