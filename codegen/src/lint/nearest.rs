//! The name that was probably meant.

/// The candidate nearest to a misspelled name; `None` where none is near.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let folded = fold(name);
    let length = folded.chars().count();
    let limit = (length / 3).clamp(1, 4);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        // The distance costs much more than the lengths, which it cannot be less than the difference of.
        .map(|candidate| (fold(candidate), candidate))
        .filter(|(candidate, _)| candidate.chars().count().abs_diff(length) <= limit)
        .map(|(near, candidate)| (strsim::damerau_levenshtein(&folded, &near), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The candidate that a name is, but for one letter, for separators or for case; `None` where it is a candidate itself.
pub fn one_off<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str> + Clone) -> Option<&'c str> {
    if candidates.clone().into_iter().any(|candidate| candidate == name) {
        return None;
    }
    let folded = fold(name);
    let distance = |candidate: &str| strsim::damerau_levenshtein(&folded, &fold(candidate));
    let near = candidates.into_iter().filter(|candidate| distance(candidate) <= 1);
    // Two letters that changed places are all there.
    let letters = |name: &str| {
        let mut letters: Vec<char> = fold(name).chars().collect();
        letters.sort_unstable();
        letters
    };
    near.min_by_key(|candidate| letters(candidate) != letters(name))
}

/// The help that names the nearest candidate, or what else to do.
pub fn did_you_mean<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>, otherwise: &str) -> String {
    match nearest(name, candidates) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => otherwise.to_owned(),
    }
}

/// `max_length`, `max-length` and `maxlength` all mean `maxLength`.
fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{nearest, one_off};

    #[test]
    fn finds_what_was_meant() {
        let fields = ["maxLength", "minLength", "maxItems", "type"];
        assert_eq!(nearest("maxLenght", fields), Some("maxLength"));
        assert_eq!(nearest("max_length", fields), Some("maxLength"));
        assert_eq!(nearest("tpye", fields), Some("type"));
        assert_eq!(nearest("colour", fields), None);
    }

    #[test]
    fn one_letter_is_nearer_than_near() {
        let formats = ["int32", "uint32", "date-time"];
        assert_eq!(one_off("datetime", formats), Some("date-time"));
        assert_eq!(one_off("dat-time", formats), Some("date-time"));
        assert_eq!(one_off("int46", ["int16", "int64"]), Some("int64"));
        assert_eq!(one_off("uint32", formats), None);
        assert_eq!(one_off("int", formats), None);
    }
}
