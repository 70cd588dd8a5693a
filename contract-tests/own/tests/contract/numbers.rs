//! The edges of 64 bits, as text on the wire: a tree of values could not even hold what lies beyond the lower one.

use super::{bound, own};

#[test]
fn an_identifier_is_taken_to_the_last_of_64_bits_and_no_further() {
    let document = own();
    let operations = document.operations().expect("the operations are read");
    let example = operations[0].responses[0].bodies[0].example.expect("the page has an example").to_string();
    let customer = bound("Customer");
    for (number, fits) in [
        ("9223372036854775807", true),
        ("9223372036854775808", false),
        ("-9223372036854775808", true),
        ("-9223372036854775809", false),
        ("9007199254740993", true),
        ("0", true),
        ("18446744073709551616", false),
        ("1.5", false),
        ("\"1\"", false),
    ] {
        let text = example.replacen("\"tenantId\":10000001", &format!("\"tenantId\":{number}"), 1);
        assert_ne!(text, example, "the example has another identifier");
        match (customer.decode)(text.as_bytes()) {
            Ok(decoded) => {
                assert!(fits, "{number} is taken as {}", decoded.encoded["tenantId"]);
                assert_eq!(decoded.encoded["tenantId"].to_string(), number);
                assert_eq!((decoded.kept, decoded.strict), (vec![], vec![]), "{number}");
            }
            Err(error) => assert!(!fits && error.pointer.as_str() == "/tenantId", "{number}: {error:?}"),
        }
    }
}

#[test]
fn an_integer_that_is_written_with_a_fraction_is_taken_and_reported() {
    let document = own();
    let operations = document.operations().expect("the operations are read");
    let example = operations[0].responses[0].bodies[0].example.expect("the page has an example").to_string();
    for (number, value) in [("1.0", "1"), ("1e2", "100"), ("9007199254740993.0", "9007199254740993")] {
        let text = example.replacen("\"tenantId\":10000001", &format!("\"tenantId\":{number}"), 1);
        let decoded = (bound("Customer").decode)(text.as_bytes()).expect(number);
        assert_eq!(decoded.encoded["tenantId"].to_string(), value);
        let strict: Vec<String> = decoded.strict.iter().map(ToString::to_string).collect();
        assert!(decoded.kept.is_empty() && strict.len() == 1 && strict[0].contains("tenantId"), "{strict:?}");
    }
}
