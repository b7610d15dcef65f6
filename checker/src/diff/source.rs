//! One side of a comparison: a whole contract, or worlds out of a binary.

use linchpin_contract::descriptor::Descriptor;
use linchpin_contract::{Contract, Error, Package, PackageId, Place, World};

/// One side of a comparison.
#[derive(Debug, Clone)]
pub struct Source {
    /// What people call it: a path, or a revision and a path.
    pub(super) name: String,
    pub(super) content: Content,
    /// Where packages are named, of which one world is all that is compared.
    places: Vec<(PackageId, Place)>,
}

/// What a side holds.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// WIT text.
    Contract(Contract),
    /// What a component says of itself: no docs, no tags, no gates, no places.
    Component(Vec<World>),
    /// What a firmware says of itself, or one world of a contract: tags, but no docs and no gates.
    Worlds(Vec<World>),
}

impl Source {
    /// A contract, as WIT or encoded. Read it with [`Gates::Open`](linchpin_contract::Gates), so that items behind
    /// features are told from those that are not there.
    pub fn contract(name: impl Into<String>, contract: Contract) -> Self {
        Self { name: name.into(), content: Content::Contract(contract), places: Vec::new() }
    }

    /// What a component imports and exports.
    pub fn component(name: impl Into<String>, world: World) -> Self {
        Self { name: name.into(), content: Content::Component(vec![world]), places: Vec::new() }
    }

    /// The worlds that a firmware calls.
    pub fn firmware(name: impl Into<String>, descriptors: Vec<Descriptor>) -> Self {
        let worlds = descriptors.into_iter().map(|descriptor| descriptor.world).collect();
        Self { name: name.into(), content: Content::Worlds(worlds), places: Vec::new() }
    }

    /// The same, with nothing but one world and what it names.
    ///
    /// # Errors
    /// [`Error::NoSuchWorld`] with the worlds there are.
    pub fn with_world(self, world: &str) -> Result<Self, Error> {
        let mut places = self.places;
        let content = match self.content {
            Content::Contract(contract) => {
                let named = contract.packages.iter();
                places.extend(named.filter_map(|package| Some((package.id.clone(), package.place.clone()?))));
                Content::Worlds(vec![contract.select_world(Some(world))?.clone()])
            }
            Content::Component(worlds) => Content::Component(vec![named(&worlds, world, &self.name)?]),
            Content::Worlds(worlds) => Content::Worlds(vec![named(&worlds, world, &self.name)?]),
        };
        Ok(Self { name: self.name, content, places })
    }

    /// Where a package is named.
    pub(super) fn package_place(&self, id: &PackageId) -> Option<&Place> {
        let of_contract = self.packages().0.iter().find(|package| package.id == *id);
        let kept = || self.places.iter().find(|(package, _)| package == id).map(|(_, place)| place);
        of_contract.and_then(|package| package.place.as_ref()).or_else(kept)
    }

    /// Its packages, and how many of them are its own; none for a binary.
    pub(super) fn packages(&self) -> (&[Package], usize) {
        match &self.content {
            Content::Contract(contract) => (&contract.packages, contract.own_packages),
            Content::Component(_) | Content::Worlds(_) => (&[], 0),
        }
    }

    /// Its worlds, where it is to be compared as worlds: all of a binary, the only one of a contract.
    pub(super) fn worlds(&self) -> Result<Vec<&World>, Error> {
        match &self.content {
            Content::Contract(contract) => contract.select_world(None).map(|world| vec![world]),
            Content::Component(worlds) | Content::Worlds(worlds) => Ok(worlds.iter().collect()),
        }
    }

    /// Why its items may have no place.
    pub(super) fn placeless(&self) -> String {
        match &self.content {
            Content::Contract(_) => String::new(),
            Content::Worlds(_) if !self.places.is_empty() => String::new(),
            Content::Component(_) | Content::Worlds(_) => {
                format!("`{}` is a binary, which has no lines to show", self.name)
            }
        }
    }

    /// Whether it can say anything of units and ranges.
    pub(super) fn has_tags(&self) -> bool {
        match self.content {
            Content::Contract(_) | Content::Worlds(_) => true,
            Content::Component(_) => false,
        }
    }

    /// Whether it is text, with docs and gates.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.content, Content::Contract(_))
    }
}

/// The world of this name among those of a binary.
fn named(worlds: &[World], wanted: &str, binary: &str) -> Result<World, Error> {
    let found = worlds.iter().find(|known| known.name == wanted);
    found.cloned().ok_or_else(|| Error::NoSuchWorld {
        wanted: wanted.to_owned(),
        package: binary.to_owned(),
        known: worlds.iter().map(|world| world.name.clone()).collect(),
    })
}
