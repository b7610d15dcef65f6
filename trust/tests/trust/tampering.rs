//! Altered bytes: every bit, every length, and at random. Nothing altered is ever accepted as something else,
//! and nothing panics.

use linchpin_trust::{
    Attested, Envelope, PublicKey, Purpose, Refusal, SigningKey, Statement, TrustedState, attest,
    verify_attestation,
};

use crate::fixture::{NOW, SETPOINT, Sequence, device, install, key, request, request_of, sign, trusting};

/// Installs `altered` and holds that it is refused or means exactly `original`.
fn refused_or_same(altered: &[u8], state: &TrustedState, original: &Attested, place: usize) -> bool {
    match install(altered, state) {
        Ok((attested, _)) => {
            assert_eq!(&attested, original, "altered at {place}");
            false
        }
        Err(_) => true,
    }
}

fn flip_every_bit(envelope: &[u8], state: &TrustedState) -> (usize, usize) {
    let (original, _) = install(envelope, state).unwrap();
    let mut altered = envelope.to_vec();
    let mut counts = (0, 0);
    for at in 0..envelope.len() {
        for bit in 0..8 {
            altered[at] ^= 1 << bit;
            let is_refused = refused_or_same(&altered, state, &original, at);
            altered[at] ^= 1 << bit;
            if is_refused { counts.0 += 1 } else { counts.1 += 1 }
        }
    }
    counts
}

#[test]
fn every_flipped_bit_of_an_envelope_is_refused_or_means_the_same() {
    let envelope = attest(request_of(&[("setpoint", SETPOINT)], 7), &[key(1)]).unwrap();
    let (refused, same) = flip_every_bit(&envelope, &device());
    assert_eq!(refused + same, envelope.len() * 8);
    // The only bits without meaning are those of the five letters of `keyid`: another member of that name is
    // ignored, and the signature is then tried with every key. Each letter has at most 8.
    assert!(same <= 5 * 8, "{same} flips were accepted");
    assert!(same > 0, "the other branch was never taken");
}

#[test]
fn every_altered_byte_of_an_envelope_with_two_signers_is_refused_or_means_the_same() {
    let envelope = attest(request(7), &[key(1), key(2)]).unwrap();
    let state = trusting(&[1, 2], 2);
    let (original, _) = install(&envelope, &state).unwrap();
    let mut sequence = Sequence(2);
    let mut altered = envelope.clone();
    for at in 0..envelope.len() {
        altered[at] = envelope[at].wrapping_add(1 + sequence.below(255).to_le_bytes()[0]);
        assert_ne!(altered[at], envelope[at]);
        refused_or_same(&altered, &state, &original, at);
        altered[at] = envelope[at];
    }
}

#[test]
fn every_flipped_bit_of_a_component_is_refused() {
    let envelope = sign(7);
    for at in 0..SETPOINT.len() {
        for bit in 0..8 {
            let mut altered = SETPOINT.to_vec();
            altered[at] ^= 1 << bit;
            let result = verify_attestation(&envelope, &altered, &device(), NOW, Purpose::Install);
            assert_eq!(result.unwrap_err().code(), "subject-mismatch", "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn every_truncation_is_refused() {
    let envelope = sign(7);
    for length in 0..envelope.len() {
        assert_eq!(install(&envelope[..length], &device()).unwrap_err().code(), "envelope-malformed");
    }
    for length in 0..SETPOINT.len() {
        let result = verify_attestation(&envelope, &SETPOINT[..length], &device(), NOW, Purpose::Install);
        assert_eq!(result.unwrap_err().code(), "subject-mismatch");
    }
}

#[test]
fn white_space_and_the_order_of_members_do_not_matter() {
    let (original, _) = install(&sign(7), &device()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&sign(7)).unwrap();
    let pretty = serde_json::to_vec_pretty(&json).unwrap();
    assert_ne!(pretty, sign(7));
    assert_eq!(install(&pretty, &device()).unwrap().0, original);
}

#[test]
fn a_signature_moved_to_another_statement_is_refused() {
    let mut envelope = Envelope::parse(&sign(8)).unwrap();
    envelope.signatures = Envelope::parse(&sign(7)).unwrap().signatures;
    let refusal = install(&envelope.to_json().unwrap(), &device()).unwrap_err();
    assert_eq!(refusal, Refusal::SignatureAltered { key: key(1).public().id() });
}

#[test]
fn random_bytes_are_refused_by_every_reader() {
    let mut sequence = Sequence(3);
    for _ in 0..20_000 {
        let length = sequence.below(200);
        let bytes = sequence.bytes(length);
        assert!(install(&bytes, &device()).is_err());
        assert!(Envelope::parse(&bytes).is_err());
        assert!(Statement::parse(&bytes).is_err());
        let text = String::from_utf8_lossy(&bytes);
        assert!(PublicKey::from_file_text(&text).is_err());
        assert!(SigningKey::from_file_text(&text).is_err());
    }
}

/// Cuts, copies and overwrites within a real envelope, which reach far deeper than random bytes.
#[test]
fn random_edits_are_refused_or_mean_the_same() {
    let envelope = sign(7);
    let (original, _) = install(&envelope, &device()).unwrap();
    let mut sequence = Sequence(4);
    for round in 0..10_000 {
        let altered = edited(&envelope, &mut sequence);
        refused_or_same(&altered, &device(), &original, round);
    }
}

/// The same edits inside the payload, signed anew: a faulty signer reaches the statement's reader and rules.
#[test]
fn random_edits_by_a_trusted_signer_never_panic() {
    let payload = Envelope::parse(&sign(7)).unwrap().payload;
    let mut sequence = Sequence(5);
    let mut read = 0;
    for _ in 0..5_000 {
        let altered = edited(&payload, &mut sequence);
        read += usize::from(Statement::parse(&altered).is_ok());
        let envelope = crate::fixture::sign_payload(linchpin_trust::PAYLOAD_TYPE, altered);
        if let Ok((attested, state)) = install(&envelope, &device()) {
            assert_eq!(state.newest_counter(), attested.statement.predicate.counter);
        }
    }
    assert!(read > 50, "only {read} edited statements could be read at all");
}

fn edited(bytes: &[u8], sequence: &mut Sequence) -> Vec<u8> {
    const TOKENS: [&[u8]; 8] = [b"\"", b"{", b"}", b"null", b"0", b"[", b"\\u0000", b"18446744073709551616"];
    let mut bytes = bytes.to_vec();
    for _ in 0..=sequence.below(2) {
        let from = sequence.below(bytes.len());
        let until = from + sequence.below((bytes.len() - from).min(12));
        let piece = match sequence.below(4) {
            0 => Vec::new(),
            1 => TOKENS[sequence.below(TOKENS.len())].to_vec(),
            2 => sequence.bytes(until - from),
            _ => {
                let other = sequence.below(bytes.len() - (until - from));
                bytes[other..other + until - from].to_vec()
            }
        };
        bytes.splice(from..until, piece);
    }
    bytes
}
