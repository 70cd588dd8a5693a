//! Each rewrite of the document: with it the fixture gives the promised source, without it progenitor refuses, panics or
//! writes something else.

use crate::fixtures;
use crate::pipeline::{Promise, Without, client};

/// What each rewrite makes of the fixture of its name.
pub const PROMISES: &[Promise] = &[
    Promise { pass: "path-items", shows: &["pub fn another(&self)"], hides: &[] },
    Promise {
        pass: "components",
        shows: &["Result<ResponseValue<Vec<String>>,", "pub struct MakeThing<'a>", "dry_run:", "body:"],
        hides: &[],
    },
    Promise {
        pass: "operation-ids",
        shows: &["pub fn get_pets_pet_id(", "pub fn new_2(", "pub fn get_pet(", "pub fn get_pet_2("],
        hides: &[],
    },
    Promise {
        pass: "parameters",
        shows: &["id: Result<i64, String>,", "id_2: Result<Option<i64>", "COOKIE"],
        hides: &[],
    },
    Promise { pass: "request-bodies", shows: &["pub fn body(", "\"application/merge-patch+json\""], hides: &[] },
    Promise {
        pass: "responses",
        shows: &["Result<ResponseValue<types::Pet>, Error<types::Problem>>", "200", "400..=499", "500..=599"],
        hides: &[],
    },
    Promise {
        pass: "schemas",
        shows: &[
            "pub struct GetPetResponse {",
            "pub enum GetPetResponseKind { /// `a-b`\n Ab, /// `a_b`\n Ab2,",
            "pub struct GetPetError {",
            "pub enum GetPetErrorCode {",
        ],
        hides: &[],
    },
    Promise {
        pass: "answers",
        shows: &["pub enum GetPetSuccess { /// Status 200.\n Status200(Pet), /// Status 204.\n Status204, }"],
        hides: &[],
    },
    Promise { pass: "prune", shows: &["pub fn get_pet("], hides: &[] },
];

#[test]
fn each_rewrite_keeps_its_promise() {
    let broken: Vec<String> = PROMISES
        .iter()
        .flat_map(|promise| match client(&fixtures::of_pass("normalize", promise.pass), Without::Nothing) {
            Ok(source) => promise.broken_by(&source),
            Err(error) => vec![format!("{}: {error}", promise.pass)],
        })
        .collect();
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn without_a_rewrite_its_promise_is_broken() {
    let idle = PROMISES.iter().filter(|promise| {
        let fixture = fixtures::of_pass("normalize", promise.pass);
        client(&fixture, Without::Normalize(promise.pass)).is_ok_and(|source| promise.broken_by(&source).is_empty())
    });
    assert_eq!(idle.map(|promise| promise.pass).collect::<Vec<_>>(), Vec::<&str>::new(), "these do nothing");
}
