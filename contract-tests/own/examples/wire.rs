//! scratch
#![allow(clippy::unwrap_used, missing_docs, clippy::print_stdout)]
use contract_tests::document::Document;
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::oracle::{Findings, Oracle, wire::Wire};
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let document = Document::read(path.as_ref()).unwrap();
    let clients = Clients::new().unwrap();
    let ground = Ground::new(&document, &contract_tests_own::SUBJECT, Plan::default(), &clients).unwrap();
    let mut found = Findings::of("wire");
    for operation in &ground.operations {
        let start = std::time::Instant::now();
        if let Err(error) = Wire.operation(&ground, operation, &mut found) { println!("ERROR {error}"); }
        println!("{}: {:?} {:?}", operation.operation.id, start.elapsed(), found.counts);
    }
    println!("{} differences", found.differences.len());
    let mut seen = std::collections::BTreeMap::<String, (usize, String)>::new();
    for difference in &found.differences {
        let key = format!("{:?} {} {}", difference.problem, difference.place, difference.keyword);
        let entry = seen.entry(key).or_insert((0, String::new()));
        entry.0 += 1;
        if entry.0 <= 3 { entry.1.push_str(&format!("    {}\n", difference.detail.chars().take(300).collect::<String>())); }
        if entry.0 == 1 && std::env::args().nth(2).is_some() { entry.1.push_str(&format!("      {}\n", difference.shown_by.to_string().chars().take(900).collect::<String>())); }
    }
    for (key, (count, details)) in seen { println!("{count} x {key}\n{details}"); }
}
