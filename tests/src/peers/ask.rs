//! How the peers of the workspace's own versions are asked.

use std::panic::{AssertUnwindSafe, catch_unwind};

use linchpin_checker::link::{Link, link};
use linchpin_checker::system::Runtime;
use wit_parser::Resolve;

use super::class::{Answer, Peer, Rules, Words};
use crate::soundness::build::{self, Parsed};
use crate::soundness::pair::{self, Engines, GuestSide, HostSide, Loader};
use crate::soundness::wit::Wit;

/// What one peer says, and what the checker says of the same.
pub struct Asked {
    /// The peer.
    pub peer: Peer,
    /// The checker's words.
    pub words: Words,
    /// The peer's.
    pub answer: Answer,
}

/// Asks everyone of a guest of one world on a host of another.
///
/// # Errors
/// What the harness could not do, and a pair on which the checker and wasmtime differ.
pub fn ask(engines: &Engines, host: &Wit, guest: &Wit) -> Result<[Asked; 2], String> {
    let (host_side, guest_side) = (HostSide::new(host)?, GuestSide::new(engines, guest)?);
    let judged = pair::judge(engines, &host_side, &guest_side, Loader::Skipped)?;
    if let Some(first) = judged.disagreements.first() {
        return Err(format!("{first}\n--- host\n{}\n--- guest\n{}", host_side.text, guest_side.text));
    }
    let parsed = build::parse(&host_side.text)?;
    let component = build::component(&build::parse(&guest_side.text)?)?;
    let truth = word(host, &component, Runtime::Wasmtime48)?;
    let targets = Asked {
        peer: Peer::Targets,
        words: Words {
            truth: truth.clone(),
            rules: Rules::Known(word(host, &component, Runtime::Composition)?),
        },
        answer: answer(|| wit_component::targets(&parsed.resolve, parsed.world, &component)),
    };
    let rules = match (uses_more(&parsed, &component)?, without_versions(host, guest)) {
        (true, _) => Rules::FeatureOff,
        (false, Ok(link)) => Rules::Known(link),
        (false, Err(_)) => Rules::TwoVersions,
    };
    let semver_check = Asked {
        peer: Peer::SemverCheck,
        words: Words { truth, rules },
        answer: answer(|| semver_check(&host_side.text, &guest_side.text)),
    };
    Ok([targets, semver_check])
}

fn answer(ask: impl FnOnce() -> anyhow::Result<()>) -> Answer {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(Ok(())) => Answer::Fits,
        Ok(Err(error)) => Answer::Differs(format!("{error:#}")),
        Err(_) => Answer::Panics,
    }
}

/// Asks whether the host's world is a compatible edition of the guest's. Both have to be in one `Resolve`, under two
/// versions, since merging would keep only one of two equal packages.
fn semver_check(host: &str, guest: &str) -> anyhow::Result<()> {
    let read = |text: &str, version: &str| -> anyhow::Result<Parsed> {
        let mut parsed = build::parse(text).map_err(anyhow::Error::msg)?;
        rename(&mut parsed.resolve, version)?;
        Ok(parsed)
    };
    let (mut previous, new) = (read(guest, "0.0.1")?, read(host, "0.0.2")?);
    let merged = previous.resolve.merge(new.resolve)?;
    let world = merged.map_world(new.world, wit_parser::Span::default())?;
    wit_component::semver_check(previous.resolve, previous.world, world)
}

/// Gives every package this version.
fn rename(resolve: &mut Resolve, version: &str) -> anyhow::Result<()> {
    let version: semver::Version = version.parse()?;
    for (_, package) in resolve.packages.iter_mut() {
        package.name.version = Some(version.clone());
    }
    resolve.package_names = resolve.packages.iter().map(|(id, package)| (package.name.clone(), id)).collect();
    Ok(())
}

fn word(host: &Wit, component: &[u8], runtime: Runtime) -> Result<Link, String> {
    let host = build::host_world(&host.to_string())?;
    let guest = linchpin_contract::load_component(component).map_err(|error| error.to_string())?;
    Ok(link(runtime, &host, &guest))
}

/// Whether a side uses features that `wasmparser` does not turn on by itself.
fn uses_more(host: &Parsed, guest: &[u8]) -> Result<bool, String> {
    let package = host.resolve.worlds[host.world].package.ok_or("a world without package")?;
    let encoded = wit_component::encode(&host.resolve, package).map_err(|error| format!("{error:#}"))?;
    let refuses = |bytes: &[u8]| wasmparser::Validator::new().validate_all(bytes).is_err();
    Ok(refuses(&encoded) || refuses(guest))
}

/// What a composition of the two would be if no package had a version; an error where two versions of one package then
/// become one.
fn without_versions(host: &Wit, guest: &Wit) -> Result<Link, String> {
    let plain = |wit: &Wit| {
        let mut wit = wit.clone();
        wit.packages.iter_mut().for_each(|package| package.version = None);
        wit
    };
    let (host, guest) = (plain(host), plain(guest));
    let component = build::component(&build::parse(&guest.to_string())?)?;
    word(&host, &component, Runtime::Composition)
}
