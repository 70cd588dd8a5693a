//! Words: a description is Markdown, but not yet the Markdown of Rust documentation, where an indented or fenced text
//! becomes a test that cannot compile, and a bracket a link that leads nowhere.

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
    for (at, c) in line.char_indices() {
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
