//! The generated types and functions, each by its name.

use linchpin_host::GuestInstance;
use linchpin_host::abi::CallError;
use linchpin_host::dynamic::Value;

use super::super::{Given, Spoil, guest};
use super::PADDING;
use super::bridge::{Bridge, enumeration, flags, record, variant};
use echoing::echoes::{
    Cases, Deep, Eight, FlatCases, FlatSets, Joined, Label, Lists, Mode, Nine, Numbers, Options, Padding,
    Point, Records, Results, Sets, Seventeen, Shape, Texts, ThirtyTwo, Tuples,
};

linchpin_host::bindings!({ world: "echoing", path: "src/differential/generated/echoes.wit" });

record! {
    Numbers { a b c d e f g h i j k l }
    Texts { text letters words }
    Lists { bytes signed long single double truths nested }
    Point { x y t }
    Label { at text }
    Records { points labels pair }
    Cases { mode modes shape shapes }
    Options { some twice listed shape }
    Results { both only_ok only_err neither listed }
    Sets { one two four more listed }
    Tuples { one sixteen listed }
    Deep { inside after }
    FlatCases { a b c d e }
    FlatSets { one two four more }
}

flags! {
    Eight { a b c d e f g h }
    Nine { a b c d e f g h i }
    Seventeen { a b c d e f g h i j k l m n o p q }
    ThirtyTwo {
        a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15
        a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30 a31
    }
}

enumeration! { Mode { 0 Off 1 Eco 2 Boost } }

variant! {
    Shape { 0 None 1 Circle(it) 2 Line(it) 3 Path(it) 4 Named(it) 5 Number(it) 6 Mode(it) 7 Placed(it) }
    Joined { 0 None 1 Single(it) 2 Double(it) 3 Small(it) 4 Large(it) 5 Pair(it) 6 Mode(it) 7 Set(it) }
}

/// A generated function.
pub(super) struct Call {
    /// In the contract.
    pub(super) name: &'static str,
    /// What comes back; the error is its code.
    pub(super) call: fn(&mut GuestInstance, &Value, Spoil) -> Given,
}

impl Call {
    /// Whether it tells its flat parameters.
    pub(super) fn is_flat(&self) -> bool {
        self.name.starts_with(guest::FLAT)
    }
}

const ALL_PADDING: Padding = Padding {
    p0: PADDING,
    p1: PADDING,
    p2: PADDING,
    p3: PADDING,
    p4: PADDING,
    p5: PADDING,
    p6: PADDING,
    p7: PADDING,
    p8: PADDING,
    p9: PADDING,
    p10: PADDING,
    p11: PADDING,
    p12: PADDING,
    p13: PADDING,
    p14: PADDING,
    p15: PADDING,
};

fn given<A: Bridge, B: Bridge>(value: &Value, call: impl FnOnce(&A) -> Result<B, CallError>) -> Given {
    let value = A::from_value(value).ok_or("the contract has another type")?;
    call(&value).map(|back| back.to_value()).map_err(|error| error.code().to_owned())
}

macro_rules! echo {
    ($name:literal, $call:ident) => {
        Call {
            name: $name,
            call: |instance, value, spoil| {
                given(value, |value| {
                    let back = echoing::$call(instance, value, spoil.at, spoil.byte, &ALL_PADDING);
                    back.map(|(value, ..)| value)
                })
            },
        }
    };
}

macro_rules! flat {
    ($name:literal, $call:ident) => {
        Call { name: $name, call: |instance, value, _| given(value, |value| echoing::$call(instance, value)) }
    };
}

/// Every function of the contract.
pub(super) const CALLS: [Call; 13] = [
    echo!("echo-numbers", call_echo_numbers),
    echo!("echo-texts", call_echo_texts),
    echo!("echo-lists", call_echo_lists),
    echo!("echo-records", call_echo_records),
    echo!("echo-cases", call_echo_cases),
    echo!("echo-options", call_echo_options),
    echo!("echo-results", call_echo_results),
    echo!("echo-sets", call_echo_sets),
    echo!("echo-tuples", call_echo_tuples),
    echo!("echo-deep", call_echo_deep),
    flat!("flat-numbers", call_flat_numbers),
    flat!("flat-cases-of", call_flat_cases_of),
    flat!("flat-sets-of", call_flat_sets_of),
];
