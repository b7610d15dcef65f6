//! Changes of functions, their parameters and results.

use super::{Change, function, other_primitive, pick};
use crate::soundness::random::Random;
use crate::soundness::wit::visit::Home;
use crate::soundness::wit::{Function, Interface, Ty, Wit};

pub(super) static CHANGES: &[Change] = &[
    Change { name: "func-added", words: "function added to an interface", apply: added },
    Change { name: "func-removed", words: "function removed from an interface", apply: removed },
    Change { name: "func-renamed", words: "function renamed", apply: renamed },
    Change { name: "funcs-reordered", words: "functions reordered", apply: reordered },
    Change { name: "func-made-async", words: "`func` made `async func`", apply: made_async },
    Change { name: "func-made-sync", words: "`async func` made `func`", apply: made_sync },
    Change { name: "param-added", words: "parameter added", apply: param_added },
    Change {
        name: "param-added-optional",
        words: "parameter of `option<T>` added",
        apply: param_added_optional,
    },
    Change { name: "param-removed", words: "parameter removed", apply: param_removed },
    Change { name: "param-renamed", words: "parameter renamed", apply: param_renamed },
    Change {
        name: "params-swapped-same-type",
        words: "parameters of one type swapped",
        apply: params_swapped,
    },
    Change {
        name: "params-reordered",
        words: "parameters of several types reordered",
        apply: params_reordered,
    },
    Change { name: "param-type-changed", words: "parameter of another type", apply: param_type_changed },
    Change { name: "result-added", words: "result added", apply: result_added },
    Change { name: "result-removed", words: "result removed", apply: result_removed },
    Change { name: "result-type-changed", words: "result of another type", apply: result_type_changed },
    Change { name: "result-wrapped", words: "result `T` made `result<T, string>`", apply: result_wrapped },
    Change {
        name: "result-made-optional",
        words: "result `T` made `option<T>`",
        apply: result_made_optional,
    },
    Change {
        name: "param-made-optional",
        words: "parameter `T` made `option<T>`",
        apply: param_made_optional,
    },
];

/// A random interface of a package or of the world's text, that has functions or may have.
fn interface(
    wit: &mut Wit,
    random: &mut Random,
    fits: impl Fn(&Interface) -> bool,
    change: impl FnOnce(&mut Interface, &mut Random),
) -> Option<Home> {
    let all = wit.interfaces_mut().into_iter();
    let fitting = all.filter(|(home, interface)| *home != Home::World && fits(interface)).collect();
    let (home, interface) = pick(random, fitting)?;
    change(interface, random);
    Some(home)
}

fn added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    interface(
        wit,
        random,
        |it| !it.functions.iter().any(|function| function.name == "extra"),
        |it, _| {
            let params = vec![("extra-p".to_owned(), Ty::Primitive("u32"))];
            it.functions.push(Function { name: "extra".to_owned(), is_async: false, params, result: None });
        },
    )
}

fn removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    interface(
        wit,
        random,
        |it| !it.functions.is_empty(),
        |it, random| {
            let at = random.below(it.functions.len());
            it.functions.remove(at);
        },
    )
}

fn renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    interface(
        wit,
        random,
        |it| !it.functions.is_empty(),
        |it, random| {
            let at = random.below(it.functions.len());
            it.functions[at].name.push_str("-renamed");
        },
    )
}

fn reordered(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    interface(wit, random, |it| it.functions.len() > 1, |it, _| it.functions.reverse())
}

fn made_async(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(wit, random, |it| !it.is_async && !it.name.is_empty(), |it, _| it.is_async = true)
}

fn made_sync(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(wit, random, |it| it.is_async, |it, _| it.is_async = false)
}

fn push_param(it: &mut Function, random: &mut Random, ty: Ty) {
    let at = random.below(it.params.len() + 1);
    it.params.insert(at, ("extra-p".to_owned(), ty));
}

fn param_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(wit, random, |it| it.params.len() < 8, |it, random| push_param(it, random, Ty::Primitive("u32")))
}

fn param_added_optional(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let ty = || Ty::Option(Box::new(Ty::Primitive("string")));
    function(wit, random, |it| it.params.len() < 8, |it, _| it.params.push(("extra-o".to_owned(), ty())))
}

fn param_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(
        wit,
        random,
        |it| !it.params.is_empty(),
        |it, random| {
            let at = random.below(it.params.len());
            it.params.remove(at);
        },
    )
}

fn param_renamed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(
        wit,
        random,
        |it| !it.params.is_empty(),
        |it, random| {
            let at = random.below(it.params.len());
            it.params[at].0.push_str("-renamed");
        },
    )
}

/// Two neighbours of one type: their positions.
fn neighbours(it: &Function, same: bool) -> Vec<usize> {
    (1..it.params.len()).filter(|at| (it.params[*at].1 == it.params[at - 1].1) == same).collect()
}

fn params_swapped(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(
        wit,
        random,
        |it| !neighbours(it, true).is_empty(),
        |it, random| {
            let at = *random.pick(&neighbours(it, true));
            it.params.swap(at, at - 1);
        },
    )
}

fn params_reordered(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(
        wit,
        random,
        |it| !neighbours(it, false).is_empty(),
        |it, random| {
            let at = *random.pick(&neighbours(it, false));
            it.params.swap(at, at - 1);
        },
    )
}

fn param_type_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(
        wit,
        random,
        |it| !it.params.is_empty(),
        |it, random| {
            let at = random.below(it.params.len());
            it.params[at].1 = other_primitive(random, &it.params[at].1.clone());
        },
    )
}

/// A constructor's result is its resource.
fn returns(it: &Function) -> bool {
    it.result.is_some() && !it.name.is_empty()
}

fn result_added(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    let none = |it: &Function| it.result.is_none() && !it.name.is_empty();
    function(wit, random, none, |it, _| it.result = Some(Ty::Primitive("u32")))
}

fn result_removed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(wit, random, returns, |it, _| it.result = None)
}

fn result_type_changed(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(wit, random, returns, |it, random| {
        it.result = it.result.as_ref().map(|ty| other_primitive(random, ty));
    })
}

fn result_wrapped(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(wit, random, returns, |it, _| {
        let error = Some(Box::new(Ty::Primitive("string")));
        it.result = it.result.take().map(|ty| Ty::Result(Some(Box::new(ty)), error));
    })
}

fn result_made_optional(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(wit, random, returns, |it, _| {
        it.result = it.result.take().map(|ty| Ty::Option(Box::new(ty)));
    })
}

fn param_made_optional(wit: &mut Wit, random: &mut Random) -> Option<Home> {
    function(
        wit,
        random,
        |it| !it.params.is_empty(),
        |it, random| {
            let at = random.below(it.params.len());
            let ty = it.params[at].1.clone();
            it.params[at].1 = Ty::Option(Box::new(ty));
        },
    )
}
