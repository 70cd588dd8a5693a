//! The files of a document, for tests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use codegen::{FileId, Loaded, Loader, Refusal};

/// Files by their paths from the root file's folder.
#[derive(Debug, Default)]
pub struct Files {
    files: BTreeMap<String, Vec<u8>>,
    root: String,
    order: Mutex<Vec<String>>,
}

impl Files {
    /// Files beside a root.
    pub fn of(root: &str, files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files, root: root.to_owned(), order: Mutex::default() }
    }
}

impl Loader for Files {
    fn load(&self, path: &str) -> Result<Loaded, Refusal> {
        if path == self.root {
            return Ok(Loaded { file: FileId::ROOT, path: path.to_owned(), bytes: Arc::default() });
        }
        let bytes = self.files.get(path).ok_or(Refusal::Missing { similar: None })?;
        let mut order = self.order.lock().unwrap();
        let index = order.iter().position(|known| known == path).unwrap_or(order.len());
        if index == order.len() {
            order.push(path.to_owned());
        }
        let file = FileId::nth(u32::try_from(index).unwrap() + 1);
        Ok(Loaded { file, path: path.to_owned(), bytes: bytes.as_slice().into() })
    }
}
