//! Every value type, with the fields and cases in other orders than the WIT's.

#[derive(Record)]
pub struct Scalars {
    pub m: String,
    pub l: char,
    pub a: bool,
    pub b: u8,
    pub c: u16,
    pub d: u32,
    pub e: u64,
    pub f: i8,
    pub g: i16,
    pub h: i32,
    pub i: i64,
    pub j: f32,
    pub k: f64,
}

#[derive(Record)]
pub struct One {
    pub only: Vec<u8>,
}

#[derive(Enum)]
pub enum Level {
    VeryHigh,
    Low,
}

#[derive(Flags)]
pub struct Marks {
    pub second: bool,
    pub first: bool,
}

#[derive(Variant)]
pub enum Shape {
    Many(Vec<Level>),
    None,
    Circle(f64),
    Named(One),
    Pair((Marks, u8)),
}

#[derive(Record)]
pub struct Nested {
    pub deep: Vec<Vec<Option<One>>>,
    pub outcome: Result<One, Level>,
    pub ok_only: Result<Level, ()>,
    pub err_only: Result<(), Shape>,
    pub neither: Result<(), ()>,
    pub pair: (One, u32, Level),
    pub single: (Marks,),
    pub twice: Option<Option<Level>>,
    pub readings: Vec<f64>,
    pub levels: Option<Vec<Level>>,
}

type Outcome = (u32, String);

pub struct Guest;

#[export(world = "everything")]
impl Guest {
    pub fn echo_scalars(value: Scalars) -> Scalars {
        value
    }

    pub fn echo_nested(value: Nested) -> Nested {
        value
    }

    pub fn echo_shapes(value: Vec<Shape>) -> Vec<Shape> {
        value
    }

    pub fn anonymous(a: Option<(Level, Marks)>, b: Result<Vec<String>, String>) -> Outcome {
        (u32::from(a.is_some()), b.map(|texts| texts.concat()).unwrap_or_else(|error| error))
    }

    pub fn nothing() {}

    pub fn takes(_value: char) {}

    pub fn gives() -> Option<String> {
        None
    }

    pub fn aliased(value: Vec<f64>) -> f64 {
        value.iter().sum()
    }

    #[allow(clippy::too_many_arguments, reason = "past the 16 that are passed flat")]
    #[allow(clippy::many_single_char_names, reason = "the names do not matter")]
    pub fn many(
        a: u8,
        b: u8,
        c: u8,
        d: u8,
        e: u8,
        f: u8,
        g: u8,
        h: u8,
        i: u8,
        j: u8,
        k: u8,
        l: u8,
        m: u8,
        n: u8,
        o: u8,
        p: u8,
        q: u8,
    ) -> u8 {
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q].into_iter().fold(0, u8::wrapping_add)
    }
}
