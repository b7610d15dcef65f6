//! Types that several interfaces, a dependency and the world itself share.

#[derive(Record)]
pub struct Energy {
    pub kilowatt_hours: f64,
}

#[derive(Record)]
#[wit("test:units/quantity/price")]
pub struct Cost {
    pub eur_per_megawatt_hour: f64,
}

#[derive(Record)]
pub struct Slot {
    pub start: u32,
    pub price: Cost,
}

#[derive(Variant)]
pub enum Problem {
    Missing,
    TooMuch(Energy),
}

#[derive(Enum)]
pub enum Reason {
    Cheap,
    Cold,
}

#[derive(Record)]
pub struct Window {
    pub name: String,
    pub slots: Vec<Slot>,
}

#[derive(Flags)]
pub struct Doors {
    pub front: bool,
    pub back: bool,
}

pub struct Planner;

#[export(world = "planner")]
impl Planner {
    pub fn prices(days: u8) -> Result<Vec<Slot>, Problem> {
        if days == 0 { Err(Problem::Missing) } else { Ok(Vec::new()) }
    }

    pub fn decide(steps: Vec<Slot>) -> Result<(Slot, Reason), Problem> {
        steps.into_iter().next().map(|slot| (slot, Reason::Cheap)).ok_or(Problem::Missing)
    }

    pub fn toggle(doors: Doors) -> Doors {
        Doors { front: !doors.front, back: !doors.back }
    }

    pub fn merge(windows: Vec<Window>) -> Window {
        let name = String::new();
        Window { name, slots: windows.into_iter().flat_map(|window| window.slots).collect() }
    }

    pub fn version() -> String {
        String::new()
    }
}
