//! Words: progenitor panics at the first call on a version that is not ASCII, and pastes descriptions into Rust
//! documentation, where an indented or fenced text becomes a test that cannot compile.

use serde_json::{Value, json};

use super::operations::each_operation;
use super::{Normalized, Pass};
use crate::document::Document;

pub(super) const PASS: Pass = Pass {
    name: "documentation",
    about: "the version that progenitor sends becomes ASCII, and descriptions become Markdown that rustdoc reads as prose",
    apply,
};

fn apply(_document: &Document, normalized: &mut Normalized) {
    if let Some(info) = normalized.root.get_mut("info").and_then(Value::as_object_mut) {
        for key in ["title", "version"] {
            let text = info.get(key).and_then(Value::as_str).unwrap_or_default();
            let ascii: String = text.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' }).collect();
            let text = if key == "version" { ascii } else { text.to_owned() };
            info.insert(key.to_owned(), json!(text));
        }
        for key in ["description", "termsOfService"] {
            prosaic(info.get_mut(key));
        }
    }
    each_operation(&mut normalized.root, |site| {
        for key in ["summary", "description"] {
            prosaic(site.operation.get_mut(key));
        }
        for parameter in site.operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            prosaic(parameter.get_mut("description"));
        }
    });
}

fn prosaic(text: Option<&mut Value>) {
    if let Some(Value::String(text)) = text {
        *text = prose(text);
    }
}

/// Markdown that rustdoc reads as its author meant it, and that it never compiles or resolves: fences are marked as text,
/// indented lines lose their indentation, brackets and angle brackets that are no links are escaped.
pub fn prose(text: &str) -> String {
    let mut fenced = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            let fence = &trimmed[..3];
            lines.push(if fenced { fence.to_owned() } else { format!("{fence}text") });
            fenced = !fenced;
        } else if fenced {
            lines.push(line.trim_end().to_owned());
        } else {
            // Up to three spaces keep a nested list nested; a fourth would make it code.
            let indent = (line.len() - trimmed.len()).min(3);
            lines.push(escape(&format!("{}{}", " ".repeat(indent), trimmed.trim_end())));
        }
    }
    if fenced {
        lines.push("```".to_owned());
    }
    lines.join("\n").trim().to_owned()
}

/// Escapes what rustdoc would take for HTML or for a link to an item.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut code = false;
    let mut previous = ' ';
    let mut url_end = 0;
    for (at, c) in line.char_indices() {
        // A bare URL is a link only between angle brackets.
        if at < url_end {
            continue;
        }
        let begins_url = !code
            && !"<([\"".contains(previous)
            && (line[at..].starts_with("http://") || line[at..].starts_with("https://"));
        if begins_url {
            let url =
                line[at..].split(|c: char| c.is_whitespace() || "<>()[]\"`|".contains(c)).next().unwrap_or_default();
            let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
            out.push_str(&format!("<{url}>"));
            url_end = at + url.len();
            previous = '>';
            continue;
        }
        match c {
            '`' => code = !code && line[at + 1..].contains('`'),
            '<' | '>' if !code => {
                let quote = c == '>' && out.trim().is_empty();
                let autolink = line[at..].starts_with("<http") || (c == '>' && line[..at].contains("<http"));
                if !quote && !autolink && previous != '\\' {
                    out.push('\\');
                }
            }
            '[' if !code && previous != '\\' => {
                let close = line[at..].find(']').map(|offset| at + offset + 1);
                if !close.is_some_and(|close| line[close..].starts_with('(')) {
                    out.push('\\');
                }
            }
            _ => {}
        }
        out.push(c);
        previous = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn code_is_never_compiled() {
        assert_eq!(prose("a\n\n        let x = 1;\n"), "a\n\n   let x = 1;");
        assert_eq!(prose("```\nfn main( {\n```"), "```text\nfn main( {\n```");
        assert_eq!(prose("```rust\npanic!()"), "```text\npanic!()\n```");
    }

    #[test]
    fn what_is_no_link_stays_text() {
        assert_eq!(
            prose("Vec<T> and [x] and `<y>` and [z](http://z)"),
            r"Vec\<T\> and \[x] and `<y>` and [z](http://z)"
        );
    }
}
