//! Markdown for rustdoc: descriptions, values and URLs of the document as documentation can hold them.
//!
//! A description is Markdown, but not yet the Markdown of Rust documentation, where an indented or fenced text becomes a
//! test that cannot compile, and a bracket a link that leads nowhere.

use serde_json::Value;

/// A value as inline code.
pub fn code(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        other => quoted(&other.to_string()),
    }
}

/// A string as inline code, whatever it contains.
pub fn quoted(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    // As many backticks as stand nowhere in the string.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    if longest > 0 { format!("{ticks} {text} {ticks}") } else { format!("`{text}`") }
}

/// A text as it stands within a line; nothing where there is none.
pub fn phrase(text: Option<&str>) -> Option<String> {
    let text = prose(text?);
    let text = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A URL as a link; nothing where there is none.
pub fn url(url: Option<&str>) -> Option<String> {
    let url: String = url?.chars().filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>')).collect();
    // What is no absolute URL would be no link.
    let absolute = url.contains(':') && !url.contains(['`', '\\']);
    if absolute { Some(format!("<{url}>")) } else { (!url.is_empty()).then(|| quoted(&url)) }
}

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

/// Escapes what rustdoc would take for HTML or for a link to an item, a line at a time.
fn escape(line: &str, links: Links) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let (taken, written) = match c {
            '\\' => {
                let taken = rest.chars().take(2).map(char::len_utf8).sum();
                (taken, rest[..taken].to_owned())
            }
            '`' => code_span(rest),
            '<' => autolink(rest).map_or((1, r"\<".to_owned()), |taken| (taken, rest[..taken].to_owned())),
            // At the start of a line it is a quotation.
            '>' if !out.trim().is_empty() => (1, r"\>".to_owned()),
            '[' if links == Links::Kept => link(rest).unwrap_or((1, r"\[".to_owned())),
            '[' => (1, r"\[".to_owned()),
            'h' if links == Links::Kept && !out.ends_with(char::is_alphanumeric) => bare_url(rest),
            other => (other.len_utf8(), other.to_string()),
        };
        out.push_str(&written);
        rest = &rest[taken..];
    }
    out
}

/// Code within a sentence, or backticks that nothing closes, which would take up the next ones instead.
fn code_span(text: &str) -> (usize, String) {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let mut at = ticks;
    while let Some(start) = text[at..].find('`').map(|start| at + start) {
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + length;
        if length == ticks {
            return (at, text[..at].to_owned());
        }
    }
    (ticks, r"\`".repeat(ticks))
}

/// `<https://…>`
fn autolink(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find('>')?;
    let is_url = url_length(&inner[..end]) == end && end > 0;
    is_url.then_some(end + 2)
}

/// `[text](target)`, where the target is none that rustdoc would look for among the items.
fn link(text: &str) -> Option<(usize, String)> {
    let middle = text.find("](")?;
    let (words, rest) = (&text[1..middle], &text[middle + 2..]);
    let target = &rest[..rest.find(')')?];
    let plain = target.chars().all(|c| !c.is_whitespace() && !matches!(c, '<' | '>' | '(' | '[' | ']' | '`'));
    let leads_out = target.starts_with('#') || target.contains(['/', '.']) || target.starts_with("mailto:");
    let written = (plain && leads_out && !words.contains(['[', ']', '`']))
        .then(|| format!("[{}]({target})", escape(words, Links::Within)));
    Some((middle + 2 + target.len() + 1, written?))
}

/// A URL as a link, or the one letter that is none.
fn bare_url(text: &str) -> (usize, String) {
    match url_length(text) {
        0 => (1, "h".to_owned()),
        length => (length, format!("<{}>", &text[..length])),
    }
}

/// How much of a text's start is a URL, the stop of a sentence left out.
fn url_length(text: &str) -> usize {
    if !(text.starts_with("http://") || text.starts_with("https://")) {
        return 0;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '[' | ']' | '\\' | '(' | ')' | '|'));
    let url = text[..end.unwrap_or(text.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    if url.ends_with("//") { 0 } else { url.len() }
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
