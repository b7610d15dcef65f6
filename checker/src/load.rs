//! From `linchpin.toml` to a [`System`]: reads every artefact once and notes every error.

mod contracts;
mod memo;
mod module;
mod records;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use linchpin_contract::Digest;
use rayon::prelude::*;

use crate::config::{self, Config, FirmwareConfig, FirmwareKind, ModuleConfig, Named, TargetConfig};
use crate::error::{Error, NamedBy};
use crate::files::{self, Unreadable};
use crate::firmware;
use crate::inputs::Inputs;
use crate::load::memo::Memo;
use crate::progress::{Counter, Progress};
use crate::system::{Firmware, KnownContract, Lock, Origin, Runtime, System, Target};

const MAX_SYSTEM_BYTES: u64 = 4 << 20;
const MAX_DESCRIPTOR_BYTES: u64 = 16 << 20;
/// Executables with debug information are large; a component never is.
const MAX_BINARY_BYTES: u64 = 1 << 30;

/// Reads the system that a `linchpin.toml` describes. Paths in it are relative to its folder.
///
/// # Errors
/// Every error of the file and of every artefact that it names, at once: see [`Error::each`].
pub fn load(path: &Path) -> Result<System, Error> {
    load_with_inputs(path).map(|(system, _)| system)
}

/// As [`load`], with everything that was looked at.
///
/// # Errors
/// As [`load`].
pub fn load_with_inputs(path: &Path) -> Result<(System, Inputs), Error> {
    load_with(path, &LoadOptions::default())
}

/// How to load a system.
#[derive(Clone, Default)]
pub struct LoadOptions {
    /// A folder that is laid out as the contracts folder is, and that current contracts are compared with beside the
    /// released ones. The digest of the system is the same with and without it.
    pub baseline: Option<PathBuf>,
    /// Who is told how far it is.
    pub progress: Option<Arc<dyn Progress>>,
}

/// As [`load_with_inputs`], with a baseline and with someone who is told how far it is, if `options` name them.
///
/// # Errors
/// As [`load`]; and [`Error::Artefact`] with `code` `missing-baseline` where the baseline holds no WIT package.
pub fn load_with(path: &Path, options: &LoadOptions) -> Result<(System, Inputs), Error> {
    let (bytes, config) = read(path)?;
    let firmwares: usize = config.targets.iter().map(|target| target.firmware.len()).sum();
    let artefacts = firmwares + earlier(&config.modules).len() + config.modules.len() + config.data.len();
    let counter = Counter::new(options.progress.clone(), artefacts);
    let mut loader = Loader::new(path.parent().map(Path::to_path_buf).unwrap_or_default(), counter);
    loader.baseline = options.baseline.clone();
    loader.inputs.read(path, &bytes);
    let system = loader.system(config, Digest::of(&bytes));
    Error::all_of(loader.errors).map_or(Ok((system, loader.inputs)), Err)
}

/// The folder of contracts that a `linchpin.toml` names, relative to its own.
///
/// # Errors
/// Every error of the file, at once.
pub fn contracts_folder(path: &Path) -> Result<String, Error> {
    read(path).map(|(_, config)| config.contracts.path)
}

/// The contracts of a system alone, for which nothing needs to be built.
#[derive(Debug, Clone)]
pub struct Contracts {
    /// The folder of `linchpin.toml`.
    pub root: PathBuf,
    /// The contracts folder, relative to it.
    pub folder: String,
    /// Current and released contracts.
    pub known: Vec<KnownContract>,
    /// What holds the released ones frozen, if anything does.
    pub lock: Option<Lock>,
}

/// Reads the current and released contracts that a `linchpin.toml` names, and nothing else.
///
/// # Errors
/// As [`load`], of the file and of the contracts.
pub fn load_contracts(path: &Path) -> Result<Contracts, Error> {
    let (_, config) = read(path)?;
    let folder = config.contracts.path.clone();
    let mut loader =
        Loader::new(path.parent().map(Path::to_path_buf).unwrap_or_default(), Counter::new(None, 0));
    let (known, lock) = loader.contracts(&Config { modules: Vec::new(), ..config });
    let contracts = Contracts { root: loader.root, folder, known, lock };
    Error::all_of(loader.errors).map_or(Ok(contracts), Err)
}

fn read(path: &Path) -> Result<(Vec<u8>, Config), Error> {
    let shown = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let bytes = files::read(path, MAX_SYSTEM_BYTES).map_err(|cause| unreadable_system(path, cause))?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        let cause =
            Unreadable { code: "", reason: "it is not UTF-8 text".into(), help: "save it as UTF-8".into() };
        return Err(unreadable_system(path, cause));
    };
    let config = config::parse(&shown, text)?;
    Ok((bytes, config))
}

fn unreadable_system(path: &Path, cause: Unreadable) -> Error {
    let help = match cause.code {
        "missing-file" => "run it in the folder of the system, or name its `linchpin.toml`".to_owned(),
        _ => cause.help,
    };
    Error::Read { path: path.display().to_string(), reason: cause.reason, help }
}

struct Loader {
    root: PathBuf,
    errors: Vec<Error>,
    inputs: Inputs,
    baseline: Option<PathBuf>,
    /// WIT that firmwares name.
    texts: Vec<KnownContract>,
    counter: Counter,
    memo: Arc<Memo>,
}

impl Loader {
    fn new(root: PathBuf, counter: Counter) -> Self {
        Self {
            root,
            errors: Vec::new(),
            inputs: Inputs::default(),
            baseline: None,
            texts: Vec::new(),
            counter,
            memo: Arc::default(),
        }
    }

    /// Loads many things of one kind, in parallel; errors stay in the order of the things.
    fn each<C: Send, T: Send>(
        &mut self,
        all: Vec<C>,
        one: impl Fn(&mut Self, C) -> Option<T> + Sync,
    ) -> Vec<T> {
        let (root, counter, memo) = (self.root.clone(), self.counter.clone(), Arc::clone(&self.memo));
        let load = |config| {
            let mut own = Self { memo: Arc::clone(&memo), ..Self::new(root.clone(), counter.clone()) };
            let loaded = one(&mut own, config);
            counter.step();
            (loaded, own)
        };
        let loaded: Vec<(Option<T>, Self)> = all.into_par_iter().map(load).collect();
        let mut values = Vec::with_capacity(loaded.len());
        for (value, own) in loaded {
            values.extend(value);
            self.errors.extend(own.errors);
            self.inputs.extend(own.inputs);
            self.texts.extend(own.texts);
        }
        values
    }

    fn system(&mut self, config: Config, file: Digest) -> System {
        let (mut contracts, lock) = self.contracts(&config);
        let mut targets: Vec<Target> = config.targets.into_iter().map(|target| self.target(target)).collect();
        let mut earlier = self.each(earlier(&config.modules), Self::module);
        let mut modules = self.each(config.modules, Self::module);
        let mut data = self.each(config.data, Self::data);
        let fleet = config.inventory.and_then(|file| self.fleet(&file, config.least_percent));
        contracts.append(&mut self.texts);
        targets.sort_by(|a, b| a.name.cmp(&b.name));
        modules.sort_by(|a, b| a.name.cmp(&b.name));
        earlier.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
        data.sort_by(|a, b| a.name.cmp(&b.name));
        let mut system = System {
            name: config.name,
            digest: file,
            root: self.root.display().to_string(),
            targets,
            modules,
            contracts,
            lock,
            edges: config.edges,
            earlier,
            data,
            fleet,
            waivers: config.waivers,
        };
        system.digest = digest(&system);
        system
    }

    fn target(&mut self, config: TargetConfig) -> Target {
        let runtime = config.runtime;
        let mut firmware = self.each(config.firmware, |own, entry| own.firmware(&entry, runtime));
        firmware.sort_by(|a, b| a.version.cmp(&b.version));
        Target { name: config.name, runtime: config.runtime, limits: config.limits, firmware }
    }

    fn firmware(&mut self, config: &FirmwareConfig, runtime: Runtime) -> Option<Firmware> {
        let bytes;
        let section = match &config.kind {
            FirmwareKind::Binary => {
                bytes = self.read(&config.file, MAX_BINARY_BYTES)?;
                firmware::section(&bytes)
            }
            FirmwareKind::Descriptor => {
                bytes = self.read(&config.file, MAX_DESCRIPTOR_BYTES)?;
                Ok(bytes.as_slice().into())
            }
            FirmwareKind::Wit(worlds) => {
                bytes = self.described(&config.file, worlds)?;
                Ok(bytes.as_slice().into())
            }
        };
        let descriptors = section.and_then(|section| {
            let digest = Digest::of(&section);
            let described = self.memo.descriptors.get_or(Some(digest), || firmware::of_section(&section))?;
            firmware::of_runtime(&described, runtime)?;
            Ok((digest, described))
        });
        match descriptors {
            Ok((descriptor_sha256, descriptors)) => Some(Firmware {
                version: config.version.clone(),
                place: config.place().clone(),
                file: config.file.path.clone(),
                descriptor_sha256,
                descriptors,
            }),
            Err(error) => match &config.kind {
                FirmwareKind::Wit(worlds) if error.code() == "no-descriptor" => {
                    let (reason, help) = calls_nothing(worlds, runtime);
                    self.note(config.file.named_by(), "no-descriptor", reason, help)
                }
                FirmwareKind::Binary | FirmwareKind::Descriptor | FirmwareKind::Wit(_) => {
                    self.note_named(&config.file, error)
                }
            },
        }
    }

    /// The descriptors that a firmware built for these worlds of this WIT would hold.
    fn described(&mut self, file: &Named, worlds: &[String]) -> Option<Vec<u8>> {
        let path = self.root.join(&file.path);
        let text = self.contract(&file.named_by(), &path, Origin::Firmware)?;
        self.texts.push(text);
        let worlds: Vec<Option<&str>> = if worlds.is_empty() {
            vec![None]
        } else {
            worlds.iter().map(|name| Some(name.as_str())).collect()
        };
        let encode = |world| linchpin_contract::descriptor::encode(&path, world);
        match worlds.into_iter().map(encode).collect::<Result<Vec<_>, _>>() {
            Ok(descriptors) => Some(descriptors.concat()),
            Err(error) => {
                let text = self.relative_text(&error.to_string());
                self.note(file.named_by(), error.code(), text, "name a world of it with `world = \"..\"`")
            }
        }
    }

    fn read(&mut self, file: &Named, limit: u64) -> Option<Vec<u8>> {
        match files::read(&self.root.join(&file.path), limit) {
            Ok(bytes) => {
                self.inputs.read(&self.root.join(&file.path), &bytes);
                Some(bytes)
            }
            Err(cause) => self.note(file.named_by(), cause.code, cause.reason, cause.help),
        }
    }

    fn note<T>(
        &mut self,
        named: NamedBy,
        code: &'static str,
        reason: String,
        help: impl Into<String>,
    ) -> Option<T> {
        self.errors.push(Error::Artefact { named, code, reason, help: help.into() });
        None
    }

    /// Notes an error of bytes, with the key that named them.
    fn note_named<T>(&mut self, file: &Named, error: Error) -> Option<T> {
        self.errors.push(match error {
            Error::Artefact { code, reason, help, .. } => {
                Error::Artefact { named: file.named_by(), code, reason, help }
            }
            other @ (Error::Read { .. }
            | Error::Syntax { .. }
            | Error::UnknownKey { .. }
            | Error::MissingKey { .. }
            | Error::BadValue { .. }
            | Error::Many(_)) => other,
        });
        None
    }
}

/// Why nothing can be held to a firmware that is given as WIT, and what to do.
fn calls_nothing(worlds: &[String], runtime: Runtime) -> (String, &'static str) {
    let which = match worlds {
        [] => "its world".to_owned(),
        [only] => format!("its world `{only}`"),
        several => format!("none of its worlds `{}`", several.join("`, `")),
    };
    let exports = if worlds.len() > 1 { "exports a function" } else { "exports no function" };
    match runtime {
        Runtime::Linchpin => (
            format!(
                "{which} {exports}, and a `linchpin` firmware calls what a world exports and offers nothing"
            ),
            "name the world that modules are built for, with the functions that the firmware calls as its exports",
        ),
        Runtime::Wasmtime48 | Runtime::Wasmtime48Dynamic | Runtime::Composition => (
            format!("{which} {exports} and imports none, so there is nothing to hold a module to"),
            "name the world that modules are built for, with `world = \"..\"`",
        ),
    }
}

/// The versions that are still in the field, as modules of their own.
fn earlier(modules: &[ModuleConfig]) -> Vec<ModuleConfig> {
    let of = |module: &ModuleConfig| -> Vec<ModuleConfig> {
        let version = |entry: &config::EarlierConfig| ModuleConfig {
            name: module.name.clone(),
            place: entry.place.clone(),
            version: entry.version.clone(),
            component: entry.component.clone(),
            wit: entry.wit.clone(),
            targets: module.targets.clone(),
            earlier: Vec::new(),
        };
        module.earlier.iter().map(version).collect()
    };
    modules.iter().flat_map(of).collect()
}

/// SHA-256 over the file and every artefact: one line for each, in a fixed order.
fn digest(system: &System) -> Digest {
    let mut lines = vec![format!("system {}", system.digest)];
    for target in &system.targets {
        for firmware in &target.firmware {
            lines.push(format!(
                "firmware {} {} {}",
                target.name, firmware.version, firmware.descriptor_sha256
            ));
        }
    }
    lines.extend(system.modules.iter().map(|module| format!("module {} {}", module.name, module.sha256)));
    let contracts = system.contracts.iter().filter(|known| known.origin != Origin::Baseline);
    lines.extend(contracts.map(|known| format!("contract {} {}", known.file, known.sha256)));
    let lock = system.lock.iter().flat_map(|lock| &lock.entries);
    lines.extend(lock.map(|(file, digest)| format!("locked {file} {digest}")));
    let earlier = system.earlier.iter();
    lines.extend(earlier.map(|it| format!("earlier {} {} {}", it.name, it.version, it.sha256)));
    lines.extend(system.data.iter().map(|data| format!("data {} {}", data.name, data.sha256)));
    lines.extend(system.fleet.iter().map(|fleet| format!("inventory {}", fleet.sha256)));
    Digest::of(lines.join("\n").as_bytes())
}
