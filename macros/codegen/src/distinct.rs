//! Names that nothing else has, as short as can be.

use std::collections::BTreeSet;

use linchpin_contract::InterfaceId;

use crate::names::snake_ident;

/// For each item the first of its names, in snake case, that is not `taken` and that no other item has among its
/// names of that rank. What has no such name gets `_` behind it.
pub(crate) fn distinct(choices: &[Vec<String>], taken: &[&str]) -> Vec<String> {
    let snake = |name: &String| snake_ident(name).to_string().trim_start_matches("r#").to_owned();
    let mut used: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    let mut chosen = Vec::new();
    for (index, names) in choices.iter().enumerate() {
        let others =
            || choices.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, names)| names);
        let unique = names.iter().enumerate().find(|(rank, name)| {
            !taken.contains(&snake(name).as_str())
                && !others().any(|names| names.get(*rank).is_some_and(|other| snake(other) == snake(name)))
        });
        let mut name = unique.map(|(_, name)| name).or(names.last()).map(snake).unwrap_or_default();
        while !used.insert(name.clone()) {
            name.push('_');
        }
        chosen.push(name);
    }
    chosen
}

/// Names for an interface, from the shortest to one that nothing else has.
pub(crate) fn interface_names(id: &InterfaceId) -> Vec<String> {
    let mut names = vec![id.name.clone()];
    if let Some(package) = &id.package {
        names.push(format!("{}-{}", package.name, id.name));
        names.push(format!("{}-{}-{}", package.namespace, package.name, id.name));
        if let Some(version) = &package.version {
            let version =
                version.to_string().replace(|character: char| !character.is_ascii_alphanumeric(), "-");
            names.push(format!("{}-{}-{}-{version}", package.namespace, package.name, id.name));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::distinct;

    fn names(list: &[&[&str]], taken: &[&str]) -> Vec<String> {
        let choices: Vec<Vec<String>> =
            list.iter().map(|names| names.iter().map(|name| (*name).to_owned()).collect()).collect();
        distinct(&choices, taken)
    }

    #[test]
    fn a_name_stays_short_until_it_clashes() {
        assert_eq!(names(&[&["plan", "a-plan"], &["stop", "b-stop"]], &[]), ["plan", "stop"]);
        assert_eq!(names(&[&["plan", "a-plan"], &["plan", "b-plan"]], &[]), ["a_plan", "b_plan"]);
        assert_eq!(names(&[&["type", "a-type"]], &[]), ["type"]);
    }

    #[test]
    fn a_taken_name_is_qualified_or_gets_a_mark() {
        assert_eq!(names(&[&["builder", "a-builder"]], &["builder"]), ["a_builder"]);
        assert_eq!(names(&[&["builder"]], &["builder"]), ["builder_"]);
    }
}
