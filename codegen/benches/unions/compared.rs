//! Unions, read by a generated client and by hand.
//!
//! By hand, a union with a tag is serde's own. One without is a buffered value that each alternative is tried on once, so that it
//! is known which of them match: serde's `untagged` would take the first.

#![allow(dead_code, reason = "the structs hold what the document describes, read or not")]

mod turns;

use std::hint::black_box;

use rooms_client::runtime::{Conformance, decode};
use rooms_client::types;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::turns::compare;

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Event {
    Message { id: i64, room: String, sender: Member, text: String, sent: String, mentions: Vec<String>, edited: Option<bool> },
    Joined { id: i64, room: String, members: Vec<Member> },
    Reaction { id: i64, message: i64, emoji: String, count: i64 },
    Shared { id: i64, content: Content },
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
enum Change {
    Created { room: String, by: Member, created_at: String },
    Renamed { room: String, by: Member, renamed_at: String },
    Archived { room: String, by: Member, archived_at: String },
    Restored { room: String, by: Member, restored_at: String },
    Pinned { room: String, by: Member, pinned_at: String },
    Unpinned { room: String, by: Member, unpinned_at: String },
    Muted { room: String, by: Member, muted_at: String },
    Unmuted { room: String, by: Member, unmuted_at: String },
    Moved { room: String, by: Member, moved_at: String },
    Locked { room: String, by: Member, locked_at: String },
    Unlocked { room: String, by: Member, unlocked_at: String },
    Deleted { room: String, by: Member, deleted_at: String },
}

#[derive(Deserialize)]
struct Member {
    id: i64,
    name: String,
    nickname: Option<String>,
}

enum Content {
    Text(Text),
    Picture(Picture),
    File(File),
}

#[derive(Deserialize)]
struct Text {
    text: String,
    language: Option<String>,
    bold: Option<bool>,
}

#[derive(Deserialize)]
struct Picture {
    url: String,
    width: i64,
    height: i64,
    caption: Option<String>,
}

#[derive(Deserialize)]
struct File {
    name: String,
    size: i64,
    checksum: Option<String>,
    owner: Member,
}

enum Person {
    Member(Member),
    Guest(Guest),
    Robot(Robot),
}

#[derive(Deserialize)]
struct Guest {
    id: i64,
    name: String,
    nickname: Option<String>,
    invited: Option<String>,
}

#[derive(Deserialize)]
struct Robot {
    id: i64,
    version: String,
}

enum Post {
    Poll(Poll),
    Quote(Quote),
    Note(Note),
}

#[derive(Deserialize)]
struct Poll {
    question: String,
    options: Vec<String>,
}

#[derive(Deserialize)]
struct Quote {
    author: Member,
    quoted: Content,
}

#[derive(Deserialize)]
struct Note {
    author: Member,
    parts: Vec<Content>,
}

enum Pin {
    Timed(Timed),
    Lasting(Lasting),
}

#[derive(Deserialize)]
struct Timed {
    post: Post,
    until: String,
}

#[derive(Deserialize)]
struct Lasting {
    post: Post,
    by: Member,
}

/// The alternative that matches: the only one, or the first of several where these are allowed.
macro_rules! tried {
    ($union:ident: $($alternative:ident),*) => {
        tried!($union, 1: $($alternative),*);
    };
    ($union:ident, $most:literal: $($alternative:ident),*) => {
        impl<'de> Deserialize<'de> for $union {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let payload = Value::deserialize(deserializer)?;
                let mut matching = Vec::with_capacity(1);
                $(matching.extend($alternative::deserialize(&payload).map(Self::$alternative));)*
                if matching.is_empty() || matching.len() > $most {
                    return Err(serde::de::Error::custom("not the alternatives that may be"));
                }
                Ok(matching.swap_remove(0))
            }
        }
    };
}

tried!(Content: Text, Picture, File);
tried!(Person, 3: Member, Guest, Robot);
tried!(Post: Poll, Quote, Note);
tried!(Pin: Timed, Lasting);

const MESSAGE: &str = r#"{"type":"message","id":7001,"room":"general","sender":{"id":12,"name":"Jane Doe","nickname":"jd"},"text":"See you at ten in front of the station, and bring the tickets.","sent":"2026-11-02T09:41:00+09:00","mentions":["bob","alice"],"edited":false}"#;
const JOINED: &str = r#"{"type":"joined","id":7002,"room":"general","members":[{"id":13,"name":"Bob"},{"id":14,"name":"Alice","nickname":"al"}]}"#;
const REACTION: &str = r#"{"type":"reaction","id":7003,"message":7001,"emoji":"thumbs-up","count":2}"#;
const DELETED: &str =
    r#"{"kind":"deleted","room":"general","by":{"id":12,"name":"Jane Doe"},"deletedAt":"2026-11-02T09:41:00+09:00"}"#;
const TEXT: &str = r#"{"text":"The tickets are on the table.","language":"en","bold":true}"#;
const PICTURE: &str = r#"{"url":"https://example.com/pictures/17.png","width":640,"height":480,"caption":"The station"}"#;
const MEMBER: &str = r#"{"id":12,"name":"Jane Doe","nickname":"jd"}"#;
const GUEST: &str = r#"{"id":13,"name":"Bob","nickname":"bb","invited":"2026-11-02"}"#;
const FILE: &str = r#"{"name":"tickets.pdf","size":91821,"checksum":"9f86d081884c7d65","owner":{"id":12,"name":"Jane Doe","nickname":"jd"}}"#;

fn list(items: &[&str]) -> String {
    let items: Vec<&str> = items.iter().copied().cycle().take(60).collect();
    format!("[{}]", items.join(","))
}

fn of<Hand: DeserializeOwned, Client: DeserializeOwned + Conformance>(what: &str, times: u32, text: &str) {
    let bytes = text.as_bytes();
    // What is none of the alternatives would be kept as it is.
    assert!(decode::<Client>(bytes).is_ok_and(|value| value.conformance().is_empty()));
    let by_hand = || drop(black_box(serde_json::from_slice::<Hand>(black_box(bytes)).expect("one alternative")));
    compare(what, "1.5", times, by_hand, || drop(black_box(decode::<Client>(black_box(bytes)).expect("one alternative"))));
}

fn main() {
    of::<Event, types::Event>("tagged: a message", 200, MESSAGE);
    of::<Event, types::Event>("tagged: a reaction", 200, REACTION);
    of::<Vec<Event>, Vec<types::Event>>("tagged: a list of events", 20, &list(&[MESSAGE, JOINED, REACTION]));
    of::<Change, types::Change>("tagged: the last of twelve", 200, DELETED);
    of::<Content, types::Content>("untagged: a picture", 200, PICTURE);
    of::<Content, types::Content>("untagged: a file", 200, FILE);
    of::<Person, types::Person>("untagged: two that match", 200, MEMBER);
    of::<Person, types::Person>("untagged: two, one of them whole", 200, GUEST);
    of::<Vec<Content>, Vec<types::Content>>("untagged: a list of contents", 20, &list(&[TEXT, PICTURE, FILE]));
    let shared = format!(r#"{{"type":"shared","id":7004,"content":{PICTURE}}}"#);
    of::<Event, types::Event>("nested: untagged in tagged", 200, &shared);
    let quote = format!(r#"{{"author":{{"id":12,"name":"Jane Doe"}},"quoted":{PICTURE}}}"#);
    of::<Post, types::Post>("nested: untagged in untagged", 200, &quote);
    let pin = format!(r#"{{"post":{quote},"by":{{"id":12,"name":"Jane Doe"}}}}"#);
    of::<Pin, types::Pin>("nested: three levels", 200, &pin);
    let note = format!(r#"{{"author":{{"id":12,"name":"Jane Doe"}},"parts":{}}}"#, list(&[TEXT, PICTURE, FILE]));
    of::<Post, types::Post>("nested: a list in untagged", 20, &note);
}
