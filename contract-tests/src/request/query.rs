//! Queries, and forms, which are written alike: pairs, allotted to parameters by their styles.

use super::percent::{decoded_form, first_encoded};
use super::shape::{Decode, Delimited, Shape, Wanted};
use super::{Meaning, Meant, body, percent};
use crate::document::{Credential, Operation, Parameter, Style, is_json};

/// Characters that a value without `allowReserved` has only percent-encoded (RFC 6570, section 3.2.1), those aside that
/// already tell items apart. `*` is spared, which forms write bare.
const RESERVED: &str = ":/?[]@!$'();&=";
/// Characters that a value with `allowReserved` has bare, those aside that would end a pair, and `'`, which URLs have only
/// percent-encoded in a query (the URL standard's special-query percent-encode set).
const FREE: &str = ":/?@!$()*;";

/// One pair of a query, undecoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'q> {
    name: &'q str,
    value: &'q str,
}

/// How a value in pairs is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writing {
    pub style: Style,
    pub explode: bool,
    pub allow_reserved: bool,
    /// Whether every pair whose name nobody else has may be a member.
    pub open: bool,
}

/// Pairs, with which of them has found its parameter.
pub(super) struct Pairs<'q> {
    pairs: Vec<Pair<'q>>,
    claimed: Vec<bool>,
    /// What is spelled as it must not be, though its meaning is plain.
    pub misspelled: Vec<String>,
}

impl<'q> Pairs<'q> {
    /// The pairs of a query or a form.
    pub fn of(raw: &'q str, separator: char) -> Self {
        let texts = raw.split(separator).map(str::trim_ascii).filter(|text| !text.is_empty());
        let pair = |text: &'q str| {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            Pair { name, value }
        };
        let pairs: Vec<Pair<'q>> = texts.map(pair).collect();
        Self { claimed: vec![false; pairs.len()], pairs, misspelled: Vec::new() }
    }

    /// The raw values of the pairs with this name, which are claimed thereby.
    pub fn named(&mut self, name: &str) -> Vec<&'q str> {
        self.claim(|known| (known == name).then_some(())).into_iter().map(|((), value)| value).collect()
    }

    /// The raw credential of this name, which stands there once at most, unless a parameter is called like it.
    pub fn credential(
        &mut self,
        operation: &Operation<'_>,
        place: &str,
        name: &str,
        meaning: &mut Meaning,
    ) -> Option<&'q str> {
        let values = self.named(name);
        let is_shared = operation.parameters_in(place).any(|parameter| parameter.name == name);
        if values.len() > 1 && !is_shared {
            let detail = format!("the credential `{name}` stands there {} times", values.len());
            meaning.faults.push((place.to_owned(), detail));
        }
        values.first().copied()
    }

    /// The pairs that nobody has claimed, their names decoded.
    pub fn unclaimed(&self) -> impl Iterator<Item = String> {
        let left = self.pairs.iter().zip(&self.claimed).filter(|(_, claimed)| !**claimed);
        left.map(|(pair, _)| decoded_form(pair.name).unwrap_or_else(|_| pair.name.to_owned()))
    }

    fn claim<T>(&mut self, fits: impl Fn(&str) -> Option<T>) -> Vec<(T, &'q str)> {
        let mut found = Vec::new();
        for (pair, claimed) in self.pairs.iter().zip(&mut self.claimed).filter(|(_, claimed)| !**claimed) {
            if let Some(fit) = decoded_form(pair.name).ok().and_then(|name| fits(&name)) {
                *claimed = true;
                found.push((fit, pair.value));
            }
        }
        found
    }

    /// What the pairs say of one parameter or property.
    pub fn read(&mut self, name: &str, writing: Writing, wanted: &Wanted, decode: Decode) -> Meant {
        // Where reserved characters stand bare, `+` is one of them.
        let decode = if writing.allow_reserved { percent::decoded } else { decode };
        let before = self.claimed.clone();
        let meant = match writing.style {
            Style::DeepObject => self.deep(name, wanted, decode),
            Style::Form if writing.explode => self.exploded(name, wanted, writing.open, decode),
            _ if writing.explode => self.exploded(name, wanted, false, decode),
            style => self.joined(name, style, wanted, decode),
        };
        let own = self.pairs.iter().zip(self.claimed.iter().zip(before)).filter(|(_, (now, before))| **now && !before);
        self.misspelled.extend(own.filter_map(|(pair, _)| reserved_fault(pair.value, writing)).next());
        meant
    }

    fn joined(&mut self, name: &str, style: Style, wanted: &Wanted, decode: Decode) -> Meant {
        let separators: &[&str] = match style {
            Style::SpaceDelimited => &["%20", "+"],
            Style::PipeDelimited => &["|"],
            _ => &[","],
        };
        match self.named(name).as_slice() {
            [] => Meant::Absent,
            [one] => Meant::of(Delimited { separators, keyed: false, decode }.read(one, wanted)),
            more => Meant::Unreadable(format!("`{name}` stands there {} times", more.len())),
        }
    }

    fn exploded(&mut self, name: &str, wanted: &Wanted, open: bool, decode: Decode) -> Meant {
        if wanted.object {
            let members = self.claim(|known| {
                let own = wanted.properties.iter().any(|property| property == known) || (open && known != name);
                own.then(|| known.to_owned())
            });
            if !members.is_empty() {
                let text = |(name, raw): (String, &str)| Ok((name, Shape::Text(decode(raw)?)));
                return Meant::of(
                    members.into_iter().map(text).collect::<Result<_, _>>().map(|all| vec![Shape::Object(all)]),
                );
            }
        }
        let values = self.named(name);
        if values.is_empty() {
            return Meant::Absent;
        }
        let texts: Result<Vec<String>, String> = values.into_iter().map(decode).collect();
        Meant::of(texts.and_then(|texts| {
            let mut readings = Vec::new();
            if let ([one], true) = (texts.as_slice(), wanted.text) {
                readings.push(Shape::Text(one.clone()));
            }
            if wanted.list {
                readings.push(Shape::List(texts.into_iter().map(Shape::Text).collect()));
            }
            if readings.is_empty() {
                Err(format!("`{name}` stands there, but not as its style has it"))
            } else {
                Ok(readings)
            }
        }))
    }

    /// `name[key]=value`; what lies deeper is `name[key][inner]=value`, and a list's items repeat a key or have numbers.
    fn deep(&mut self, name: &str, wanted: &Wanted, decode: Decode) -> Meant {
        let members = self.claim(|known| keys(known.strip_prefix(name)?));
        if members.is_empty() {
            return Meant::Absent;
        }
        let texts: Result<Vec<_>, _> = members.into_iter().map(|(keys, raw)| Ok((keys, decode(raw)?))).collect();
        Meant::of(texts.map(|texts| vec![nested(&texts, wanted.list)]))
    }
}

/// Reads the query parameters of a request.
pub(super) fn read(
    operation: &Operation<'_>,
    query: Option<&str>,
    wanted: &[Wanted],
    places: &[Credential],
    meaning: &mut Meaning,
) {
    let mut pairs = Pairs::of(query.unwrap_or_default(), '&');
    for place in places {
        let Credential::Query(name) = place else { continue };
        if let Some(value) = pairs.credential(operation, "query", name, meaning) {
            let value = percent::decoded_form(value).unwrap_or_else(|_| value.to_owned());
            meaning.credentials.push((place.clone(), value));
        }
    }
    allot(operation, "query", &mut pairs, decoded_form, wanted, meaning);
    let undocumented = pairs.unclaimed().map(|name| ("query".to_owned(), format!("`{name}` is not documented")));
    meaning.faults.extend(undocumented);
}

/// Gives the pairs to the parameters of one place. One object at most takes names that nobody declares, and takes them last:
/// the one whose schema says that it has further properties, else the first whose schema leaves it open.
pub(super) fn allot(
    operation: &Operation<'_>,
    place: &str,
    pairs: &mut Pairs<'_>,
    decode: Decode,
    wanted: &[Wanted],
    meaning: &mut Meaning,
) {
    let own = || operation.parameters.iter().enumerate().filter(|(_, parameter)| parameter.place == place);
    let free = |(index, parameter): &(usize, &Parameter<'_>)| {
        let exploded = parameter.style == Style::Form && parameter.explode && parameter.media_type.is_none();
        exploded && wanted[*index].object && wanted[*index].open
    };
    let stated = own().filter(free).find(|(index, _)| wanted[*index].stated_open);
    let last = stated.or_else(|| own().find(free)).map(|(index, _)| index);
    for (index, parameter) in
        own().filter(|(index, _)| Some(*index) != last).chain(own().filter(|(index, _)| Some(*index) == last))
    {
        meaning.parameters[index] = match parameter.media_type {
            Some(media_type) => content(pairs, parameter.name, media_type, decode),
            None => {
                let Parameter { style, explode, allow_reserved, .. } = *parameter;
                let writing = Writing { style, explode, allow_reserved, open: Some(index) == last };
                pairs.read(parameter.name, writing, &wanted[index], decode)
            }
        };
    }
    meaning.faults.extend(pairs.misspelled.drain(..).map(|fault| (place.to_owned(), fault)));
}

fn content(pairs: &mut Pairs<'_>, name: &str, media_type: &str, decode: Decode) -> Meant {
    match pairs.named(name).as_slice() {
        [] => Meant::Absent,
        [one] if is_json(media_type) => {
            Meant::of(decode(one).and_then(|text| body::json(&text)).map(|value| vec![Shape::Json(value)]))
        }
        [one] => Meant::of(decode(one).map(|text| vec![Shape::Text(text)])),
        more => Meant::Unreadable(format!("`{name}` stands there {} times", more.len())),
    }
}

/// What in a raw value is bare that must not be, or encoded that must not be.
fn reserved_fault(raw: &str, writing: Writing) -> Option<String> {
    if writing.allow_reserved {
        let encoded = first_encoded(raw, FREE)?;
        return Some(format!("`{raw}` has `{encoded}` percent-encoded, and `allowReserved` wants it as it is"));
    }
    let bare = raw.chars().find(|character| RESERVED.contains(*character))?;
    Some(format!("`{raw}` has the reserved character `{bare}` bare, without `allowReserved`"))
}

/// The keys in `[a][b]`; none where the value is no object.
fn keys(rest: &str) -> Option<Vec<String>> {
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let inner = rest.strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.split("][").map(str::to_owned).collect())
}

/// The value in pairs of keys and texts; a list only where it may be one.
fn nested(members: &[(Vec<String>, String)], list: bool) -> Shape {
    if let [(keys, text)] = members
        && keys.is_empty()
    {
        return Shape::Text(text.clone());
    }
    let mut names: Vec<&String> = Vec::new();
    for name in members.iter().filter_map(|(keys, _)| keys.first()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let below = |name: &String| -> Vec<(Vec<String>, String)> {
        let own = members.iter().filter(|(keys, _)| keys.first() == Some(name));
        own.map(|(keys, text)| (keys[1..].to_vec(), text.clone())).collect()
    };
    // Keys that count from nothing, or are empty, are those of a list.
    let is_list = |names: &[&String]| {
        names.iter().enumerate().all(|(index, name)| name.is_empty() || **name == index.to_string())
    };
    let inner = |name: &String| -> Shape {
        let below = below(name);
        // A key that stands there several times has a list.
        if below.len() > 1 && below.iter().all(|(keys, _)| keys.is_empty()) {
            return Shape::List(below.into_iter().map(|(_, text)| Shape::Text(text)).collect());
        }
        nested(&below, true)
    };
    if list && is_list(&names) && !names.iter().any(|name| name.is_empty()) {
        return Shape::List(names.into_iter().map(inner).collect());
    }
    if list && is_list(&names) {
        return Shape::List(members.iter().map(|(_, text)| Shape::Text(text.clone())).collect());
    }
    Shape::Object(names.into_iter().map(|name| (name.clone(), inner(name))).collect())
}

/// The pairs of cookies, which nothing decodes but percent-encoding. Where a `%` begins no octet, nothing is percent-encoded:
/// [`cookie`](super::cookie) says so.
pub(super) const COOKIE: Decode = |raw| Ok(percent::decoded(raw).unwrap_or_else(|_| raw.to_owned()));
