//! Generates a crate into a folder: `dump FILE DIR`.
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let p = &a[1];
    let b = std::fs::read(p).unwrap();
    let module = a.get(3).is_some();
    match codegen::generate(p, &b, if module { codegen::Layout::Module } else { codegen::Layout::Crate }) {
        Err(d) => {
            for x in d {
                eprintln!("{p}:{x}");
            }
            std::process::exit(1)
        }
        Ok(g) => {
            for x in &g.diagnostics {
                eprintln!("{p}:{x}");
            }
            for f in g.files {
                let q = std::path::Path::new(&a[2]).join(&f.path);
                std::fs::create_dir_all(q.parent().unwrap()).unwrap();
                std::fs::write(q, f.contents).unwrap();
            }
        }
    }
}
