pub struct Reader;

#[linchpin_guest::export(world = "reader")]
impl Reader {
    pub fn reset() {}
}

fn main() {}
