//! Where each part of a value lies in memory, and how many flat core values it takes.

use crate::component::ValueType;

/// One type with its place in memory worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Bytes in memory, a multiple of `align`.
    pub size: u32,
    /// What its address must be a multiple of: 1, 2, 4 or 8.
    pub align: u32,
    /// How many flat core values it takes.
    pub flat: usize,
    /// What it is.
    pub shape: Shape,
}

/// What a value is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A value without parts.
    Scalar(Scalar),
    /// UTF-8 text: pointer and length.
    String,
    /// Pointer and length.
    List(Box<Layout>),
    /// As many elements as said, in place.
    FixedLengthList(Box<Layout>, u32),
    /// A list of entries, each a key and a value.
    Map(Box<Layout>),
    /// Named parts in order.
    Record(Vec<Part>),
    /// Unnamed parts in order.
    Tuple(Vec<Part>),
    /// One of several cases.
    Cases(Cases),
    /// One bit each.
    Flags(u32),
}

/// A value without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// `bool`
    Bool,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `s8`
    S8,
    /// `s16`
    S16,
    /// `s32`
    S32,
    /// `s64`
    S64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `char`
    Char,
}

/// One part of a record or tuple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Bytes from the start of the whole.
    pub offset: u32,
    /// The part itself.
    pub layout: Layout,
}

/// One of several cases, each with or without a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases {
    /// Which kind of type has these cases.
    pub kind: CaseKind,
    /// Bytes of the number that says which case it is: 1, 2 or 4.
    pub discriminant_bytes: u32,
    /// Bytes from the start to any payload.
    pub payload_offset: u32,
    /// The payloads in order.
    pub payloads: Vec<Option<Layout>>,
}

/// The kinds of types that are one of several cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseKind {
    /// `variant`
    Variant,
    /// `enum`
    Enum,
    /// `option`: `none`, `some`
    Option,
    /// `result`: `ok`, `err`
    Result,
}

impl Shape {
    /// The kind of WIT type, as in `record`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Scalar(scalar) => scalar.name(),
            Self::String => "string",
            Self::List(_) | Self::FixedLengthList(..) => "list",
            Self::Map(_) => "map",
            Self::Record(_) => "record",
            Self::Tuple(_) => "tuple",
            Self::Cases(cases) => cases.kind.name(),
            Self::Flags(_) => "flags",
        }
    }
}

impl Scalar {
    /// Its WIT name, as in `u8`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::S8 => "s8",
            Self::S16 => "s16",
            Self::S32 => "s32",
            Self::S64 => "s64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::Char => "char",
        }
    }
}

impl CaseKind {
    /// The kind of WIT type, as in `variant`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Variant => "variant",
            Self::Enum => "enum",
            Self::Option => "option",
            Self::Result => "result",
        }
    }
}

/// A type whose values do not fit a 32-bit memory; only fixed-length lists can be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a value of this type takes more than 4 GiB or 65536 flat values: use `list<T>` for the fixed-length list"
)]
pub struct TypeTooLarge;

/// No function has more; a fixed-length list that does is refused before its values are counted one by one.
const MAX_FLAT: usize = 1 << 16;

impl Layout {
    /// Works out the layout of `ty`.
    ///
    /// # Errors
    /// [`TypeTooLarge`] for a fixed-length list that is beyond any memory.
    pub fn of(ty: &ValueType) -> Result<Self, TypeTooLarge> {
        match ty {
            ValueType::Bool => Ok(scalar(Scalar::Bool, 1)),
            ValueType::U8 => Ok(scalar(Scalar::U8, 1)),
            ValueType::S8 => Ok(scalar(Scalar::S8, 1)),
            ValueType::U16 => Ok(scalar(Scalar::U16, 2)),
            ValueType::S16 => Ok(scalar(Scalar::S16, 2)),
            ValueType::U32 => Ok(scalar(Scalar::U32, 4)),
            ValueType::S32 => Ok(scalar(Scalar::S32, 4)),
            ValueType::U64 => Ok(scalar(Scalar::U64, 8)),
            ValueType::S64 => Ok(scalar(Scalar::S64, 8)),
            ValueType::F32 => Ok(scalar(Scalar::F32, 4)),
            ValueType::F64 => Ok(scalar(Scalar::F64, 8)),
            ValueType::Char => Ok(scalar(Scalar::Char, 4)),
            ValueType::String => Ok(pointer_and_length(Shape::String)),
            ValueType::List(item) => Ok(pointer_and_length(Shape::List(Box::new(Self::of(item)?)))),
            ValueType::Map(key, value) => {
                let entry = parts(vec![Self::of(key)?, Self::of(value)?], Shape::Tuple)?;
                Ok(pointer_and_length(Shape::Map(Box::new(entry))))
            }
            ValueType::FixedLengthList(item, length) => fixed(Self::of(item)?, *length),
            ValueType::Tuple(items) => parts(all(items)?, Shape::Tuple),
            ValueType::Record(fields) => parts(all(fields.iter().map(|(_, ty)| ty))?, Shape::Record),
            ValueType::Flags(names) => flags(names.len()),
            ValueType::Enum(names) => cases(CaseKind::Enum, vec![None; names.len()]),
            ValueType::Option(some) => cases(CaseKind::Option, vec![None, Some(Self::of(some)?)]),
            ValueType::Result { ok, err } => {
                cases(CaseKind::Result, vec![payload(ok.as_deref())?, payload(err.as_deref())?])
            }
            ValueType::Variant(all) => {
                let payloads = all.iter().map(|(_, ty)| payload(ty.as_ref())).collect::<Result<_, _>>()?;
                cases(CaseKind::Variant, payloads)
            }
        }
    }

    /// The layout of parameters that are passed through memory: those of a tuple.
    pub(super) fn tuple(items: Vec<Self>) -> Result<Self, TypeTooLarge> {
        parts(items, Shape::Tuple)
    }
}

fn scalar(scalar: Scalar, bytes: u32) -> Layout {
    Layout { size: bytes, align: bytes, flat: 1, shape: Shape::Scalar(scalar) }
}

fn pointer_and_length(shape: Shape) -> Layout {
    Layout { size: 8, align: 4, flat: 2, shape }
}

fn all<'a>(types: impl IntoIterator<Item = &'a ValueType>) -> Result<Vec<Layout>, TypeTooLarge> {
    types.into_iter().map(Layout::of).collect()
}

fn payload(ty: Option<&ValueType>) -> Result<Option<Layout>, TypeTooLarge> {
    ty.map(Layout::of).transpose()
}

fn parts(layouts: Vec<Layout>, shape: impl FnOnce(Vec<Part>) -> Shape) -> Result<Layout, TypeTooLarge> {
    let (mut end, mut align, mut flat) = (0_u32, 1, 0);
    let mut parts = Vec::with_capacity(layouts.len());
    for layout in layouts {
        let offset = aligned(end, layout.align)?;
        end = offset.checked_add(layout.size).ok_or(TypeTooLarge)?;
        align = align.max(layout.align);
        flat = bounded(flat + layout.flat)?;
        parts.push(Part { offset, layout });
    }
    Ok(Layout { size: aligned(end, align)?, align, flat, shape: shape(parts) })
}

fn fixed(item: Layout, length: u32) -> Result<Layout, TypeTooLarge> {
    let size = item.size.checked_mul(length).ok_or(TypeTooLarge)?;
    let flat = bounded(item.flat.saturating_mul(length as usize))?;
    Ok(Layout { size, align: item.align, flat, shape: Shape::FixedLengthList(Box::new(item), length) })
}

fn flags(count: usize) -> Result<Layout, TypeTooLarge> {
    let (size, align) = match count {
        0..=8 => (1, 1),
        9..=16 => (2, 2),
        _ => (u32::try_from(count.div_ceil(32) * 4).map_err(|_| TypeTooLarge)?, 4),
    };
    let shape = Shape::Flags(u32::try_from(count).map_err(|_| TypeTooLarge)?);
    Ok(Layout { size, align, flat: count.div_ceil(32).max(1), shape })
}

fn cases(kind: CaseKind, payloads: Vec<Option<Layout>>) -> Result<Layout, TypeTooLarge> {
    let discriminant_bytes = match payloads.len() {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    };
    let with_payload = || payloads.iter().flatten();
    let payload_align = with_payload().map(|payload| payload.align).max().unwrap_or(1);
    let payload_size = with_payload().map(|payload| payload.size).max().unwrap_or(0);
    let flat = bounded(1 + with_payload().map(|payload| payload.flat).max().unwrap_or(0))?;
    let align = payload_align.max(discriminant_bytes);
    let payload_offset = aligned(discriminant_bytes, payload_align)?;
    let size = aligned(payload_offset.checked_add(payload_size).ok_or(TypeTooLarge)?, align)?;
    let shape = Shape::Cases(Cases { kind, discriminant_bytes, payload_offset, payloads });
    Ok(Layout { size, align, flat, shape })
}

fn bounded(flat: usize) -> Result<usize, TypeTooLarge> {
    if flat <= MAX_FLAT { Ok(flat) } else { Err(TypeTooLarge) }
}

fn aligned(offset: u32, align: u32) -> Result<u32, TypeTooLarge> {
    offset.checked_next_multiple_of(align).ok_or(TypeTooLarge)
}

#[cfg(test)]
mod tests {
    use super::{Layout, TypeTooLarge};
    use crate::component::ValueType as Ty;

    fn measures(ty: &Ty) -> (u32, u32, usize) {
        let layout = Layout::of(ty).unwrap();
        (layout.size, layout.align, layout.flat)
    }

    #[test]
    fn sizes_follow_the_canonical_abi() {
        let record = Ty::Record(vec![("a".into(), Ty::U8), ("b".into(), Ty::F64), ("c".into(), Ty::U16)]);
        assert_eq!(measures(&record), (24, 8, 3));
        assert_eq!(measures(&Ty::Option(Box::new(Ty::U8))), (2, 1, 2));
        assert_eq!(measures(&Ty::Option(Box::new(record))), (32, 8, 4));
        assert_eq!(measures(&Ty::Result { ok: None, err: Some(Box::new(Ty::String)) }), (12, 4, 3));
        assert_eq!(measures(&Ty::Enum(vec!["x".into(); 257])), (2, 2, 1));
        assert_eq!(measures(&Ty::Flags(vec!["x".into(); 9])), (2, 2, 1));
        assert_eq!(measures(&Ty::Flags(vec!["x".into(); 33])), (8, 4, 2));
        assert_eq!(measures(&Ty::FixedLengthList(Box::new(Ty::U16), 3)), (6, 2, 3));
        assert_eq!(measures(&Ty::Map(Box::new(Ty::String), Box::new(Ty::U8))), (8, 4, 2));
    }

    #[test]
    fn a_fixed_list_beyond_memory_is_refused() {
        let row = Ty::FixedLengthList(Box::new(Ty::U64), u32::MAX);
        assert_eq!(Layout::of(&row), Err(TypeTooLarge));
    }
}
