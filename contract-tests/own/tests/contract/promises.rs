//! The whole suite: the built client against its own document.

use contract_tests::ground::Plan;

use super::judged_own;

/// `CONTRACT_CASES` and `CONTRACT_SEED` explore further; without them, every run judges the same.
fn plan() -> Plan {
    let read = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let usual = Plan::default();
    let cases = read("CONTRACT_CASES").and_then(|cases| u32::try_from(cases).ok()).unwrap_or(usual.cases);
    Plan { cases, seed: read("CONTRACT_SEED").unwrap_or(usual.seed) }
}

#[test]
fn the_client_keeps_its_promises_and_the_report_says_how_to_repeat_what_was_judged() {
    let Plan { cases, seed } = plan();
    let report = judged_own(plan());
    assert!(report.passed(), "{report}");
    assert_eq!(report.stale, Vec::<String>::new(), "entries of the list that are no longer real");
    let text = report.to_string();
    assert!(
        text.contains("openapi/lineworks-partner.yaml judged by bindings, document, derived, client, claims, "),
        "{text}"
    );
    assert!(text.contains(&format!("cargo xtask contract --cases {cases} --seed {seed}")), "{text}");
    assert!(text.lines().count() <= 50, "a screenful:\n{text}");
    let directory = tempfile::tempdir().expect("a directory");
    report.write(directory.path()).expect("the report is written");
    let json = std::fs::read_to_string(directory.path().join("contract.json")).expect("it is there");
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["plan"]["seed"], seed);
    assert_eq!(json["schemas"].as_array().map(Vec::len), Some(10));
}
