//! A component: what it really exports and imports, what it claims, how large it is.

use std::path::Path;

use linchpin_checker::profile::Profile;
use linchpin_contract::component_section::{self, Stamp};
use linchpin_contract::{Digest, impurities};
use serde::Serialize;

use super::function::{self, FunctionReport};
use super::{profile, types};
use crate::build::Sizes;
use crate::console::{BOLD, DIM, GOOD, WARN, styled};
use crate::error::Error;
use crate::{recognise, text};

/// What a component is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComponentReport {
    /// The file's name, without its folder.
    pub file: String,
    /// SHA-256 over its bytes.
    pub sha256: Digest,
    /// Where its bytes are, and its memory.
    pub sizes: Sizes,
    /// What its bytes contain, as sizes and counts.
    pub profile: Profile,
    /// What `linchpin build` wrote into it; a claim, not a fact.
    pub stamp: Option<Stamp>,
    /// What it exports.
    pub exports: Vec<FunctionReport>,
    /// The types that its functions use, each as WIT text.
    pub types: Vec<String>,
    /// Functions that it needs from outside.
    pub imports: Vec<FunctionReport>,
    /// What keeps it from being a pure function, each as one line.
    pub impurities: Vec<String>,
}

pub(super) fn inspect(path: &Path) -> Result<ComponentReport, Error> {
    let bytes = recognise::component(path)?;
    let broken = |source| Error::Contract { path: path.into(), source: Box::new(source) };
    let world = linchpin_contract::load_component(&bytes).map_err(broken)?;
    let sizes = Sizes::measure(&bytes).map_err(|reason| Error::Malformed {
        path: path.into(),
        wanted: "a component",
        reason,
    })?;
    let profile = Profile::of(&bytes).map_err(|invalid| Error::Malformed {
        path: path.into(),
        wanted: "a component",
        reason: invalid.to_string(),
    })?;
    let impure = impurities(&world).into_iter().map(|it| format!("{}: {}", it.path, it.kind.reason()));
    Ok(ComponentReport {
        file: text::file_name(path),
        sha256: Digest::of(&bytes),
        sizes,
        profile,
        stamp: component_section::read(&bytes).map_err(broken)?,
        exports: FunctionReport::all(world.exported_functions()).map_err(broken)?,
        types: types::of_world(&world),
        imports: FunctionReport::all(world.imported_functions()).map_err(broken)?,
        impurities: impure.collect(),
    })
}

impl ComponentReport {
    /// The report for people.
    pub fn to_text(&self) -> String {
        let mut out = format!("{} {}\n", styled(GOOD, "component"), styled(BOLD, &self.file));
        out.push_str(&format!("  {} {}\n", styled(DIM, "sha256"), self.sha256));
        out.push_str(&format!(
            "  {} {} bytes: {}\n",
            styled(DIM, "size  "),
            text::thousands(self.sizes.total_bytes),
            self.largest_parts()
        ));
        let memory = self.sizes.memory;
        let maximum =
            memory.maximum_pages.map_or("growth not bounded".into(), |most| format!("at most {most}"));
        out.push_str(&format!("  {} {} x 64 KiB, {maximum}\n", styled(DIM, "memory"), memory.initial_pages));
        if let Some(stamp) = &self.stamp {
            let built = format!("{} {} for {}", stamp.guest, stamp.guest_version, stamp.world);
            out.push_str(&format!("  {} {built}\n", styled(DIM, "stamp ")));
        }
        out.push('\n');
        out.push_str(&profile::to_text(&self.profile));
        out.push_str(&function::list("exports", &self.exports));
        out.push_str(&types::list(&self.types));
        out.push_str(&function::list("imports", &self.imports));
        if self.imports.is_empty() {
            out.push_str(&format!("{} nothing\n", styled(DIM, "imports")));
        }
        for impurity in &self.impurities {
            out.push_str(&format!("{} not a pure function: {impurity}\n", styled(WARN, "note:")));
        }
        out
    }

    fn largest_parts(&self) -> String {
        let parts: Vec<String> = self
            .sizes
            .sections
            .iter()
            .take(3)
            .map(|it| format!("{} {}", it.section, text::thousands(it.bytes)))
            .collect();
        parts.join(", ")
    }
}
