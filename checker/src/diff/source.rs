//! One side of a comparison: a whole contract, or worlds out of a binary.

use linchpin_contract::descriptor::Descriptor;
use linchpin_contract::{Contract, Error, Package, World};

/// One side of a comparison.
#[derive(Debug, Clone)]
pub struct Source {
    /// What people call it: a path, or a revision and a path.
    pub(super) name: String,
    pub(super) content: Content,
}

/// What a side holds.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// WIT text.
    Contract(Contract),
    /// What a component or firmware says of itself: no docs, no gates, no places.
    Worlds(Vec<World>),
}

impl Source {
    /// A contract, as WIT or encoded. Read it with [`Gates::Open`](linchpin_contract::Gates), so that items behind
    /// features are told from those that are not there.
    pub fn contract(name: impl Into<String>, contract: Contract) -> Self {
        Self { name: name.into(), content: Content::Contract(contract) }
    }

    /// What a component imports and exports.
    pub fn component(name: impl Into<String>, world: World) -> Self {
        Self { name: name.into(), content: Content::Worlds(vec![world]) }
    }

    /// The worlds that a firmware calls.
    pub fn firmware(name: impl Into<String>, descriptors: Vec<Descriptor>) -> Self {
        let worlds = descriptors.into_iter().map(|descriptor| descriptor.world).collect();
        Self { name: name.into(), content: Content::Worlds(worlds) }
    }

    /// The same, with nothing but one world and what it names.
    ///
    /// # Errors
    /// [`Error::NoSuchWorld`] with the worlds there are.
    pub fn with_world(self, world: &str) -> Result<Self, Error> {
        let content = match self.content {
            Content::Contract(contract) => Content::Worlds(vec![contract.select_world(Some(world))?.clone()]),
            Content::Worlds(worlds) => {
                let known = || worlds.iter().map(|world| world.name.clone()).collect();
                let found = worlds.iter().find(|known| known.name == world);
                Content::Worlds(vec![found.cloned().ok_or_else(|| Error::NoSuchWorld {
                    wanted: world.to_owned(),
                    package: self.name.clone(),
                    known: known(),
                })?])
            }
        };
        Ok(Self { content, ..self })
    }

    /// Its packages, and how many of them are its own; none for a binary.
    pub(super) fn packages(&self) -> (&[Package], usize) {
        match &self.content {
            Content::Contract(contract) => (&contract.packages, contract.own_packages),
            Content::Worlds(_) => (&[], 0),
        }
    }

    /// Its worlds, where it is to be compared as worlds: all of a binary, the only one of a contract.
    pub(super) fn worlds(&self) -> Result<Vec<&World>, Error> {
        match &self.content {
            Content::Contract(contract) => contract.select_world(None).map(|world| vec![world]),
            Content::Worlds(worlds) => Ok(worlds.iter().collect()),
        }
    }

    /// Why its items may have no place.
    pub(super) fn placeless(&self) -> String {
        match &self.content {
            Content::Contract(_) => String::new(),
            Content::Worlds(_) => format!("`{}` is a binary, which has no lines to show", self.name),
        }
    }

    /// Whether it is text, with docs and gates.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.content, Content::Contract(_))
    }
}
