//! Random worlds of every kind of type: imports and exports, resources, `async`, several interfaces and versions.

use super::random::Random;
use super::wit::{
    Function, Interface, Item, Kind, Method, MethodKind, Package, Reference, Ty, TypeDef, Use, Wit, World,
};

const VERSIONS: &[&str] = &["1.0.0", "1.2.3", "0.2.1", "0.0.3", "2.0.0-rc.1", "1.0.0+build.5", "0.1.0"];
const PRIMITIVES: &[&str] =
    &["bool", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "f32", "f64", "char", "string"];
const KEYS: &[&str] = &["u8", "u16", "u32", "u64", "s32", "s64", "bool", "char", "string"];

/// What a generated world may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purity {
    /// Pure functions alone, as Linchpin's own loader runs them: exports without handles or `async`.
    Pure,
    /// Everything.
    Any,
}

/// A random world.
#[must_use]
pub fn wit(random: &mut Random, purity: Purity) -> Wit {
    let mut wit = Wit::default();
    for index in 0..1 + random.below(2) {
        let version = random.chance(85).then(|| (*random.pick(VERSIONS)).to_owned());
        wit.packages.push(Package { name: format!("acme:p{index}"), version, interfaces: Vec::new() });
        for position in 0..1 + random.below(2) {
            let interface = interface(random, purity, &wit, format!("i{position}"));
            wit.packages[index].interfaces.push(interface);
        }
    }
    world(random, purity, &mut wit);
    wit
}

fn world(random: &mut Random, purity: Purity, wit: &mut Wit) {
    let mut world = World::default();
    for reference in wit.references() {
        let sides = if purity == Purity::Pure { 1 } else { random.below(8) };
        if matches!(sides, 1 | 3 | 5 | 7) {
            world.exports.push(Item::Interface(reference.clone()));
        }
        if matches!(sides, 2 | 3 | 4 | 6) {
            world.imports.push(Item::Interface(reference));
        }
    }
    if purity == Purity::Any && random.chance(30) {
        own_types(random, wit, &mut world);
    }
    let mut scope = Scope::of(wit, &world.own, purity);
    if random.chance(35) {
        world.exports.push(Item::Function(function(random, &mut scope, "fe".to_owned())));
    }
    if purity == Purity::Any && random.chance(35) {
        world.imports.push(Item::Function(function(random, &mut scope, "fi".to_owned())));
    }
    if random.chance(15) {
        world.exports.push(Item::Inline(inline(random, purity, "inline-out")));
    }
    if purity == Purity::Any && random.chance(15) {
        world.imports.push(Item::Inline(inline(random, purity, "inline-in")));
    }
    if world.imports.is_empty() && world.exports.is_empty() {
        world.exports.extend(wit.references().into_iter().take(1).map(Item::Interface));
    }
    wit.world = world;
}

/// The world's own types: some used, some declared.
fn own_types(random: &mut Random, wit: &Wit, world: &mut World) {
    let imported: Vec<_> = wit.references().into_iter().filter(|it| World::has(&world.imports, it)).collect();
    if let Some(from) = imported.first()
        && let Some(def) = wit.interface(from).and_then(|interface| interface.types.first())
    {
        let own = format!("w-{}", def.name);
        world.own.uses.push(Use { from: from.clone(), name: def.name.clone(), own });
    }
    if random.chance(40) {
        let fields = vec![("a".to_owned(), Ty::Primitive("u32"))];
        world.own.types.push(TypeDef { name: "wr".to_owned(), kind: Kind::Record(fields) });
    }
    if random.chance(20) {
        world.own.types.push(TypeDef { name: "wres".to_owned(), kind: Kind::Resource(Vec::new()) });
    }
}

fn inline(random: &mut Random, purity: Purity, name: &str) -> Interface {
    interface(random, purity, &Wit::default(), name.to_owned())
}

fn interface(random: &mut Random, purity: Purity, wit: &Wit, name: String) -> Interface {
    let mut interface = Interface { name, ..Interface::default() };
    uses(random, wit, &mut interface);
    for index in 0..random.below(5) {
        let mut scope = Scope::of(wit, &interface, purity);
        let kind = kind(random, &mut scope);
        interface.types.push(TypeDef { name: format!("t{index}"), kind });
    }
    for index in 0..random.below(4) + usize::from(random.chance(90)) {
        let mut scope = Scope::of(wit, &interface, purity);
        interface.functions.push(function(random, &mut scope, format!("f{index}")));
    }
    interface
}

fn uses(random: &mut Random, wit: &Wit, interface: &mut Interface) {
    for from in wit.references() {
        let Some(other) = wit.interface(&from).filter(|other| !other.types.is_empty()) else { continue };
        if !random.chance(45) {
            continue;
        }
        let def = random.pick(&other.types);
        let own = format!("u-{}-{}-{}", from.package, from.interface, def.name);
        let own = if random.chance(50) { own } else { def.name.clone() + "u" };
        if !interface.uses.iter().any(|used| used.own == own) {
            interface.uses.push(Use { from, name: def.name.clone(), own });
        }
    }
}

/// Names that a type may mention.
struct Scope {
    purity: Purity,
    values: Vec<String>,
    resources: Vec<String>,
}

impl Scope {
    fn of(wit: &Wit, interface: &Interface, purity: Purity) -> Self {
        let mut scope = Self { purity, values: Vec::new(), resources: Vec::new() };
        for used in &interface.uses {
            if is_resource(wit, &used.from, &used.name) {
                scope.resources.push(used.own.clone());
            } else {
                scope.values.push(used.own.clone());
            }
        }
        for def in &interface.types {
            match def.kind {
                Kind::Resource(_) => scope.resources.push(def.name.clone()),
                Kind::Record(_) | Kind::Variant(_) | Kind::Enum(_) | Kind::Flags(_) | Kind::Alias(_) => {
                    scope.values.push(def.name.clone());
                }
            }
        }
        scope
    }
}

fn is_resource(wit: &Wit, from: &Reference, name: &str) -> bool {
    let Some(interface) = wit.interface(from) else { return false };
    if let Some(used) = interface.uses.iter().find(|used| used.own == name) {
        return is_resource(wit, &used.from, &used.name);
    }
    interface.types.iter().any(|def| def.name == name && matches!(def.kind, Kind::Resource(_)))
}

fn kind(random: &mut Random, scope: &mut Scope) -> Kind {
    let count = 1 + random.below(4);
    match random.below(if scope.purity == Purity::Pure { 8 } else { 10 }) {
        0..=2 => Kind::Record((0..count).map(|at| (format!("a{at}"), ty(random, scope, 2))).collect()),
        3 | 4 => Kind::Variant(
            (0..count)
                .map(|at| (format!("c{at}"), random.chance(60).then(|| ty(random, scope, 2))))
                .collect(),
        ),
        5 => Kind::Enum((0..count).map(|at| format!("e{at}")).collect()),
        6 => Kind::Flags((0..count).map(|at| format!("g{at}")).collect()),
        7 => Kind::Alias(ty(random, scope, 2)),
        _ => Kind::Resource(methods(random, scope)),
    }
}

fn methods(random: &mut Random, scope: &mut Scope) -> Vec<Method> {
    let mut methods = Vec::new();
    if random.chance(40) {
        let mut function = function(random, scope, String::new());
        (function.result, function.is_async) = (None, false);
        methods.push(Method { kind: MethodKind::Constructor, function });
    }
    for at in 0..random.below(3) {
        let kind = if random.chance(70) { MethodKind::Method } else { MethodKind::Static };
        methods.push(Method { kind, function: function(random, scope, format!("m{at}")) });
    }
    methods
}

fn function(random: &mut Random, scope: &mut Scope, name: String) -> Function {
    let same = random.chance(30).then(|| ty(random, scope, 1));
    let params = (0..random.below(5)).map(|at| {
        let ty = match &same {
            Some(ty) => ty.clone(),
            None if !scope.resources.is_empty() && random.chance(25) => {
                Ty::Borrow(random.pick(&scope.resources).clone())
            }
            None => ty(random, scope, 3),
        };
        (format!("p{at}"), ty)
    });
    let params = params.collect();
    let result = random.chance(65).then(|| ty(random, scope, 3));
    let is_async = scope.purity == Purity::Any && random.chance(12);
    Function { name, is_async, params, result }
}

fn ty(random: &mut Random, scope: &Scope, depth: usize) -> Ty {
    if !scope.values.is_empty() && random.chance(35) {
        return Ty::Named(random.pick(&scope.values).clone());
    }
    if depth == 0 || random.chance(45) {
        return keyword(random, PRIMITIVES);
    }
    if !scope.resources.is_empty() && random.chance(15) {
        return Ty::Named(random.pick(&scope.resources).clone());
    }
    composite(random, scope, depth - 1)
}

fn composite(random: &mut Random, scope: &Scope, depth: usize) -> Ty {
    let item = |random: &mut Random| Box::new(ty(random, scope, depth));
    match random.below(if scope.purity == Purity::Pure { 10 } else { 14 }) {
        0..=2 => Ty::List(item(random)),
        3 | 4 => Ty::Option(item(random)),
        5 | 6 => {
            let ok = random.chance(70).then(|| item(random));
            Ty::Result(ok, random.chance(60).then(|| item(random)))
        }
        7 | 8 => Ty::Tuple((0..1 + random.below(3)).map(|_| ty(random, scope, depth)).collect()),
        9 => Ty::List(Box::new(Ty::Primitive("u8"))),
        10 => Ty::FixedList(item(random), 1 + u32::try_from(random.below(5)).expect("it is small")),
        11 => Ty::Map(Box::new(keyword(random, KEYS)), item(random)),
        12 => Ty::Stream(random.chance(80).then(|| payload(random, scope, depth))),
        _ => Ty::Future(random.chance(80).then(|| payload(random, scope, depth))),
    }
}

fn keyword(random: &mut Random, keywords: &[&'static str]) -> Ty {
    let keyword: &&'static str = random.pick(keywords);
    Ty::Primitive(keyword)
}

/// `stream<char>` is not valid at this time.
fn payload(random: &mut Random, scope: &Scope, depth: usize) -> Box<Ty> {
    match ty(random, scope, depth) {
        Ty::Primitive("char") => Box::new(Ty::Primitive("u8")),
        other => Box::new(other),
    }
}
