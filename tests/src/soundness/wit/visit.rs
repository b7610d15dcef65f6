//! Every place of one kind, in order.

use super::{Function, Interface, Item, Kind, Ty, TypeDef, Wit};

/// Which interface of a [`Wit`] something is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// An interface of a package: positions of both.
    Package(usize, usize),
    /// The world's own types.
    World,
    /// An import of the world, by position: an inline interface or a function.
    Import(usize),
    /// An export of the world, likewise.
    Export(usize),
}

impl Wit {
    /// Every interface, inline ones and the world's own included.
    pub fn interfaces_mut(&mut self) -> Vec<(Home, &mut Interface)> {
        let mut found = Vec::new();
        for (index, package) in self.packages.iter_mut().enumerate() {
            for (position, interface) in package.interfaces.iter_mut().enumerate() {
                found.push((Home::Package(index, position), interface));
            }
        }
        found.push((Home::World, &mut self.world.own));
        let imports = self.world.imports.iter_mut().enumerate().map(|(at, item)| (Home::Import(at), item));
        let exports = self.world.exports.iter_mut().enumerate().map(|(at, item)| (Home::Export(at), item));
        found.extend(imports.chain(exports).filter_map(|(home, item)| match item {
            Item::Inline(interface) => Some((home, interface)),
            Item::Interface(_) | Item::Function(_) => None,
        }));
        found
    }

    /// Every function, those of resources and of the world included.
    pub fn functions_mut(&mut self) -> Vec<(Home, &mut Function)> {
        let mut found = Vec::new();
        let Self { packages, world } = self;
        for (index, package) in packages.iter_mut().enumerate() {
            for (position, interface) in package.interfaces.iter_mut().enumerate() {
                found.extend(
                    interface.functions_mut().into_iter().map(|it| (Home::Package(index, position), it)),
                );
            }
        }
        found.extend(world.own.functions_mut().into_iter().map(|it| (Home::World, it)));
        let imports = world.imports.iter_mut().enumerate().map(|(at, item)| (Home::Import(at), item));
        let exports = world.exports.iter_mut().enumerate().map(|(at, item)| (Home::Export(at), item));
        for (home, item) in imports.chain(exports) {
            match item {
                Item::Inline(interface) => {
                    found.extend(interface.functions_mut().into_iter().map(|it| (home, it)));
                }
                Item::Function(function) => found.push((home, function)),
                Item::Interface(_) => {}
            }
        }
        found
    }

    /// Every declared type.
    pub fn types_mut(&mut self) -> Vec<(Home, &mut TypeDef)> {
        let interfaces = self.interfaces_mut().into_iter();
        interfaces.flat_map(|(home, it)| it.types.iter_mut().map(move |def| (home, def))).collect()
    }

    /// Calls `visit` with every mention of a type, parts before the whole.
    pub fn visit_types(&mut self, visit: &mut dyn FnMut(Home, &mut Ty)) {
        for (home, def) in self.types_mut() {
            def.visit_own_types(&mut |ty| visit(home, ty));
        }
        for (home, function) in self.functions_mut() {
            function.visit_types(&mut |ty| visit(home, ty));
        }
    }
}

impl Interface {
    /// Every function, those of resources included.
    pub fn functions_mut(&mut self) -> Vec<&mut Function> {
        let methods = self.types.iter_mut().flat_map(|def| match &mut def.kind {
            Kind::Resource(methods) => methods.iter_mut().map(|method| &mut method.function).collect(),
            Kind::Record(_) | Kind::Variant(_) | Kind::Enum(_) | Kind::Flags(_) | Kind::Alias(_) => {
                Vec::new()
            }
        });
        methods.chain(self.functions.iter_mut()).collect()
    }

    /// Calls `visit` with every mention of a type, parts before the whole.
    pub fn visit_types(&mut self, visit: &mut dyn FnMut(&mut Ty)) {
        for def in &mut self.types {
            def.visit_own_types(visit);
        }
        for function in self.functions_mut() {
            function.visit_types(visit);
        }
    }

    /// Whether a function or type of this interface mentions the name.
    #[must_use]
    pub fn mentions(&self, name: &str) -> bool {
        let mut found = false;
        self.clone().visit_types(&mut |ty| {
            found |= matches!(ty, Ty::Named(it) | Ty::Borrow(it) if it == name);
        });
        found
    }
}

impl TypeDef {
    /// Mentions in its fields or cases; those of a resource's functions are the functions'.
    pub fn visit_own_types(&mut self, visit: &mut dyn FnMut(&mut Ty)) {
        match &mut self.kind {
            Kind::Record(fields) => fields.iter_mut().for_each(|(_, ty)| ty.visit(visit)),
            Kind::Variant(cases) => {
                cases.iter_mut().filter_map(|(_, ty)| ty.as_mut()).for_each(|ty| ty.visit(visit))
            }
            Kind::Alias(ty) => ty.visit(visit),
            Kind::Enum(_) | Kind::Flags(_) | Kind::Resource(_) => {}
        }
    }
}

impl Function {
    /// Mentions in parameters and result.
    pub fn visit_types(&mut self, visit: &mut dyn FnMut(&mut Ty)) {
        self.params.iter_mut().for_each(|(_, ty)| ty.visit(visit));
        self.result.iter_mut().for_each(|ty| ty.visit(visit));
    }
}

impl Ty {
    /// The parts, then itself.
    pub fn visit(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        match self {
            Self::Primitive(_) | Self::Named(_) | Self::Borrow(_) => {}
            Self::List(item) | Self::FixedList(item, _) | Self::Option(item) => item.visit(visit),
            Self::Map(key, value) => {
                key.visit(visit);
                value.visit(visit);
            }
            Self::Result(ok, err) => ok.iter_mut().chain(err).for_each(|item| item.visit(visit)),
            Self::Tuple(items) => items.iter_mut().for_each(|item| item.visit(visit)),
            Self::Stream(item) | Self::Future(item) => item.iter_mut().for_each(|item| item.visit(visit)),
        }
        visit(self);
    }
}
