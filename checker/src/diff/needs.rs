//! What a package needs of others without naming it in a world: the interfaces of resources that its functions hold.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use linchpin_contract::{Owner, Package, TypeKind};

use super::compare::Compare;
use super::packages::PackagePair;

impl Compare<'_> {
    /// Notes interfaces of other packages whose resources the functions of this one hold: any world with the one has
    /// the other.
    pub(super) fn handles(&mut self, index: usize, package: &Package) {
        let mut needs = BTreeSet::new();
        let mut seen = HashSet::new();
        for function in package.interfaces.iter().flat_map(|interface| &interface.functions) {
            function.each_declared(&mut |def| {
                if let (TypeKind::Resource, Owner::Interface(id)) = (&def.kind, &def.owner) {
                    let of = |pair: &PackagePair| {
                        [Some(&pair.before), Some(&pair.after)].contains(&id.package.as_ref())
                    };
                    let others =
                        self.pairs.iter().enumerate().filter(|(other, pair)| *other != index && of(pair));
                    needs.extend(others.map(|(other, _)| (other, Some(id.name.clone()))));
                }
                seen.insert(Arc::as_ptr(def))
            });
        }
        if let Some(pair) = self.pairs.get_mut(index) {
            pair.needs.extend(needs);
        }
    }
}
