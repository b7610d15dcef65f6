//! A firmware whose own types fit its contract; each test spoils one of them.

mod types {
    use linchpin_host::{Enum, Flags, Record, Variant};

    #[derive(Enum, Clone, Copy)]
    pub enum Mode {
        Off,
        Eco,
        Comfort,
        Boost,
    }

    #[derive(Flags, Clone)]
    pub struct Sensors {
        pub tank_top: bool,
        pub tank_bottom: bool,
        pub mains_inlet: bool,
    }

    #[derive(Record, Clone)]
    pub struct Tank {
        pub volume: f64,
        pub power: f64,
        pub loss: f64,
    }

    #[derive(Record, Clone)]
    pub struct Inputs {
        pub minute_of_day: u16,
        pub prices: Vec<f64>,
        pub draws: Option<Vec<f64>>,
        pub tank_temp: f64,
        pub mains_temp: f64,
        pub room_temp: f64,
        pub mode: Mode,
        pub sensors: Sensors,
        pub tank: Tank,
    }

    #[derive(Enum, Clone, Copy)]
    pub enum Reason {
        CheapestHours,
        ComfortFloor,
        Boost,
        SwitchedOff,
        Coasting,
    }

    // decision
    #[derive(Record, Clone)]
    pub struct Decision {
        pub setpoint: f64,
        pub hold_hours: u8,
        pub reason: Reason,
    }
    // decision

    #[derive(Variant, Clone)]
    pub enum Fault {
        TooFewPrices(u32),
        DrawsMismatch(u32),
        OutOfRange(String),
        SensorSilent(Sensors),
    }
}

linchpin_host::bindings!({ world: "heater", types: crate::types });
