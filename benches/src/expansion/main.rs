//! How long the macros take over a world of 100 functions and 200 types, beside upstream's generator of guest bindings.
//!
//! `cargo bench -p linchpin-benches --bench expansion`. All of them are called as libraries, in one process and in turn:
//! text of WIT in, tokens out, nothing kept from the turn before. Upstream's subject is what `wit_bindgen::generate!`
//! does between the compiler's asking and its getting tokens. A compiler adds the same to each: the way in and out of
//! the macro, and compiling what came out.

mod world;

use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use linchpin_codegen::derive::derive;
use linchpin_codegen::root::Root;
use proc_macro2::TokenStream;
use quote::quote;
use wit_bindgen_core::wit_parser::Resolve;
use wit_bindgen_core::{Files, WorldGenerator as _};
use wit_bindgen_rust::Opts;
use world::{FUNCTIONS, Guest, TYPES, guest, wit};

type Failure = Box<dyn std::error::Error>;

const ROUNDS: usize = 31;

fn main() -> ExitCode {
    // The macros look for the contract where cargo says that the crate is, so there is one and a process in it.
    let crate_folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("expansion");
    let is_inside = std::env::var_os("CARGO_MANIFEST_DIR").is_some_and(|folder| folder == crate_folder);
    let done = if is_inside { measure(&crate_folder) } else { enter(&crate_folder) };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nowhere else to say it.
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn enter(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder.join("wit"))?;
    std::fs::write(folder.join("Cargo.toml"), "[package]\nname = \"expansion\"\n")?;
    let inside = Command::new(std::env::current_exe()?).env("CARGO_MANIFEST_DIR", folder).status()?;
    if inside.success() { Ok(()) } else { Err("the measurement failed".into()) }
}

/// One way of making code from the contract.
struct Subject {
    name: &'static str,
    expand: Box<dyn Fn() -> Result<TokenStream, Failure>>,
}

fn measure(folder: &Path) -> Result<(), Failure> {
    let file = folder.join("wit/big.wit");
    std::fs::write(&file, wit())?;
    let guest = guest(&file)?;
    let path = file.clone();
    let subjects = [
        Subject { name: "wit-bindgen, guest bindings", expand: Box::new(move || upstream(&path)) },
        Subject { name: "ours, `bindings!` of a host", expand: Box::new(|| Ok(host())) },
        Subject { name: "ours, `export` and derives of a guest", expand: Box::new(move || Ok(ours(&guest))) },
    ];
    let mut samples = vec![(0, Vec::with_capacity(ROUNDS)); subjects.len()];
    for round in 0..ROUNDS {
        for (subject, (bytes, samples)) in subjects.iter().zip(&mut samples) {
            anew(&file, round)?;
            let start = Instant::now();
            let tokens = black_box((subject.expand)()?);
            samples.push(start.elapsed().as_secs_f64() * 1e3);
            *bytes = code(subject.name, &tokens)?;
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "a world of {FUNCTIONS} functions and {TYPES} types, medians of {ROUNDS}")?;
    let mut upstream = None;
    for (subject, (bytes, mut samples)) in subjects.iter().zip(samples) {
        samples.sort_by(f64::total_cmp);
        let median = samples.get(ROUNDS / 2).copied().unwrap_or(f64::NAN);
        let first = *upstream.get_or_insert(median);
        let (name, ratio) = (subject.name, median / first);
        writeln!(out, "  {name:<40} {median:>8.1} ms {ratio:>6.2} of upstream {bytes:>10} bytes of code")?;
    }
    Ok(())
}

/// Another contract than that of the turn before, so that nothing of it is used again.
fn anew(file: &PathBuf, round: usize) -> Result<(), Failure> {
    Ok(std::fs::write(file, format!("{}// {}\n", wit(), "x".repeat(round)))?)
}

/// How long the code is. An expansion that failed is short, and an error.
fn code(name: &str, tokens: &TokenStream) -> Result<usize, Failure> {
    let text = tokens.to_string();
    if text.contains("compile_error") || text.len() < 100_000 {
        return Err(format!("{name} gave no code: {}", text.get(..200).unwrap_or(&text)).into());
    }
    Ok(text.len())
}

fn upstream(file: &Path) -> Result<TokenStream, Failure> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(file)?;
    let world = resolve.select_world(&[package], None)?;
    let mut files = Files::default();
    let options = Opts { generate_all: true, ..Opts::default() };
    options.build().generate(&mut resolve, world, &mut files)?;
    let (_, source) = files.iter().next().ok_or("upstream generated nothing")?;
    Ok(std::str::from_utf8(source)?.parse::<TokenStream>().map_err(|error| error.to_string())?)
}

fn host() -> TokenStream {
    linchpin_codegen::host::bindings(quote!("big"))
}

fn ours(guest: &Guest) -> TokenStream {
    let types = guest.types.iter().map(|(kind, item)| derive(*kind, Root::Guest, item.clone()));
    let mut tokens: TokenStream = types.collect();
    tokens.extend(linchpin_codegen::export::export(quote!(world = "big"), guest.block.clone()));
    tokens
}
