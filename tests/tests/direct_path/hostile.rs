//! A guest that answers with arbitrary bytes gets a typed error or a value within the limits, and nothing else.

use linchpin_host::abi::{CallError, Instance, LiftError, Trap, ValueLimits};

use crate::bindings::everything::{self, cases};

/// Memory of any content, and any result.
struct Hostile {
    memory: Vec<u8>,
    result: u64,
    allocation: Option<u32>,
    output_bytes: u64,
}

impl Instance for Hostile {
    fn memory(&self) -> &[u8] {
        &self.memory
    }

    fn memory_mut(&mut self, range: std::ops::Range<usize>) -> Option<&mut [u8]> {
        self.memory.get_mut(range)
    }

    fn allocate(&mut self, _: u32, _: u32) -> Result<u32, Trap> {
        self.allocation.ok_or(Trap::NoAllocator)
    }

    fn call(&mut self, _: usize, slots: &mut [u64]) -> Result<(), Trap> {
        slots[0] = self.result;
        Ok(())
    }

    fn post_return(&mut self, _: usize, _: u64) -> Result<(), Trap> {
        Ok(())
    }

    fn value_limits(&self) -> ValueLimits {
        ValueLimits { input_bytes: 1 << 10, output_bytes: self.output_bytes }
    }
}

fn hostile(memory: Vec<u8>, result: u64) -> Hostile {
    Hostile { memory, result, allocation: Some(0), output_bytes: 1 << 12 }
}

/// A small generator of numbers, so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Mostly small, so that pointers, lengths and cases are often right.
    fn word(&mut self) -> u32 {
        let number = self.next();
        match number >> 40 & 7 {
            0 | 1 => 0,
            2 | 3 => number as u32 & 7,
            4 | 5 => number as u32 & 63,
            6 => number as u32 & 0x7f7f_7f7f,
            _ => number as u32,
        }
    }
}

/// What came of one answer.
#[derive(Default)]
struct Tally {
    values: u32,
    errors: std::collections::BTreeSet<&'static str>,
}

impl Tally {
    fn count<T>(&mut self, result: Result<T, CallError>) {
        match result {
            Ok(_) => self.values += 1,
            Err(CallError::Lift(error)) => {
                self.errors.insert(error.code());
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn arbitrary_memory_gives_values_or_typed_errors() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut tally = Tally::default();
    for _ in 0..4_000 {
        let words = numbers.next() as usize % 80;
        let mut memory: Vec<u8> = (0..words).flat_map(|_| numbers.word().to_le_bytes()).collect();
        memory.extend_from_slice(&b"abc"[..numbers.next() as usize % 4]);
        let result = if numbers.next().is_multiple_of(8) { numbers.next() } else { numbers.next() % 8 * 8 };
        let guest = &mut Hostile { output_bytes: 96, ..hostile(memory, result) };
        tally.count(everything::call_letters(guest, true, 'a', ""));
        tally.count(everything::call_truth(guest));
        tally.count(everything::call_words(guest, &[]));
        tally.count(everything::call_nested(guest, &[]));
        tally.count(everything::call_points(guest, &[]));
        tally.count(everything::call_labels(guest, &[]));
        tally.count(everything::call_options(guest, &[]));
        tally.count(everything::call_chars(guest, &[]));
        tally.count(everything::call_modes(guest, cases::Mode::Off));
        tally.count(everything::call_shapes(guest, &cases::Shape::None));
        tally.count(everything::call_maybe_twice(guest, &None));
        tally.count(everything::call_both(guest, &Ok(1)));
        tally.count(everything::call_large(guest, &[]));
        tally.count(everything::call_floats(guest, &[], &[]));
    }
    assert!(tally.values > 1_000, "{} values", tally.values);
    let codes = [
        "lift-char",
        "lift-discriminant",
        "lift-misaligned",
        "lift-out-of-bounds",
        "lift-too-large",
        "lift-utf8",
    ];
    for code in codes {
        assert!(tally.errors.contains(code), "no answer led to `{code}`");
    }
}

/// 64 KiB in which every word is 0, but for the first: a list of 8,192 empty lists, or whatever is read at 0.
fn zeros(words: &[u32]) -> Vec<u8> {
    let mut memory: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    memory.resize(1 << 16, 0);
    memory
}

#[test]
fn a_result_pointer_outside_memory_is_refused() {
    for result in [1 << 16, (1 << 16) - 4, 0xffff_fff8, u64::MAX] {
        let outcome = everything::call_words(&mut hostile(zeros(&[]), result & !3), &[]);
        assert_eq!(outcome.unwrap_err().code(), "lift-out-of-bounds", "{result:#x}");
    }
    let outcome = everything::call_words(&mut hostile(zeros(&[]), 2), &[]);
    assert_eq!(outcome, Err(CallError::Lift(LiftError::Misaligned { address: 2, align: 4 })));
}

#[test]
fn lists_that_share_their_bytes_end_at_the_output_limit() {
    // A list of 100 lists, each of which is this very list of 100, and so on inwards.
    let memory = zeros(&[0, 100].repeat(200));
    let outcome = everything::call_nested(&mut hostile(memory, 0), &[]);
    assert_eq!(outcome, Err(CallError::Lift(LiftError::TooLarge { limit_bytes: 1 << 12 })));
}

#[test]
fn a_length_near_the_top_does_not_overflow() {
    for length in [0x2000_0000, 0x7fff_ffff, 0xffff_ffff] {
        let outcome = everything::call_floats(&mut hostile(zeros(&[0, length]), 0), &[], &[]);
        assert_eq!(outcome.unwrap_err().code(), "lift-out-of-bounds", "{length:#x}");
    }
}

#[test]
fn a_case_that_does_not_exist_is_named() {
    let outcome = everything::call_modes(&mut hostile(Vec::new(), 3), cases::Mode::Off);
    let error = outcome.unwrap_err();
    assert_eq!(error, CallError::Lift(LiftError::Discriminant { type_name: "mode", value: 3, cases: 3 }));
    assert_eq!(
        error.to_string(),
        "the guest's result is malformed: `mode` has 3 cases, and the guest chose case 3"
    );
}

#[test]
fn an_allocator_that_gives_memory_it_does_not_have_is_caught() {
    for allocation in [(1 << 16) - 7, u32::MAX, 4] {
        let mut guest = Hostile { allocation: Some(allocation), ..hostile(zeros(&[]), 0) };
        let outcome = everything::call_floats(&mut guest, &[], &[1.0]);
        assert_eq!(outcome.unwrap_err().code(), "lift-bad-allocation", "{allocation:#x}");
    }
    let mut guest = Hostile { allocation: None, ..hostile(zeros(&[]), 0) };
    assert_eq!(everything::call_bytes(&mut guest, &[1]), Err(CallError::Trap(Trap::NoAllocator)));
}

#[test]
fn more_input_than_the_limit_is_refused_before_the_call() {
    let outcome = everything::call_bytes(&mut hostile(zeros(&[]), 0), &[0; 1025]);
    assert_eq!(outcome, Err(CallError::InputTooLarge { limit_bytes: 1 << 10 }));
    let outcome = everything::call_words(&mut hostile(zeros(&[]), 0), &vec![String::new(); 129]);
    assert_eq!(outcome, Err(CallError::InputTooLarge { limit_bytes: 1 << 10 }));
}
