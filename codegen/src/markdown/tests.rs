//! What rustdoc makes of a description once it is inert.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::inert::{OPTIONS, inert, leads_out};
use super::{code, phrase, quoted, url};

/// What must not reach rustdoc, found in the events of the parser that rustdoc uses.
fn harm(text: &str) -> Option<String> {
    let mut brackets = Vec::new();
    let note = |broken: pulldown_cmark::BrokenLink<'_>| {
        brackets.push(broken.span);
        None
    };
    let found = Parser::new_with_broken_link_callback(text, OPTIONS, Some(note)).find_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(format!("HTML {html}")),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("code without a fence".to_owned()),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if language.as_ref() != "text" => {
            Some(format!("code in {language:?}"))
        }
        Event::Start(Tag::Link { dest_url, link_type, .. } | Tag::Image { dest_url, link_type, .. })
            if !leads_out(&dest_url, link_type) =>
        {
            Some(format!("a link to {dest_url}"))
        }
        _ => None,
    });
    found.or_else(|| (!brackets.is_empty()).then(|| format!("brackets at {brackets:?}")))
}

/// The description's characters in order, as a reader sees them.
fn seen(text: &str) -> String {
    let mut seen = String::new();
    for event in Parser::new_ext(text, OPTIONS) {
        if let Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) = event {
            seen.extend(text.chars().filter(|character| !character.is_whitespace()));
        }
    }
    seen
}

#[track_caller]
fn check(text: &str) -> String {
    let written = inert(text);
    assert_eq!(harm(&written), None, "{text:?} became {written:?}");
    assert_eq!(inert(&written), written, "what is inert stays as it is");
    let followed = format!("{written}\n\n[END]");
    let events: Vec<_> = Parser::new_ext(&followed, OPTIONS).into_offset_iter().collect();
    let end = events.iter().rposition(|(event, _)| matches!(event, Event::Start(_))).unwrap();
    let depth = events[..end].iter().fold(0, |depth, (event, _)| match event {
        Event::Start(_) => depth + 1,
        Event::End(_) => depth - 1,
        _ => depth,
    });
    assert!(matches!(events[end].0, Event::Start(Tag::Paragraph)) && depth == 0, "{text:?} goes on: {followed:?}");
    assert_eq!(seen(&followed).matches("[END]").count(), 1, "{followed:?}");
    written
}

#[test]
fn what_is_inert_stays_as_it_was() {
    let list = "A *list*:\n\n- `one` and [two](https://a.example/b)\n  1. nested\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted";
    for text in ["plain", list, "```text\nfn main( {\n```", "a \\[b] \\<c>", "<https://a.example>", "5 < 6 && 7 > 6"] {
        assert_eq!(check(text), text);
    }
}

#[test]
fn code_is_never_compiled_wherever_it_stands() {
    for text in [
        "    panic!()",
        "a\n\n        let x = 1;\n",
        "> Quoted.\n\n>     panic!()\n\n-     panic!()",
        "1. a\n\n       panic!()\n2. b",
        "- - -     panic!()",
        ">>     panic!()",
        "\tpanic!()",
        "- a\n\n\t\tpanic!()",
        "[^1]: a\n\n        panic!()",
        "```\npanic!()\n```",
        "```rust\npanic!()",
        "- ~~~should_panic\n  panic!()\n  ~~~",
        "> ```\n> panic!()",
        "```text,rust\npanic!()\n```",
        "``` text rust\npanic!()\n```",
        "<div>\n\n    panic!()\n\n</div>",
        "a\n\n    ```\n    panic!()\n    ```",
        "\u{a0}\n    panic!()",
        "# a\n    panic!()",
    ] {
        let written = check(text);
        assert!(seen(&written).contains("panic!()") || seen(&written).contains("letx=1;"), "{written:?}");
    }
    assert_eq!(check("~~~~\n~~~"), "~~~~text\n~~~\n~~~~");
    assert_eq!(check("```\nfn main( {\n```"), "```text\nfn main( {\n```");
    assert_eq!(check("    a\n\n    b"), "````text\na\n\nb\n````");
}

#[test]
fn html_is_text() {
    for text in [
        "<img src=x onerror=alert(1)>",
        "~~~\n<img src=x>",
        "a <b>c</b> <!-- d --> <?e?> <![CDATA[f]]>",
        "<script>\nalert(1)\n</script>",
        "- <div>\n  x\n",
        "<a\nhref=x>",
        "`<b>` ` <i>",
        "Vec<T>",
    ] {
        let written = check(text);
        assert_eq!(seen(&written), seen(&inert(&written)));
    }
    assert_eq!(check("a <b>c</b>"), "a \\<b>c\\</b>");
}

#[test]
fn links_lead_to_pages_only() {
    for target in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#10;script:alert(1)",
        "<java\tscript:alert(1)>",
        "&#1;javascript:alert(1)",
        "javascript:location=name//x.y",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "Item",
        "std::vec::Vec",
    ] {
        for text in [format!("[a]({target})"), format!("![a]({target})"), format!("[a][b]\n\n[b]: {target}")] {
            check(&text);
        }
    }
    check("<javascript:alert(1)>");
    for text in ["[a](https://b.example)", "[a](#b)", "[c](d.html)", "<mail@b.example>", "[a](mailto:a@b.example)"] {
        assert_eq!(check(text), text);
    }
}

#[test]
fn brackets_are_no_links_to_items() {
    assert_eq!(check("[x] and [y][z] and `[q]`"), "\\[x] and \\[y]\\[z] and `[q]`");
    assert_eq!(check("- [ ] open\n- [x] done"), "- [ ] open\n- [x] done");
    assert_eq!(check("[a]: https://b.example\n\n[c][a]"), "[c](https://b.example)");
    check("[Vec]\n\n[`Vec`]: Vec");
    check("[[a]] ![b] [^c]");
}

#[test]
fn a_bare_url_becomes_a_link() {
    assert_eq!(check("See https://a.example/b?c=d_e&f=g."), "See <https://a.example/b?c=d_e&f=g>.");
    assert_eq!(
        check("(http://a.example) <http://b> [http://c](http://c) xhttp://d `http://e`"),
        "(<http://a.example>) <http://b> [http://c](http://c) xhttp://d `http://e`"
    );
}

#[test]
fn a_phrase_is_one_line() {
    let phrased = |text: &str| phrase(Some(text)).unwrap();
    assert_eq!(phrased("A *b* `c` [d](https://e.example)."), "A *b* `c` [d](https://e.example).");
    assert_eq!(phrased("# A *b*\n\n- `c|d` <e>\n- f\n\n```\ng  h\n```"), "A *b* `c|d` \\<e> f `g h`");
    assert_eq!(phrased("1. a\n2. b"), "a b");
    assert_eq!(phrased("two\nlines"), "two lines");
    assert_eq!(phrase(Some(" \n ")), None);
}

#[test]
fn code_and_urls_hold_whatever_is_in_them() {
    for text in ["`", "a ``` b", "<b>", "``\u{202e}` <img>", "\n\n    panic!()", " ", ""] {
        let said = format!("- {}: {}", quoted(text), code(&serde_json::json!({ "a": text })));
        assert_eq!(harm(&said), None, "{said:?}");
    }
    for page in ["javascript:alert(1)", "java\nscript:x", "https://a.example/`<b>", "\u{202e}data:x", "no url"] {
        let said = url(Some(page)).unwrap();
        assert_eq!(harm(&said), None, "{said:?}");
        assert!(!said.starts_with('<') || said.starts_with("<https"), "{said}");
    }
    assert_eq!(inert("``\u{202e}`rust\npanic!()"), "```text\npanic!()\n```");
}

#[test]
fn long_and_deep_input_is_written_in_one_go() {
    for piece in [
        "[",
        "[a](",
        "[a](b.c)",
        "<b>",
        "`",
        "> ",
        "- ",
        "*",
        "![",
        "<",
        "```\n",
        "    a\n\n",
        "http://a.b ",
        "[a]: b\n",
    ] {
        check(&piece.repeat(100_000 / piece.len()));
    }
}

#[test]
fn pieces_of_markdown_in_any_order_are_inert() {
    const PIECES: [&str; 26] = [
        "    ",
        "\t",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "```",
        "~~~",
        "`",
        "rust",
        "panic!()",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "[",
        "]",
        "](",
        ")",
        "javascript:x",
        "https://a.example",
        "\\",
        "&lt;",
        "|",
        "# ",
    ];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(PIECES[(state % 26) as usize]);
        }
        check(&text);
        let line = format!("- `a`: {}", phrase(Some(&text)).unwrap_or_default());
        assert_eq!(harm(&line), None, "{text:?} became {line:?}");
        assert!(!line.contains('\n'), "{line:?}");
    }
}
