//! References as they are written: the path of a file, and a pointer into it.

use super::problem::Problem;
use crate::document::Pointer;

/// Whether a reference stays in the file that it is written in.
pub(super) fn is_local(written: &str) -> bool {
    written.is_empty() || written.starts_with('#')
}

/// The path of the file that a reference names, from the root file's folder, nothing for the file that it stands in; and the
/// pointer into it.
pub(super) fn parsed(written: &str, folder: &str) -> Result<(Option<String>, Pointer), Problem> {
    let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
    let pointer = Pointer::from_reference(&format!("#{fragment}"));
    let path = match path {
        "" => None,
        path if is_url(path) => return Err(Problem::Url(written.to_owned())),
        path => Some(normalised(path, folder)?),
    };
    Ok((path, pointer.ok_or_else(|| Problem::Fragment(fragment.to_owned()))?))
}

fn normalised(path: &str, folder: &str) -> Result<String, Problem> {
    if path.starts_with(['/', '\\']) || scheme(path).is_some() {
        return Err(Problem::Absolute(path.to_owned()));
    }
    let decoded = decoded(path).ok_or_else(|| Problem::Encoding(path.to_owned()))?;
    if decoded.contains('\0') {
        return Err(Problem::Nul(path.replace('\0', "\\0")));
    }
    if decoded.starts_with('/') {
        return Err(Problem::Absolute(decoded));
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(decoded.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Ok(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

fn is_url(path: &str) -> bool {
    path.starts_with("//") || scheme(path).is_some_and(|scheme| scheme.len() > 1)
}

/// The scheme of a URI; one letter is a drive of Windows.
fn scheme(path: &str) -> Option<&str> {
    let (scheme, _) = path.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

/// The path without percent-encoding; a `%` without two digits stands for itself.
fn decoded(path: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::with_capacity(path.len()), path.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| char::from(*after.get(at)?).to_digit(16);
        match (*first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).ok()?);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{Problem, is_url, normalised};

    #[test]
    fn paths_are_those_from_the_root() {
        for (path, folder, wanted) in [
            ("pet.yaml", "", "pet.yaml"),
            ("./a/../pet.yaml", "schemas", "schemas/pet.yaml"),
            ("../pet%20one.yaml", "schemas/deep", "schemas/pet one.yaml"),
            ("..//./x.yaml", "schemas", "x.yaml"),
            ("../../x.yaml", "schemas", "../x.yaml"),
            ("../../../x.yaml", "../other", "../../../x.yaml"),
            ("100%.yaml", "", "100%.yaml"),
            ("..", "a", "."),
        ] {
            assert_eq!(normalised(path, folder).as_deref(), Ok(wanted), "{path} in {folder}");
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        assert!(is_url("https://a.example/x.yaml"));
        assert!(is_url("//a.example/x.yaml"));
        assert!(is_url("file:///etc/passwd"));
        assert!(is_url("urn:x"));
        assert!(matches!(normalised("/etc/passwd", ""), Err(Problem::Absolute(_))));
        assert!(matches!(normalised("%2Fetc/passwd", ""), Err(Problem::Absolute(_))));
        assert!(matches!(normalised(r"C:\pets.yaml", ""), Err(Problem::Absolute(_))));
        assert!(matches!(normalised("a%00b", ""), Err(Problem::Nul(_))));
        assert!(matches!(normalised("a%FFb", ""), Err(Problem::Encoding(_))));
    }
}
