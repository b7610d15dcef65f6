//! Memory that nearly holds a value: written along the type that the host will read, and spoiled in places.

use linchpin_host::dynamic::{Cases, Layout, Scalar, Shape};

use super::choices::Choices;

/// Writes one value.
pub(super) struct Writer<'c, 'u> {
    choices: &'c mut Choices<'u>,
    pub(super) memory: Vec<u8>,
    /// The first byte that no part of the value takes.
    free: u32,
    /// The limit that the host will count lists towards.
    limit_bytes: u64,
    /// One place in so many is spoiled; none if it is 0.
    spoil_one_in: u32,
    /// How many elements may still be written: others stay as memory is.
    elements_left: u32,
    /// A list that was written, for another to be the same.
    earlier: Option<(u32, u32)>,
}

/// Elements of one value that are written one by one.
const ELEMENTS_MAX: u32 = 200;

impl<'c, 'u> Writer<'c, 'u> {
    pub(super) fn new(choices: &'c mut Choices<'u>, memory: Vec<u8>, limit_bytes: u64) -> Self {
        let spoil_one_in = choices.pick(0, &[0, 4, 16, 64]);
        let elements_left = ELEMENTS_MAX;
        Self { choices, memory, free: 0, limit_bytes, spoil_one_in, elements_left, earlier: None }
    }

    /// The slot of a result of type `layout`, whose memory is written if it has any.
    pub(super) fn result(&mut self, layout: &Layout) -> u64 {
        if layout.flat <= 1 {
            let slot = self.flat(layout);
            return if self.spoils() { slot ^ self.choices.bits() } else { slot };
        }
        let address = self.allocate(layout.size, layout.align);
        self.store(layout, address);
        let end = self.memory.len() as u32;
        let last = end.wrapping_sub(layout.size);
        let address = match self.spoils() {
            false => address,
            true => self.choices.pick(
                last,
                &[
                    last.wrapping_add(1),
                    end,
                    address.wrapping_add(1),
                    address.wrapping_add(4),
                    u32::MAX,
                    1 << 31,
                ],
            ),
        };
        u64::from(address)
    }

    fn flat(&mut self, layout: &Layout) -> u64 {
        match &layout.shape {
            Shape::Scalar(scalar) => self.scalar(*scalar),
            Shape::Flags(_) => self.choices.bits(),
            Shape::Record(parts) | Shape::Tuple(parts) => {
                parts.first().map_or(0, |part| self.flat(&part.layout))
            }
            Shape::Cases(cases) => u64::from(self.case(cases)),
            Shape::FixedLengthList(item, _) => self.flat(item),
            Shape::String | Shape::List(_) | Shape::Map(_) => 0,
        }
    }

    fn store(&mut self, layout: &Layout, address: u32) {
        match &layout.shape {
            Shape::Scalar(scalar) => {
                let bits = self.scalar(*scalar);
                self.number(address, bits, layout.size);
            }
            Shape::String => {
                let (start, length) = self.text();
                self.pointer(address, start, length, 1, 1);
            }
            Shape::List(item) | Shape::Map(item) => {
                let (start, length) = self.list(item);
                self.pointer(address, start, length, item.size, item.align);
            }
            Shape::FixedLengthList(item, length) => {
                (0..*length).for_each(|index| self.store(item, address.wrapping_add(index * item.size)));
            }
            Shape::Record(parts) | Shape::Tuple(parts) => {
                for part in parts {
                    self.store(&part.layout, address.wrapping_add(part.offset));
                }
            }
            Shape::Flags(_) => {
                for word in (0..layout.size).step_by(4) {
                    let bits = self.choices.bits();
                    self.number(address.wrapping_add(word), bits, layout.size.min(4));
                }
            }
            Shape::Cases(cases) => {
                let case = self.case(cases);
                self.number(address, u64::from(case), cases.discriminant_bytes);
                if let Some(Some(payload)) = cases.payloads.get(case as usize) {
                    self.store(payload, address.wrapping_add(cases.payload_offset));
                }
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar) -> u64 {
        match scalar {
            Scalar::Char if self.spoils() => {
                u64::from(self.choices.pick(0xd800, &[0xdfff, 0x11_0000, u32::MAX, 0xd900]))
            }
            Scalar::Char => self.choices.pick(0, &[0x61, 0xd7ff, 0xe000, 0xfffd, 0x10_ffff]),
            Scalar::Bool => self.choices.pick(0, &[1, 2, 0x80, 0xff]),
            Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64 => self.choices.bits(),
            Scalar::S8 | Scalar::S16 | Scalar::S32 | Scalar::S64 => self.choices.bits(),
            Scalar::F32 | Scalar::F64 => self.choices.bits(),
        }
    }

    fn case(&mut self, cases: &Cases) -> u32 {
        let count = cases.payloads.len() as u32;
        if self.spoils() {
            return self.choices.pick(count, &[count + 1, 0x7f, 0x80, 0xff, 0x100, u32::MAX]);
        }
        self.choices.below(count)
    }

    fn text(&mut self) -> (u32, u32) {
        // The ends of what one to four bytes can say, and what is no UTF-8: alone, too long, a surrogate, cut off.
        const GOOD: [&[u8]; 6] =
            [b"ok", b"", "\u{80}".as_bytes(), "\u{7ff}\u{800}".as_bytes(), "\u{10ffff}".as_bytes(), b"\0"];
        const BAD: [&[u8]; 6] =
            [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"a\xe2\x82", b"\xf4\x90\x80\x80", b"\x80"];
        let own = self.choices.one_in(4);
        let text = match (own, self.spoils()) {
            (true, _) => self.choices.bytes(24),
            (false, true) => self.choices.pick(&b"\xfe"[..], &BAD),
            (false, false) => self.choices.pick(&b"text"[..], &GOOD),
        };
        let start = self.allocate(text.len() as u32, 1);
        self.bytes(start, text);
        (start, text.len() as u32)
    }

    fn list(&mut self, item: &Layout) -> (u32, u32) {
        let size = item.size.max(1);
        // As many elements as the limit or memory holds, and one more or less.
        let limit = u32::try_from(self.limit_bytes).unwrap_or(u32::MAX) / size;
        let room = (self.memory.len() as u32).saturating_sub(self.free) / size;
        let length = match self.choices.below(12) {
            0..=2 => 0,
            3..=8 => self.choices.below(4),
            9 => self.choices.below(24),
            10 => self.choices.pick(limit, &[limit.saturating_sub(1), limit + 1]),
            _ => self.choices.pick(room, &[room.saturating_sub(1), room.saturating_add(1)]),
        };
        let start = self.allocate(length.saturating_mul(size), item.align);
        for index in 0..length {
            if self.elements_left == 0 {
                break;
            }
            self.elements_left -= 1;
            self.store(item, start.wrapping_add(index.wrapping_mul(size)));
        }
        (start, length)
    }

    /// Writes a pointer and a length, spoiled or not.
    fn pointer(&mut self, address: u32, start: u32, length: u32, size: u32, align: u32) {
        let end = self.memory.len() as u32;
        let (mut start, mut length) = (start, length);
        if self.spoils() {
            let bytes = length.wrapping_mul(size);
            match self.choices.below(8) {
                0 => length = length.wrapping_add(1),
                1 => length = self.choices.pick(u32::MAX, &[0x8000_0000, 0x2000_0000, 0x7fff_ffff, end]),
                2 => start = start.wrapping_add(self.choices.pick(1, &[2, 4])),
                3 => start = end.wrapping_sub(bytes),
                4 => start = end.wrapping_sub(bytes).wrapping_add(align),
                5 => start = self.choices.pick(end, &[end.wrapping_add(1), u32::MAX, u32::MAX - 7]),
                // A list that holds itself, and one whose bytes another has too.
                6 => start = address & !align.wrapping_sub(1),
                _ => (start, length) = self.earlier.unwrap_or((start, length)),
            }
        }
        self.earlier = Some((start, length));
        self.number(address, u64::from(start), 4);
        self.number(address.wrapping_add(4), u64::from(length), 4);
    }

    fn spoils(&mut self) -> bool {
        self.spoil_one_in > 0 && self.choices.one_in(self.spoil_one_in)
    }

    /// Where the next part lies; past the end when memory is full, where nothing is written.
    fn allocate(&mut self, bytes: u32, align: u32) -> u32 {
        let start = self.free.next_multiple_of(align);
        if u64::from(start) + u64::from(bytes) <= self.memory.len() as u64 {
            self.free = start + bytes;
        }
        start
    }

    fn number(&mut self, address: u32, bits: u64, bytes: u32) {
        let all = bits.to_le_bytes();
        self.bytes(address, all.get(..bytes as usize).unwrap_or(&all));
    }

    fn bytes(&mut self, address: u32, bytes: &[u8]) {
        let place = self.memory.get_mut(address as usize..).and_then(|rest| rest.get_mut(..bytes.len()));
        if let Some(place) = place {
            place.copy_from_slice(bytes);
        }
    }
}
