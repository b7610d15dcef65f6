//! Parquet files as another program writes them, and files that are none.

use std::collections::BTreeMap;
use std::sync::Arc;

use linchpin_contract::{Contract, Digest, load_text};
use parquet::data_type::{ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::super::{Cells, Rows, held};
use super::open;
use crate::data::DataFaultKind;
use crate::data::cell::Cell;
use crate::edges::endpoint::function;
use crate::system::{Data, DataFormat};

const SCHEMA: &str = "message m {
    required int64 now;
    optional double price;
    required binary mode (UTF8);
    required group curve (LIST) { repeated group list { required double element; } }
    required group part { required int32 a (UINT_8); }
    required int64 at (TIMESTAMP_MILLIS);
}";

/// Two rows; the second one has no price and an empty list.
fn written(compression: parquet::basic::Compression) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&[0, 3_600], None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(&[21.8], Some(&[1, 0]), None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&["eco".into(), "boost".into()], None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(&[1.0, 2.5], Some(&[1, 1, 0]), Some(&[0, 1, 0])).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int32Type>().write_batch(&[7, 255], None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&[1, 2], None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

fn data(bytes: Vec<u8>) -> Data {
    let place = linchpin_contract::Place {
        file: "linchpin.toml".to_owned(),
        line: 1,
        column: 1,
        length: 12,
        line_text: String::new(),
    };
    Data {
        name: "winter".to_owned(),
        file: "winter.parquet".to_owned(),
        format: DataFormat::Parquet,
        sha256: Digest::of(&bytes),
        bytes: bytes.into(),
        feeds: function("guest/plan", &place).unwrap(),
        columns: BTreeMap::new(),
    }
}

fn contract(price: &str) -> Contract {
    let text = format!(
        "package a:b@1.0.0; interface i {{
            enum mode {{ eco, boost }}
            record part {{ a: u8 }}
            record inputs {{ now: u32, {price}, mode: mode, curve: list<f32>, part: part }}
            plan: func(inputs: inputs) -> f64;
        }}"
    );
    load_text("f.wit", &text).unwrap()
}

fn faults(data: &Data, contract: &Contract) -> Vec<(DataFaultKind, String)> {
    let function = &contract.packages[0].interfaces[0].functions[0];
    let tally = held(data, function);
    tally.faults.into_iter().map(|fault| (fault.kind, fault.message)).collect()
}

#[test]
fn rows_are_read_with_groups_as_records_and_lists_as_lists() {
    for compression in [parquet::basic::Compression::UNCOMPRESSED, parquet::basic::Compression::SNAPPY] {
        let data = data(written(compression));
        let mut rows = open(&data).map_err(|fault| fault.message).unwrap();
        assert_eq!(rows.header(), ["now", "price", "mode", "curve", "part.a", "at"]);
        let mut cells = Vec::new();
        rows.each(&mut |row| match row.cells {
            Cells::Values(values) => cells.push(values.to_vec()),
            Cells::Texts(_) | Cells::Unusable(_) => panic!("row {}", row.number),
        });
        let text = |text: &str| Cell::Text(text.to_owned());
        let list =
            |items: &[f64]| Cell::List(items.iter().copied().map(|item| Cell::Float(item, None)).collect());
        let time = || Cell::Other("a date or a time");
        let first =
            [Cell::Int(0), Cell::Float(21.8, None), text("eco"), list(&[1.0, 2.5]), Cell::Int(7), time()];
        let second = [Cell::Int(3_600), Cell::Null, text("boost"), list(&[]), Cell::Int(255), time()];
        assert_eq!(cells, [first, second]);
    }
}

#[test]
fn a_null_is_a_value_where_an_option_is_taken_and_nowhere_else() {
    let data = data(written(parquet::basic::Compression::SNAPPY));
    let unused = (DataFaultKind::ColumnUnused, "column `at` of `winter.parquet` feeds nothing".to_owned());
    assert_eq!(faults(&data, &contract("price: option<f64>")), std::slice::from_ref(&unused));
    let null = (DataFaultKind::Cell, "column `price` is no `f64` in 1 row".to_owned());
    assert_eq!(faults(&data, &contract("price: f64")), [unused, null]);
    // WIT has no type for a time.
    let found = faults(&data, &contract("price: option<f64>, at: u64"));
    assert_eq!(found, [(DataFaultKind::Cell, "column `at` is no `u64` in 2 rows".to_owned())]);
}

#[test]
fn codecs_that_are_not_read_and_bytes_that_are_no_parquet_are_said_to_be_so() {
    for bytes in [Vec::new(), b"PAR1".to_vec(), b"now,price\n1,2\n".to_vec()] {
        let found = faults(&data(bytes), &contract("price: f64"));
        assert!(matches!(found.as_slice(), [(DataFaultKind::Malformed, _)]), "{found:?}");
    }
}

/// Whatever the bytes are, reading them ends with rows or an error.
#[test]
fn broken_files_never_panic() {
    let whole = written(parquet::basic::Compression::SNAPPY);
    let contract = contract("price: option<f64>");
    for index in 0..whole.len() {
        for bit in [0, 3, 7] {
            let mut bytes = whole.clone();
            bytes[index] ^= 1 << bit;
            drop(faults(&data(bytes), &contract));
        }
        drop(faults(&data(whole[..index].to_vec()), &contract));
    }
}
