//! The `linchpin` program, built with this package so that its tests know where it is.

use std::process::ExitCode;

fn main() -> ExitCode {
    linchpin::main()
}
