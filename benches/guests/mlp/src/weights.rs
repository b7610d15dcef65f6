//! The weights, which stand for trained ones: as many, as small, and of both signs.

use crate::{FIRST, INPUTS, SECOND};

/// Of a layer of `4 * BLOCKS` neurons: of each block of four the weights of each input, four together.
pub(crate) type Layer<const BLOCKS: usize, const COUNT: usize> = [[[f32; 4]; COUNT]; BLOCKS];

pub(crate) static ONE: Layer<{ FIRST / 4 }, INPUTS> = layer(1);
pub(crate) static TWO: Layer<{ SECOND / 4 }, FIRST> = layer(2);
pub(crate) static THREE: [[f32; 4]; SECOND / 4] = {
    let [block] = layer::<1, { SECOND / 4 }>(3);
    block
};

/// A number in -0.25..0.25 for each place.
#[expect(clippy::indexing_slicing, reason = "it runs when the guest is compiled, where iterators do not")]
pub(crate) const fn layer<const BLOCKS: usize, const COUNT: usize>(seed: u32) -> Layer<BLOCKS, COUNT> {
    let mut layer = [[[0.0; 4]; COUNT]; BLOCKS];
    let mut state = seed;
    let mut place = 0;
    while place < BLOCKS * COUNT * 4 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        layer[place / (COUNT * 4)][place / 4 % COUNT][place % 4] =
            ((state >> 16) as f32 - 32_768.0) / 131_072.0;
        place += 1;
    }
    layer
}
