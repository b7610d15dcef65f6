//! Changes of resources and handles.

use super::types::rename;
use super::{Change, def, mention};
use crate::soundness::random::Random;
use crate::soundness::wit::visit::Home;
use crate::soundness::wit::{Function, Kind, Method, MethodKind, Ty, TypeDef, Wit};

pub(super) static CHANGES: &[Change] = &[
    Change { name: "resource-method-added", words: "method added to a resource", apply: method_added },
    Change {
        name: "resource-method-removed",
        words: "method removed from a resource",
        apply: method_removed,
    },
    Change { name: "resource-method-made-static", words: "method made static", apply: made_static },
    Change { name: "resource-constructor-added", words: "constructor added", apply: constructor_added },
    Change { name: "resource-renamed", words: "resource renamed", apply: renamed },
    Change { name: "resource-to-record", words: "resource made a record", apply: to_record },
    Change { name: "record-to-resource", words: "record made a resource", apply: to_resource },
    Change {
        name: "own-to-borrow",
        words: "owned handle of a parameter made a borrowed one",
        apply: own_to_borrow,
    },
    Change { name: "borrow-to-own", words: "borrowed handle made an owned one", apply: borrow_to_own },
    Change {
        name: "handle-of-another-resource",
        words: "handle of another resource",
        apply: another_resource,
    },
    Change {
        name: "unused-resource-added",
        words: "resource added that no function uses",
        apply: unused_added,
    },
];

fn is_resource(def: &TypeDef) -> bool {
    matches!(def.kind, Kind::Resource(_))
}

fn methods(def: &mut TypeDef) -> Option<&mut Vec<Method>> {
    if let Kind::Resource(methods) = &mut def.kind { Some(methods) } else { None }
}

fn method_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    def(wit, random, is_resource, |it, random| {
        let params = vec![("extra-p".to_owned(), Ty::Primitive("u32"))];
        let function = Function { name: "extra".to_owned(), is_async: false, params, result: None };
        let kind = if random.chance(50) { MethodKind::Method } else { MethodKind::Static };
        methods(it).into_iter().for_each(|all| all.push(Method { kind, function: function.clone() }));
    })
}

fn method_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let fits = |it: &TypeDef| matches!(&it.kind, Kind::Resource(methods) if !methods.is_empty());
    def(wit, random, fits, |it, random| {
        if let Some(methods) = methods(it) {
            let at = random.below(methods.len());
            methods.remove(at);
        }
    })
}

fn made_static(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let is_method = |method: &Method| method.kind == MethodKind::Method;
    let fits = |it: &TypeDef| matches!(&it.kind, Kind::Resource(methods) if methods.iter().any(is_method));
    def(wit, random, fits, |it, _| {
        let found = methods(it).and_then(|methods| methods.iter_mut().find(|method| is_method(method)));
        found.into_iter().for_each(|method| method.kind = MethodKind::Static);
    })
}

fn constructor_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let has = |method: &Method| method.kind == MethodKind::Constructor;
    let fits = |it: &TypeDef| matches!(&it.kind, Kind::Resource(methods) if !methods.iter().any(has));
    def(wit, random, fits, |it, _| {
        let function = Function { name: String::new(), is_async: false, params: Vec::new(), result: None };
        let method = Method { kind: MethodKind::Constructor, function };
        methods(it).into_iter().for_each(|all| all.push(method.clone()));
    })
}

fn renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    rename(wit, random, |kind| matches!(kind, Kind::Resource(_)))
}

fn to_record(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    def(wit, random, is_resource, |it, _| {
        it.kind = Kind::Record(vec![("a".to_owned(), Ty::Primitive("u32"))]);
    })
}

fn to_resource(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    def(wit, random, |it| matches!(it.kind, Kind::Record(_)), |it, _| it.kind = Kind::Resource(Vec::new()))
}

/// Names of resources that each interface declares itself.
fn declared(wit: &mut Wit) -> Vec<String> {
    wit.types_mut().into_iter().filter(|(_, def)| is_resource(def)).map(|(_, def)| def.name.clone()).collect()
}

fn own_to_borrow(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let resources = declared(wit);
    let is_own = |ty: &Ty| matches!(ty, Ty::Named(name) if resources.contains(name));
    super::function(
        wit,
        random,
        |it| it.params.iter().any(|(_, ty)| is_own(ty)),
        |it, _| {
            if let Some((_, ty)) = it.params.iter_mut().find(|(_, ty)| is_own(ty))
                && let Ty::Named(name) = ty
            {
                *ty = Ty::Borrow(std::mem::take(name));
            }
        },
    )
}

fn borrow_to_own(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    mention(
        wit,
        random,
        |ty| matches!(ty, Ty::Borrow(_)),
        |ty, _| {
            if let Ty::Borrow(name) = ty {
                *ty = Ty::Named(std::mem::take(name));
            }
        },
    )
}

fn another_resource(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let resources = declared(wit);
    let fits = |ty: &Ty| matches!(ty, Ty::Borrow(name) | Ty::Named(name) if resources.contains(name));
    mention(wit, random, fits, |ty, random| {
        if let Ty::Borrow(name) | Ty::Named(name) = ty {
            let others: Vec<_> = resources.iter().filter(|other| *other != name).collect();
            if !others.is_empty() {
                (*random.pick(&others)).clone_into(name);
            }
        }
    })
}

fn unused_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let all = wit.interfaces_mut().into_iter().filter(|(home, _)| matches!(home, Home::Package(..)));
    let fits =
        |it: &crate::soundness::wit::Interface| !it.types.iter().any(|def| def.name == "extra-resource");
    let (home, interface) = super::pick(random, all.filter(|(_, it)| fits(it)).collect())?;
    interface.types.push(TypeDef { name: "extra-resource".to_owned(), kind: Kind::Resource(Vec::new()) });
    Some(home)
}
