//! From bytes to values and places: which syntax it is, and what the readers of each say.

use serde_json::Value;

use super::bounds::MAX_BYTES;
use super::fault::{Fault, FaultKind};
use super::lines::Lines;
use super::pointer::Pointer;
use super::settle::{Ambiguity, kind_name, settle};
use super::tree::Tree;
use super::values::YamlValue;
use super::{json, yaml};
use crate::diagnostic::Diagnostic;

/// The text of a document, without its byte order mark.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Vec<Diagnostic>> {
    let refuse = |kind: FaultKind, valid: &str| {
        let lines = Lines::new(valid);
        Err(vec![kind.at_offset(valid.len()).diagnostic(valid, &lines)])
    };
    if bytes.len() > MAX_BYTES {
        return refuse(FaultKind::TooLarge { bytes: bytes.len(), limit: MAX_BYTES }, "");
    }
    if let Some(encoding) = other_unicode(bytes) {
        return refuse(FaultKind::Encoding(format!("it is {encoding}")), "");
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let (valid, rest) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
            let bad = rest.first().map_or_else(|| "a byte".to_owned(), |byte| format!("the byte 0x{byte:02X}"));
            refuse(FaultKind::Encoding(format!("{bad} here belongs to no character")), &String::from_utf8_lossy(valid))
        }
    }
}

/// The encoding of Unicode, other than UTF-8, that the first bytes show.
fn other_unicode(bytes: &[u8]) -> Option<&'static str> {
    match *bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, _, ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] => Some("UTF-16 with the low byte first"),
        [0xFE, 0xFF, ..] => Some("UTF-16 with the high byte first"),
        // Without a mark, the zero beside the first ASCII character tells.
        [0, 0, ..] => None,
        [_, 0, ..] => Some("UTF-16 with the low byte first"),
        [0, _, ..] => Some("UTF-16 with the high byte first"),
        _ => None,
    }
}

/// Values, their places, and the scalars that are not the same to every reader.
type Read = (Value, Tree, Vec<(Pointer, Ambiguity)>);

/// The values of a text and their places, or everything that is wrong with it. A document's root is a mapping.
pub(crate) fn read(name: &str, text: &str, lines: &Lines, is_root: bool) -> Result<Read, Vec<Fault>> {
    let content = text.trim_start();
    if content.is_empty() {
        return Err(vec![FaultKind::Empty.at_offset(0)]);
    }
    let is_json_file = name.rsplit('.').next().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let (root, tree, ambiguous) = if is_json_file {
        read_json(text, lines)?
    } else if content.starts_with('{') {
        // Either syntax may be meant. YAML's flow mappings need no quotes, so quotes tell which faults to show.
        let is_quoted = content.get(1..).is_some_and(|rest| rest.trim_start().starts_with('"'));
        match read_json(text, lines) {
            Ok(read) => read,
            Err(faults) if faults.iter().any(|fault| !matches!(fault.kind, FaultKind::Json(_))) => return Err(faults),
            Err(faults) => read_yaml(text, lines).map_err(|other| if is_quoted { faults } else { other })?,
        }
    } else {
        read_yaml(text, lines)?
    };
    if root.is_object() || !is_root {
        Ok((root, tree, ambiguous))
    } else {
        let at = content.len();
        Err(vec![FaultKind::NotAMapping(kind_name(&root)).at_offset(text.len() - at)])
    }
}

fn read_json(text: &str, lines: &Lines) -> Result<Read, Vec<Fault>> {
    let tree = json::read(text, lines)?;
    let value = serde_json::from_str(text).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line").next().unwrap_or(&reason).to_owned();
        // This parser counts columns in bytes.
        let offset = lines.offset(text, error.line(), 1) + error.column().saturating_sub(1);
        vec![FaultKind::Json(reason).at_offset(offset)]
    })?;
    agree(value, tree)
}

fn read_yaml(text: &str, lines: &Lines) -> Result<Read, Vec<Fault>> {
    let tree = yaml::read(text, lines)?;
    let YamlValue(value) = serde_yaml::from_str(text).map_err(|error| {
        let offset = error.location().map_or(0, |place| place.index());
        let reason = error.to_string();
        let reason = reason.split(" at line").next().unwrap_or(&reason);
        vec![yaml::syntax_fault(text, lines, offset, reason)]
    })?;
    agree(value, tree)
}

fn agree(mut value: Value, tree: Tree) -> Result<Read, Vec<Fault>> {
    let ambiguous = settle(&tree, &mut value)?;
    Ok((value, tree, ambiguous))
}
