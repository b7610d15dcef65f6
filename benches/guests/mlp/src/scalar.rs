//! One number at a time.

use crate::weights::{Layer, ONE, THREE, TWO};
use crate::{FIRST, INPUTS, SECOND};

pub(crate) fn infer(inputs: &[f32; INPUTS]) -> f32 {
    let (mut first, mut second) = ([0.0; FIRST], [0.0; SECOND]);
    dense(&ONE, inputs, &mut first);
    dense(&TWO, &first, &mut second);
    let mut lanes = [0.0; 4];
    for (values, weights) in second.as_chunks::<4>().0.iter().zip(&THREE) {
        for ((lane, value), weight) in lanes.iter_mut().zip(values).zip(weights) {
            *lane += value * weight;
        }
    }
    let [a, b, c, d] = lanes;
    (a + b) + (c + d)
}

/// Sums and the positive part of each.
fn dense<const BLOCKS: usize, const COUNT: usize>(
    layer: &Layer<BLOCKS, COUNT>,
    inputs: &[f32; COUNT],
    outputs: &mut [f32],
) {
    for (block, outputs) in layer.iter().zip(outputs.as_chunks_mut::<4>().0) {
        let [mut a, mut b, mut c, mut d] = [0.0_f32; 4];
        for ([w, x, y, z], input) in block.iter().zip(inputs) {
            (a, b, c, d) = (a + w * input, b + x * input, c + y * input, d + z * input);
        }
        *outputs = [a, b, c, d].map(|sum| if sum > 0.0 { sum } else { 0.0 });
    }
}
