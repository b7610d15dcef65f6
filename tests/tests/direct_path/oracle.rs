//! A guest in plain Rust: it decodes arguments and encodes results by the canonical ABI's text.

use std::sync::Arc;

use linchpin_contract::{Function, Primitive, Type, TypeKind, World};
use linchpin_host::abi::{Instance, Trap};

/// A value of any WIT type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Val {
    /// A number, `bool` or `char`, by the bits of its own width.
    Bits(u64),
    /// A `string`.
    Text(String),
    /// A list.
    List(Vec<Val>),
    /// A record or tuple.
    Parts(Vec<Val>),
    /// A case, with what it carries.
    Case(usize, Option<Box<Val>>),
    /// Flags.
    Set(Vec<bool>),
}

/// The shape of a type: names and aliases are gone.
enum Shape {
    Scalar { bytes: usize, core: Core },
    Text,
    List(Type),
    Parts(Vec<Type>),
    Cases(Vec<Option<Type>>),
    Set(usize),
}

/// A core type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Core {
    I32,
    I64,
    F32,
    F64,
}

fn shape(ty: &Type) -> Shape {
    let scalar = |bytes, core| Shape::Scalar { bytes, core };
    match ty.resolved() {
        Type::Primitive(primitive) => match primitive {
            Primitive::Bool | Primitive::U8 | Primitive::S8 => scalar(1, Core::I32),
            Primitive::U16 | Primitive::S16 => scalar(2, Core::I32),
            Primitive::U32 | Primitive::S32 | Primitive::Char => scalar(4, Core::I32),
            Primitive::U64 | Primitive::S64 => scalar(8, Core::I64),
            Primitive::F32 => scalar(4, Core::F32),
            Primitive::F64 => scalar(8, Core::F64),
            Primitive::String => Shape::Text,
            Primitive::ErrorContext => panic!("not in the corpus"),
        },
        Type::List(item) => Shape::List((**item).clone()),
        Type::Option(item) => Shape::Cases(vec![None, Some((**item).clone())]),
        Type::Result { ok, err } => Shape::Cases(vec![ok.as_deref().cloned(), err.as_deref().cloned()]),
        Type::Tuple(items) => Shape::Parts(items.clone()),
        Type::Named(def) => match &def.kind {
            TypeKind::Record(fields) => Shape::Parts(fields.iter().map(|field| field.ty.clone()).collect()),
            TypeKind::Variant(cases) => Shape::Cases(cases.iter().map(|case| case.payload.clone()).collect()),
            TypeKind::Enum(labels) => Shape::Cases(vec![None; labels.len()]),
            TypeKind::Flags(labels) => Shape::Set(labels.len()),
            TypeKind::Alias(_) | TypeKind::Resource => panic!("not in the corpus"),
        },
        other => panic!("`{other}` is not in the corpus"),
    }
}

fn align_to(offset: usize, align: usize) -> usize {
    offset.next_multiple_of(align)
}

fn tag_bytes(cases: usize) -> usize {
    if cases <= 256 { 1 } else { 2 }
}

fn align(ty: &Type) -> usize {
    match shape(ty) {
        Shape::Scalar { bytes, .. } => bytes,
        Shape::Text | Shape::List(_) => 4,
        Shape::Parts(types) => types.iter().map(align).max().unwrap(),
        Shape::Cases(cases) => {
            cases.iter().flatten().map(align).chain([tag_bytes(cases.len())]).max().unwrap()
        }
        Shape::Set(flags) => match flags {
            0..=8 => 1,
            9..=16 => 2,
            _ => 4,
        },
    }
}

fn size(ty: &Type) -> usize {
    match shape(ty) {
        Shape::Scalar { bytes, .. } => bytes,
        Shape::Text | Shape::List(_) => 8,
        Shape::Parts(types) => {
            let end = offsets(&types).zip(&types).map(|(offset, ty)| offset + size(ty)).last().unwrap();
            align_to(end, align(ty))
        }
        Shape::Cases(cases) => {
            let largest = cases.iter().flatten().map(size).max().unwrap_or(0);
            align_to(payload_offset(&cases) + largest, align(ty))
        }
        Shape::Set(flags) => match flags {
            0..=8 => 1,
            9..=16 => 2,
            _ => flags.div_ceil(32) * 4,
        },
    }
}

fn offsets(types: &[Type]) -> impl Iterator<Item = usize> {
    let mut end = 0;
    types.iter().map(move |ty| {
        let start = align_to(end, align(ty));
        end = start + size(ty);
        start
    })
}

fn payload_offset(cases: &[Option<Type>]) -> usize {
    let widest = cases.iter().flatten().map(align).max().unwrap_or(1);
    align_to(tag_bytes(cases.len()), widest)
}

fn flatten(ty: &Type) -> Vec<Core> {
    match shape(ty) {
        Shape::Scalar { core, .. } => vec![core],
        Shape::Text | Shape::List(_) => vec![Core::I32; 2],
        Shape::Parts(types) => types.iter().flat_map(flatten).collect(),
        Shape::Cases(cases) => {
            let mut joined: Vec<Core> = Vec::new();
            for case in cases.iter().flatten() {
                for (position, core) in flatten(case).into_iter().enumerate() {
                    match joined.get_mut(position) {
                        Some(other) => *other = join(*other, core),
                        None => joined.push(core),
                    }
                }
            }
            [vec![Core::I32], joined].concat()
        }
        Shape::Set(flags) => vec![Core::I32; flags.div_ceil(32)],
    }
}

fn join(a: Core, b: Core) -> Core {
    match (a, b) {
        (a, b) if a == b => a,
        (Core::I32, Core::F32) | (Core::F32, Core::I32) => Core::I32,
        _ => Core::I64,
    }
}

/// The guest. It answers each call with its first argument, or with an answer that was set.
pub(crate) struct Oracle {
    functions: Vec<Function>,
    memory: Vec<u8>,
    next_free: usize,
    /// What comes back from the next call, instead of the first argument.
    pub(crate) answer: Option<Val>,
    /// The arguments of the last call.
    pub(crate) seen: Vec<Val>,
    /// The flat results that were freed.
    pub(crate) freed: Vec<u64>,
}

impl Oracle {
    pub(crate) fn new(world: &World) -> Self {
        let functions = world.exported_functions().map(|(_, function)| function.clone()).collect();
        // Nothing is at address 0, and memory is not empty to begin with.
        Self {
            functions,
            memory: vec![0xa5; 64],
            next_free: 8,
            answer: None,
            seen: Vec::new(),
            freed: Vec::new(),
        }
    }

    fn reserve(&mut self, align: usize, size: usize) -> usize {
        let start = align_to(self.next_free, align);
        self.next_free = start + size;
        if self.memory.len() < self.next_free {
            self.memory.resize(self.next_free, 0xa5);
        }
        start
    }

    fn read(&self, at: usize, bytes: usize) -> u64 {
        let mut word = [0; 8];
        word[..bytes].copy_from_slice(&self.memory[at..at + bytes]);
        u64::from_le_bytes(word)
    }

    fn write(&mut self, at: usize, bytes: usize, value: u64) {
        self.memory[at..at + bytes].copy_from_slice(&value.to_le_bytes()[..bytes]);
    }

    fn load(&self, at: usize, ty: &Type) -> Val {
        assert_eq!(at % align(ty), 0, "a value lies at a multiple of its alignment");
        match shape(ty) {
            Shape::Scalar { bytes, .. } => Val::Bits(self.read(at, bytes)),
            Shape::Text => self.text(self.read(at, 4), self.read(at + 4, 4)),
            Shape::List(item) => self.list(self.read(at, 4), self.read(at + 4, 4), &item),
            Shape::Parts(types) => Val::Parts(
                offsets(&types).zip(&types).map(|(offset, ty)| self.load(at + offset, ty)).collect(),
            ),
            Shape::Cases(cases) => {
                let case = self.read(at, tag_bytes(cases.len())) as usize;
                let payload = cases[case].as_ref().map(|ty| self.load(at + payload_offset(&cases), ty));
                Val::Case(case, payload.map(Box::new))
            }
            Shape::Set(flags) => {
                let bit = |flag: usize| self.memory[at + flag / 8] >> (flag % 8) & 1 == 1;
                Val::Set((0..flags).map(bit).collect())
            }
        }
    }

    fn text(&self, at: u64, length: u64) -> Val {
        let bytes = &self.memory[at as usize..][..length as usize];
        Val::Text(std::str::from_utf8(bytes).unwrap().to_owned())
    }

    fn list(&self, at: u64, length: u64, item: &Type) -> Val {
        Val::List(
            (0..length as usize).map(|index| self.load(at as usize + index * size(item), item)).collect(),
        )
    }

    /// Takes one value off the flat parameters. Their bits beyond the value's own width are checked where the
    /// flat type is the value's own.
    fn lift_flat(&self, flat: &mut impl Iterator<Item = u64>, ty: &Type) -> Val {
        match shape(ty) {
            Shape::Scalar { bytes, .. } => {
                let bits = flat.next().unwrap();
                let mask = if bytes == 8 { u64::MAX } else { (1 << (bytes * 8)) - 1 };
                Val::Bits(bits & mask)
            }
            Shape::Text => {
                let (at, length) = (flat.next().unwrap(), flat.next().unwrap());
                self.text(at, length)
            }
            Shape::List(item) => {
                let (at, length) = (flat.next().unwrap(), flat.next().unwrap());
                assert_eq!(at as usize % align(&item), 0, "a list lies at a multiple of its alignment");
                self.list(at, length, &item)
            }
            Shape::Parts(types) => Val::Parts(types.iter().map(|ty| self.lift_flat(flat, ty)).collect()),
            Shape::Cases(cases) => {
                let own: Vec<u64> = flat.take(flatten(ty).len()).collect();
                let case = own[0] as usize;
                let mut rest = own.into_iter().skip(1);
                let payload = cases[case].as_ref().map(|ty| self.lift_flat(&mut rest, ty));
                if cases[case].is_none() {
                    assert!(rest.all(|unused| unused == 0), "unused core values are zero");
                }
                Val::Case(case, payload.map(Box::new))
            }
            Shape::Set(flags) => {
                let words: Vec<u64> = flat.take(flags.div_ceil(32)).collect();
                Val::Set((0..flags).map(|flag| words[flag / 32] >> (flag % 32) & 1 == 1).collect())
            }
        }
    }

    fn store(&mut self, at: usize, ty: &Type, value: &Val) {
        match (shape(ty), value) {
            (Shape::Scalar { bytes, .. }, Val::Bits(bits)) => self.write(at, bytes, *bits),
            (Shape::Text, Val::Text(text)) => {
                let start = self.reserve(1, text.len());
                self.memory[start..start + text.len()].copy_from_slice(text.as_bytes());
                self.region(at, start, text.len());
            }
            (Shape::List(item), Val::List(values)) => {
                let start = self.reserve(align(&item), size(&item) * values.len());
                for (index, value) in values.iter().enumerate() {
                    self.store(start + index * size(&item), &item, value);
                }
                self.region(at, start, values.len());
            }
            (Shape::Parts(types), Val::Parts(values)) => {
                for ((offset, ty), value) in offsets(&types).zip(&types).zip(values) {
                    self.store(at + offset, ty, value);
                }
            }
            (Shape::Cases(cases), Val::Case(case, payload)) => {
                self.write(at, tag_bytes(cases.len()), *case as u64);
                if let (Some(ty), Some(payload)) = (&cases[*case], payload) {
                    self.store(at + payload_offset(&cases), ty, payload);
                }
            }
            (Shape::Set(_), Val::Set(flags)) => {
                for chunk in 0..size(ty) {
                    self.memory[at + chunk] = 0;
                }
                for (flag, set) in flags.iter().enumerate() {
                    self.memory[at + flag / 8] |= u8::from(*set) << (flag % 8);
                }
            }
            (_, value) => panic!("{value:?} is no `{ty}`"),
        }
    }

    fn region(&mut self, at: usize, start: usize, length: usize) {
        self.write(at, 4, start as u64);
        self.write(at + 4, 4, length as u64);
    }
}

impl Instance for Oracle {
    fn memory(&self) -> &[u8] {
        &self.memory
    }

    fn memory_mut(&mut self, range: std::ops::Range<usize>) -> Option<&mut [u8]> {
        self.memory.get_mut(range)
    }

    fn allocate(&mut self, align: u32, size: u32) -> Result<u32, Trap> {
        Ok(u32::try_from(self.reserve(align as usize, size as usize)).unwrap())
    }

    fn call(&mut self, function: usize, slots: &mut [u64]) -> Result<(), Trap> {
        let function = self.functions[function].clone();
        let types: Vec<Type> = function.params.iter().map(|param| param.ty.clone()).collect();
        let flat: Vec<Core> = types.iter().flat_map(flatten).collect();
        self.seen = if flat.len() > 16 {
            let at = slots[0] as usize;
            offsets(&types).zip(&types).map(|(offset, ty)| self.load(at + offset, ty)).collect()
        } else {
            assert_eq!(slots.len(), flat.len().max(1));
            for (core, slot) in flat.iter().zip(&*slots) {
                let narrow = matches!(core, Core::I32 | Core::F32);
                assert!(!narrow || *slot >> 32 == 0, "the upper half of a 32-bit value is zero");
            }
            let mut slots = slots.iter().copied();
            types.iter().map(|ty| self.lift_flat(&mut slots, ty)).collect()
        };
        let Some(ty) = &function.result else { return Ok(()) };
        let value = self.answer.take().unwrap_or_else(|| self.seen[0].clone());
        if flatten(ty).len() > 1 {
            let at = self.reserve(align(ty), size(ty));
            self.store(at, ty, &value);
            slots[0] = at as u64;
        } else {
            slots[0] = flat_result(ty, &value);
        }
        Ok(())
    }

    fn post_return(&mut self, _: usize, result: u64) -> Result<(), Trap> {
        self.freed.push(result);
        Ok(())
    }
}

/// The one core value of a result that has one. What a compiler leaves in the upper bits is not the host's to trust,
/// so here they are set.
fn flat_result(ty: &Type, value: &Val) -> u64 {
    match (shape(ty), value) {
        (Shape::Scalar { bytes: 8, .. }, Val::Bits(bits)) => *bits,
        (Shape::Scalar { bytes: 4, .. }, Val::Bits(bits)) => *bits,
        // All of a bool's upper bits count; a bool of 0 has none.
        (Shape::Scalar { .. }, Val::Bits(bits)) if is_bool(ty) => *bits,
        (Shape::Scalar { bytes, .. }, Val::Bits(bits)) => bits | 0xffff_ffff << (bytes * 8) & 0xffff_ffff,
        (Shape::Cases(_), Val::Case(case, None)) => *case as u64,
        (Shape::Parts(types), Val::Parts(values)) => flat_result(&types[0], &values[0]),
        (Shape::Set(_), Val::Set(flags)) => {
            flags.iter().enumerate().map(|(flag, set)| u64::from(*set) << flag).sum()
        }
        (_, value) => panic!("{value:?} is no `{ty}` of one core value"),
    }
}

fn is_bool(ty: &Type) -> bool {
    matches!(ty.resolved(), Type::Primitive(Primitive::Bool))
}

/// The contract's world is the same for every call of a test.
pub(crate) fn oracle() -> Oracle {
    static WORLD: std::sync::OnceLock<Arc<World>> = std::sync::OnceLock::new();
    Oracle::new(WORLD.get_or_init(|| Arc::new(crate::bindings::everything_world())))
}
