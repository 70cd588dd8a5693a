//! Markdown as a reader sees it, whatever was done to it so that rustdoc neither compiles nor resolves what is in it.

use std::ops::Range;

use super::told::END;

/// A block of Markdown: a heading, a paragraph, an item of a list, a row of a table.
#[derive(Debug, Clone)]
pub struct Block {
    /// The source, without the blocks below it.
    pub source: String,
    /// What a reader sees of it.
    pub plain: String,
    /// Where the blocks below it end: an item's nested items, a heading's whole section.
    pub end: usize,
    level: usize,
}

/// The blocks of a string in their order, each followed by those below it.
pub fn blocks(markdown: &str) -> Vec<Block> {
    /// The level of a block that is not indented, below headings of every level.
    const BODY: usize = 8;
    let mut blocks: Vec<Block> = Vec::new();
    let (mut gap, mut fenced) = (true, false);
    for line in markdown.lines() {
        // What is quoted is read as what it is.
        let start = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        if start.is_empty() {
            gap = true;
            continue;
        }
        let hashes = start.len() - start.trim_start_matches('#').len();
        let numbered = start.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_item = ["- ", "* ", "+ "].iter().any(|mark| start.starts_with(mark))
            || (numbered.len() < start.len() && numbered.starts_with(". "));
        let begins = gap || is_item || start.starts_with('|') || hashes > 0;
        match blocks.last_mut().filter(|_| fenced || !begins) {
            Some(last) => last.source.extend(["\n", start]),
            None => {
                let level = if (1..BODY).contains(&hashes) { hashes } else { BODY + line.len() - start.len() };
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

/// What a reader sees, in one line: without fences, marks of lists and headings, escapes and angle brackets.
pub fn plain(markdown: &str) -> String {
    const ENTITIES: [(&str, &str); 5] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    // Most are names.
    if !markdown.is_empty() && markdown.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return markdown.to_owned();
    }
    let lines = markdown.lines().filter(|line| !is_fence(line.trim()));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).filter(|word| !is_fence(word)).collect();
    let mut seen = words.join(" ");
    if seen.contains('&') {
        ENTITIES.iter().for_each(|(entity, shown)| seen = seen.replace(entity, shown));
    }
    seen.retain(|c| !matches!(c, '\\' | '`' | '<' | '>' | '\0' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    let says = |word: &&str| word.chars().any(|c| !c.is_ascii_punctuation());
    seen.split_whitespace().filter(says).collect::<Vec<_>>().join(" ")
}

/// Whether a line, or a word, opens or closes a block of code.
fn is_fence(line: &str) -> bool {
    ["```", "~~~"]
        .iter()
        .any(|mark| line.starts_with(mark) && !line.trim_start_matches(&mark[..1]).contains(&mark[..1]))
}

/// The code that stands within sentences.
pub fn code(source: &str) -> Vec<&str> {
    let (mut spans, mut rest) = (Vec::new(), source);
    while let Some(start) = rest.find('`') {
        let is_escaped = rest[..start].ends_with('\\');
        let ticks = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let inner = &rest[start + ticks..];
        let closes = |(at, _): &(usize, &str)| !inner[at + ticks..].starts_with('`') && !inner[..*at].ends_with('`');
        let end = inner.match_indices(&rest[start..start + ticks]).find(closes).filter(|_| !is_escaped);
        // A block begins behind the word that says in which language it is.
        let block = |span: &str| span.split_once('\n').filter(|_| ticks > 2).map_or(0, |(language, _)| language.len());
        spans.extend(end.map(|(end, _)| inner[block(&inner[..end])..end].trim()));
        rest = &inner[end.map_or(0, |(end, _)| end + ticks)..];
    }
    spans
}

/// Where a line has this as a whole: `700` is not in `7001`, `partner` is in neither `partner.read` nor the URL of its page.
pub fn find(line: &str, needle: &str) -> Option<Range<usize>> {
    places(line, needle).next()
}

fn places<'l>(line: &'l str, needle: &'l str) -> impl Iterator<Item = Range<usize>> + 'l {
    let wordy = |c: char| c.is_alphanumeric() || c == '_';
    let joins = |c: char| matches!(c, '.' | '-') || (needle.contains('/') && "/?=&#+{".contains(c));
    let is_free = move |edge: Option<char>, near: Option<char>, far: Option<char>| {
        let is_joined = near.is_some_and(joins) && far.is_some_and(|c| wordy(c) || c == '{');
        !(is_joined || edge.is_some_and(|c| wordy(c) || joins(c)) && near.is_some_and(wordy))
    };
    let places = line.match_indices(needle).map(|(start, _)| start..start + needle.len());
    places.filter(move |place| {
        let (mut before, mut after) = (line[..place.start].chars().rev(), line[place.end..].chars());
        let is_signed = needle.starts_with(|c: char| c.is_ascii_digit()) && line[..place.start].ends_with(['-', '+']);
        !place.is_empty()
            && is_free(needle.chars().next(), before.next(), before.next())
            && is_free(needle.chars().next_back(), after.next(), after.next())
            && !is_signed
            && !is_within_address(line, place)
    })
}

/// Whether a line has prose from its beginning to its end: between marks that part sentences, or ahead of a URL; or, of a title
/// that may stand within a sentence, between words that are no part of one.
pub fn has_prose(line: &str, prose: &str, is_title: bool) -> bool {
    let is_other = |word: &str| is_title && !word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    places(line, prose).any(|place| {
        let (before, after) = (line[..place.start].trim_end(), line[place.end..].trim_start());
        let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let begins = before.is_empty() || before.ends_with(is_mark) || is_other(last) || (is_title && last == before);
        let is_url = after.split_whitespace().next().is_some_and(|word| word.contains("://"));
        begins && (after.is_empty() || after.starts_with(is_mark) || is_url || is_other(after))
    })
}

/// Whether this parts what is said of two things.
fn is_mark(c: char) -> bool {
    END.contains(&c) || "()[]!?\u{2013}\u{2014}-|<>\"\0".contains(c)
}

/// Whether this is a part of a URL, a path or an e-mail address, which is one word.
fn is_within_address(line: &str, place: &Range<usize>) -> bool {
    let is_inner = |c: char| !c.is_whitespace() && !"()[]|\"'".contains(c);
    let before = &line[line[..place.start].trim_end_matches(is_inner).len()..place.start];
    let after = &line[place.end..];
    let after = &after[..after.len() - after.trim_start_matches(is_inner).len()];
    let (needle, after) = (&line[place.clone()], after.trim_end_matches(|c| ".,:;!?".contains(c)));
    let is_address = |word: &str| word.contains("://") || word.starts_with('/') || word.contains('@');
    let is_alone = before.is_empty() && after.is_empty();
    !(is_alone || needle.contains(char::is_whitespace)) && is_address(&[before, needle, after].concat())
}

/// A line without what it has as wholes of these, the longest first.
pub fn without<'n>(line: &str, needles: impl IntoIterator<Item = &'n String>) -> String {
    let mut needles: Vec<&String> = needles.into_iter().collect();
    needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
    let mut rest = line.to_owned();
    for needle in needles {
        while let Some(place) = find(&rest, needle) {
            rest.replace_range(place, "\0");
        }
    }
    rest
}

/// Whether a word begins with one of these, which are written in small letters.
pub fn has_word(line: &str, stems: &[impl AsRef<str>]) -> bool {
    let line = line.to_lowercase();
    let begins = |start: usize| !line[..start].ends_with(char::is_alphanumeric);
    stems.iter().any(|stem| line.match_indices(stem.as_ref()).any(|(start, _)| begins(start)))
}

/// The parts of a line that speak of one thing each, between what stands in front of each and what ends it.
pub fn clauses(line: &str) -> impl Iterator<Item = (char, &str, char)> {
    let (mut start, mut before) = (0, '\n');
    let ends = line.char_indices().filter(|(at, c)| {
        "()".contains(*c) || (",;:.".contains(*c) && line[at + 1..].chars().next().is_none_or(char::is_whitespace))
    });
    let parts = ends.chain([(line.len(), '\n')]).map(move |(end, after)| {
        let from = std::mem::replace(&mut start, (end + 1).min(line.len()));
        (std::mem::replace(&mut before, after), &line[from..end], after)
    });
    parts.flat_map(|(before, part, after)| part.split(" and ").map(move |part| (before, part, after)))
}
