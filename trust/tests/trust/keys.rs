//! Keys, key ids and key files.

use linchpin_trust::{PublicKey, Refusal, Sha256Digest, SigningKey};

use crate::fixture::{Sequence, key};

/// RFC 8032, section 7.1, tests 1 and 2: seed, public key, message, signature.
const RFC_8032: [(&str, &str, &[u8], &str); 2] = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        &[0x72],
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
];

/// TUF 1.0, the keys of its example `root.json`: key id, public key.
const TUF_KEYS: [(&str, &str); 4] = [
    (
        "1bf1c6e3cdd3d3a8420b19199e27511999850f4b376c4547b2f32fba7e80fca3",
        "72378e5bc588793e58f81c8533da64a2e8f1565c1fcc7f253496394ffc52542c",
    ),
    (
        "135c2f50e57ff11e744d234a62cebad8c38daf399604a7655661cc9199c69164",
        "68ead6e54a43f8f36f9717b10669d1ef0ebb38cee6b05317669341309f1069cb",
    ),
    (
        "cb3fbd83df4ba2471a736b065650878280964a98843ec13b457a99b2a21cc3b4",
        "66dd78c5c2a78abc6fc6b267ff1a8017ba0e8bfc853dd97af351949bba021275",
    ),
    (
        "66676daa73bdfb4804b56070c8927ae491e2a6c2314f05b854dea94de8ff6bfc",
        "01c61f8dc7d77fcef973f4267927541e355e8ceda757e2c402818dad850f856e",
    ),
];

/// Every encoding of a point of small order, canonical or not, in hex.
const SMALL_ORDER: [&str; 12] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

fn hex<const N: usize>(text: &str) -> [u8; N] {
    let byte = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
    std::array::from_fn(byte)
}

#[test]
fn rfc_8032_vectors_hold() {
    for (seed, public, message, signature) in RFC_8032 {
        let key = SigningKey::from_seed(hex(seed));
        assert_eq!(key.public().to_string(), public);
        assert_eq!(key.sign(message), hex(signature));
        assert!(key.public().verifies(message, &hex(signature)));
        assert!(!key.public().verifies(b"another message", &hex(signature)));
    }
}

#[test]
fn key_ids_are_those_of_tuf() {
    for (id, public) in TUF_KEYS {
        assert_eq!(public.parse::<PublicKey>().unwrap().id().to_string(), id);
    }
}

#[test]
fn signature_with_an_unreduced_scalar_is_refused() {
    let order: [u8; 32] = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let key = key(1);
    let mut signature = key.sign(b"message");
    assert!(key.public().verifies(b"message", &signature));
    let mut carry = 0u16;
    for (byte, add) in signature[32..].iter_mut().zip(order) {
        carry += u16::from(*byte) + u16::from(add);
        *byte = carry.to_le_bytes()[0];
        carry >>= 8;
    }
    assert!(!key.public().verifies(b"message", &signature));
}

#[test]
fn small_order_keys_are_refused() {
    for text in SMALL_ORDER {
        let code = text.parse::<PublicKey>().unwrap_err().code();
        assert!(matches!(code, "key-weak" | "key-malformed"), "{text}: {code}");
    }
}

/// The field has 2^255 - 19 elements, so 19 of the 255-bit numbers are second names of a coordinate.
#[test]
fn second_encodings_of_a_point_are_refused() {
    for number in 0xed..=0xff {
        for last in [0x7f, 0xff] {
            let mut bytes = [0xff; 32];
            (bytes[0], bytes[31]) = (number, last);
            assert_eq!(PublicKey::from_bytes(bytes).unwrap_err().code(), "key-malformed", "{bytes:02x?}");
        }
    }
}

#[test]
fn every_key_that_reads_prints_the_same_and_has_prime_order() {
    let mut sequence = Sequence(1);
    let mut counts = [0u32; 3];
    for _ in 0..400 {
        let bytes: [u8; 32] = sequence.bytes(32).try_into().unwrap();
        match PublicKey::from_bytes(bytes) {
            Ok(key) => {
                assert_eq!(key.to_bytes(), bytes);
                counts[0] += 1;
            }
            Err(Refusal::KeyWeak) => counts[1] += 1,
            Err(Refusal::KeyMalformed { .. }) => counts[2] += 1,
            Err(other) => panic!("{other}"),
        }
    }
    // Half of all byte strings are points, and one point in eight has prime order.
    assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
}

#[test]
fn a_public_key_reads_as_hex_and_as_base64() {
    let (_, public, ..) = RFC_8032[0];
    let key: PublicKey = public.parse().unwrap();
    assert_eq!("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=".parse(), Ok(key));
    let json = serde_json::to_string(&key).unwrap();
    assert_eq!(json, format!("\"{public}\""));
    assert_eq!(serde_json::from_str::<PublicKey>(&json).unwrap(), key);
}

#[test]
fn other_texts_of_a_public_key_are_refused() {
    let (_, public, ..) = RFC_8032[0];
    let texts = [
        String::new(),
        public.to_uppercase(),
        format!("{public}0"),
        format!("{public}00"),
        format!(" {public}"),
        public[..62].to_owned(),
        "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo".to_owned(),
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=".to_owned(),
    ];
    for text in texts {
        assert_eq!(text.parse::<PublicKey>().unwrap_err().code(), "key-malformed", "{text}");
    }
}

#[test]
fn digests_have_one_text() {
    let digest = Sha256Digest::of(b"");
    let text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(digest.to_string(), text);
    assert_eq!(text.parse(), Ok(digest));
    let longer = format!("{text}0");
    for wrong in
        [&text[1..], &text.to_uppercase(), &longer, &format!("{text}00"), &text.replace('e', "g"), "é"]
    {
        assert_eq!(wrong.parse::<Sha256Digest>().unwrap_err().code(), "digest-malformed");
    }
}

#[test]
fn key_files_round_trip() {
    let original = key(9);
    let text = original.to_file_text();
    let again = SigningKey::from_file_text(&text).unwrap();
    assert_eq!(again.to_file_text(), text);
    assert_eq!(again.sign(b"message"), original.sign(b"message"));
    let public = original.public();
    assert_eq!(PublicKey::from_file_text(&public.to_file_text()), Ok(public));
}

#[test]
fn key_files_look_like_this() {
    insta::assert_snapshot!(key(9).public().to_file_text(), @r#"
    {
      "kind": "linchpin-public-key",
      "scheme": "ed25519",
      "public": "fd1724385aa0c75b64fb78cd602fa1d991fdebf76b13c58ed702eac835e9f618"
    }
    "#);
}

#[test]
fn no_message_and_no_debug_text_shows_a_private_key() {
    let key = key(0xAB);
    let secret = "ab".repeat(32);
    let text = key.to_file_text();
    assert!(text.contains(&secret));
    assert_eq!(format!("{key:?}"), format!("SigningKey({})", key.public().id()));
    let mistakes = [
        text.replace("linchpin-private-key", &secret),
        text.replace("ed25519", &secret),
        text.replace("\"private\"", &format!("\"{secret}\"")),
        text.replace("ab\"", "a\""),
        text.replace("\n}", ",\n}"),
    ];
    for mistake in mistakes {
        let refusal = SigningKey::from_file_text(&mistake).unwrap_err();
        assert!(!refusal.to_string().contains("abab"), "{refusal}");
        assert!(!format!("{refusal:?}").contains("abab"));
        let refusal = PublicKey::from_file_text(&mistake).unwrap_err();
        assert!(!refusal.to_string().contains("abab"), "{refusal}");
    }
}

#[test]
fn a_truncated_key_file_is_refused_at_every_length() {
    let text = key(9).to_file_text();
    for length in 0..text.trim_end().len() {
        assert_eq!(SigningKey::from_file_text(&text[..length]).unwrap_err().code(), "key-file-malformed");
    }
}
