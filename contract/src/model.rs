//! The plain model: packages, interfaces, worlds, functions and types, owned and public.
//!
//! Equality here is literal (names, docs and places included). Whether two functions *mean* the same is a
//! question for [`digest`](crate::digest).

use std::sync::Arc;

use semver::Version;

use crate::tags::Tags;

/// Everything that one source declares: its own package first, then those it depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The package that was asked for, then those nested in its files, then every package that they need.
    pub packages: Vec<Package>,
    /// How many of `packages`, from the first, the source itself declares; the others it only uses.
    pub own_packages: usize,
    /// The files that were read, in reading order; empty for a binary.
    pub files: Vec<SourceFile>,
    /// What is wrong with tags in doc comments, in source order.
    pub tag_notes: Vec<crate::tags::TagNote>,
}

/// A file that a contract was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it lies.
    pub path: std::path::PathBuf,
    /// SHA-256 over the very bytes that were read.
    pub sha256: crate::digest::Digest,
}

/// One WIT package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Namespace, name and version.
    pub id: PackageId,
    /// Interfaces in source order.
    pub interfaces: Vec<Interface>,
    /// Worlds in source order.
    pub worlds: Vec<World>,
    /// The package's own doc comment.
    pub docs: String,
    /// Where it is named; absent for a binary.
    pub place: Option<Place>,
}

/// `namespace:name@version`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageId {
    /// As `acme` in `acme:water-heater@1.0.0`.
    pub namespace: String,
    /// As `water-heater` in `acme:water-heater@1.0.0`.
    pub name: String,
    /// Absent where the package states none.
    pub version: Option<Version>,
}

/// The full name of an interface, as in `acme:water-heater/control@1.0.0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceId {
    /// The package that declares it; absent for an interface written inline in a world.
    pub package: Option<PackageId>,
    /// As `control` in `acme:water-heater/control@1.0.0`.
    pub name: String,
}

/// A named set of functions and types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    /// Its full name.
    pub id: InterfaceId,
    /// Types that it declares or brings in by `use`, in source order.
    pub types: Vec<Arc<TypeDef>>,
    /// Functions in source order.
    pub functions: Vec<Function>,
    /// Doc comment without its tags.
    pub docs: String,
    /// Feature gate.
    pub stability: Stability,
    /// Where it is declared; absent for a binary.
    pub place: Option<Place>,
}

/// What a component provides and needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// The package that declares it.
    pub package: PackageId,
    /// As `heater` in `acme:water-heater/heater@1.0.0`.
    pub name: String,
    /// What the component needs from outside.
    pub imports: Vec<WorldItem>,
    /// What the component provides.
    pub exports: Vec<WorldItem>,
    /// Doc comment without its tags.
    pub docs: String,
    /// Feature gate.
    pub stability: Stability,
    /// Where it is declared; absent for a binary.
    pub place: Option<Place>,
}

/// One import or export of a world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorldItem {
    /// A whole interface.
    Interface(Interface),
    /// A function of the world itself.
    Function(Function),
    /// A type of the world itself.
    Type(Arc<TypeDef>),
}

/// One function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// As `plan`. A method carries its resource, as in `[method]tank.level`.
    pub name: String,
    /// Parameters in order.
    pub params: Vec<Param>,
    /// What it returns.
    pub result: Option<Type>,
    /// How it is called.
    pub kind: FunctionKind,
    /// Doc comment without its tags.
    pub docs: String,
    /// Tags of the doc comment; they speak of the result.
    pub tags: Tags,
    /// Feature gate.
    pub stability: Stability,
    /// Where it is declared; absent for a binary.
    pub place: Option<Place>,
}

/// How a function is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FunctionKind {
    /// A plain function.
    Plain,
    /// An `async` plain function.
    Async,
    /// A method, static function or constructor of a resource.
    OfResource {
        /// Whether it is `async`.
        asynchronous: bool,
    },
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// As `inputs`.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Where it is declared; absent for a binary.
    pub place: Option<Place>,
}

/// A WIT type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A type without parts.
    Primitive(Primitive),
    /// `list<T>`.
    List(Box<Type>),
    /// `list<T, N>`.
    FixedList(Box<Type>, u32),
    /// `map<K, V>`.
    Map(Box<Type>, Box<Type>),
    /// `option<T>`.
    Option(Box<Type>),
    /// `result<T, E>`, each side optional.
    Result {
        /// Payload of `ok`.
        ok: Option<Box<Type>>,
        /// Payload of `err`.
        err: Option<Box<Type>>,
    },
    /// `tuple<..>`.
    Tuple(Vec<Type>),
    /// A declared type.
    Named(Arc<TypeDef>),
    /// `stream<T>`.
    Stream(Option<Box<Type>>),
    /// `future<T>`.
    Future(Option<Box<Type>>),
    /// An owned handle to a resource.
    Own(Arc<TypeDef>),
    /// A borrowed handle to a resource.
    Borrow(Arc<TypeDef>),
}

/// A type without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Primitive {
    /// `bool`
    Bool,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `s8`
    S8,
    /// `s16`
    S16,
    /// `s32`
    S32,
    /// `s64`
    S64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `char`
    Char,
    /// `string`
    String,
    /// `error-context`
    ErrorContext,
}

/// A declared type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeDef {
    /// As `inputs`.
    pub name: String,
    /// The interface or world that declares it.
    pub owner: Owner,
    /// What it is.
    pub kind: TypeKind,
    /// Doc comment without its tags.
    pub docs: String,
    /// Tags of the doc comment.
    pub tags: Tags,
    /// Feature gate.
    pub stability: Stability,
    /// Where it is declared; absent for a binary.
    pub place: Option<Place>,
}

/// What declares a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// An interface.
    Interface(InterfaceId),
    /// A world, by package and name.
    World(PackageId, String),
}

/// What a declared type is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeKind {
    /// Named fields.
    Record(Vec<Field>),
    /// One of several cases, each with or without a payload.
    Variant(Vec<Case>),
    /// One of several names.
    Enum(Vec<Label>),
    /// Any set of several names.
    Flags(Vec<Label>),
    /// Another name for a type; also what `use` leaves behind.
    Alias(Type),
    /// A resource.
    Resource,
}

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As `tank-temp`.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Doc comment without its tags.
    pub docs: String,
    /// Tags of the doc comment.
    pub tags: Tags,
    /// Where it is declared; absent for a binary.
    pub place: Option<Place>,
}

/// One case of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// As `stale`.
    pub name: String,
    /// What it carries.
    pub payload: Option<Type>,
    /// Doc comment without its tags.
    pub docs: String,
    /// Tags of the doc comment; they speak of the payload.
    pub tags: Tags,
    /// Where it is declared; absent for a binary.
    pub place: Option<Place>,
}

/// One case of an enum or one flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As `eco`.
    pub name: String,
    /// Doc comment without its tags.
    pub docs: String,
    /// Tags of the doc comment.
    pub tags: Tags,
    /// Where it is declared; absent for a binary.
    pub place: Option<Place>,
}

/// The feature gate of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Stability {
    /// No gate written.
    #[default]
    Unknown,
    /// `@since(version = ..)`, with the version of `@deprecated` if there is one.
    Since {
        /// First version that has the item.
        version: Version,
        /// First version that advises against it.
        deprecated: Option<Version>,
    },
    /// `@unstable(feature = ..)`, with the version of `@deprecated` if there is one.
    Unstable {
        /// The feature's name.
        feature: String,
        /// First version that advises against it.
        deprecated: Option<Version>,
    },
}

/// A place in WIT text: the name token of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as the caller named it or relative to the folder it asked for.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Length of the token in characters.
    pub length: u32,
    /// The whole line, without its line end; empty where it is longer than [`Place::MAX_LINE_CHARS`].
    pub line_text: String,
}

impl Place {
    /// Longer lines are not repeated in every place: nobody reads them, and a whole package may stand on one.
    pub const MAX_LINE_CHARS: usize = 400;

    /// A line as a place holds it.
    pub fn held(line: &str) -> String {
        let longer = line.len() > Self::MAX_LINE_CHARS && line.chars().nth(Self::MAX_LINE_CHARS).is_some();
        if longer { String::new() } else { line.to_owned() }
    }
}
