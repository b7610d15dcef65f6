//! The differential test of the dynamic path, with wasmi as one more engine: the same values and the same refusals, from
//! honest guests and from those that spoil a byte.

use linchpin_engines::WasmiGuest;
use linchpin_host::Limits;
use linchpin_host::abi::CallError;
use linchpin_host::abi::Trap;
use linchpin_host::dynamic::{DynamicError, DynamicFunction, Value};
use linchpin_tests::differential::{OtherEngine, Plan, run_beside};

#[derive(Default)]
struct Wasmi(Option<WasmiGuest>);

impl OtherEngine for Wasmi {
    fn load(&mut self, component: &[u8], limits: &Limits) -> Result<(), String> {
        self.0 = Some(WasmiGuest::new(component, limits).map_err(|error| error.to_string())?);
        Ok(())
    }

    fn call(
        &mut self,
        function: &DynamicFunction,
        arguments: &[Value],
    ) -> Result<Option<Value>, DynamicError> {
        let guest = self.0.as_mut().expect("a guest is loaded");
        let called = function.call(guest, 0, arguments);
        let reset = guest.reset().map_err(|error| Trap::Guest { message: error.to_string() });
        reset.map_err(CallError::from)?;
        called
    }
}

#[test]
fn two_thousand_values_come_back_alike_from_wasmi() {
    let plan = Plan { values: 2_000, of_one_type: 25, seed: 11 };
    let report = run_beside(plan, &mut Wasmi::default()).expect("guests are built");
    assert!(report.differences.is_empty(), "{}", report.differences.join("\n\n"));
    assert!(report.same_though_spoiled > 100 && report.refused > 100, "{report:?}");
}
