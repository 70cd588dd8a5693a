//! What the formats of strings allow and refuse, listed by hand.
//!
//! The e-mail addresses carry the clause that their verdict rests on, so that a mistake which the client and a validator
//! share still shows.

/// An e-mail address with the verdict that RFC 5321 gives it.
#[derive(Debug, Clone)]
pub struct Address {
    /// The address.
    pub text: String,
    /// Whether it is a mailbox in ASCII.
    pub valid: bool,
    /// The clause.
    pub clause: &'static str,
}

/// Strings that a format allows; empty for a format that refuses nothing.
pub fn valid(format: &str) -> Vec<String> {
    match format {
        "email" => addresses().into_iter().filter(|address| address.valid).map(|address| address.text).collect(),
        _ => other(format).0.iter().map(|text| (*text).to_owned()).collect(),
    }
}

/// Strings that a format refuses.
pub fn invalid(format: &str) -> Vec<String> {
    match format {
        "email" => addresses().into_iter().filter(|address| !address.valid).map(|address| address.text).collect(),
        _ => other(format).1.iter().map(|text| (*text).to_owned()).collect(),
    }
}

fn other(format: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match format {
        "date" => {
            (&["2024-02-29", "1970-01-01", "9999-12-31"], &["2023-02-29", "2024-13-01", "2024-1-1", "20240101", ""])
        }
        "date-time" => (
            &["2024-02-29T23:59:59Z", "2024-02-29T23:59:59.123+09:00", "1990-12-31T23:59:60Z"],
            &["2024-02-30T00:00:00Z", "2024-02-29 ", "2024-02-29T23:59:59", "2024-02-29T24:00:00Z", ""],
        ),
        "uuid" => (
            &["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000"],
            &[
                "123e4567-e89b-12d3-a456-42661417400",
                "123e4567e89b12d3a456426614174000",
                "g23e4567-e89b-12d3-a456-426614174000",
                "",
            ],
        ),
        "uri" => {
            (&["https://example.com/a?b=c#d", "urn:example:a"], &["/a", "https://exa mple.com", "https://[::1", ""])
        }
        "ipv4" => (&["192.0.2.1", "0.0.0.0"], &["256.0.0.1", "192.0.2", "1.2.3.4.5", ""]),
        "ipv6" => (&["2001:db8::1", "::"], &["2001:db8:::1", "1.2.3.4", "12345::", ""]),
        // Only readers of the document are told of these two: Draft 4 does not know them.
        "time" => (&["23:59:59Z", "00:00:00.25+09:00"], &[]),
        "regex" => (&["^a+$", "[0-9]{2}|x", ""], &[]),
        "byte" => (&["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg", "-_-_", "+/+/"], &["Z", "Zm9v=", "Zg==Zg==", "Zm 8=", "é"]),
        "hostname" => (&["example.com", "a-b.example"], &["-a.example", "a_b.example", "a..b"]),
        _ => (&[], &[]),
    }
}

/// The strings of a format as an expression, and whether that covers all that the format allows. What matches is nearly
/// always of the format; the compiled schema has the last word.
pub fn expression(format: &str) -> Option<(&'static str, bool)> {
    Some(match format {
        "date" => ("^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$", true),
        "date-time" => (
            "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)\
             (?:\\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$",
            true,
        ),
        "time" => (
            "^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$",
            false,
        ),
        "uuid" => ("^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", true),
        "ipv4" => (
            "^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$",
            true,
        ),
        "ipv6" => ("^(?:[0-9a-f]{1,4}:){1,6}(?::|(?::[0-9a-f]{1,4}){1,2}|(?:[0-9a-f]{1,4}:)[0-9a-f]{1,4})$", false),
        "hostname" => ("^[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*(?:\\.[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*)*$", false),
        "email" => ("^[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+(?:\\.[0-9A-Za-z_+-]+)*@[0-9a-z]+(?:[.-][0-9a-z]+)*$", false),
        "uri" => {
            ("^[a-z][a-z0-9+.-]*:(?://[a-z0-9-]+(?:\\.[a-z0-9-]+)*)?(?:/[A-Za-z0-9._~-]*)*(?:[?#][a-z0-9=&]*)?$", false)
        }
        "regex" => ("^\\^?(?:[a-z0-9]|\\[[a-z]+\\])*\\$?$", false),
        "byte" => ("^(?:[0-9A-Za-z+/]{4})*(?:[0-9A-Za-z+/][AQgw]==|[0-9A-Za-z+/]{2}[AEIMQUYcgkosw048]=)?$", false),
        _ => return None,
    })
}

/// The addresses, by class.
pub fn addresses() -> Vec<Address> {
    let listed = [
        ("private.works@example.com", true, "RFC 5321 4.1.2: Dot-string"),
        ("a@b", true, "RFC 5321 4.1.2: Domain may be a single sub-domain"),
        ("a+tag@example.com", true, "RFC 5322 3.2.3: `+` is atext"),
        ("!#$%&'*+-/=?^_`{|}~@example.com", true, "RFC 5322 3.2.3: all of atext"),
        ("\"two words\"@example.com", true, "RFC 5321 4.1.2: Quoted-string, space is qtextSMTP"),
        ("\"a@b\"@example.com", true, "RFC 5321 4.1.2: `@` within a Quoted-string"),
        ("\"a\\\"b\"@example.com", true, "RFC 5321 4.1.2: quoted-pairSMTP"),
        ("\"\"@example.com", true, "RFC 5321 4.1.2: Quoted-string of no QcontentSMTP"),
        ("\"foo..bar\"@example.com", true, "RFC 5321 4.1.2: dots are free within quotes"),
        ("user@[192.0.2.1]", true, "RFC 5321 4.1.3: IPv4-address-literal"),
        ("user@[IPv6:2001:db8::1]", true, "RFC 5321 4.1.3: IPv6-address-literal"),
        ("user@xn--nxasmq6b.example", true, "RFC 5890 2.3.2.1: an A-label is an LDH label"),
        ("user@[ipv6:2001:db8::1]", true, "RFC 5234 2.3: the tag `IPv6:` is case-insensitive"),
        ("user@[IPv6:::ffff:192.0.2.1]", true, "RFC 5321 4.1.3: IPv6v4-comp"),
        ("user@192.0.2.1", true, "RFC 5321 4.1.2: sub-domains may be of digits only"),
        ("a.b.c.d@example.com", true, "RFC 5321 4.1.2: Dot-string of any number of Atoms"),
        ("\"a\\ b\"@example.com", true, "RFC 5321 4.1.2: quoted-pairSMTP of a space"),
        ("user@1and1.example", true, "RFC 1123 2.1: a label may begin with a digit"),
        ("foo..bar@docomo.ne.jp", false, "RFC 5321 4.1.2: an Atom between two dots is not empty"),
        ("foo.@ezweb.ne.jp", false, "RFC 5321 4.1.2: an Atom after the last dot is not empty"),
        (".foo@example.com", false, "RFC 5321 4.1.2: an Atom before the first dot is not empty"),
        ("foo@bar..example", false, "RFC 5321 4.1.2: a sub-domain is not empty"),
        ("foo@example.com.", false, "RFC 5321 4.1.2: a Domain ends with a sub-domain"),
        ("foo@-example.com", false, "RFC 5321 4.1.2: a sub-domain begins with Let-dig"),
        ("foo@example-.com", false, "RFC 5321 4.1.2: a sub-domain ends with Let-dig"),
        ("foo@exa_mple.com", false, "RFC 5321 4.1.2: `_` is in no Ldh-str"),
        ("a@b!c", false, "RFC 5321 4.1.2: `!` is in no Ldh-str"),
        ("two words@example.com", false, "RFC 5321 4.1.2: a space is in no Atom"),
        ("\"open@example.com", false, "RFC 5321 4.1.2: a Quoted-string ends with DQUOTE"),
        ("\"a\"b@example.com", false, "RFC 5321 4.1.2: Local-part is a Dot-string or a Quoted-string"),
        ("\"a\"b\"@example.com", false, "RFC 5321 4.1.2: DQUOTE is no qtextSMTP"),
        ("\"a\u{7}\"@example.com", false, "RFC 5321 4.1.2: qtextSMTP is %d32-126"),
        ("foo\n@example.com", false, "RFC 5321 4.1.2: a control character is in no Atom"),
        ("foo\u{7f}@example.com", false, "RFC 5322 3.2.3: DEL is no atext"),
        ("\"a\u{7f}\"@example.com", false, "RFC 5321 4.1.2: qtextSMTP ends at %d126"),
        ("\"a\\\n\"@example.com", false, "RFC 5321 4.1.2: quoted-pairSMTP is of %d32-126"),
        ("\u{0}@example.com", false, "RFC 5321 4.1.2: a control character is in no Atom"),
        ("foo@example.com\n", false, "RFC 5321 4.1.2: nothing follows the Domain"),
        (" foo@example.com", false, "RFC 5321 4.1.2: nothing precedes the Local-part"),
        ("..@example.com", false, "RFC 5321 4.1.2: Atoms are not empty"),
        ("\"a\".b@example.com", false, "RFC 5321 4.1.2: Local-part mixes no Quoted-string with Atoms"),
        ("foo(comment)@example.com", false, "RFC 5321 4.1.2: comments are RFC 5322's, not SMTP's"),
        ("user@[]", false, "RFC 5321 4.1.3: an address literal is not empty"),
        ("user@[192.0.2.1", false, "RFC 5321 4.1.3: an address literal ends with `]`"),
        ("user@[192.0.2]", false, "RFC 5321 4.1.3: an IPv4 literal has four numbers"),
        ("user@[192.0.2.1].com", false, "RFC 5321 4.1.2: Mailbox ends with the address literal"),
        ("user@[IPv6:fe80::1%eth0]", false, "RFC 5321 4.1.3: an IPv6 literal has no zone"),
        ("user@[x-tag:abc]", false, "RFC 5321 4.1.3: only registered tags, of which `IPv6` is the only one"),
        ("plain", false, "RFC 5321 4.1.2: Mailbox has an `@`"),
        ("@example.com", false, "RFC 5321 4.1.2: Local-part is not empty"),
        ("foo@", false, "RFC 5321 4.1.2: Domain is not empty"),
        ("a@b@example.com", false, "RFC 5321 4.1.2: `@` is in no Atom"),
        ("", false, "RFC 5321 4.1.2: Mailbox has an `@`"),
        ("<a@example.com>", false, "RFC 5321 4.1.2: the brackets belong to Path, not to Mailbox"),
        ("user@[192.0.2.256]", false, "RFC 5321 4.1.3: Snum is 0 to 255"),
        ("user@[2001:db8::1]", false, "RFC 5321 4.1.3: an IPv6 literal is tagged"),
        ("ユーザ@example.com", false, "RFC 5321 4.1.2: ASCII only; RFC 6531 extends it"),
        ("user@例え.jp", false, "RFC 5321 4.1.2: ASCII only; RFC 6531 extends it"),
    ];
    let mut all: Vec<Address> =
        listed.into_iter().map(|(text, valid, clause)| Address { text: text.into(), valid, clause }).collect();
    let local = |length: usize| format!("{}@example.com", "a".repeat(length));
    all.push(Address { text: local(64), valid: true, clause: "RFC 5321 4.5.3.1.1: 64 octets of local part" });
    all.push(Address {
        text: local(65),
        valid: false,
        clause: "RFC 5321 4.5.3.1.1: more than 64 octets of local part",
    });
    let quoted = |length: usize| format!("\"{}\"@example.com", "a".repeat(length - 2));
    all.push(Address { text: quoted(64), valid: true, clause: "RFC 5321 4.5.3.1.1: 64 octets, the quotes among them" });
    all.push(Address {
        text: quoted(65),
        valid: false,
        clause: "RFC 5321 4.5.3.1.1: more than 64 octets with the quotes",
    });
    let label = |length: usize| format!("a@{}.example", "b".repeat(length));
    all.push(Address { text: label(63), valid: true, clause: "RFC 1035 2.3.4: 63 octets of label" });
    all.push(Address { text: label(64), valid: false, clause: "RFC 1035 2.3.4: more than 63 octets of label" });
    let whole = |length: usize| {
        let labels = format!("{0}.{0}.{0}", "b".repeat(60));
        let local = "a".repeat(60);
        format!("{local}@{labels}.{}", "c".repeat(length - local.len() - labels.len() - 2))
    };
    all.push(Address {
        text: whole(254),
        valid: true,
        clause: "RFC 5321 4.5.3.1.3: 256 octets of path, brackets included",
    });
    all.push(Address { text: whole(255), valid: false, clause: "RFC 5321 4.5.3.1.3: more than 256 octets of path" });
    all
}
