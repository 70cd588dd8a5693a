//! Markdown as a reader sees it, whatever was done to it so that rustdoc neither compiles nor resolves what is in it.

use std::ops::Range;

/// A block of Markdown: a heading, a paragraph, an item of a list, a row of a table.
#[derive(Debug, Clone)]
pub struct Block {
    /// The source, without the blocks below it.
    pub source: String,
    /// What a reader sees of it.
    pub plain: String,
    /// Where the blocks below it end: an item's nested items, a heading's whole section.
    pub end: usize,
    pub(super) level: usize,
}

/// The blocks of a text in their order, each followed by those below it.
pub fn blocks(text: &str) -> Vec<Block> {
    /// The level of a block that is not indented, below headings of every level.
    const BODY: usize = 8;
    let mut blocks: Vec<Block> = Vec::new();
    let (mut gap, mut fenced) = (true, false);
    for line in text.lines() {
        let mut start = line.trim_start();
        // What is quoted is read as what it is.
        while let Some(quoted) = start.strip_prefix('>') {
            start = quoted.trim_start();
        }
        if start.is_empty() {
            gap = true;
            continue;
        }
        let level = BODY + line.len() - start.len();
        let hashes = start.len() - start.trim_start_matches('#').len();
        let after = start.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = ["- ", "* ", "+ "].iter().any(|mark| start.starts_with(mark))
            || (after.len() < start.len() && after.starts_with(". "));
        let begins = gap || item || start.starts_with('|') || hashes > 0;
        match blocks.last_mut().filter(|_| fenced || !begins) {
            Some(last) => last.source.extend(["\n", start]),
            None => {
                let level = if (1..BODY).contains(&hashes) { hashes } else { level };
                blocks.push(Block { source: start.to_owned(), plain: String::new(), end: 0, level });
            }
        }
        fenced ^= is_fence(start);
        gap = hashes > 0;
    }
    for index in 0..blocks.len() {
        let below = blocks[index + 1..].iter().take_while(|block| block.level > blocks[index].level).count();
        blocks[index].end = index + 1 + below;
        blocks[index].plain = plain(&blocks[index].source);
    }
    blocks
}

/// What a reader sees of a text, in one line: without fences, marks of lists and headings, escapes and raw HTML.
pub fn plain(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !is_fence(line));
    let words = lines.flat_map(str::split_whitespace).filter(|word| !is_fence(word)).collect::<Vec<_>>().join(" ");
    let mut seen = String::with_capacity(words.len());
    let mut rest = words.as_str();
    while let Some(c) = rest.chars().next() {
        let escaped = rest[c.len_utf8()..].chars().next().filter(|next| c == '\\' && next.is_ascii_punctuation());
        let entity = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\0');
        let (shown, taken) = match (escaped, entity) {
            (Some(next), _) => (Some(next), 1 + next.len_utf8()),
            (_, Some((entity, shown))) => (Some(*shown), entity.len()),
            _ => ((!turns).then_some(c), c.len_utf8()),
        };
        seen.extend(shown.filter(|c| *c != '`'));
        rest = &rest[taken..];
    }
    let seen = without_tags(&seen);
    let says = |word: &&str| word.chars().any(|c| !c.is_ascii_punctuation());
    seen.split_whitespace().filter(says).collect::<Vec<_>>().join(" ")
}

const ENTITIES: [(&str, char); 5] = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"'), ("&#39;", '\'')];

/// Whether a line, or a word, opens or closes a block of code.
fn is_fence(text: &str) -> bool {
    let rest = |mark: &str| text.starts_with(mark) && !text.trim_start_matches(&mark[..1]).contains(&mark[..1]);
    rest("```") || rest("~~~")
}

/// Tags are left out, and so are the angle brackets of links.
fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.trim_start_matches('/').find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or_default();
        let tag =
            name > 0 && part.trim_start_matches('/')[name..].starts_with([' ', '/', '>']) || part.starts_with("!--");
        match part.find('>').filter(|_| tag) {
            Some(end) => out.extend([" ", &part[end + 1..]]),
            None => out.push_str(part),
        }
    }
    out.replace('>', "")
}

/// The code that stands within a text's sentences.
pub fn code(source: &str) -> Vec<&str> {
    let mut spans = Vec::new();
    let mut rest = source;
    while let Some(start) = rest.find('`') {
        let escaped = rest[..start].ends_with('\\');
        let ticks = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let inner = &rest[start + ticks..];
        let closes = |(at, _): &(usize, &str)| !inner[at + ticks..].starts_with('`') && !inner[..*at].ends_with('`');
        match inner.match_indices(&rest[start..start + ticks]).find(closes).filter(|_| !escaped) {
            Some((end, _)) => {
                spans.push(inner[..end].trim());
                rest = &inner[end + ticks..];
            }
            None => rest = inner,
        }
    }
    spans
}

/// Where a text has this as a whole: `700` is not in `7001`, `partner` is not in `partner.read`.
pub fn find(text: &str, needle: &str) -> Option<Range<usize>> {
    let wordy = |c: char| c.is_alphanumeric() || c == '_';
    let joins = |c: char| matches!(c, '.' | '-') || (needle.contains('/') && "/?=&#+{".contains(c));
    let free = |edge: Option<char>, mut beyond: [Option<char>; 2]| {
        let [near, far] = &mut beyond;
        let far = far.is_some_and(|c| wordy(c) || c == '{');
        !near.is_some_and(|near| (edge.is_some_and(wordy) && wordy(near)) || (joins(near) && far))
    };
    let places = text.match_indices(needle).map(|(start, _)| start..start + needle.len());
    places.filter(|place| !place.is_empty()).find(|place| {
        let (mut before, mut after) = (text[..place.start].chars().rev(), text[place.end..].chars());
        let signed = needle.starts_with(|c: char| c.is_ascii_digit()) && text[..place.start].ends_with(['-', '+']);
        free(needle.chars().next(), [before.next(), before.next()])
            && free(needle.chars().next_back(), [after.next(), after.next()])
            && !signed
    })
}

/// Whether a word of a text begins with one of these, which are written in small letters.
pub fn has_word(text: &str, stems: &[&str]) -> bool {
    let text = text.to_lowercase();
    let begins = |start: usize| !text[..start].ends_with(char::is_alphanumeric);
    stems.iter().any(|stem| text.match_indices(stem).any(|(start, _)| begins(start)))
}
