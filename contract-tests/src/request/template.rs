//! Paths, read by their template.

use super::shape::{Shape, Wanted, in_path};
use super::{Meaning, Meant, percent};
use crate::document::{Operation, Parameter, is_json};

/// So many ways to divide one path are looked at.
const MOST: usize = 64;

/// What stands in a path for each parameter of its template, undecoded.
type Division<'p> = Vec<(&'p str, &'p str)>;

enum Piece<'t> {
    Literal(&'t str),
    Parameter(&'t str),
}

/// Reads the path parameters of a request.
pub(super) fn read(operation: &Operation<'_>, base: &str, path: &str, wanted: &[Wanted], meaning: &mut Meaning) {
    let divisions = path.strip_prefix(base).map(|rest| divisions(operation.path, rest)).unwrap_or_default();
    if divisions.is_empty() {
        let detail = format!("`{path}` is not a path of the template `{base}{}`", operation.path);
        meaning.faults.push(("path".into(), detail));
        return;
    }
    for (index, parameter) in operation.parameters.iter().enumerate().filter(|(_, one)| one.place == "path") {
        let raw: Vec<&str> = divisions.iter().filter_map(|division| raw_of(division, parameter.name)).collect();
        let readings = raw.iter().map(|raw| one(parameter, raw, &wanted[index]));
        // Where a path can be divided in several ways, those that can be read count.
        let (fine, faults): (Vec<_>, Vec<_>) = readings.partition(Result::is_ok);
        let mut fine: Vec<Shape> = fine.into_iter().flatten().flatten().collect();
        fine.dedup();
        meaning.parameters[index] = match faults.into_iter().find_map(Result::err) {
            Some(fault) if fine.is_empty() => Meant::Unreadable(fault),
            _ if fine.is_empty() => Meant::Absent,
            _ => Meant::Readings(fine),
        };
    }
}

fn one(parameter: &Parameter<'_>, raw: &str, wanted: &Wanted) -> Result<Vec<Shape>, String> {
    if let Some(media_type) = parameter.media_type {
        let text = percent::decoded(raw)?;
        let read = if is_json(media_type) { super::body::json(&text).map(Shape::Json) } else { Ok(Shape::Text(text)) };
        return read.map(|shape| vec![shape]);
    }
    in_path(parameter.name, parameter.style, parameter.explode, raw, wanted)
}

fn raw_of<'p>(division: &Division<'p>, name: &str) -> Option<&'p str> {
    division.iter().find(|(known, _)| *known == name).map(|(_, raw)| *raw)
}

/// Whether a template stands for a path, with something in the place of each parameter.
pub(crate) fn stands_for(template: &str, path: &str) -> bool {
    divisions(template, path).iter().any(|division| division.iter().all(|(_, raw)| !raw.is_empty()))
}

/// How much of a template is written out, segment by segment: of several templates that stand for one path, the one of
/// which most is written out is meant.
pub(crate) fn concreteness(template: &str) -> Vec<(bool, usize)> {
    let segments = template.split('#').next().unwrap_or_default().split('/').map(|segment| {
        let literal = |piece: &Piece<'_>| match piece {
            Piece::Literal(literal) => literal.len(),
            Piece::Parameter(_) => 0,
        };
        let pieces = pieces(segment);
        let is_whole = pieces.iter().all(|piece| matches!(piece, Piece::Literal(_)));
        (is_whole, pieces.iter().map(literal).sum())
    });
    segments.collect()
}

/// Every way in which a template stands for a path.
fn divisions<'p>(template: &'p str, path: &'p str) -> Vec<Division<'p>> {
    // A fragment is never sent.
    let template = template.split('#').next().unwrap_or_default();
    let (pattern, segments): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    if pattern.len() != segments.len() {
        return Vec::new();
    }
    let mut all: Vec<Division<'p>> = vec![Vec::new()];
    for (pattern, segment) in pattern.into_iter().zip(segments) {
        let mut within = Vec::new();
        divide(&pieces(pattern), segment, &mut Vec::new(), &mut within);
        all = all
            .iter()
            .flat_map(|start| within.iter().map(move |more| [start.as_slice(), more].concat()))
            .take(MOST)
            .collect();
    }
    all
}

fn divide<'p>(pieces: &[Piece<'p>], rest: &'p str, so_far: &mut Division<'p>, found: &mut Vec<Division<'p>>) {
    match pieces {
        [] if rest.is_empty() => found.push(so_far.clone()),
        [] => {}
        [Piece::Literal(literal), more @ ..] => {
            let encoded =
                percent_encoding::utf8_percent_encode(literal, percent_encoding::NON_ALPHANUMERIC).to_string();
            // What may stand in a path as it is may stand encoded too; both are the same path (RFC 3986, section 6.2.2).
            for spelling in [*literal, encoded.as_str()] {
                if let Some(after) = rest.get(..spelling.len()).filter(|start| {
                    start.eq_ignore_ascii_case(spelling) && (spelling != *literal || *start == spelling)
                }) {
                    divide(more, &rest[after.len()..], so_far, found);
                    return;
                }
            }
            // Any other mixture of bare and encoded characters, as long as nothing else is in the segment.
            if more.is_empty() && percent::decoded(rest).as_deref() == percent::decoded(literal).as_deref() {
                found.push(so_far.clone());
            }
        }
        [Piece::Parameter(name), more @ ..] => {
            for end in (0..=rest.len()).filter(|end| rest.is_char_boundary(*end)) {
                if more.is_empty() && end < rest.len() {
                    continue;
                }
                so_far.push((name, &rest[..end]));
                divide(more, &rest[end..], so_far, found);
                so_far.pop();
                if found.len() >= MOST {
                    return;
                }
            }
        }
    }
}

fn pieces(segment: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        if !before.is_empty() {
            pieces.push(Piece::Literal(before));
        }
        pieces.push(Piece::Parameter(name));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::divisions;

    #[test]
    fn a_template_is_read_in_every_way_that_it_can_be() {
        assert_eq!(divisions("/pets", "/pets"), [vec![]]);
        assert_eq!(divisions("/a b", "/a%20b"), [vec![]]);
        assert_eq!(divisions("/pets#all", "/pets"), [vec![]]);
        assert!(divisions("/pets", "/pets/").is_empty());
        assert!(divisions("/pets", "/Pets").is_empty());
        assert_eq!(divisions("/pets/{id}", "/pets/a%2Fb"), [vec![("id", "a%2Fb")]]);
        assert!(divisions("/pets/{id}", "/pets/a/b").is_empty());
        assert_eq!(divisions("/users/{id}:suspend", "/users/1:suspend"), [vec![("id", "1")]]);
        assert_eq!(divisions("/users/{id}:suspend", "/users/1%3Asuspend"), [vec![("id", "1")]]);
        assert_eq!(
            divisions("/{name}.{type}", "/a.b.c"),
            [vec![("name", "a"), ("type", "b.c")], vec![("name", "a.b"), ("type", "c")]]
        );
        assert_eq!(divisions("/m{x}", "/m;x=1;x=2"), [vec![("x", ";x=1;x=2")]]);
    }
}
