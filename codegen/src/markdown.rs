//! Markdown for rustdoc: descriptions, values and URLs of the document as documentation can hold them.

mod inert;
mod line;

use pulldown_cmark::LinkType;
use serde_json::Value;

pub use inert::inert as prose;
pub use line::phrase;

/// A value as inline code.
pub fn code(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        other => quoted(&other.to_string()),
    }
}

/// A string as inline code, whatever it contains.
pub fn quoted(text: &str) -> String {
    if !text.contains(['\n', '\r', '`']) {
        return format!("`{}`", readable(text));
    }
    let text = readable(&text.replace(['\n', '\r'], " "));
    // As many backticks as stand nowhere in the string.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    if longest > 0 { format!("{ticks} {text} {ticks}") } else { format!("`{text}`") }
}

/// A URL as a link; nothing where there is none.
pub fn url(url: Option<&str>) -> Option<String> {
    let url: String = url?.chars().filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>')).collect();
    let url = readable(&url);
    // What is no absolute URL would be no link, and what is a program should be none.
    let absolute = url.contains(':') && !url.contains(['`', '\\']) && inert::leads_out(&url, LinkType::Autolink);
    if absolute { Some(format!("<{url}>")) } else { (!url.is_empty()).then(|| quoted(&url)) }
}

/// A text without the characters that Rust's comments cannot hold or that turn the direction of what follows. They go
/// before anything is read as Markdown: without them, two marks may become one.
pub fn readable(text: &str) -> String {
    if text.is_ascii() && !text.contains(['\r', '\0']) {
        return text.to_owned();
    }
    text.chars().filter(|c| !turns(*c) && !matches!(c, '\r' | '\0')).collect()
}

/// Whether a character turns the direction of reading, which rustc refuses in comments.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
