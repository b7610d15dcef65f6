//! The generated modules, one for each contract of the corpus, as a firmware would have them.

linchpin_host::bindings!({ world: "everything", path: "../macros/codegen/tests/host/everything.wit" });
linchpin_host::bindings!({ path: "../macros/codegen/tests/host/names.wit" });
linchpin_host::bindings!({ path: "../macros/codegen/tests/versions" });
linchpin_host::bindings!({ path: "../macros/codegen/tests/host/tags.wit" });
linchpin_host::bindings!("heater");

/// The contract that [`everything`] was generated from.
pub(crate) fn everything_world() -> linchpin_contract::World {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../macros/codegen/tests/host/everything.wit");
    let contract = linchpin_contract::load_wit(path.as_ref()).unwrap();
    contract.select_world(Some("everything")).unwrap().clone()
}

#[test]
fn the_static_world_is_that_of_the_contract() {
    let world = everything_world();
    let described = linchpin_contract::descriptor::described(&world).unwrap();
    let generated = everything::WORLD
        .functions
        .iter()
        .map(|function| (function.interface.map(str::to_owned), function.name.to_owned(), function.digest));
    let expected =
        described.into_iter().map(|function| (function.interface, function.name, function.digest.0));
    assert_eq!(generated.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    assert_eq!(everything::WORLD.name, "test:everything/everything@1.2.3");
}

#[test]
fn names_of_rust_and_of_the_module_itself_stay_usable() {
    use names::first::{Option as WitOption, Result as WitResult, Struct};
    let result = WitResult { r#type: 1, self_: 2, r#match: vec![3], value1: 4 };
    let option = WitOption::Ok(result.clone());
    assert_ne!(option, WitOption::None);
    assert_eq!(Struct::default(), Struct { r#use: false, r#mod: false, crate_: false });
    assert_eq!(names::Slot_ { a: 1 }, names::Slot_ { a: 1 });
    assert_eq!(names::Vec::Type, names::shared::Vec::Type, "what the world uses is the type itself");
    let names = names::WORLD.functions.iter().map(|function| function.name).collect::<Vec<_>>();
    let own = ["mine", "builder", "mine-guard", "mine-fallback"];
    let interfaces = ["type", "install", "same", "same", "take", "all", "flat"];
    assert_eq!(names, [&own[..], &interfaces[..]].concat());
}

/// `mine` has a guard and a fallback of its own, beside the functions `mine-guard` and `mine-fallback` of the world.
#[test]
fn what_belongs_to_a_function_hides_no_other_function() {
    use linchpin_host::{CallError, Error, Outcome};
    type Call = fn(&names::Slot) -> Result<Outcome<u8>, CallError>;
    let _calls: [Call; 2] = [names::Slot::mine_guard, names::Slot::mine_fallback];
    let _fallbacks: [fn(&names::Slot, u8) -> Result<(), Error>; 2] =
        [names::Slot::mine_guard_fallback, names::Slot::mine_fallback_fallback];
    let _mine: fn(&names::Slot, names::Slot_) -> Result<(), Error> = names::Slot::mine_fallback_;
}

/// Two versions of one package, and one interface name in two packages: every type and function has its own name.
#[test]
fn versions_of_a_package_stand_beside_each_other() {
    use versions::{acme_heat_control_1_0_0 as one, acme_heat_control_2_0_0 as two};
    let old = one::Inputs { tank: 20.0 };
    let new = two::Inputs { tank: 20.0, hours: 3 };
    assert_eq!(old.tank, new.tank);
    let _plans = (
        versions::Slot::acme_heat_control_1_0_0_plan,
        versions::Slot::acme_heat_control_2_0_0_plan,
        versions::Slot::heat_pump_control_plan,
    );
    let interfaces = versions::WORLD.functions.iter().map(|function| function.interface.unwrap());
    assert_eq!(interfaces.filter(|name| name.starts_with("acme:heat/control@")).count(), 3);
}

#[test]
fn the_binary_says_which_worlds_it_calls() {
    use object::{Object as _, ObjectSection as _};
    let binary = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    let binary = object::File::parse(&*binary).unwrap();
    let section = binary.section_by_name(linchpin_contract::descriptor::SECTION).unwrap();
    let descriptors = linchpin_contract::descriptor::decode_all(section.data().unwrap()).unwrap();
    let mut worlds: Vec<_> = descriptors.iter().map(|descriptor| descriptor.world.name.as_str()).collect();
    worlds.sort_unstable();
    assert_eq!(worlds, ["everything", "heater", "names", "prober", "tags", "valve", "versions"]);
    let heater = descriptors.iter().find(|descriptor| descriptor.world.name == "heater").unwrap();
    assert_eq!(heater.functions[0].digest.0, heater::WORLD.functions[0].digest);
}
