//! The limits that readers are told, and which of two that hold together.

use super::topic::Fact;

/// Limits: whether it is a lower one, and of what.
pub(super) const LIMITS: &[(&str, Option<bool>, usize)] = &[
    ("multipleOf", None, 0),
    ("minimum", Some(true), 0),
    ("maximum", Some(false), 0),
    ("minLength", Some(true), 1),
    ("maxLength", Some(false), 1),
    ("x-maxBytes", Some(false), 2),
    ("minItems", Some(true), 3),
    ("maxItems", Some(false), 3),
    ("minContains", Some(true), 3),
    ("maxContains", Some(false), 3),
    ("minProperties", Some(true), 4),
    ("maxProperties", Some(false), 4),
];

/// Of two limits that hold together, the stricter one is told, and whether that one is excluded: the other is taken away.
pub(super) fn keep_stricter(one: &mut Vec<(String, Fact)>, other: &mut Vec<(String, Fact)>) {
    for (key, lower) in LIMITS.iter().filter_map(|(key, lower, _)| Some((*key, (*lower)?))) {
        let excluded = format!("exclusive{}{}", key[..1].to_uppercase(), &key[1..]);
        let limit = |facts: &[(String, Fact)]| {
            let found = facts.iter().filter(|(known, _)| known == key).find_map(|(_, fact)| match fact {
                Fact::Beside { token, .. } => token.parse::<f64>().ok(),
                _ => None,
            })?;
            Some((found, facts.iter().any(|(known, _)| *known == excluded)))
        };
        let (Some((own, own_excluded)), Some((more, more_excluded))) = (limit(one), limit(other)) else { continue };
        let is_weaker = if own == more { !more_excluded || own_excluded } else { (more < own) == lower };
        let weaker = if is_weaker { &mut *other } else { &mut *one };
        weaker.retain(|(known, _)| known != key && *known != excluded);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stricter_of_two_limits_is_told_and_whether_it_is_excluded() {
        let limit = |key: &str, number: &str| {
            let fact = Fact::Beside { token: number.into(), like: &[], own: 0, lower: Some(key == "minimum") };
            (key.to_owned(), fact)
        };
        let excluded = || ("exclusiveMinimum".to_owned(), Fact::Word(vec!["above".into()]));
        let told = |facts: &[(String, Fact)]| facts.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
        let (mut one, mut other) = (vec![limit("minimum", "0"), excluded()], vec![limit("minimum", "3")]);
        keep_stricter(&mut one, &mut other);
        assert_eq!((told(&one), told(&other)), (vec![], vec!["minimum".to_owned()]));
        let (mut one, mut other) = (vec![limit("minimum", "3")], vec![limit("minimum", "3"), excluded()]);
        keep_stricter(&mut one, &mut other);
        assert_eq!((told(&one), told(&other)), (vec![], vec!["minimum".to_owned(), "exclusiveMinimum".to_owned()]));
        let (mut one, mut other) = (vec![limit("maximum", "9")], vec![limit("maximum", "10")]);
        keep_stricter(&mut one, &mut other);
        assert_eq!((told(&one), told(&other)), (vec!["maximum".to_owned()], vec![]));
    }
}
