//! Keywords of Rust and WIT, names that upstream reserves, and the same names in two interfaces.

#[derive(Record)]
#[wit("keywords/type")]
pub struct Keywords {
    pub r#type: u32,
    pub self_: bool,
    pub r#in: f64,
    #[wit("super")]
    pub above: u8,
    pub a1_b2: u16,
    pub http_get: String,
}

#[derive(Enum)]
pub enum Guest {
    #[wit("own")]
    Mine,
    Some,
    None,
    Ok,
}

#[derive(Variant)]
#[wit("option")]
pub enum Choice {
    None,
    Some(u32),
    Default(Guest),
}

#[derive(Record)]
#[wit("other/type")]
pub struct Other {
    pub only: u8,
}

pub struct Component;

#[export(world = "crate")]
impl Component {
    pub fn r#use(r#type: Keywords, #[wit("self")] own: Guest) -> Choice {
        match own {
            Guest::Mine => Choice::Some(r#type.r#type),
            other => Choice::Default(other),
        }
    }

    #[wit("async")]
    pub fn later(r#fn: String) -> String {
        r#fn
    }

    pub fn async_plan(Other { only }: Other) -> u8 {
        only
    }

    #[wit("other/same")]
    pub fn same_other() -> u8 {
        1
    }

    #[wit("third/same")]
    pub fn same_third() -> u16 {
        2
    }

    #[allow(dead_code, reason = "a helper is not exported")]
    fn helper() {}
}
