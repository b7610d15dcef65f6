//! What the newer contract leans on and the older one did not: deprecated items, pre-releases.

use std::collections::BTreeSet;

use linchpin_contract::{
    Function, Interface, Owner, Package, PackageId, Place, Stability, Type, TypeDef, TypeKind, WorldItem,
};
use semver::Version;

use super::compare::Compare;
use super::effect::Effects;
use super::site::Site;
use crate::change::{Reliance, Weakness};
use crate::rule::{Check, Shown};

impl Compare<'_> {
    /// Reports what is weak and newly used by the contract's own packages.
    pub(super) fn reliances(&mut self, before: (&[Package], usize), after: (&[Package], usize)) {
        let old: BTreeSet<(String, String)> =
            found(before).into_iter().map(|reliance| (reliance.user, reliance.used)).collect();
        let path = after.0.first().map_or_else(String::new, |package| package.id.to_string());
        for reliance in found(after) {
            if old.contains(&(reliance.user.clone(), reliance.used.clone())) {
                continue;
            }
            // Both ends stand in the newer contract.
            let mut frame = self.frame(&path);
            frame.before = frame.after.clone();
            self.run_in(&frame, &Site::of_package(0, path.clone()), Effects::NONE, |check, sink| {
                if let Check::Reliance(check) = check {
                    check(&reliance, sink);
                }
            });
        }
    }
}

fn found((packages, own): (&[Package], usize)) -> Vec<Reliance> {
    let mut search = Search { reliances: Vec::new() };
    for package in packages.iter().take(own) {
        for interface in
            package.interfaces.iter().filter(|interface| deprecated(&interface.stability).is_none())
        {
            search.interface(&package.id, interface);
        }
        for world in package.worlds.iter().filter(|world| deprecated(&world.stability).is_none()) {
            let user = format!("world `{}`", world.name);
            let at = Shown::new(world.place.as_ref(), format!("world {}", world.name));
            for item in world.imports.iter().chain(&world.exports) {
                match item {
                    WorldItem::Interface(used) => search.whole(&package.id, used, (&user, &at)),
                    WorldItem::Function(function) => search.function(&package.id, function, &user),
                    WorldItem::Type(_) => {}
                }
            }
        }
    }
    search.reliances
}

struct Search {
    reliances: Vec<Reliance>,
}

impl Search {
    fn interface(&mut self, package: &PackageId, interface: &Interface) {
        let owner = format!("interface `{}`", interface.id.name);
        for function in &interface.functions {
            self.function(package, function, &owner);
        }
        for def in interface.types.iter().filter(|def| deprecated(&def.stability).is_none()) {
            let user = format!("type `{}` of {owner}", def.name);
            let at = Shown::new(def.place.as_ref(), format!("{} {}", def.kind.as_str(), def.name));
            match &def.kind {
                TypeKind::Record(fields) => {
                    fields
                        .iter()
                        .for_each(|field| self.ty(package, &field.ty, &user, &at, field.place.as_ref()));
                }
                TypeKind::Variant(cases) => {
                    for case in cases {
                        let payload = case.payload.iter();
                        payload.for_each(|ty| self.ty(package, ty, &user, &at, case.place.as_ref()));
                    }
                }
                TypeKind::Alias(target) => self.ty(package, target, &user, &at, None),
                TypeKind::Enum(_) | TypeKind::Flags(_) | TypeKind::Resource => {}
            }
        }
    }

    fn function(&mut self, package: &PackageId, function: &Function, owner: &str) {
        if deprecated(&function.stability).is_some() {
            return;
        }
        let user = format!("function `{}` of {owner}", function.name);
        let at = crate::pair::shown_function(function);
        for param in &function.params {
            self.ty(package, &param.ty, &user, &at, param.place.as_ref());
        }
        function.result.iter().for_each(|ty| self.ty(package, ty, &user, &at, None));
    }

    /// Types that are written at this place; what they are made of is their own affair.
    fn ty(&mut self, package: &PackageId, ty: &Type, user: &str, at: &Shown, place: Option<&Place>) {
        let mut part = |ty: &Type| self.ty(package, ty, user, at, place);
        match ty {
            Type::Primitive(_) => {}
            Type::List(item) | Type::FixedList(item, _) | Type::Option(item) => part(item),
            Type::Map(key, value) => {
                part(key);
                part(value);
            }
            Type::Result { ok, err } => [ok, err].into_iter().flatten().for_each(|ty| part(ty)),
            Type::Tuple(items) => items.iter().for_each(part),
            Type::Stream(item) | Type::Future(item) => item.iter().for_each(|ty| part(ty)),
            Type::Named(def) | Type::Own(def) | Type::Borrow(def) => {
                let at = Shown { place: place.cloned().or_else(|| at.place.clone()), ..at.clone() };
                self.def(package, def, user, &at);
            }
        }
    }

    fn def(&mut self, package: &PackageId, def: &TypeDef, user: &str, at: &Shown) {
        let used = Shown::new(def.place.as_ref(), format!("{} {}", def.kind.as_str(), def.name));
        if let Some(version) = deprecated(&def.stability) {
            let name = format!("type `{}`", def.name);
            self.push(name, Weakness::Deprecated(version.clone()), (user, at), used.clone());
        }
        let owner = match &def.owner {
            Owner::Interface(id) => id.package.as_ref(),
            Owner::World(id, _) => Some(id),
        };
        self.package(package, owner, (user, at), used);
    }

    fn whole(&mut self, package: &PackageId, used: &Interface, (user, at): (&str, &Shown)) {
        let shown = Shown::new(used.place.as_ref(), format!("interface {}", used.id.name));
        if let Some(version) = deprecated(&used.stability) {
            let name = format!("interface `{}`", used.id);
            self.push(name, Weakness::Deprecated(version.clone()), (user, at), shown.clone());
        }
        self.package(package, used.id.package.as_ref(), (user, at), shown);
    }

    fn package(&mut self, own: &PackageId, used: Option<&PackageId>, user: (&str, &Shown), shown: Shown) {
        let released = own.version.as_ref().is_some_and(|version| version.pre.is_empty());
        let Some(used) = used.filter(|used| released && *used != own) else { return };
        if used.version.as_ref().is_some_and(|version| !version.pre.is_empty()) {
            self.push(format!("package `{used}`"), Weakness::Prerelease, user, shown);
        }
    }

    fn push(&mut self, used: String, weakness: Weakness, (user, at): (&str, &Shown), used_at: Shown) {
        let same = |known: &Reliance| known.user == user && known.used == used && known.weakness == weakness;
        if !self.reliances.iter().any(same) {
            self.reliances.push(Reliance {
                user: user.to_owned(),
                used,
                weakness,
                user_at: at.clone(),
                used_at,
            });
        }
    }
}

fn deprecated(stability: &Stability) -> Option<&Version> {
    match stability {
        Stability::Since { deprecated, .. } | Stability::Unstable { deprecated, .. } => deprecated.as_ref(),
        Stability::Unknown => None,
    }
}
