//! The smallest client that the bindings' macro takes: what it needs of a client and of its runtime, in one place.
//!
//! It makes no request; with it, the seam is shown to fit more than one client, and its oracles to notice what is bound wrong.

use std::collections::BTreeSet;

use contract_tests::client::{Arguments, Kind, Setup, Subject};
use contract_tests::difference::Difference;
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::oracle::{Oracle, named};
use contract_tests::progress::Progress;

mod tiny;

pub mod right {
    contract_tests::client! {
        crate::fixture_client::tiny, "tests/contract";
        schemas {
            "Mood" Both => types::Mood, variants { "glad" => Glad, "sad" => Sad };
            "Pet" Both => types::Pet, properties {
                "name" => name: String, "owner" => owner: String, "fur" => fur: types::PetFur, "size" => size: types::PetSize,
            };
        }
        enumerations {
            "/components/schemas/Pet/properties/fur" => types::PetFur, variants { "long" => Long, "short" => Short };
            "/components/schemas/Pet/properties/size" => types::PetSize, variants { "small" => Big, "big" => Small };
        }
        operations {
            "getPet" => get_pet GetPet(Path "petId" => pet_id: i64) => One { "200" "application/json" } else {};
        }
    }
}

/// The same with two variants and two setters swapped, another place, a media type that is none, and a response too many.
mod wrong {
    contract_tests::client! {
        crate::fixture_client::tiny, "tests/contract";
        schemas {
            "Mood" Both => types::Mood, variants { "glad" => Sad, "sad" => Glad };
            "Pet" Both => types::Pet, properties {
                "name" => owner: String, "owner" => name: String, "fur" => fur: types::PetFur, "size" => size: types::PetSize,
            };
        }
        enumerations {
            "/components/schemas/Pet/properties/size" => types::PetSize, variants { "small" => Small, "big" => Big };
            "/components/schemas/Pet/properties/colour" => types::PetFur, variants {};
        }
        operations {
            "getPet" => get_pet GetPet(Query "petId" => pet_id: i64) => One { "200" "text/plain" } else { "404" };
        }
    }
}

const DOCUMENT: &str = include_str!("../fixtures/pets.yaml");

fn found(subject: &Subject) -> BTreeSet<String> {
    let document = Document::parse("pets.yaml", DOCUMENT).expect("the fixture is well-formed");
    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, subject, Plan { cases: 32, seed: 0 }, &clients).expect("there is ground");
    let oracles: Vec<&dyn Oracle> = ["bindings", "builders", "enumerations", "interface"]
        .iter()
        .map(|name| named(name).expect("it is registered"))
        .collect();
    let report = judge(&ground, &oracles, &Progress::hidden()).unwrap_or_else(|error| panic!("{error}"));
    let differences = report.differences.into_iter().map(|found| found.difference);
    differences.map(|Difference { oracle, place, keyword, .. }| format!("{oracle} {keyword} at {place}")).collect()
}

#[test]
fn a_client_of_another_crate_is_judged_by_its_lines() {
    // But for the variants that are swapped, which the line then says, and for what it says of itself.
    let swapped = ["enumerations variant Big", "enumerations variant Small"];
    let swapped = swapped.map(|found| format!("{found} at /components/schemas/Pet/properties/size"));
    let told = ["base URL", "default", "version"].map(|found| format!("interface {found} at Client"));
    assert_eq!(found(&right::SUBJECT), swapped.into_iter().chain(told).collect());
    let clients = Clients::new().expect("a runtime");
    let connected = clients.connect(&right::SUBJECT, &Setup::default()).expect("it is made");
    let called = clients.call(&right::SUBJECT.operations[0], &connected, Arguments::default());
    assert_eq!(
        (called.kind, called.fault.map(|fault| fault.message)),
        (Kind::InvalidRequest, Some("nothing is sent".into()))
    );
}

#[test]
fn each_line_that_is_wrong_is_noticed() {
    let found = found(&wrong::SUBJECT);
    for expected in [
        "enumerations variant Sad at Mood",
        "enumerations enum at Mood",
        "enumerations enum at /components/schemas/Pet/properties/size",
        "enumerations enum at /components/schemas/Pet/properties/colour",
        "bindings setter owner at Pet",
        "builders builder at Pet/name",
        "bindings parameter path petId at getPet",
        "bindings parameter query petId at getPet",
        "bindings response 200 at getPet",
        "bindings error 404 at getPet",
    ] {
        assert!(found.contains(expected), "{expected} is not among {found:#?}");
    }
}
