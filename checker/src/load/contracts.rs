//! Every WIT package that belongs to the system: modules' own, current, released.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use linchpin_contract::{Contract, Digest, PackageId, WorldItem, function_digest, load_wit};

use super::Loader;
use crate::config::{Config, Named};
use crate::error::NamedBy;
use crate::files::{self, Found, Unreadable};
use crate::system::{KnownContract, Lock, Origin};

const MAX_WIT_BYTES: u64 = 16 << 20;
const RELEASED: &str = "released";
const LOCK: &str = "released.lock";

impl Loader {
    pub(super) fn contracts(&mut self, config: &Config) -> (Vec<KnownContract>, Option<Lock>) {
        let mut known = Vec::new();
        for module in &config.modules {
            for earlier in &module.earlier {
                let (name, version) = (module.name.clone(), earlier.version.clone());
                if let Some(wit) = &earlier.wit {
                    let origin = Origin::Earlier { module: name, version };
                    known.extend(self.contract(&wit.named_by(), &self.root.join(&wit.path), origin));
                }
            }
            if let Some(wit) = &module.wit {
                known.extend(self.contract(
                    &wit.named_by(),
                    &self.root.join(&wit.path),
                    Origin::Module(module.name.clone()),
                ));
            }
        }
        let folder = self.root.join(&config.contracts.path);
        self.inputs.looked_at(&folder);
        if !matches!(files::found(&folder), Found::Folder) {
            let reason = "there is no such folder".to_owned();
            let help = "write the contract there, or correct the path";
            self.note::<()>(config.contracts.named_by(), "missing-folder", reason, help);
            return (known, None);
        }
        let named = config.contracts.named_by();
        for package in self.packages(&named, &folder) {
            known.extend(self.contract(&named, &package, Origin::Current));
        }
        self.declared_once(&config.contracts, &known);
        for package in self.listing(&named, &folder.join(RELEASED)) {
            for version in self.listing(&named, &package) {
                let name = version.file_stem().unwrap_or_default().to_string_lossy();
                let full = version.file_name().unwrap_or_default().to_string_lossy();
                let name = if is_wit(&version) { name } else { full }.into_owned();
                known.extend(self.contract(&named, &version, Origin::Released { version: name }));
            }
        }
        known.extend(self.baseline());
        (known, self.lock(&config.contracts, &folder.join(RELEASED).join(LOCK)))
    }

    /// Notes current contracts of one package and version that say two things: nobody could tell which is meant.
    fn declared_once(&mut self, named: &Named, known: &[KnownContract]) {
        let mut first: BTreeMap<PackageId, &KnownContract> = BTreeMap::new();
        let mut twice = Vec::new();
        for contract in known.iter().filter(|known| known.origin == Origin::Current) {
            let Some(package) = contract.package() else { continue };
            let other = *first.entry(package.clone()).or_insert(contract);
            if other.sha256 != contract.sha256 {
                twice.push((package.clone(), other.file.clone(), contract.file.clone()));
            }
        }
        for (package, one, other) in twice {
            let reason = format!("`{one}` and `{other}` both declare `{package}`, and differ");
            let help = "keep one of them, or give each a version of its own";
            self.note::<()>(named.named_by(), "package-twice", reason, help);
        }
    }

    /// The contracts of the baseline, if there is one. No key names it, so none is blamed for it.
    fn baseline(&mut self) -> Vec<KnownContract> {
        let Some(folder) = self.baseline.clone() else { return Vec::new() };
        let shown = folder.display();
        let help = "name a folder that is laid out as the contracts folder is";
        if matches!(files::found(&folder), Found::File) {
            let reason = format!("the baseline `{shown}` is no folder");
            return self.note(NamedBy::default(), "missing-baseline", reason, help).unwrap_or_default();
        }
        let packages = self.packages(&NamedBy::default(), &folder);
        if packages.is_empty() {
            let reason = format!("the baseline `{shown}` holds no WIT package");
            self.note::<()>(NamedBy::default(), "missing-baseline", reason, help);
        }
        let load = |package: PathBuf| self.contract(&NamedBy::default(), &package, Origin::Baseline);
        packages.into_iter().filter_map(load).collect()
    }

    /// Folders that hold one package each; the contracts folder itself where WIT lies right in it.
    fn packages(&mut self, named: &NamedBy, folder: &Path) -> Vec<PathBuf> {
        self.inputs.looked_at(folder);
        let entries = files::entries(folder).unwrap_or_else(|cause| self.unlisted(named, cause));
        if entries.iter().any(|entry| is_wit(entry)) {
            return vec![folder.to_path_buf()];
        }
        let holds_wit = |folder: &PathBuf| {
            let name = folder.file_name().unwrap_or_default();
            name != RELEASED && name != "deps" && matches!(files::found(folder), Found::Folder)
        };
        entries.into_iter().filter(holds_wit).collect()
    }

    /// Folders and WIT files of a folder.
    fn listing(&mut self, named: &NamedBy, folder: &Path) -> Vec<PathBuf> {
        self.inputs.looked_at(folder);
        if !matches!(files::found(folder), Found::Folder) {
            return Vec::new();
        }
        self.inputs.looked_at(folder);
        let entries = files::entries(folder).unwrap_or_else(|cause| self.unlisted(named, cause));
        entries
            .into_iter()
            .filter(|entry| !is_hidden(entry))
            .filter(|entry| is_wit(entry) || matches!(files::found(entry), Found::Folder))
            .collect()
    }

    fn unlisted(&mut self, named: &NamedBy, cause: Unreadable) -> Vec<PathBuf> {
        self.note(named.clone(), cause.code, cause.reason, cause.help).unwrap_or_default()
    }

    pub(super) fn contract(&mut self, named: &NamedBy, path: &Path, origin: Origin) -> Option<KnownContract> {
        let help = if origin == Origin::Baseline {
            "correct the baseline, or name another one"
        } else {
            "correct the contract"
        };
        if matches!(files::found(path), Found::Nothing) {
            let help = "write the contract there, or correct the path";
            let reason = "there is no such file or folder".to_owned();
            return self.note(named.clone(), "missing-file", reason, help);
        }
        let contract = match load_wit(path) {
            Ok(contract) => contract,
            Err(error) => {
                let text = self.relative_text(&error.to_string());
                return self.note(named.clone(), error.code(), text, help);
            }
        };
        if let Some(error) = too_large(&contract) {
            let text = self.relative_text(&error.to_string());
            return self.note(named.clone(), error.code(), text, "split the type");
        }
        self.inputs.looked_at(path);
        for folder in contract.files.iter().filter_map(|file| file.path.parent()) {
            self.inputs.looked_at(folder);
        }
        self.inputs.looked_at(&path.join("deps"));
        for file in &contract.files {
            self.inputs.held(&file.path, file.sha256);
        }
        let digests: Vec<Digest> = contract.files.iter().map(|file| file.sha256).collect();
        let file = self.relative(path);
        Some(KnownContract { origin, file, sha256: joined(&digests), contract: self.rooted(contract) })
    }

    /// The contract with its files named relative to the system's folder, as reports show them.
    fn rooted(&self, mut contract: Contract) -> Contract {
        for file in &mut contract.files {
            file.path = PathBuf::from(self.relative(&file.path));
        }
        contract
    }

    fn relative(&self, path: &Path) -> String {
        files::relative(path, &self.root)
    }

    pub(super) fn relative_text(&self, text: &str) -> String {
        let root = self.root.display().to_string();
        if root.is_empty() { text.to_owned() } else { text.replace(&format!("{root}/"), "") }
    }

    fn lock(&mut self, named: &Named, path: &Path) -> Option<Lock> {
        self.inputs.looked_at(path);
        if matches!(files::found(path), Found::Nothing) {
            return None;
        }
        let file = self.relative(path);
        let bytes = match files::read(path, MAX_WIT_BYTES) {
            Ok(bytes) => bytes,
            Err(cause) => return self.note(named.named_by(), cause.code, cause.reason, cause.help),
        };
        match Lock::parse(&file, &bytes) {
            Ok(lock) => Some(lock),
            Err(reason) => {
                self.note(named.named_by(), "lock", reason, "restore the file from version control")
            }
        }
    }
}

/// Why a function of the contract's own packages cannot be compared with any other.
fn too_large(contract: &Contract) -> Option<linchpin_contract::Error> {
    let own = contract.packages.iter().take(contract.own_packages);
    let mut functions = own.flat_map(|package| {
        let items = package.worlds.iter().flat_map(|world| world.imports.iter().chain(&world.exports));
        let of_worlds = items.filter_map(|item| match item {
            WorldItem::Function(function) => Some(function),
            WorldItem::Interface(_) | WorldItem::Type(_) => None,
        });
        package.interfaces.iter().flat_map(|interface| &interface.functions).chain(of_worlds)
    });
    functions.find_map(|function| function_digest(function).err())
}

/// The digest of the only file, or of the digests of several.
fn joined(digests: &[Digest]) -> Digest {
    match digests {
        [only] => *only,
        several => {
            Digest::of(several.iter().map(|digest| format!("{digest}\n")).collect::<String>().as_bytes())
        }
    }
}

/// A release that is only half written begins with a point.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn is_wit(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "wit")
}
