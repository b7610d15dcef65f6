//! What rules compare: two functions, their named parts, their types.

use linchpin_contract::{
    Case, Field, Function, Label, Package, Param, Place, Type, TypeKind, canonical_type,
};

use crate::align::{Aligned, align};
use crate::rule::Shown;

/// Two functions of one name: the older contract's and the newer one's.
pub(crate) struct FunctionPair<'a> {
    pub(crate) before: &'a Function,
    pub(crate) after: &'a Function,
}

impl FunctionPair<'_> {
    pub(crate) fn shown(&self) -> (Shown, Shown) {
        (shown_function(self.before), shown_function(self.after))
    }
}

/// A function as a report shows it.
pub(crate) fn shown_function(function: &Function) -> Shown {
    let params: Vec<String> =
        function.params.iter().map(|param| format!("{}: {}", param.name, param.ty)).collect();
    let result = function.result.as_ref().map_or_else(String::new, |ty| format!(" -> {ty}"));
    let start = if function.is_async() { "async func" } else { "func" };
    Shown::new(function.place.as_ref(), format!("{}: {start}({}){result}", function.name, params.join(", ")))
}

/// A package as a report shows it.
pub(crate) fn shown_package(package: &Package) -> Shown {
    Shown::new(package.place.as_ref(), format!("package {}", package.id))
}

/// What kind of named part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MemberKind {
    Param,
    Field,
    Case,
    EnumCase,
    Flag,
}

impl MemberKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Param => "parameter",
            Self::Field => "field",
            Self::Case | Self::EnumCase => "case",
            Self::Flag => "flag",
        }
    }

    /// As paths name it.
    pub(crate) fn segment(self) -> &'static str {
        match self {
            Self::Param => "param",
            Self::Field | Self::Case | Self::EnumCase | Self::Flag => self.word(),
        }
    }
}

/// One named part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member<'a> {
    pub(crate) name: &'a str,
    pub(crate) ty: Option<&'a Type>,
    pub(crate) was: Option<&'a str>,
    pub(crate) place: Option<&'a Place>,
}

impl<'a> Member<'a> {
    pub(crate) fn of_param(param: &'a Param) -> Self {
        Self { name: &param.name, ty: Some(&param.ty), was: None, place: param.place.as_ref() }
    }

    pub(crate) fn of_field(field: &'a Field) -> Self {
        let was = field.tags.was.as_deref();
        Self { name: &field.name, ty: Some(&field.ty), was, place: field.place.as_ref() }
    }

    pub(crate) fn of_case(case: &'a Case) -> Self {
        let was = case.tags.was.as_deref();
        Self { name: &case.name, ty: case.payload.as_ref(), was, place: case.place.as_ref() }
    }

    pub(crate) fn of_label(label: &'a Label) -> Self {
        Self { name: &label.name, ty: None, was: label.tags.was.as_deref(), place: label.place.as_ref() }
    }

    /// The part as a report shows it.
    pub(crate) fn shown(&self, kind: MemberKind) -> Shown {
        let text = match (kind, self.ty) {
            (MemberKind::Case, Some(ty)) => format!("{}({ty})", self.name),
            (MemberKind::Param | MemberKind::Field, Some(ty)) => format!("{}: {ty}", self.name),
            (MemberKind::EnumCase | MemberKind::Flag, Some(_)) | (_, None) => self.name.to_owned(),
        };
        Shown::new(self.place, text)
    }
}

/// Named parts on two sides, aligned.
pub(crate) struct Members<'a> {
    pub(crate) kind: MemberKind,
    /// What has them, as `record inputs`.
    pub(crate) owner: String,
    pub(crate) before: Vec<Member<'a>>,
    pub(crate) after: Vec<Member<'a>>,
    pub(crate) before_owner: Shown,
    pub(crate) after_owner: Shown,
    pub(crate) aligned: Aligned,
}

impl<'a> Members<'a> {
    pub(crate) fn new(
        kind: MemberKind,
        owner: String,
        (before, after): (Vec<Member<'a>>, Vec<Member<'a>>),
        (before_owner, after_owner): (Shown, Shown),
    ) -> Self {
        let aligned = align(kind, &before, &after);
        Self { kind, owner, before, after, before_owner, after_owner, aligned }
    }

    /// Parts that only the newer side has.
    pub(crate) fn added(&self) -> impl Iterator<Item = &Member<'a>> {
        self.aligned.added.iter().filter_map(|index| self.after.get(*index))
    }

    /// Parts that only the older side has.
    pub(crate) fn removed(&self) -> impl Iterator<Item = &Member<'a>> {
        self.aligned.removed.iter().filter_map(|index| self.before.get(*index))
    }

    /// Parts that changed their name, and nothing else.
    pub(crate) fn renamed(&self) -> impl Iterator<Item = (&Member<'a>, &Member<'a>)> {
        self.both(&self.aligned.renamed)
    }

    /// Parts of one name.
    pub(crate) fn kept(&self) -> impl Iterator<Item = (&Member<'a>, &Member<'a>)> {
        self.both(&self.aligned.kept)
    }

    /// The first part whose order among the kept ones changed, with the part that stands there now.
    pub(crate) fn moved(&self) -> Option<(&Member<'a>, &Member<'a>)> {
        let (before, after) = self.aligned.first_moved?;
        Some((self.before.get(before)?, self.after.get(after)?))
    }

    /// Whether every part that stands at another's position has its type, so that only names tell the order.
    pub(crate) fn same_types_in_order(&self) -> bool {
        let same = |(before, after): (&Member<'_>, &Member<'_>)| {
            before.name == after.name || same_payload(before.ty, after.ty)
        };
        self.before.len() == self.after.len() && self.before.iter().zip(&self.after).all(same)
    }

    /// Names in order, for people.
    pub(crate) fn names(members: &[Member<'_>]) -> String {
        members.iter().map(|member| format!("`{}`", member.name)).collect::<Vec<_>>().join(", ")
    }

    fn both<'s>(
        &'s self,
        pairs: &'s [(usize, usize)],
    ) -> impl Iterator<Item = (&'s Member<'a>, &'s Member<'a>)> {
        pairs.iter().filter_map(|(before, after)| Some((self.before.get(*before)?, self.after.get(*after)?)))
    }
}

/// Two types that stand in the same position.
pub(crate) struct TypePair<'a> {
    pub(crate) before: &'a Type,
    pub(crate) after: &'a Type,
    pub(crate) site: Site,
    pub(crate) difference: Difference,
    /// The nearest named part around them.
    pub(crate) before_at: &'a Shown,
    pub(crate) after_at: &'a Shown,
}

impl TypePair<'_> {
    /// `` `u32` became `u64` ``.
    pub(crate) fn change(&self) -> String {
        let (before, after) = self.told();
        format!("`{before}` became `{after}`")
    }

    pub(crate) fn shown(&self) -> (Shown, Shown) {
        let (before, after) = self.told();
        (self.before_at.label(format!("`{before}`")), self.after_at.label(format!("`{after}`")))
    }

    /// Both types as they are written, and what they stand for where that is the same.
    fn told(&self) -> (String, String) {
        if self.site == Site::Definition {
            return (defined(self.before_at, self.before), defined(self.after_at, self.after));
        }
        let (before, after) = (self.before.to_string(), self.after.to_string());
        if before == after { (meaning(self.before), meaning(self.after)) } else { (before, after) }
    }
}

/// A definition: `t = u8` of an alias, `record t` of another type.
fn defined(at: &Shown, ty: &Type) -> String {
    match at.text.strip_prefix("type ") {
        Some(name) => format!("{name} = {}", kind_of(ty)),
        None => at.text.clone(),
    }
}

/// `t = u8` of an alias, `record t` of another declared type, the canonical text of what has such types inside.
fn meaning(ty: &Type) -> String {
    match ty {
        Type::Named(def) => match &def.kind {
            TypeKind::Alias(target) => format!("{} = {}", def.name, kind_of(target.resolved())),
            TypeKind::Record(_)
            | TypeKind::Variant(_)
            | TypeKind::Enum(_)
            | TypeKind::Flags(_)
            | TypeKind::Resource => kind_of(ty),
        },
        Type::Primitive(_)
        | Type::List(_)
        | Type::FixedList(..)
        | Type::Map(..)
        | Type::Option(_)
        | Type::Result { .. }
        | Type::Tuple(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => canonical_type(ty).unwrap_or_else(|_| ty.to_string()),
    }
}

/// `record t` of a declared type, the type as WIT writes it of any other.
pub(crate) fn kind_of(ty: &Type) -> String {
    match ty {
        Type::Named(def) => format!("{} {}", def.kind.as_str(), def.name),
        Type::Primitive(_)
        | Type::List(_)
        | Type::FixedList(..)
        | Type::Map(..)
        | Type::Option(_)
        | Type::Result { .. }
        | Type::Tuple(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::Own(_)
        | Type::Borrow(_) => ty.to_string(),
    }
}

/// Where two types stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    Param,
    Result,
    Field,
    Payload,
    ListItem,
    OptionItem,
    TupleItem,
    MapPart,
    StreamItem,
    /// The definition of a named type.
    Definition,
}

/// How two types differ by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Difference {
    /// Both are primitives.
    Primitive,
    /// One is an `option` or `result` around the other.
    Wrapped,
    /// Tuples of different lengths.
    TupleArity,
    /// Lists of the same items, of different fixed lengths, or only one of them fixed.
    ListSize,
    /// `own` on one side and `borrow` of the same resource on the other.
    Ownership,
    /// A handle, stream or future is on either side.
    Handle,
    /// Anything else that is not of the same kind.
    Kind,
}

pub(crate) fn same_type(before: &Type, after: &Type) -> bool {
    matches!((canonical_type(before), canonical_type(after)), (Ok(before), Ok(after)) if before == after)
}

fn same_payload(before: Option<&Type>, after: Option<&Type>) -> bool {
    match (before, after) {
        (None, None) => true,
        (Some(before), Some(after)) => same_type(before, after),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

pub(crate) fn same_member_type(before: &Member<'_>, after: &Member<'_>) -> bool {
    same_payload(before.ty, after.ty)
}
