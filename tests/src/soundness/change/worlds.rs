//! Changes of what a world imports and exports, and of versions.

use super::{Change, pick};
use crate::soundness::random::Random;
use crate::soundness::wit::visit::Home;
use crate::soundness::wit::{Function, Item, Package, Reference, Ty, Wit, World};

pub(super) static CHANGES: &[Change] = &[
    Change { name: "import-added", words: "interface imported that was not", apply: import_added },
    Change { name: "import-removed", words: "interface no longer imported", apply: import_removed },
    Change { name: "export-added", words: "interface exported that was not", apply: export_added },
    Change { name: "export-removed", words: "interface no longer exported", apply: export_removed },
    Change {
        name: "world-func-import-added",
        words: "function of the world imported",
        apply: func_import_added,
    },
    Change {
        name: "world-func-export-added",
        words: "function of the world exported",
        apply: func_export_added,
    },
    Change { name: "world-func-renamed", words: "function of the world renamed", apply: func_renamed },
    Change { name: "world-func-removed", words: "function of the world removed", apply: func_removed },
    Change { name: "version-patch", words: "1.0.0 made 1.0.1", apply: patch },
    Change { name: "version-minor", words: "1.0.0 made 1.1.0", apply: minor },
    Change { name: "version-major", words: "1.0.0 made 2.0.0", apply: major },
    Change { name: "version-0.y-patch", words: "0.2.0 made 0.2.1", apply: zero_patch },
    Change { name: "version-0.y-minor", words: "0.2.0 made 0.3.0", apply: zero_minor },
    Change { name: "version-0.0.z", words: "0.0.1 made 0.0.2", apply: zero_zero },
    Change { name: "version-pre-release", words: "1.0.0-rc.1 made 1.0.0-rc.2", apply: pre_release },
    Change { name: "version-released", words: "1.0.0-rc.1 made 1.0.0", apply: released },
    Change { name: "version-build", words: "1.0.0 made 1.0.0+1", apply: build },
    Change { name: "version-added", words: "a package without a version given one", apply: version_added },
    Change { name: "version-removed", words: "a package's version removed", apply: version_removed },
    Change {
        name: "newer-version-beside",
        words: "a newer version of the track registered beside the old one",
        apply: newer_beside,
    },
    Change {
        name: "newer-version-beside-lacks-func",
        words: "a newer version of the track beside the old one, without one of its functions",
        apply: newer_beside_lacks,
    },
    Change {
        name: "newer-version-instead",
        words: "only a newer version of the track, with one more function",
        apply: newer_instead,
    },
];

fn unused(wit: &Wit, items: &[Item]) -> Vec<Reference> {
    wit.references().into_iter().filter(|it| !World::has(items, it)).collect()
}

fn home(wit: &Wit, reference: &Reference) -> Option<Home> {
    let package = wit.packages.get(reference.package)?;
    let at = package.interfaces.iter().position(|it| it.name == reference.interface)?;
    Some(Home::Package(reference.package, at))
}

fn import_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let reference = pick(random, unused(wit, &wit.world.imports))?;
    wit.world.imports.push(Item::Interface(reference.clone()));
    home(wit, &reference)
}

fn export_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let reference = pick(random, unused(wit, &wit.world.exports))?;
    wit.world.exports.push(Item::Interface(reference.clone()));
    home(wit, &reference)
}

fn interfaces(items: &[Item]) -> Vec<usize> {
    (0..items.len()).filter(|at| matches!(items[*at], Item::Interface(_))).collect()
}

fn import_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let at = pick(random, interfaces(&wit.world.imports))?;
    match wit.world.imports.remove(at) {
        Item::Interface(reference) => home(wit, &reference),
        Item::Inline(_) | Item::Function(_) => None,
    }
}

fn export_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let at = pick(random, interfaces(&wit.world.exports))?;
    match wit.world.exports.remove(at) {
        Item::Interface(reference) => home(wit, &reference),
        Item::Inline(_) | Item::Function(_) => None,
    }
}

fn extra(name: &str) -> Item {
    let params = vec![("a".to_owned(), Ty::Primitive("u32"))];
    let result = Some(Ty::Primitive("string"));
    Item::Function(Function { name: name.to_owned(), is_async: false, params, result })
}

fn func_import_added(wit: &mut Wit, _: &mut Random) -> Option<Home> {
    wit.world.imports.push(extra("extra-import"));
    Some(Home::Import(wit.world.imports.len() - 1))
}

fn func_export_added(wit: &mut Wit, _: &mut Random) -> Option<Home> {
    wit.world.exports.push(extra("extra-export"));
    Some(Home::Export(wit.world.exports.len() - 1))
}

fn functions(wit: &Wit) -> Vec<Home> {
    let of = |items: &[Item], home: fn(usize) -> Home| {
        let found = (0..items.len()).filter(|at| matches!(items[*at], Item::Function(_)));
        found.map(home).collect::<Vec<_>>()
    };
    let mut found = of(&wit.world.imports, Home::Import);
    found.extend(of(&wit.world.exports, Home::Export));
    found
}

fn func_renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let wanted = pick(random, functions(wit))?;
    for (home, function) in wit.functions_mut() {
        if home == wanted {
            function.name.push_str("-renamed");
        }
    }
    Some(wanted)
}

fn func_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let wanted = pick(random, functions(wit))?;
    match wanted {
        Home::Import(at) => drop(wit.world.imports.remove(at)),
        Home::Export(at) => drop(wit.world.exports.remove(at)),
        Home::Package(..) | Home::World => return None,
    }
    Some(wanted)
}

/// Gives a random package with such a version another one.
fn version(
    wit: &mut Wit,
    random: &mut Random,
    fits: fn(&str) -> bool,
    change: fn([u64; 3]) -> Option<String>,
) -> Option<Home> {
    let fitting =
        |package: &Package| package.version.as_deref().is_some_and(fits) && !package.interfaces.is_empty();
    let at = pick(random, (0..wit.packages.len()).filter(|at| fitting(&wit.packages[*at])).collect())?;
    let numbers = numbers(wit.packages[at].version.as_deref()?)?;
    wit.packages[at].version = change(numbers);
    Some(Home::Package(at, 0))
}

fn numbers(version: &str) -> Option<[u64; 3]> {
    let core = version.split(['-', '+']).next()?;
    let mut numbers = core.split('.').map(|number| number.parse().ok());
    Some([numbers.next()??, numbers.next()??, numbers.next()??])
}

fn stable(version: &str) -> bool {
    !version.contains('-') && !version.starts_with('0')
}

fn patch(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(wit, random, stable, |[major, minor, patch]| Some(format!("{major}.{minor}.{}", patch + 1)))
}

fn minor(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(wit, random, stable, |[major, minor, _]| Some(format!("{major}.{}.0", minor + 1)))
}

fn major(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(wit, random, stable, |[major, ..]| Some(format!("{}.0.0", major + 1)))
}

fn zero(version: &str) -> bool {
    version.starts_with("0.") && !version.starts_with("0.0.") && !version.contains('-')
}

fn zero_patch(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(wit, random, zero, |[_, minor, patch]| Some(format!("0.{minor}.{}", patch + 1)))
}

fn zero_minor(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(wit, random, zero, |[_, minor, _]| Some(format!("0.{}.0", minor + 1)))
}

fn zero_zero(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(wit, random, |it| it.starts_with("0.0."), |[_, _, patch]| Some(format!("0.0.{}", patch + 1)))
}

fn pre_release(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(
        wit,
        random,
        |it| it.contains('-'),
        |[major, minor, patch]| Some(format!("{major}.{minor}.{patch}-rc.2")),
    )
}

fn released(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(
        wit,
        random,
        |it| it.contains('-'),
        |[major, minor, patch]| Some(format!("{major}.{minor}.{patch}")),
    )
}

fn build(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(
        wit,
        random,
        |it| stable(it) && !it.contains('+'),
        |[major, minor, patch]| Some(format!("{major}.{minor}.{patch}+1")),
    )
}

fn version_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let at =
        pick(random, (0..wit.packages.len()).filter(|at| wit.packages[*at].version.is_none()).collect())?;
    wit.packages[at].version = Some("1.0.0".to_owned());
    Some(Home::Package(at, 0))
}

fn version_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    version(wit, random, |_| true, |_| None)
}

/// A copy of a package at a newer version of its track, imported and exported wherever the old one is. Its interfaces
/// use one another in the copy.
fn newer(wit: &mut Wit, random: &mut Random) -> Option<(usize, usize)> {
    let on_track = |package: &Package| package.version.as_deref().is_some_and(|it| stable(it) || zero(it));
    let at = pick(random, (0..wit.packages.len()).filter(|at| on_track(&wit.packages[*at])).collect())?;
    let [major, minor, patch] = numbers(wit.packages[at].version.as_deref()?)?;
    let mut package = wit.packages[at].clone();
    package.version = Some(format!("{major}.{minor}.{}", patch + 1));
    if wit.packages.iter().any(|it| it.name == package.name && it.version == package.version) {
        return None;
    }
    let copy = wit.packages.len();
    for used in package.interfaces.iter_mut().flat_map(|interface| &mut interface.uses) {
        if used.from.package == at {
            used.from.package = copy;
        }
    }
    wit.packages.push(package);
    Some((at, copy))
}

fn beside(wit: &mut Wit, from: usize, to: usize) {
    let copies = |items: &[Item]| {
        let found = items.iter().filter_map(|item| match item {
            Item::Interface(it) if it.package == from => {
                Some(Item::Interface(Reference { package: to, interface: it.interface.clone() }))
            }
            Item::Interface(_) | Item::Inline(_) | Item::Function(_) => None,
        });
        found.collect::<Vec<_>>()
    };
    let (imports, exports) = (copies(&wit.world.imports), copies(&wit.world.exports));
    wit.world.imports.extend(imports);
    wit.world.exports.extend(exports);
}

fn newer_beside(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let (from, to) = newer(wit, random)?;
    beside(wit, from, to);
    Some(Home::Package(to, 0))
}

fn newer_beside_lacks(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let (from, to) = newer(wit, random)?;
    beside(wit, from, to);
    let lacking = wit.packages[to].interfaces.iter_mut().find(|interface| !interface.functions.is_empty())?;
    lacking.functions.remove(0);
    Some(Home::Package(to, 0))
}

fn newer_instead(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let home = version(
        wit,
        random,
        |it| stable(it) || zero(it),
        |[major, minor, patch]| Some(format!("{major}.{minor}.{}", patch + 1)),
    )?;
    let Home::Package(at, _) = home else { return None };
    let params = vec![("a".to_owned(), Ty::Primitive("u32"))];
    let function = Function { name: "extra".to_owned(), is_async: false, params, result: None };
    wit.packages[at].interfaces.iter_mut().for_each(|it| it.functions.push(function.clone()));
    Some(home)
}
