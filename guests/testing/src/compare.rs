//! One function after the other, with generated inputs, on both sides.

use std::cell::RefCell;

use linchpin_contract::{Function, InterfaceId, load_wit};
use linchpin_guest::testing::{Exports, Function as Native, Reader};
use linchpin_host::ValueType;
use linchpin_host::dynamic::Value;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::component::{Component, ComponentFunction};
use crate::error::{Difference, Error};
use crate::native::{self, Outcome};
use crate::options::Options;
use crate::strategy::{self, Arguments};
use crate::{bytes, wave};

/// What was compared, all of it alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Compared {
    /// Functions of the world.
    pub functions: usize,
    /// Inputs for all of them together.
    pub inputs: u64,
}

/// Compares every function of the guest's world with its component. The error is the first difference.
///
/// # Errors
/// [`Error::Different`] with the smallest input found, and every reason for which nothing could be compared.
pub fn compare<E: Exports>(options: &Options) -> Result<Compared, Error> {
    let contract = load_wit(E::WIT.as_ref())?;
    let world = contract.select_world(Some(E::WORLD))?;
    let component = Component::load::<E>(options)?;
    let mut compared = Compared { functions: 0, inputs: 0 };
    let is_meant = |name: &str| options.function.as_ref().is_none_or(|only| only == name);
    let functions = world.exported_functions().filter(|(_, function)| is_meant(&function.name));
    for (interface, function) in functions {
        compared.inputs += u64::from(one::<E>(&component, interface, function, options)?);
        compared.functions += 1;
    }
    match &options.function {
        Some(only) if compared.functions == 0 => {
            Err(Error::OtherFunction { function: only.clone(), found: "missing" })
        }
        Some(_) | None => Ok(compared),
    }
}

/// [`compare`], for a test: a difference is its failure.
///
/// # Panics
/// With the message of the error, if there is one.
#[track_caller]
#[expect(clippy::panic, reason = "that is how a test fails")]
pub fn assert_same<E: Exports>(options: &Options) {
    if let Err(error) = compare::<E>(options) {
        panic!("{error}");
    }
}

/// Both sides of one function.
struct Sides<'a> {
    native: &'a Native,
    component: &'a Component,
    function: ComponentFunction,
}

/// What both sides gave.
struct Given {
    native: Outcome,
    component: Outcome,
}

impl Sides<'_> {
    fn call(&self, arguments: &[Value]) -> Result<Given, Error> {
        let mut written = Vec::new();
        arguments.iter().for_each(|argument| bytes::write(argument, &mut written));
        let native = native::call(self.native, &written);
        Ok(Given { native, component: self.component.call(&self.function, arguments)? })
    }

    fn difference(&self, arguments: &[Value], given: &Given) -> Difference {
        let types = self.function.parameters.iter();
        let result = self.function.result.as_ref();
        Difference {
            function: self.native.name.to_owned(),
            input: types.zip(arguments).map(|(ty, value)| wave::text(ty, value)).collect(),
            native: told(&given.native, result, "panicked"),
            component: told(&given.component, result, "trapped"),
        }
    }
}

fn told(outcome: &Outcome, result: Option<&ValueType>, stopped: &str) -> String {
    match (outcome, result) {
        (Outcome::Value(_), None) => "returned".to_owned(),
        (Outcome::Value(bytes), Some(ty)) => bytes::read(ty, &mut Reader::new(bytes))
            .map_or_else(|| "no value of its type".to_owned(), |value| wave::text(ty, &value)),
        (Outcome::Stopped(why), _) => format!("{stopped}: {why}"),
        (Outcome::Failed(why), _) => format!("failed: {why}"),
    }
}

/// Compares one function; the number of inputs is returned.
fn one<E: Exports>(
    component: &Component,
    interface: Option<&InterfaceId>,
    function: &Function,
    options: &Options,
) -> Result<u32, Error> {
    let name = interface.map(|id| format!("{id}#")).unwrap_or_default() + &function.name;
    let native = E::FUNCTIONS.iter().find(|native| native.name == name);
    let native = native
        .ok_or_else(|| Error::OtherFunction { function: name.clone(), found: "not in the guest's tests" })?;
    let sides = Sides { native, component, function: component.function(&name, interface, function)? };
    let arguments = strategy::arguments(function, options.list_items_max);
    let arguments = arguments.map_err(|ty| Error::Unsupported { function: name, ty })?;
    search(&sides, &arguments, options)?;
    Ok(options.cases)
}

fn search(sides: &Sides<'_>, arguments: &Arguments, options: &Options) -> Result<(), Error> {
    let config = Config { cases: options.cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, rng(options.seed));
    // The runner knows only that a case failed; why a call could not be made is kept here.
    let broken = RefCell::new(None);
    let tried = runner.run(arguments, |arguments| match sides.call(&arguments) {
        Ok(given) if given.native.agrees_with(&given.component) => Ok(()),
        Ok(_) => Err(TestCaseError::fail("different")),
        Err(error) => {
            *broken.borrow_mut() = Some(error);
            Err(TestCaseError::fail("broken"))
        }
    });
    if let Some(error) = broken.into_inner() {
        return Err(error);
    }
    match tried {
        Ok(()) => Ok(()),
        Err(TestError::Fail(_, arguments)) => {
            let given = sides.call(&arguments)?;
            Err(Error::Different(Box::new(sides.difference(&arguments, &given))))
        }
        Err(TestError::Abort(reason)) => {
            Err(Error::Inputs { function: sides.native.name.to_owned(), reason: reason.to_string() })
        }
    }
}

fn rng(seed: u64) -> TestRng {
    let mut bytes = [0; 32];
    for (byte, part) in bytes.iter_mut().zip(seed.to_le_bytes()) {
        *byte = part;
    }
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}
