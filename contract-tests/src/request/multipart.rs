//! `multipart/form-data` (RFC 7578) and its kin: parts between boundaries (RFC 2046, section 5.1.1), each with headers of its
//! own, by which it has a name.

use super::ReceivedPart;

/// The parts of a body.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Result<Vec<ReceivedPart>, String> {
    let boundary = attribute(content_type, "boundary").filter(|boundary| !boundary.is_empty());
    let boundary = boundary.ok_or_else(|| format!("`{content_type}` names no boundary"))?;
    let delimiter = format!("\r\n--{boundary}");
    // The first boundary may stand at the very beginning.
    let whole = [b"\r\n", body].concat();
    let mut pieces = split(&whole, delimiter.as_bytes()).into_iter().skip(1);
    let mut found = Vec::new();
    for piece in pieces.by_ref() {
        if piece.starts_with(b"--") {
            return Ok(found);
        }
        let piece = strip(piece, b"\r\n").ok_or("a boundary is followed by something else than a line break")?;
        found.push(part(piece)?);
    }
    Err("the last boundary is missing".into())
}

fn part(piece: &[u8]) -> Result<ReceivedPart, String> {
    let (head, bytes) = match strip(piece, b"\r\n") {
        Some(bytes) => (&piece[..0], bytes),
        None => {
            let end = find(piece, b"\r\n\r\n").ok_or("the headers of a part do not end")?;
            (&piece[..end], &piece[end + 4..])
        }
    };
    let mut part = ReceivedPart { bytes: bytes.to_vec(), ..ReceivedPart::default() };
    let mut named = false;
    for line in String::from_utf8_lossy(head).split("\r\n") {
        let Some((name, value)) = line.split_once(':') else { continue };
        match name.trim().to_ascii_lowercase().as_str() {
            "content-disposition" => {
                if !value.trim().to_ascii_lowercase().starts_with("form-data") {
                    return Err(format!("a part is `{}`, not form-data", value.trim()));
                }
                if let Some(name) = attribute(value, "name") {
                    (part.name, named) = (name, true);
                }
                part.file =
                    attribute(value, "filename*").and_then(|text| extended(&text)).or(attribute(value, "filename"));
            }
            "content-type" => part.media_type = Some(value.trim().to_owned()),
            _ => part.headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
        }
    }
    if named { Ok(part) } else { Err("a part has no name".into()) }
}

/// A parameter of a header's value, such as `name="a"`.
fn attribute(value: &str, wanted: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (text, left) = match after.strip_prefix('"') {
            Some(quoted) => {
                let end = closing(quoted)?;
                (unquoted(&quoted[..end]), &quoted[end + 1..])
            }
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        if name.trim().trim_start_matches(';').trim().eq_ignore_ascii_case(wanted) {
            return Some(text);
        }
        rest = left.split_once(';')?.1;
    }
}

fn closing(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    quoted.char_indices().find_map(|(index, character)| match character {
        '"' if !escaped => Some(index),
        _ => {
            escaped = character == '\\' && !escaped;
            None
        }
    })
}

/// A quoted string, with `\"` and `\\` as HTTP has them. Browsers write `%22`, which cannot be told from a name with these
/// characters, so it is not decoded.
fn unquoted(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some(next @ ('"' | '\\'))) => {
                out.push(*next);
                characters.next();
            }
            _ => out.push(character),
        }
    }
    out
}

/// `UTF-8''a%20b` (RFC 8187).
fn extended(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '\'');
    let charset = parts.next()?;
    let value = parts.nth(1)?;
    charset.eq_ignore_ascii_case("utf-8").then(|| super::percent::decoded(value).ok()).flatten()
}

fn split<'b>(bytes: &'b [u8], delimiter: &[u8]) -> Vec<&'b [u8]> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while let Some(at) = find(rest, delimiter) {
        pieces.push(&rest[..at]);
        rest = &rest[at + delimiter.len()..];
    }
    pieces.push(rest);
    pieces
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn strip<'b>(bytes: &'b [u8], start: &[u8]) -> Option<&'b [u8]> {
    bytes.strip_prefix(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Vec<ReceivedPart>, String> {
        parts("multipart/form-data; boundary=\"a b\"", body.as_bytes())
    }

    #[test]
    fn parts_are_read_whole() {
        let body = "--a b\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n\
                    --a b\r\ncontent-disposition: form-data; name=\"fi\\\"le\"; filename=\"q\\\"x%22.txt\"\r\n\r\n\r\n\
                    --a b--\r\n";
        let found = read(body).expect("it reads");
        assert_eq!(found[0].name, "meta");
        assert_eq!(found[0].media_type.as_deref(), Some("application/json"));
        assert_eq!(found[0].bytes, br#"{"a":1}"#);
        assert_eq!((found[1].name.as_str(), found[1].file.as_deref()), ("fi\"le", Some("q\"x%22.txt")));
    }

    #[test]
    fn a_boundary_begins_a_line_and_a_part_is_form_data() {
        let body = "--a b\r\nContent-Disposition: form-data; name=x\r\n\r\n1--a b\r\n2\n--a b\r\n--a b--";
        assert_eq!(read(body).expect("it reads")[0].bytes, b"1--a b\r\n2\n--a b");
        assert!(read("--a b\r\nContent-Disposition: attachment; name=x\r\n\r\n1\r\n--a b--").is_err());
    }

    #[test]
    fn an_extended_name_is_decoded() {
        let body = "--a b\r\nContent-Disposition: form-data; name=f; filename=\"_.txt\"; filename*=UTF-8''%E6%97%A5.txt\r\n\r\nx\r\n--a b--";
        assert_eq!(read(body).expect("it reads")[0].file.as_deref(), Some("日.txt"));
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for wrong in
            ["", "--a b\r\nContent-Disposition: form-data; name=x\r\n\r\nx", "--a b\r\n\r\nx\r\n--a b--", "--x--"]
        {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
        assert!(parts("multipart/form-data", b"").is_err());
    }
}
