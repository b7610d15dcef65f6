//! A store survives a power cut at every step, and damage to every file.

use super::files::{Change, lock};
use super::*;

const MODULES: [&[u8]; 3] = [b"first component", b"second component", b"third component"];

fn attestation(module: usize) -> Vec<u8> {
    format!("attestation of {module}").into_bytes()
}

fn entry(module: usize) -> Entry {
    Entry {
        component: Sha256Digest::of(MODULES[module]),
        attestation: Sha256Digest::of(&attestation(module)),
    }
}

fn install(store: &Store, module: usize) {
    let before = store.records().valid.into_iter().next().unwrap_or_default();
    let record = Record { active: Some(entry(module)), previous: before.active, ..Record::default() };
    store.commit(record, Some((MODULES[module], &attestation(module)))).unwrap();
}

fn changes(store: &Store) -> Vec<Change> {
    let Files::Memory(memory) = &store.files else { unreachable!("the store is in memory") };
    lock(memory).changes.clone()
}

/// A store after some changes, of which the last was cut short.
fn replay(changes: &[Change], cut_bytes: Option<usize>) -> Store {
    let store = Store::memory();
    let Files::Memory(memory) = &store.files else { unreachable!("the store is in memory") };
    for (index, change) in changes.iter().enumerate() {
        let last = index + 1 == changes.len();
        let files = &mut lock(memory).files;
        match (change, cut_bytes) {
            (Change::Write(name, bytes), Some(cut)) if last => {
                files.insert(name.clone(), bytes[..cut.min(bytes.len())].to_vec());
            }
            (Change::Write(name, bytes), _) => {
                files.insert(name.clone(), bytes.clone());
            }
            (Change::Remove(name), _) => {
                files.remove(name);
            }
        }
    }
    store
}

/// The module that would be started: the first whose files are whole.
fn started(store: &Store) -> Option<usize> {
    let records = store.records();
    let mut entries = records.valid.iter().flat_map(Record::entries);
    let whole = entries.find(|entry| store.blobs(entry).is_ok())?;
    (0..MODULES.len()).find(|&module| entry(module) == *whole)
}

#[test]
fn a_power_cut_after_any_step_starts_the_former_or_the_new_module() {
    let store = Store::memory();
    let mut steps = vec![0];
    for module in 0..MODULES.len() {
        install(&store, module);
        steps.push(changes(&store).len());
    }
    let changes = changes(&store);
    let mut outcomes = BTreeSet::new();
    for module in 1..MODULES.len() {
        for step in steps[module]..=steps[module + 1] {
            // Whole steps, and the last one torn in case a disk does not keep to the order of flushes. What the
            // install before wrote was acknowledged, so it is whole.
            let cuts = [None, Some(0), Some(1), Some(20)];
            for cut in &cuts[..if step == steps[module] { 1 } else { cuts.len() }] {
                let cut = *cut;
                let started = started(&replay(&changes[..step], cut));
                let (former, new) = (Some(module - 1), Some(module));
                assert!(started == former || started == new, "step {step} cut {cut:?}: {started:?}");
                outcomes.insert((module, started == new));
            }
        }
    }
    assert_eq!(outcomes.len(), 4, "both ends of each install were seen");
}

#[test]
fn every_flipped_bit_of_a_record_is_noticed() {
    let record = Record {
        generation: 7,
        active: Some(entry(0)),
        previous: Some(entry(1)),
        quarantined: BTreeSet::from([Sha256Digest::of(b"bad")]),
        newest: Some(linchpin_trust::Accepted { counter: 3, statement_sha256: Sha256Digest::of(b"s") }),
        startable: BTreeSet::from([linchpin_trust::Accepted {
            counter: 2,
            statement_sha256: Sha256Digest::of(b"r"),
        }]),
    };
    let bytes = record.to_bytes();
    assert_eq!(Record::parse(&bytes), Ok(record));
    for index in 0..bytes.len() {
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[index] ^= 1 << bit;
            assert!(Record::parse(&damaged).is_err(), "bit {bit} of byte {index}");
        }
        assert!(Record::parse(&bytes[..index]).is_err(), "cut after {index} bytes");
    }
}

#[test]
fn a_damaged_record_counts_for_nothing_and_is_replaced_next() {
    for damaged_name in RECORDS {
        let store = Store::memory();
        install(&store, 0);
        install(&store, 1);
        store.files.write(damaged_name, b"generation 99").unwrap();
        let records = store.records();
        assert_eq!(records.problems.len(), 1);
        assert_eq!(records.problems[0].code(), "damaged");
        assert_eq!(records.valid.len(), 1);
        assert!(started(&store).is_some());
        install(&store, 2);
        let records = store.records();
        assert_eq!((records.valid.len(), records.problems.len()), (2, 0));
        assert_eq!(started(&store), Some(2));
    }
}

#[test]
fn a_directory_keeps_what_two_records_name_and_no_more() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::directory(directory.path()).unwrap();
    for module in 0..MODULES.len() {
        install(&store, module);
    }
    let again = Store::directory(directory.path()).unwrap();
    assert_eq!(started(&again), Some(2));
    // The newest record names 2 and 1, the one before 1 and 0.
    assert_eq!(again.files.list(BLOBS).len(), 6);
    let record = Record { active: Some(entry(2)), ..Record::default() };
    again.commit(record, None).unwrap();
    assert_eq!(again.files.list(BLOBS).len(), 4);
}

#[test]
fn a_blob_with_other_bytes_is_refused() {
    let store = Store::memory();
    install(&store, 0);
    store.files.write(&blob_name(entry(0).component, "wasm"), b"first Component").unwrap();
    assert_eq!(store.blobs(&entry(0)).unwrap_err().code(), "damaged");
    store.files.remove(&blob_name(entry(0).component, "wasm"));
    assert_eq!(store.blobs(&entry(0)).unwrap_err().code(), "damaged");
}
