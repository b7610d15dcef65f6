//! WIT as plain data that can be changed and printed.

mod print;
pub mod read;
pub mod visit;

/// Packages and one world over them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Wit {
    /// Packages; an interface uses only those of its own package that stand before it, and those of earlier packages.
    pub packages: Vec<Package>,
    /// The world.
    pub world: World,
}

/// One package.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Package {
    /// `namespace:name`
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// Its interfaces.
    pub interfaces: Vec<Interface>,
}

/// An interface of a package, by the package's position and its own name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// Position of the package.
    pub package: usize,
    /// Name of the interface.
    pub interface: String,
}

/// One interface, or what the world itself declares.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Interface {
    /// Its name.
    pub name: String,
    /// A comment, which no tool may care about.
    pub docs: String,
    /// What it uses of others.
    pub uses: Vec<Use>,
    /// Types, each after those it mentions.
    pub types: Vec<TypeDef>,
    /// Functions.
    pub functions: Vec<Function>,
}

/// `use reference.{name as own}`
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Use {
    /// Where it is declared.
    pub from: Reference,
    /// Its name there.
    pub name: String,
    /// Its name here.
    pub own: String,
}

/// A declared type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TypeDef {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// What a declared type is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Fields.
    Record(Vec<(String, Ty)>),
    /// Cases.
    Variant(Vec<(String, Option<Ty>)>),
    /// Names.
    Enum(Vec<String>),
    /// Names.
    Flags(Vec<String>),
    /// Another name.
    Alias(Ty),
    /// Methods, static functions and constructors.
    Resource(Vec<Method>),
}

/// A function of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Method {
    /// How it is called.
    pub kind: MethodKind,
    /// The function, without the resource itself. A constructor's name and result mean nothing.
    pub function: Function,
}

/// How a function of a resource is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MethodKind {
    /// On a resource.
    Method,
    /// Without one.
    Static,
    /// To make one.
    Constructor,
}

/// One function.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Whether it is `async`.
    pub is_async: bool,
    /// Parameters.
    pub params: Vec<(String, Ty)>,
    /// What it returns.
    pub result: Option<Ty>,
}

/// A type as it is mentioned.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ty {
    /// A keyword.
    Primitive(&'static str),
    /// A declared type; a resource is owned.
    Named(String),
    /// A resource that is lent.
    Borrow(String),
    /// `list<T>`
    List(Box<Ty>),
    /// `list<T, N>`
    FixedList(Box<Ty>, u32),
    /// `map<K, V>`
    Map(Box<Ty>, Box<Ty>),
    /// `option<T>`
    Option(Box<Ty>),
    /// `result<T, E>`
    Result(Option<Box<Ty>>, Option<Box<Ty>>),
    /// `tuple<..>`
    Tuple(Vec<Ty>),
    /// `stream<T>`
    Stream(Option<Box<Ty>>),
    /// `future<T>`
    Future(Option<Box<Ty>>),
}

/// The world of a host or guest, as the guest sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct World {
    /// What it uses and declares itself; all of it counts as imported. It has no functions.
    pub own: Interface,
    /// What the guest needs.
    pub imports: Vec<Item>,
    /// What the guest provides.
    pub exports: Vec<Item>,
}

/// One import or export.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// An interface of a package.
    Interface(Reference),
    /// An interface written in the world.
    Inline(Interface),
    /// A function of the world itself.
    Function(Function),
}

impl Wit {
    /// The interface, if it is there.
    #[must_use]
    pub fn interface(&self, reference: &Reference) -> Option<&Interface> {
        let package = self.packages.get(reference.package)?;
        package.interfaces.iter().find(|interface| interface.name == reference.interface)
    }

    /// Every reference to an interface of a package.
    #[must_use]
    pub fn references(&self) -> Vec<Reference> {
        let packages = self.packages.iter().enumerate();
        packages
            .flat_map(|(package, it)| {
                it.interfaces
                    .iter()
                    .map(move |interface| Reference { package, interface: interface.name.clone() })
            })
            .collect()
    }

    /// A rough size: fewer is smaller.
    #[must_use]
    pub fn size(&self) -> usize {
        self.to_string().len()
    }
}

impl World {
    /// Whether the interface is imported or exported by name.
    #[must_use]
    pub fn has(items: &[Item], reference: &Reference) -> bool {
        items.iter().any(|item| matches!(item, Item::Interface(it) if it == reference))
    }
}
