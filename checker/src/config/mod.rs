//! `linchpin.toml`: what a system consists of. Text in, plain values with places out; no file is opened here.

mod data;
mod edges;
mod firmware;
mod limits;
mod reader;
mod size;
mod waivers;

use linchpin_contract::Place;
use semver::Version;

use crate::error::{Error, NamedBy, Naming};
use crate::system::{DeclaredWaiver, Edge};
pub(crate) use data::DataConfig;
pub(crate) use firmware::{FirmwareConfig, FirmwareKind};
pub use limits::Limits;
use reader::{Reader, Table, Text};
pub(crate) use reader::{did_you_mean, nearest};

/// The whole file.
pub(crate) struct Config {
    pub(crate) name: String,
    pub(crate) contracts: Named,
    pub(crate) targets: Vec<TargetConfig>,
    pub(crate) modules: Vec<ModuleConfig>,
    pub(crate) inventory: Option<Named>,
    /// Under this share of the fleet a module is worth a warning.
    pub(crate) least_percent: Option<u64>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) data: Vec<DataConfig>,
    pub(crate) waivers: Vec<DeclaredWaiver>,
}

/// A path and the key that names it.
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) path: String,
    pub(crate) place: Place,
    key: String,
}

impl Named {
    fn new(text: Text) -> Self {
        Self { path: text.value, place: text.place, key: text.key }
    }

    pub(crate) fn named_by(&self) -> NamedBy {
        NamedBy(Some(Box::new(Naming {
            place: self.place.clone(),
            key: self.key.clone(),
            path: self.path.clone(),
        })))
    }
}

/// One class of device.
pub(crate) struct TargetConfig {
    pub(crate) name: String,
    pub(crate) runtime: Runtime,
    pub(crate) limits: Limits,
    pub(crate) firmware: Vec<FirmwareConfig>,
}

/// How the firmwares of a target load modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Runtime {
    /// `linchpin-host`: a module is loaded only where every function that the firmware calls has the very digest
    /// that the firmware was built for.
    Linchpin,
    /// A plug-in host on wasmtime 48 that registers its functions with their types (`bindgen!`, `func_wrap`).
    #[serde(rename = "wasmtime-48")]
    Wasmtime48,
    /// A plug-in host on wasmtime 48 that registers its functions without types (`func_new`): nothing of them is
    /// compared when a module is loaded.
    #[serde(rename = "wasmtime-48-dynamic")]
    Wasmtime48Dynamic,
    /// Static composition of components, as `wasmparser`, `wac` and `wasm-tools` judge it.
    Composition,
}

/// One module.
pub(crate) struct ModuleConfig {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) version: Version,
    pub(crate) component: Named,
    pub(crate) wit: Option<Named>,
    pub(crate) targets: Vec<String>,
    /// Versions that are still in the field.
    pub(crate) earlier: Vec<EarlierConfig>,
}

/// A version of a module that is still in the field.
pub(crate) struct EarlierConfig {
    pub(crate) place: Place,
    pub(crate) version: Version,
    pub(crate) component: Named,
    pub(crate) wit: Option<Named>,
}

/// Checks the text of a `linchpin.toml` by itself: its keys and values. No file that it names is opened.
///
/// `file` is what places are to say.
///
/// # Errors
/// Every error of the text, at once: see [`Error::each`].
///
/// ```
/// let error = linchpin_checker::check_manifest("linchpin.toml", "[sytem]").unwrap_err();
/// assert!(error.to_string().contains("did you mean `system`?"));
/// ```
pub fn check_manifest(file: &str, text: &str) -> Result<(), Error> {
    parse(file, text).map(drop)
}

/// Reads the text of a `linchpin.toml`; `file` is what places are to say.
pub(crate) fn parse(file: &str, text: &str) -> Result<Config, Error> {
    let mut reader = Reader::new(file, text);
    let config = read(&mut reader);
    reader.errors.sort_by_key(|error| error.place().map(|place| (place.line, place.column)));
    match (Error::all_of(reader.errors), config) {
        (None, Some(config)) => Ok(config),
        (Some(error), _) => Err(error),
        // A value is absent only after an error was noted.
        (None, None) => Err(Error::Read {
            path: file.to_owned(),
            reason: "it is not complete".to_owned(),
            help: "see the guide for a whole file".to_owned(),
        }),
    }
}

fn read(reader: &mut Reader<'_>) -> Option<Config> {
    let root = reader.root()?;
    root.only(reader, &["system", "targets", "modules", "edges", "data", "waivers"]);
    let system = root.table(reader, "system", "`[system]` with `name` and `contracts`");
    let (mut inventory, mut least_percent) = (None, None);
    let (name, contracts) = system.map_or((None, None), |system| {
        system.only(reader, &["name", "contracts", "inventory", "least-percent"]);
        inventory = system.optional(reader, "inventory").map(Named::new);
        least_percent = percent(reader, &system, "least-percent");
        let name = system.required(reader, "name", "the system's name, as in `name = \"acme-heating\"`");
        let contracts =
            system.required(reader, "contracts", "the folder of WIT packages, as in `contracts = \"wit\"`");
        (name, contracts)
    });
    let targets = root.table(reader, "targets", "`[targets.<class>]`, one for each class of device");
    let targets: Vec<_> = targets.map_or_else(Vec::new, |all| {
        all.tables(reader).into_iter().filter_map(|(name, _, table)| target(reader, name, &table)).collect()
    });
    let modules = root.table(reader, "modules", "`[modules.<name>]`, one for each module");
    let modules: Vec<_> = modules.map_or_else(Vec::new, |all| {
        all.tables(reader)
            .into_iter()
            .filter_map(|(name, place, table)| module(reader, name, place, &table))
            .collect()
    });
    let edges = edges::read(reader, &root);
    let data = data::read(reader, &root);
    let waivers = waivers::read(reader, &root);
    Some(Config {
        name: name?.value,
        contracts: Named::new(contracts?),
        targets,
        modules,
        inventory,
        least_percent,
        edges,
        data,
        waivers,
    })
}

/// A share, from 1 to 100.
fn percent<'t>(reader: &mut Reader<'t>, table: &Table<'t>, key: &str) -> Option<u64> {
    let share = table.natural(reader, key)?;
    if share > 100
        && let Some(text) = table.mention(reader, key)
    {
        let reason = format!("is {share}, which is more than all");
        return reader.bad(&text, reason, "write a share in percent, from 1 to 100");
    }
    Some(share)
}

fn target<'t>(reader: &mut Reader<'t>, name: String, table: &Table<'t>) -> Option<TargetConfig> {
    table.only(reader, &["firmware", "runtime", "limits"]);
    let runtime =
        table.required(reader, "runtime", "how its firmwares load modules: `runtime = \"linchpin\"`");
    let runtime = runtime.and_then(|text| match text.value.as_str() {
        "linchpin" => Some(Runtime::Linchpin),
        "wasmtime-48" => Some(Runtime::Wasmtime48),
        "wasmtime-48-dynamic" => Some(Runtime::Wasmtime48Dynamic),
        "composition" => Some(Runtime::Composition),
        other => reader.bad(
            &text,
            format!("is `{other}`, which is no known runtime"),
            "write `\"linchpin\"`, `\"wasmtime-48\"`, `\"wasmtime-48-dynamic\"` or `\"composition\"`",
        ),
    });
    let limits = limits::read(reader, table, runtime);
    let list = table.tables_of(reader, "firmware", "`firmware = [{ version = \"3.0.0\", binary = \"..\" }]`");
    let firmware: Vec<_> = list.iter().filter_map(|table| firmware::read(reader, table)).collect();
    firmware::once_each(reader, &firmware);
    Some(TargetConfig { name, runtime: runtime?, limits, firmware })
}

fn module<'t>(
    reader: &mut Reader<'t>,
    name: String,
    place: Place,
    table: &Table<'t>,
) -> Option<ModuleConfig> {
    table.only(reader, &["component", "version", "targets", "wit", "earlier"]);
    let component = table.required(reader, "component", "the path of the built component");
    let version = table.required(reader, "version", "the module's own version, as in `version = \"1.4.0\"`");
    let version = version.and_then(|text| semantic_version(reader, &text));
    let wit = table.optional(reader, "wit").map(Named::new);
    let targets =
        table.strings(reader, "targets", "the classes that it is for, as in `targets = [\"heater-3\"]`");
    let known = reader.keys_of("targets");
    for target in &targets {
        if !known.contains(&target.value) {
            let help = reader::did_you_mean(&target.value, &known);
            reader.bad::<()>(
                target,
                format!("is `{}`, which `[targets]` does not have", target.value),
                &help,
            );
        }
    }
    let targets = targets.into_iter().map(|text| text.value).collect();
    let help = "`earlier = [{ version = \"1.3.0\", component = \"..\" }]`";
    let earlier = table.optional_tables_of(reader, "earlier", help);
    let earlier: Vec<_> = earlier.iter().filter_map(|table| self::earlier(reader, table)).collect();
    let (version, component) = (version?, Named::new(component?));
    once_each(reader, &version, &earlier);
    Some(ModuleConfig { name, place, version, component, wit, targets, earlier })
}

fn earlier<'t>(reader: &mut Reader<'t>, table: &Table<'t>) -> Option<EarlierConfig> {
    table.only(reader, &["version", "component", "wit"]);
    let version = table.required(reader, "version", "the version, as in `version = \"1.3.0\"`");
    let version = version.and_then(|text| semantic_version(reader, &text));
    let component = table.required(reader, "component", "the path of the component as it was released");
    let wit = table.optional(reader, "wit").map(Named::new);
    Some(EarlierConfig {
        place: table.place().clone(),
        version: version?,
        component: Named::new(component?),
        wit,
    })
}

/// Versions go up: what is in the field is older than what is released now, and two components of one version could
/// not be told apart.
fn once_each(reader: &mut Reader<'_>, current: &Version, earlier: &[EarlierConfig]) {
    for (index, entry) in earlier.iter().enumerate() {
        let again = earlier.iter().take(index).any(|before| before.version == entry.version);
        let text = Text {
            value: String::new(),
            place: entry.place.clone(),
            key: entry.component.key.replace(".component", ".version"),
        };
        if again {
            let reason = format!("is `{}` a second time", entry.version);
            reader.bad::<()>(&text, reason, "give each version once");
        } else if entry.version >= *current {
            let reason = format!("is `{}`, which is not before `{current}`", entry.version);
            let help = "name the newest version in the module itself, and older ones in `earlier`";
            reader.bad::<()>(&text, reason, help);
        }
    }
}

fn semantic_version(reader: &mut Reader<'_>, text: &Text) -> Option<Version> {
    Version::parse(&text.value).ok().or_else(|| {
        reader.bad(
            text,
            format!("is `{}`, which is no version", text.value),
            "write three numbers, as in `\"1.4.0\"`",
        )
    })
}
