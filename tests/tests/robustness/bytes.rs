//! Changes of bytes: at random, and by the sections of a WebAssembly binary.

use super::random::Random;

/// Values at which decoders differ: bounds of signs, of LEB128 groups, and of what fits where.
const TELLING: [u8; 9] = [0, 1, 0x40, 0x60, 0x7f, 0x80, 0x81, 0xfe, 0xff];
/// What is spliced in at a time.
const SPLICE_MAX: usize = 64;
/// Inputs stay far below what would take a second to read alone.
const LENGTH_MAX: usize = 64 << 10;

/// An input of the corpus with one to eight changes.
pub(crate) fn changed(random: &mut Random, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = random.pick(corpus).clone();
    for _ in 0..=random.below(8) {
        change(random, corpus, &mut bytes);
    }
    bytes.truncate(LENGTH_MAX);
    bytes
}

/// The same for a component, where half of the changes keep to sections.
pub(crate) fn component(random: &mut Random, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = random.pick(corpus).clone();
    for _ in 0..=random.below(4) {
        change_component(random, corpus, &mut bytes);
    }
    bytes.truncate(LENGTH_MAX);
    bytes
}

/// One change of a component.
pub(crate) fn change_component(random: &mut Random, corpus: &[Vec<u8>], bytes: &mut Vec<u8>) {
    if random.below(2) == 0 {
        *bytes = sections_changed(random, corpus, bytes);
    } else {
        change(random, corpus, bytes);
    }
}

fn change(random: &mut Random, corpus: &[Vec<u8>], bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        bytes.push(*random.pick(&TELLING));
        return;
    }
    let at = random.below(bytes.len());
    match random.below(8) {
        0 => bytes[at] ^= 1 << random.below(8),
        1 => bytes[at] = *random.pick(&TELLING),
        2 => bytes[at] = bytes[at].wrapping_add(1),
        3 => bytes.truncate(at),
        4 => drop(bytes.drain(random.range(bytes.len(), SPLICE_MAX))),
        // A length that is far too large, as LEB128.
        5 => drop(bytes.splice(at..=at, [0xff, 0xff, 0xff, 0xff, 0x0f])),
        6 => {
            let piece = bytes[random.range(bytes.len(), SPLICE_MAX)].to_vec();
            bytes.splice(at..at, piece);
        }
        _ => {
            let other = random.pick(corpus);
            let piece = other[random.range(other.len(), SPLICE_MAX)].to_vec();
            let hole = at..(at + piece.len()).min(bytes.len());
            bytes.splice(hole, piece);
        }
    }
}

/// Leaves out, doubles, swaps or borrows whole sections, or nests the component in itself.
fn sections_changed(random: &mut Random, corpus: &[Vec<u8>], bytes: &[u8]) -> Vec<u8> {
    let mut sections = sections(bytes);
    if sections.is_empty() {
        return bytes.to_vec();
    }
    let at = random.below(sections.len());
    match random.below(5) {
        0 => drop(sections.remove(at)),
        1 => sections.insert(at, sections[at].clone()),
        2 => {
            let other = random.below(sections.len());
            sections.swap(at, other);
        }
        3 => {
            let others = self::sections(random.pick::<Vec<u8>>(corpus));
            if !others.is_empty() {
                sections.insert(at, random.pick(&others).clone());
            }
        }
        _ => {
            // Section 4 is a nested component, section 1 a core module.
            let mut nested = vec![if random.below(4) == 0 { 1 } else { 4 }];
            leb128(&mut nested, bytes.len());
            nested.extend_from_slice(bytes);
            sections.insert(at, nested);
        }
    }
    let header = bytes.get(..8).unwrap_or_default();
    [header, &sections.concat()].concat()
}

/// The sections after the header, each with its id and length, as far as they can be told apart.
fn sections(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut sections = Vec::new();
    let mut at = 8;
    while at < bytes.len() {
        let (mut length, mut shift, mut body) = (0_usize, 0, at + 1);
        while let Some(byte) = bytes.get(body) {
            body += 1;
            length |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 28 {
                break;
            }
        }
        let Some(section) = bytes.get(at..body.saturating_add(length)) else { break };
        sections.push(section.to_vec());
        at = body + length;
    }
    sections
}

fn leb128(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap());
}
