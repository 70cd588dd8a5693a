//! Words: a description is Markdown, but not yet the Markdown of Rust documentation, where an indented or fenced text
//! becomes a test that cannot compile, and a bracket a link that leads nowhere.

/// Markdown that rustdoc reads as its author meant it, and that it never compiles or resolves: fences are marked as text,
/// indented lines lose their indentation, brackets and angle brackets that are no links are escaped, bare URLs become links.
pub fn prose(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim_start();
        match fence {
            Some(opening) if closes(trimmed, opening) => {
                lines.push(opening.to_owned());
                fence = None;
            }
            Some(_) => lines.push(line.trim_end().to_owned()),
            None => match opened(trimmed) {
                Some(opening) => {
                    lines.push(format!("{opening}text"));
                    fence = Some(opening);
                }
                None => {
                    // Up to three spaces keep a nested list nested; a fourth would make it code.
                    let indent = (line.len() - trimmed.len()).min(3);
                    lines.push(format!("{}{}", " ".repeat(indent), escape(trimmed.trim_end(), Links::Kept)));
                }
            },
        }
    }
    lines.extend(fence.map(str::to_owned));
    lines.join("\n").trim().to_owned()
}

/// The fence that a line opens a block of code with.
fn opened(line: &str) -> Option<&str> {
    ['`', '~'].into_iter().find_map(|mark| {
        let (fence, info) = line.split_at(line.len() - line.trim_start_matches(mark).len());
        // Backticks that close on the same line are code within a sentence.
        (fence.len() >= 3 && !(mark == '`' && info.contains('`'))).then_some(fence)
    })
}

fn closes(line: &str, opening: &str) -> bool {
    let mark = if opening.starts_with('`') { '`' } else { '~' };
    let rest = line.trim_start_matches(mark);
    line.len() - rest.len() >= opening.len() && rest.trim().is_empty()
}

/// Whether links may stand in a text, or it stands in one itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Links {
    Kept,
    Within,
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
        assert_eq!(prose("~~~~\n~~~\n```\n~~~~\n<b>"), "~~~~text\n~~~\n```\n~~~~\n\\<b\\>");
        assert_eq!(prose("```inline``` <b>"), "```inline``` \\<b\\>");
    }

    #[test]
    fn what_is_no_link_stays_text() {
        assert_eq!(
            prose("Vec<T> and [x] and `<y>` and [z](http://z)"),
            r"Vec\<T\> and \[x] and `<y>` and [z](http://z)"
        );
        assert_eq!(
            prose("[a](Item) [b](x y) [c](d.html) [e](#f) \\[g]"),
            r"\[a](Item) \[b](x y) [c](d.html) [e](#f) \[g]"
        );
        assert_eq!(prose("> [quote\n> more"), "> \\[quote\n> more");
    }

    #[test]
    fn a_bare_url_becomes_a_link() {
        assert_eq!(prose("See https://a.example/b?c=d."), "See <https://a.example/b?c=d>.");
        assert_eq!(
            prose("(http://a) <http://b> [http://c](http://c) http"),
            "(<http://a>) <http://b> [http://c](http://c) http"
        );
    }

    #[test]
    fn a_backtick_without_its_fellow_takes_none_from_others() {
        assert_eq!(prose("a ` b\n`<c>`"), "a \\` b\n`<c>`");
        assert_eq!(prose("`` a ` <b> `` <c>"), r"`` a ` <b> `` \<c\>");
    }
}
