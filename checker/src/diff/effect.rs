//! What a change does in each upgrade.

use linchpin_contract::Function;
use linchpin_contract::relation::{Relation, relate};

use super::usage::Use;
use crate::verdict::{PairLevel, Party, Role};

/// What a change does in each upgrade, at worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Effects {
    pub(super) host_upgrade: PairLevel,
    pub(super) module_upgrade: PairLevel,
    pub(super) composition: PairLevel,
    pub(super) data: PairLevel,
}

/// Something that one side alone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    /// The older side lacks it.
    Before,
    /// The newer side lacks it.
    After,
    /// Each side has another one.
    Both,
}

impl Effects {
    pub(super) const NONE: Self = Self {
        host_upgrade: PairLevel::Ok,
        module_upgrade: PairLevel::Ok,
        composition: PairLevel::Ok,
        data: PairLevel::Ok,
    };

    /// Only composition compares names of types.
    pub(super) const NAMES: Self = Self { composition: PairLevel::LinkFail, ..Self::NONE };

    /// The same in both upgrades; composition never takes another type.
    pub(super) fn both(level: PairLevel, data: PairLevel) -> Self {
        Self { host_upgrade: level, module_upgrade: level, composition: PairLevel::LinkFail, data }
    }

    /// Of something that one side lacks, by who calls whom.
    pub(super) fn lacking(lack: Lack, usage: Use) -> Self {
        let imported = Self::imported(lack);
        let gone = if lack == Lack::Before { PairLevel::Ok } else { PairLevel::LinkFail };
        // Recorded values are given to what modules export, never to what they import.
        let data = if usage == Use::IMPORTED { PairLevel::Ok } else { gone };
        Self::by_use(usage, imported, (imported.1, imported.0), gone, data)
    }

    /// Of an interface that one side lacks. A firmware looks up by name what modules export, whatever is in it; of what
    /// modules import, only composition looks up what has types alone.
    pub(super) fn lacking_interface(lack: Lack, usage: Use, callable: bool) -> Self {
        match lack {
            _ if callable => Self::lacking(lack, usage),
            _ if usage.exported => Self::lacking(lack, Use::EXPORTED).beside_data(),
            Lack::Before => Self::NONE,
            Lack::After | Lack::Both => Self::NAMES,
        }
    }

    /// Of a resource without functions that one side lacks. A module lists what it imports; in what it exports, the
    /// firmware looks for functions alone.
    pub(super) fn lacking_resource(lack: Lack, usage: Use) -> Self {
        let gone = if lack == Lack::Before { PairLevel::Ok } else { PairLevel::LinkFail };
        let exported = (PairLevel::Ok, PairLevel::Ok);
        Self::by_use(usage, Self::imported(lack), exported, gone, PairLevel::Ok)
    }

    /// The newer firmware meets the older module, or the newer module the older firmware; whoever asks for what the
    /// other one lacks fails.
    fn imported(lack: Lack) -> (PairLevel, PairLevel) {
        match lack {
            Lack::Before => (PairLevel::Ok, PairLevel::LinkFail),
            Lack::After => (PairLevel::LinkFail, PairLevel::Ok),
            Lack::Both => (PairLevel::LinkFail, PairLevel::LinkFail),
        }
    }

    fn by_use(
        usage: Use,
        imported: (PairLevel, PairLevel),
        exported: (PairLevel, PairLevel),
        composition: PairLevel,
        data: PairLevel,
    ) -> Self {
        let (host_upgrade, module_upgrade) = match (usage.imported, usage.exported) {
            (true, false) => imported,
            (false, true) => exported,
            (true, true) => (imported.0.max(exported.0), imported.1.max(exported.1)),
            (false, false) => (either(imported.0, exported.0), either(imported.1, exported.1)),
        };
        Self { host_upgrade, module_upgrade, composition, data }
    }

    /// Of something that goes wrong where this side is the caller.
    pub(super) fn called_by(caller: Party, level: PairLevel, usage: Use) -> Self {
        // Modules call what they import; firmware calls what modules export. In a firmware upgrade the older side
        // is the module.
        let older_calls = caller == Party::Before;
        let imported = if older_calls { (level, PairLevel::Ok) } else { (PairLevel::Ok, level) };
        let exported = (imported.1, imported.0);
        let (host_upgrade, module_upgrade) = match (usage.imported, usage.exported) {
            (true, false) => imported,
            (false, true) => exported,
            (true, true) | (false, false) => (level, level),
        };
        let older = if older_calls { level } else { PairLevel::Ok };
        Self { host_upgrade, module_upgrade, composition: older, data: older }
    }

    /// Of a function that only one side waits for. A host's function is compared when it is linked. An export is not
    /// compared until it is called: a firmware that awaits may call one that does not wait, never the other way round.
    fn waiting(newer_waits: bool, usage: Use, data: PairLevel) -> Self {
        let (awaited, refused) = (PairLevel::Hazard, PairLevel::CallFail);
        let exported = if newer_waits { (awaited, refused) } else { (refused, awaited) };
        let imported = (PairLevel::LinkFail, PairLevel::LinkFail);
        Self::by_use(usage, imported, exported, PairLevel::LinkFail, data)
    }

    /// Of versions that do not stand for one another, where anything is called under them.
    pub(super) fn off_track() -> Self {
        Self::both(PairLevel::LinkFail, PairLevel::Ok)
    }

    /// Of what is no parameter: recorded values are given to functions, and to nothing else.
    pub(super) fn beside_data(self) -> Self {
        Self { data: PairLevel::Ok, ..self }
    }

    pub(super) fn max(self, other: Self) -> Self {
        Self {
            host_upgrade: self.host_upgrade.max(other.host_upgrade),
            module_upgrade: self.module_upgrade.max(other.module_upgrade),
            composition: self.composition.max(other.composition),
            data: self.data.max(other.data),
        }
    }

    pub(super) fn of(self, role: Role) -> PairLevel {
        match role {
            Role::HostUpgrade => self.host_upgrade,
            Role::ModuleUpgrade => self.module_upgrade,
            Role::Composition => self.composition,
            Role::Data => self.data,
        }
    }

    /// The one upgrade that it stands in the way of, and who must move first instead; nothing where it stands in
    /// the way of both or of none.
    pub(super) fn order(self) -> Option<(Role, Party)> {
        match (self.host_upgrade, self.module_upgrade) {
            (PairLevel::Ok, PairLevel::Ok) => None,
            (PairLevel::Ok, _) => Some((Role::ModuleUpgrade, Party::Firmware)),
            (_, PairLevel::Ok) => Some((Role::HostUpgrade, Party::Module)),
            (_, _) => None,
        }
    }
}

fn either(one: PairLevel, other: PairLevel) -> PairLevel {
    if one == other { one } else { PairLevel::Conditional }
}

/// Whether what was recorded for the parameters of the older function can be given to the newer one. Values are
/// taken by name, so they are converted where that loses nothing.
pub(super) fn recorded(before: &Function, after: &Function) -> PairLevel {
    match relate(before, after) {
        Relation::Same | Relation::Adaptable(_) => PairLevel::Ok,
        Relation::Breaks(reasons) => {
            let param = |path: &str| path.split(" > ").nth(1).is_some_and(|part| part.starts_with("param "));
            let fails = reasons.iter().any(|reason| param(&reason.path));
            if fails { PairLevel::CallFail } else { PairLevel::Ok }
        }
    }
}

/// Rules about changes that a runtime links without a word although values may change their meaning.
const HAZARDS: [&str; 3] = ["own-borrow-changed", "param-renamed", "param-reordered-same-type"];

/// What a runtime does with two functions of which a rule found a difference.
pub(super) fn of_value(rule: &str, after: &Function, usage: Use, data: PairLevel) -> Effects {
    match rule {
        "async-changed" => Effects::waiting(after.is_async(), usage, data),
        hazard if HAZARDS.contains(&hazard) => Effects::both(PairLevel::Hazard, data),
        _ => Effects::both(PairLevel::LinkFail, data),
    }
}
