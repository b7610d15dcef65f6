//! The in-toto Statement v1 that carries a verdict.

use serde::{Deserialize, Serialize};

use crate::{Refusal, Sha256Digest, VerdictPredicate};

/// The `_type` of an in-toto Statement v1.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// The `predicateType` of a verdict. Any change of the predicate's members is a new version here.
pub const PREDICATE_TYPE: &str = "urn:linchpin:attestation:verdict:v1";

/// A statement: this verdict is about these components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The components.
    pub subjects: Vec<Subject>,
    /// The verdict.
    pub predicate: VerdictPredicate,
}

/// A component by name and bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The component's name in the system.
    pub name: String,
    /// The digest of its bytes.
    pub sha256: Sha256Digest,
}

impl Statement {
    /// The statement as compact JSON. Equal statements give equal bytes.
    ///
    /// # Errors
    /// `statement-malformed` if the JSON writer fails.
    pub fn to_json(&self) -> Result<Vec<u8>, Refusal> {
        let subject = |subject: &Subject| WireSubject {
            name: subject.name.clone(),
            digest: WireDigests { sha256: subject.sha256 },
        };
        let wire = WireStatement {
            type_uri: STATEMENT_TYPE.to_owned(),
            subject: self.subjects.iter().map(subject).collect(),
            predicate_type: PREDICATE_TYPE.to_owned(),
            predicate: self.predicate.clone(),
        };
        serde_json::to_vec(&wire).map_err(malformed)
    }

    /// Reads a statement. Unknown members of the statement and its subjects are ignored as in-toto asks;
    /// unknown members of the predicate are refused.
    ///
    /// # Errors
    /// `statement-malformed`, `statement-type-unknown` or `predicate-type-unknown`.
    pub fn parse(payload: &[u8]) -> Result<Self, Refusal> {
        // The two types come first: they say how the rest is to be read.
        let head: WireHead = serde_json::from_slice(payload).map_err(malformed)?;
        if head.type_uri != STATEMENT_TYPE {
            return Err(Refusal::StatementTypeUnknown { found: head.type_uri });
        }
        if head.predicate_type != PREDICATE_TYPE {
            return Err(Refusal::PredicateTypeUnknown { found: head.predicate_type });
        }
        let wire: WireStatement = serde_json::from_slice(payload).map_err(malformed)?;
        let subject = |subject: WireSubject| Subject { name: subject.name, sha256: subject.digest.sha256 };
        Ok(Self { subjects: wire.subject.into_iter().map(subject).collect(), predicate: wire.predicate })
    }
}

#[derive(Deserialize)]
struct WireHead {
    #[serde(rename = "_type")]
    type_uri: String,
    #[serde(rename = "predicateType")]
    predicate_type: String,
}

#[derive(Serialize, Deserialize)]
struct WireStatement {
    #[serde(rename = "_type")]
    type_uri: String,
    subject: Vec<WireSubject>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    predicate: VerdictPredicate,
}

#[derive(Serialize, Deserialize)]
struct WireSubject {
    name: String,
    digest: WireDigests,
}

#[derive(Serialize, Deserialize)]
struct WireDigests {
    sha256: Sha256Digest,
}

#[expect(clippy::needless_pass_by_value, reason = "it is the function that `map_err` wants")]
fn malformed(error: serde_json::Error) -> Refusal {
    Refusal::StatementMalformed { reason: error.to_string() }
}
