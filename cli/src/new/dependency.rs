//! Where a new crate gets `linchpin-guest` from.

use std::path::{Path, PathBuf};

use super::NewArgs;
use crate::error::Error;
use crate::read;

/// The folder of this crate when it was built, whose parent may be a checkout.
const BUILT_FROM: &str = env!("CARGO_MANIFEST_DIR");

pub(super) enum Source {
    /// A folder with the crate, and the checkout's root where there is one.
    Checkout {
        guest: PathBuf,
        root: PathBuf,
    },
    Registry {
        version: String,
    },
}

pub(super) fn choose(args: &NewArgs) -> Result<Source, Error> {
    if let Some(version) = &args.version {
        return Ok(Source::Registry { version: version.clone() });
    }
    if let Some(path) = &args.path {
        return checkout(path).ok_or_else(|| Error::NotACheckout { path: path.clone() });
    }
    let own = Path::new(BUILT_FROM).parent().and_then(checkout);
    Ok(own.unwrap_or_else(|| Source::Registry { version: env!("CARGO_PKG_VERSION").into() }))
}

/// The crate in `path`, which is a checkout's root or the crate's own folder.
fn checkout(path: &Path) -> Option<Source> {
    let path = std::fs::canonicalize(path).ok()?;
    let inside = path.join("guests/sdk");
    if is_guest_crate(&inside) {
        return Some(Source::Checkout { guest: inside, root: path });
    }
    let root = path.join("../..");
    is_guest_crate(&path).then_some(Source::Checkout { guest: path, root })
}

fn is_guest_crate(folder: &Path) -> bool {
    #[derive(serde::Deserialize)]
    struct Manifest {
        package: Package,
    }
    #[derive(serde::Deserialize)]
    struct Package {
        name: String,
    }
    let text = read::text(&folder.join("Cargo.toml"), "a `Cargo.toml`").ok();
    let manifest = text.and_then(|text| toml::from_str::<Manifest>(&text).ok());
    manifest.is_some_and(|manifest| manifest.package.name == "linchpin-guest")
}

impl Source {
    /// As the right side of `linchpin-guest = ..`.
    pub(super) fn toml(&self) -> String {
        match self {
            Self::Checkout { guest, .. } => {
                let path = toml::Value::from(guest.display().to_string());
                format!("{{ path = {path} }}")
            }
            Self::Registry { version } => toml::Value::from(version.as_str()).to_string(),
        }
    }

    /// The checkout's lock file, if it has one that can be read.
    pub(super) fn lock_file(&self) -> Option<Vec<u8>> {
        let Self::Checkout { root, .. } = self else { return None };
        read::bytes(&root.join("Cargo.lock"), "a lock file", read::ARTEFACT_LIMIT_BYTES).ok()
    }
}
