//! Four numbers at a time. Only these functions have the feature: a guest needs it nowhere else.

use core::arch::wasm32::{
    f32x4, f32x4_add, f32x4_extract_lane, f32x4_max, f32x4_mul, f32x4_splat, i32x4_shuffle, v128,
};

use crate::weights::layer;
use crate::{FIRST, INPUTS, SECOND};

static ONE: [[v128; INPUTS]; FIRST / 4] = vectors(1);
static TWO: [[v128; FIRST]; SECOND / 4] = vectors(2);
static THREE: [[v128; SECOND / 4]; 1] = vectors(3);

const ZERO: v128 = f32x4(0.0, 0.0, 0.0, 0.0);

#[target_feature(enable = "simd128")]
pub(crate) fn infer(inputs: &[f32; INPUTS]) -> f32 {
    let (mut first, mut second) = ([ZERO; FIRST / 4], [ZERO; SECOND / 4]);
    for (block, output) in ONE.iter().zip(&mut first) {
        let mut sum = ZERO;
        for (weights, input) in block.iter().zip(inputs) {
            sum = f32x4_add(sum, f32x4_mul(*weights, f32x4_splat(*input)));
        }
        *output = f32x4_max(sum, ZERO);
    }
    for (block, output) in TWO.iter().zip(&mut second) {
        let mut sum = ZERO;
        for ([a, b, c, d], four) in block.as_chunks::<4>().0.iter().zip(&first) {
            sum = f32x4_add(sum, f32x4_mul(*a, i32x4_shuffle::<0, 0, 0, 0>(*four, *four)));
            sum = f32x4_add(sum, f32x4_mul(*b, i32x4_shuffle::<1, 1, 1, 1>(*four, *four)));
            sum = f32x4_add(sum, f32x4_mul(*c, i32x4_shuffle::<2, 2, 2, 2>(*four, *four)));
            sum = f32x4_add(sum, f32x4_mul(*d, i32x4_shuffle::<3, 3, 3, 3>(*four, *four)));
        }
        *output = f32x4_max(sum, ZERO);
    }
    let mut lanes = ZERO;
    for (values, weights) in second.iter().zip(THREE.as_flattened()) {
        lanes = f32x4_add(lanes, f32x4_mul(*values, *weights));
    }
    (f32x4_extract_lane::<0>(lanes) + f32x4_extract_lane::<1>(lanes))
        + (f32x4_extract_lane::<2>(lanes) + f32x4_extract_lane::<3>(lanes))
}

/// The same weights, four in one.
#[expect(clippy::indexing_slicing, reason = "it runs when the guest is compiled, where iterators do not")]
const fn vectors<const BLOCKS: usize, const COUNT: usize>(seed: u32) -> [[v128; COUNT]; BLOCKS] {
    let layer = layer::<BLOCKS, COUNT>(seed);
    let mut vectors = [[ZERO; COUNT]; BLOCKS];
    let mut place = 0;
    while place < BLOCKS * COUNT {
        let [a, b, c, d] = layer[place / COUNT][place % COUNT];
        vectors[place / COUNT][place % COUNT] = f32x4(a, b, c, d);
        place += 1;
    }
    vectors
}
