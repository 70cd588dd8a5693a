fn main() {
    let p = std::env::args().nth(1).unwrap();
    let b = std::fs::read(&p).unwrap();
    let d = codegen::document::Document::parse(&p, &b).unwrap();
    let n = codegen::normalize::normalize(&d).unwrap();
    if std::env::args().nth(2).is_some() {
        println!("{}", serde_json::to_string_pretty(&n.root).unwrap());
        return;
    }
    let f = codegen::emit::emit(&n.root).unwrap();
    println!("{}", prettyplease::unparse(&f));
}
