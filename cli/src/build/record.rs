//! The sizes of the last build, kept beside the component, so that the next one can say what changed.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Profile, Sizes};
use crate::error::Error;
use crate::{read, write};

#[derive(Serialize, Deserialize)]
struct Record {
    profile: Profile,
    sizes: Sizes,
}

/// Stores the sizes of this build and returns those of the last one with the same profile.
///
/// A record that cannot be read is as good as none: it only serves to show a difference.
pub(super) fn exchange(output: &Path, profile: Profile, sizes: &Sizes) -> Result<Option<Sizes>, Error> {
    let path = path_beside(output);
    let last = read::text(&path, "a size record").ok();
    let last = last.and_then(|text| serde_json::from_str::<Record>(&text).ok());
    let record = Record { profile, sizes: sizes.clone() };
    let mut json =
        serde_json::to_vec_pretty(&record).map_err(|reason| Error::Output { reason: reason.to_string() })?;
    json.push(b'\n');
    write::replace(&path, &json)?;
    Ok(last.filter(|last| last.profile == profile).map(|last| last.sizes))
}

fn path_beside(output: &Path) -> PathBuf {
    output.with_extension("sizes.json")
}
