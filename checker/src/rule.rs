//! What a rule is, and how it reports.

use std::path::Path;

use linchpin_contract::{Interface, InterfaceId, Place, TagNote};

use crate::change::{Apart, ItemChange, Reliance, Versions};
use crate::copies::Drift;
use crate::data::DataFault;
use crate::edges::found::EdgeFault;
use crate::files::relative;
use crate::fleet::FleetFault;
use crate::link::Fault;
use crate::pair::{FunctionPair, MemberKind, Members, TypePair};
use crate::rollout::RolloutFault;
use crate::served::Unserved;
use crate::system::{KnownContract, Limits, Lock, Module, System, Target};
use crate::tag_pair::TagPair;
use crate::verdict::{Bump, Finding, Hit, Level, Party, Plane, Role, Side, Spot};
use crate::waivers::WaiverFault;

/// One rule.
pub(crate) struct Rule {
    pub(crate) id: &'static str,
    pub(crate) level: Level,
    pub(crate) plane: Plane,
    /// The least version step that such a change of a contract needs; none where it is no change of a contract.
    pub(crate) bump: Option<Bump>,
    pub(crate) summary: &'static str,
    pub(crate) source: &'static str,
    pub(crate) check: Check,
}

/// What a rule looks at. The walk brings it; a rule never searches.
pub(crate) enum Check {
    /// An interface or function that a firmware calls and a module lacks.
    Missing(fn(&Missing<'_>, &mut Sink<'_>)),
    /// What keeps a module and a host that is not ours from meeting, beside what differs between two functions.
    Link(fn(&LinkFault<'_>, &mut Sink<'_>)),
    /// Two functions of one name.
    Function(fn(&FunctionPair<'_>, &mut Sink<'_>)),
    /// Named parts of one kind on two sides.
    Members(MemberKind, fn(&Members<'_>, &mut Sink<'_>)),
    /// Two types that differ by themselves, not only in their named parts.
    Type(fn(&TypePair<'_>, &mut Sink<'_>)),
    /// Tags of one item on two sides.
    Tags(fn(&TagPair, &mut Sink<'_>)),
    /// A module by itself.
    Module(fn(&Module, &mut Sink<'_>)),
    /// An exported interface of a module that no known contract has.
    Unknown(fn(&Interface, Option<&Interface>, &mut Sink<'_>)),
    /// A module and the limits of a target.
    Limits(fn(&Module, &str, &Limits, &mut Sink<'_>)),
    /// What a module's bytes contain and what a target makes of it. The module is loaded all the same, unless the
    /// rule is of the plane [`Plane::Link`].
    Profile(fn(&Module, &Target, &mut Sink<'_>)),
    /// A released contract and the current one that claims its version.
    Reissued(fn(&Reissued, &mut Sink<'_>)),
    /// A released contract and what holds it frozen.
    Released(fn(&Filed<'_>, &mut Sink<'_>)),
    /// Two copies of one package version that say two things.
    Drift(fn(&Drift<'_>, &mut Sink<'_>)),
    /// A current contract that says what its release says, in other words.
    Reworded(fn(&Reworded, &mut Sink<'_>)),
    /// A current contract and the release that is taken for it.
    Overtaken(fn(&Overtaken, &mut Sink<'_>)),
    /// A released contract that the lock holds and that is not there any more, by its path below `released/`.
    ReleaseGone(fn(&str, &Lock, &mut Sink<'_>)),
    /// What was noticed of a tag while reading.
    TagNote(fn(&TagNote, &mut Sink<'_>)),
    /// Two functions that differ, when no other rule said how.
    Unexplained(fn(&FunctionPair<'_>, &mut Sink<'_>)),
    /// An item of a contract that came, went, or is there in another way.
    Item(fn(&ItemChange, &mut Sink<'_>)),
    /// The versions of a package on two sides, and what changed between them.
    Versions(fn(&Versions, &mut Sink<'_>)),
    /// Versions that keep two editions of a package from meeting.
    Apart(fn(&Apart, &mut Sink<'_>)),
    /// What one item of a contract needs of another one.
    Reliance(fn(&Reliance, &mut Sink<'_>)),
    /// Several looks of one rule.
    Several(&'static [Check]),
    /// A value on its way from one function to another.
    Edge(fn(&EdgeFault<'_>, &mut Sink<'_>)),
    /// The inventory.
    Fleet(fn(&FleetFault<'_>, &mut Sink<'_>)),
    /// A world that a firmware calls and no module serves.
    Unserved(fn(&Unserved, &mut Sink<'_>)),
    /// Devices that no order of steps brings to the end.
    Rollout(fn(&RolloutFault, &mut Sink<'_>)),
    /// A waiver by itself.
    Waiver(fn(&WaiverFault<'_>, &mut Sink<'_>)),
    /// Recorded data and the function that it feeds.
    Data(fn(&DataFault, &mut Sink<'_>)),
}

/// An interface or function that a firmware calls and a module lacks.
pub(crate) struct Missing<'a> {
    /// What the firmware asks for.
    pub(crate) wanted: Option<&'a InterfaceId>,
    /// The function, where the module has the interface.
    pub(crate) function: &'a str,
    pub(crate) why: Why<'a>,
    pub(crate) firmware: Shown,
    pub(crate) module: Shown,
}

/// One fault of a link, and how the two sides look there.
pub(crate) struct LinkFault<'a> {
    pub(crate) fault: &'a Fault,
    pub(crate) firmware: Shown,
    pub(crate) module: Shown,
}

/// Why it is missing.
pub(crate) enum Why<'a> {
    /// The module has the interface without the function.
    NoFunction,
    /// The module has the interface, but only in versions that do not stand for the one that is called.
    OtherTrack(Vec<&'a InterfaceId>),
    /// The module has no such interface at all; it has these.
    NoInterface(Vec<&'a InterfaceId>),
}

/// A released contract where it is filed.
pub(crate) struct Filed<'a> {
    pub(crate) known: &'a KnownContract,
    /// What holds it frozen, if anything does.
    pub(crate) lock: Option<&'a Lock>,
    /// The package whose releases are filed there, as `acme:heater`, where that is another one than its own.
    pub(crate) among: Option<String>,
}

/// A current contract whose text is not that of its release, and whose items are.
pub(crate) struct Reworded {
    /// As `acme:heater@1.1.0`.
    pub(crate) package: String,
    /// The least version under which the new text can be released.
    pub(crate) next: Option<String>,
    pub(crate) before: Shown,
    pub(crate) after: Shown,
}

/// A current contract and a release of a higher version that is taken for it and does not promise the same.
pub(crate) struct Overtaken {
    /// As `acme:heater@1.1.0`.
    pub(crate) package: String,
    /// The release's file.
    pub(crate) file: String,
    /// What it does not promise.
    pub(crate) differs: Vec<String>,
    pub(crate) current: Shown,
    pub(crate) released: Shown,
}

impl Overtaken {
    pub(crate) const HELP: &str = "give it a version above that one, or take back what differs";

    pub(crate) fn message(&self) -> String {
        format!(
            "`{}` is released already and will be taken for `{}`, but does not promise the same: {}",
            self.file,
            self.package,
            self.differs.join("; ")
        )
    }
}

/// One interface in a released contract and in a current one of the same version.
pub(crate) struct Reissued {
    pub(crate) package: String,
    /// What is not as it was released, as `control.plan`.
    pub(crate) item: String,
    /// `was released`, or `is in the baseline`.
    pub(crate) promise: &'static str,
    pub(crate) released: Shown,
    pub(crate) current: Shown,
}

/// One side of a report, as a rule gives it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    pub(crate) place: Option<Place>,
    pub(crate) text: String,
    pub(crate) label: String,
}

impl Shown {
    pub(crate) fn new(place: Option<&Place>, text: impl Into<String>) -> Self {
        Self { place: place.cloned(), text: text.into(), label: String::new() }
    }

    pub(crate) fn label(&self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self.clone() }
    }
}

/// Who stands on the two sides of what a rule sees, and whom it hits.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) before: Standing,
    pub(crate) after: Standing,
    pub(crate) role: Option<Role>,
    pub(crate) moves_first: Option<Party>,
    pub(crate) path: String,
    pub(crate) hits: Vec<Hit>,
    /// Of the folder that places are shown relative to, with its separator.
    pub(crate) root: String,
}

impl Frame {
    /// A frame without upgrade: nobody waits for another.
    pub(crate) fn between(system: &System, before: Party, after: Party, path: String) -> Self {
        let standing = |party| Standing { party, placeless: String::new() };
        Self {
            before: standing(before),
            after: standing(after),
            role: None,
            moves_first: None,
            path,
            hits: Vec::new(),
            root: system.root.clone(),
        }
    }

    /// Whether the module stands on the older side, and the firmware on the newer one.
    pub(crate) fn module_is_older(&self) -> bool {
        self.before.party == Party::Module
    }
}

/// One side of a frame.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) party: Party,
    /// Why it may have no places.
    pub(crate) placeless: String,
}

/// Takes the reports of one rule.
pub(crate) struct Sink<'a> {
    pub(crate) rule: &'static Rule,
    pub(crate) frame: &'a Frame,
    pub(crate) path: &'a [String],
    pub(crate) findings: &'a mut Vec<Finding>,
}

impl Sink<'_> {
    /// Reports a difference: what it is, how it looks on both sides, what to do.
    pub(crate) fn report(&mut self, tail: &str, message: String, before: Shown, after: Shown, help: &str) {
        let sides = vec![self.side(&self.frame.after, after), self.side(&self.frame.before, before)];
        self.push(tail, message, sides, help);
    }

    /// As [`report`](Self::report), of a firmware and a module, whichever of the two is the newer side.
    pub(crate) fn report_met(
        &mut self,
        tail: &str,
        message: String,
        firmware: Shown,
        module: Shown,
        help: &str,
    ) {
        if self.frame.module_is_older() {
            self.report(tail, message, module, firmware, help)
        } else {
            self.report(tail, message, firmware, module, help)
        }
    }

    /// Reports something that has one side only.
    pub(crate) fn report_one(&mut self, tail: &str, message: String, shown: Shown, help: &str) {
        let sides = vec![self.side(&self.frame.after, shown)];
        self.push(tail, message, sides, help);
    }

    /// Reports something about a module's bytes, at the place where the system names the module.
    pub(crate) fn report_module(
        &mut self,
        module: &Module,
        tail: &str,
        message: String,
        label: String,
        help: &str,
    ) {
        let shown = Shown::new(Some(&module.place), module.file.clone()).label(label);
        self.report_one(tail, message, shown, help);
    }

    /// Reports something with any number of sides, each with its own party.
    pub(crate) fn report_sides(
        &mut self,
        tail: &str,
        message: String,
        sides: Vec<(Party, Shown)>,
        help: &str,
    ) {
        let side = |(party, shown)| self.side(&Standing { party, placeless: String::new() }, shown);
        let sides = sides.into_iter().map(side).collect();
        self.push(tail, message, sides, help);
    }

    fn push(&mut self, tail: &str, message: String, sides: Vec<Side>, help: &str) {
        let mut path = vec![self.frame.path.as_str()];
        path.extend(self.path.iter().map(String::as_str));
        path.push(tail);
        path.retain(|part| !part.is_empty());
        self.findings.push(Finding {
            rule: self.rule.id.to_owned(),
            level: self.rule.level,
            plane: self.rule.plane,
            bump: self.rule.bump,
            waived: None,
            path: path.join(" > "),
            message,
            sides,
            role: self.frame.role,
            moves_first: self.frame.moves_first,
            hits: self.frame.hits.clone(),
            devices: None,
            help: help.to_owned(),
        });
    }

    fn side(&self, standing: &Standing, shown: Shown) -> Side {
        let note = shown.place.is_none().then(|| standing.placeless.clone()).filter(|note| !note.is_empty());
        Side {
            party: standing.party,
            place: shown.place.map(|place| spot(place, &self.frame.root)),
            text: shown.text,
            label: shown.label,
            note,
        }
    }
}

/// A place as reports show it: relative, with `/`.
fn spot(place: Place, root: &str) -> Spot {
    let file = relative(Path::new(&place.file), Path::new(root));
    Spot { file, line: place.line, column: place.column, length: place.length, line_text: place.line_text }
}
