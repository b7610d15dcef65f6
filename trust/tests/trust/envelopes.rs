//! The DSSE envelope and the counting of signatures.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use linchpin_trust::{Envelope, PAYLOAD_TYPE, PublicKey, pae};

use crate::fixture::{key, trusting};

fn threshold(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).unwrap()
}

fn code(envelope: &Envelope, keys: &[u8], count: u32) -> Result<usize, &'static str> {
    let keys = trusting(keys, 1).keys;
    envelope.signers(&keys, threshold(count)).map(|signers| signers.len()).map_err(|refusal| refusal.code())
}

fn signed(keys: &[u8]) -> Envelope {
    let keys: Vec<_> = keys.iter().map(|number| key(*number)).collect();
    Envelope::sign(PAYLOAD_TYPE, b"payload".to_vec(), &keys).unwrap()
}

#[test]
fn pae_counts_bytes() {
    assert_eq!(pae("", b""), b"DSSEv1 0  0 ");
    assert_eq!(
        pae("http://example.com/HelloWorld", b"hello world"),
        *b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    );
    assert_eq!(pae("\u{e4}", b"\0\xff"), *b"DSSEv1 2 \xc3\xa4 2 \0\xff");
}

/// Signatures made elsewhere with the key of RFC 8032's first test, one in each base64 alphabet.
#[test]
fn foreign_envelopes_verify_in_both_alphabets() {
    let key: PublicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a".parse().unwrap();
    let cases = [
        (
            "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEifQ==",
            "2WAfaHm5jluo0w+0rk8uVkluELJYWjSmU9x7EUzx+AyteDGJ4/nqyJXfmAUVFIAoQafWm7AxBZNw5M9ixNHiCA==",
        ),
        (
            "-_-_Pj8=",
            "P-_KHICeR7tI6S_YyejJTRtrXhcQyQ2LYPaL8h90KjC9qN8HU_svOQ6TuDOT1HIrsGW886DbWNWcCmX5twLrAw==",
        ),
    ];
    for (payload, signature) in cases {
        let json = serde_json::json!({
            "payload": payload,
            "payloadType": PAYLOAD_TYPE,
            "signatures": [{ "sig": signature }],
        });
        let envelope = Envelope::parse(json.to_string().as_bytes()).unwrap();
        assert_eq!(envelope.signers(&BTreeSet::from([key]), threshold(1)), Ok(BTreeSet::from([key.id()])));
    }
}

#[test]
fn envelopes_round_trip() {
    let envelope = signed(&[1, 2, 3]);
    let bytes = envelope.to_json().unwrap();
    assert_eq!(Envelope::parse(&bytes), Ok(envelope));
}

#[test]
fn different_trusted_keys_are_counted() {
    assert_eq!(code(&signed(&[1, 2]), &[1, 2], 2), Ok(2));
    assert_eq!(code(&signed(&[1, 2, 3]), &[1, 2, 3], 2), Ok(3));
    assert_eq!(code(&signed(&[1, 2]), &[1, 3], 1), Ok(1));
    assert_eq!(code(&signed(&[1, 2]), &[1, 3], 2), Err("threshold-not-met"));
    assert_eq!(code(&signed(&[1, 2]), &[3, 4], 1), Err("key-unknown"));
    assert_eq!(code(&signed(&[1, 2]), &[1, 2], 3), Err("threshold-impossible"));
}

#[test]
fn a_key_counts_once() {
    let mut envelope = signed(&[1]);
    envelope.signatures.push(envelope.signatures[0].clone());
    assert_eq!(code(&envelope, &[1, 2], 1), Ok(1));
    assert_eq!(code(&envelope, &[1, 2], 2), Err("threshold-not-met"));
    // Nor does leaving out the key id, which is not signed, make it another key.
    envelope.signatures[1].key_id.clear();
    assert_eq!(code(&envelope, &[1, 2], 2), Err("threshold-not-met"));
}

#[test]
fn signatures_without_key_ids_are_tried_with_every_key() {
    let mut envelope = signed(&[1, 2]);
    envelope.signatures.iter_mut().for_each(|signature| signature.key_id.clear());
    assert_eq!(code(&envelope, &[1, 2, 3], 2), Ok(2));
    assert_eq!(code(&envelope, &[3, 4], 1), Err("key-unknown"));
}

#[test]
fn a_signature_that_names_another_key_counts_nothing() {
    let mut envelope = signed(&[1]);
    envelope.signatures[0].key_id = key(2).public().id().to_string();
    assert_eq!(code(&envelope, &[1, 2], 1), Err("signature-altered"));
    envelope.signatures[0].key_id = "release key".to_owned();
    assert_eq!(code(&envelope, &[1, 2], 1), Err("key-unknown"));
}

#[test]
fn an_altered_signature_beside_enough_good_ones_does_no_harm() {
    let mut envelope = signed(&[1, 2]);
    envelope.signatures[0].signature[7] ^= 1;
    assert_eq!(code(&envelope, &[1, 2], 1), Ok(1));
    assert_eq!(code(&envelope, &[1, 2], 2), Err("signature-altered"));
}

#[test]
fn payload_and_type_are_both_signed() {
    let mut other_type = signed(&[1]);
    other_type.payload_type = "application/json".to_owned();
    assert_eq!(code(&other_type, &[1], 1), Err("signature-altered"));
    let mut other_payload = signed(&[1]);
    other_payload.payload[0] ^= 0x20;
    assert_eq!(code(&other_payload, &[1], 1), Err("signature-altered"));
}

#[test]
fn unknown_members_of_the_envelope_are_ignored() {
    let bytes = signed(&[1]).to_json().unwrap();
    let mut json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    json["note"] = "not signed".into();
    json["signatures"][0]["cert"] = serde_json::Value::Null;
    assert_eq!(Envelope::parse(json.to_string().as_bytes()), Ok(signed(&[1])));
}

#[test]
fn malformed_envelopes_are_named() {
    let good = String::from_utf8(signed(&[1]).to_json().unwrap()).unwrap();
    let mistakes = [
        String::new(),
        "[]".to_owned(),
        format!("{good}{good}"),
        good.replace("\"payload\"", "\"body\""),
        good.replace("\"payload\":\"", "\"payload\":\"A"),
        good.replace("\"payload\":\"", "\"payload\":\" "),
        good.replace("\"payload\":\"", "\"payload\":\"AA==\",\"payload\":\""),
        good.replace("\"sig\":\"", "\"sig\":\"AAAA"),
        serde_json::json!({ "payload": "", "payloadType": "", "signatures": [] }).to_string(),
    ];
    for mistake in mistakes {
        assert_ne!(mistake, good);
        assert_eq!(
            Envelope::parse(mistake.as_bytes()).unwrap_err().code(),
            "envelope-malformed",
            "{mistake}"
        );
    }
}

#[test]
fn more_signatures_than_can_be_checked_are_refused() {
    let mut envelope = signed(&[1]);
    envelope.signatures = vec![envelope.signatures[0].clone(); linchpin_trust::MAX_SIGNATURES];
    assert!(Envelope::parse(&envelope.to_json().unwrap()).is_ok());
    envelope.signatures.push(envelope.signatures[0].clone());
    let refusal = Envelope::parse(&envelope.to_json().unwrap()).unwrap_err();
    assert_eq!(refusal.code(), "envelope-malformed");
}

#[test]
fn the_size_is_bounded_before_anything_is_parsed() {
    let spaces = |count| {
        let mut bytes = vec![b' '; count];
        bytes.extend(signed(&[1]).to_json().unwrap());
        bytes
    };
    let length = signed(&[1]).to_json().unwrap().len();
    let largest = linchpin_trust::MAX_ENVELOPE_BYTES;
    assert_eq!(Envelope::parse(&spaces(largest - length)), Ok(signed(&[1])));
    assert_eq!(Envelope::parse(&spaces(largest - length + 1)).unwrap_err().code(), "envelope-too-large");
}
