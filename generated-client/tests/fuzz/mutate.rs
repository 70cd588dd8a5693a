//! How an input becomes another one.

use serde_json::Value;

/// No input is longer.
const LONGEST: usize = 64 * 1024;

/// Parts of payloads, and of what is none.
const PARTS: [&[u8]; 40] = [
    b"null",
    b"true",
    b"false",
    b"0",
    b"-0",
    b"1.0",
    b"1e400",
    b"-1e-400",
    b"9223372036854775807",
    b"9223372036854775808",
    b"-9223372036854775809",
    b"0.1e1",
    b"\"\"",
    b"\"\\ud800\"",
    b"\"\\u0000\"",
    b"\"\\ud83d\\ude00\"",
    b"[]",
    b"{}",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b":",
    b"\"",
    b"\\",
    b"\xEF\xBB\xBF",
    b"\xff",
    b"\0",
    b"\xF0\x9F\x98\x80",
    b"\xE2\x80\xAE",
    b"\n",
    b"@",
    b"..",
    b"%",
    b"ja_JP",
    b"DOMAIN",
    b"\"administrator\":",
    b"\"domainId\":1",
    b"-00:00",
];

/// A row of numbers that look like chance (xorshift), the same for the same seed.
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// One of the inputs, changed in some places.
pub fn mutated(kept: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = chance.pick(kept).clone();
    for _ in 0..=chance.below(3) {
        input = match chance.below(8) {
            0..=2 => by_value(&input, kept, chance).unwrap_or(input),
            _ => by_bytes(input, kept, chance),
        };
    }
    input.truncate(LONGEST);
    input
}

/// Another value in the place of one.
fn by_value(input: &[u8], kept: &[Vec<u8>], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut payload: Value = serde_json::from_slice(input).ok()?;
    let other: Option<Value> = serde_json::from_slice(chance.pick::<Vec<u8>>(kept)).ok();
    let mut place = &mut payload;
    // Down from the payload, and at each value perhaps no further.
    loop {
        let count = place.as_object().map_or(0, serde_json::Map::len) + place.as_array().map_or(0, Vec::len);
        if count == 0 || chance.below(4) == 0 {
            break;
        }
        let index = chance.below(count);
        place = match place {
            Value::Object(members) => members.values_mut().nth(index)?,
            Value::Array(items) => items.get_mut(index)?,
            _ => break,
        };
    }
    *place = match (chance.below(9), &*place) {
        (0, _) => Value::Null,
        (1, _) => Value::from(chance.below(3)),
        (2, Value::String(text)) => Value::from(text.repeat(1 + chance.below(300))),
        (3, Value::Object(members)) => {
            let mut members = members.clone();
            let name = members.keys().nth(chance.below(members.len())).cloned()?;
            members.remove(&name);
            members.into()
        }
        (4, Value::Object(members)) => {
            let mut members = members.clone();
            members.insert(String::from_utf8_lossy(chance.pick::<&[u8]>(&PARTS)).into_owned(), Value::Null);
            members.into()
        }
        (5, value) => Value::Array(vec![value.clone(); chance.below(4)]),
        (6, value) => Value::from(value.to_string()),
        _ => other?,
    };
    serde_json::to_vec(&payload).ok()
}

/// Other bytes in the place of some.
fn by_bytes(mut input: Vec<u8>, kept: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let at = chance.below(input.len() + 1);
    let until = (at + chance.below(16)).min(input.len());
    match chance.below(7) {
        0 => drop(input.drain(at..until)),
        1 => drop(input.splice(at..at, chance.pick(&PARTS).iter().copied())),
        2 => drop(input.splice(at..until, chance.pick(&PARTS).iter().copied())),
        3 => {
            let part = input[at..until].to_vec();
            let times = 1 + chance.below(200);
            drop(input.splice(at..at, part.repeat(times)));
        }
        4 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }
        5 => {
            let other = chance.pick(kept);
            let from = chance.below(other.len() + 1);
            input.truncate(at);
            input.extend_from_slice(&other[from..]);
        }
        _ => input.insert(at, u8::try_from(chance.below(256)).unwrap_or_default()),
    }
    input
}
