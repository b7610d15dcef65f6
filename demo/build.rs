//! Builds the demo anew when a file is added to the contract; those that are there are watched by the macros.

fn main() {
    println!("cargo::rerun-if-changed=../wit/water-heater");
}
