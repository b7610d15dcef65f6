//! The functions of `benches/guests` as an Extism plug-in: values cross as JSON.

// The network itself is the same source.
#[path = "../../../guests/mlp/src/scalar.rs"]
mod scalar;
#[path = "../../../guests/mlp/src/weights.rs"]
mod weights;

use extism_pdk::{FnResult, Json, plugin_fn};
use serde::{Deserialize, Serialize};

const INPUTS: usize = 48;
const FIRST: usize = 32;
const SECOND: usize = 16;

#[plugin_fn]
pub fn add(Json((a, b)): Json<(u32, u32)>) -> FnResult<Json<u32>> {
    Ok(Json(a.wrapping_add(b)))
}

#[derive(Deserialize)]
struct Inputs {
    prices: Vec<f64>,
    draws: Vec<f64>,
    now: u32,
    temp: f64,
}

#[derive(Serialize)]
struct Advice {
    until: u32,
    temp: f64,
}

#[plugin_fn]
pub fn setpoint(Json(inputs): Json<Inputs>) -> FnResult<Json<Advice>> {
    let cheapest = inputs.prices.iter().copied().fold(f64::INFINITY, f64::min);
    let drawn: f64 = inputs.draws.iter().sum();
    Ok(Json(Advice { until: inputs.now.wrapping_add(1), temp: inputs.temp + cheapest + drawn }))
}

#[plugin_fn]
pub fn infer(Json(inputs): Json<Vec<f32>>) -> FnResult<Json<f32>> {
    Ok(Json(inputs.first_chunk().map_or(f32::NAN, scalar::infer)))
}
