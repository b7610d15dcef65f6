//! Which instructions leave something behind that no reset puts back.

use super::unresettable::Unresettable;
use wasmparser::Operator;

/// What an instruction changes or depends on besides memory and globals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    Table(&'static str),
    PassiveSegment(&'static str),
}

/// The state that `operator` would leave behind, if any.
///
/// Of the instructions that [`crate::features::CORE`] allows these are all; a test holds that list of features
/// to what was reviewed here.
pub(super) fn kept(operator: &Operator<'_>) -> Option<Kept> {
    match operator {
        Operator::TableSet { .. } => Some(Kept::Table("table.set")),
        Operator::TableGrow { .. } => Some(Kept::Table("table.grow")),
        Operator::TableFill { .. } => Some(Kept::Table("table.fill")),
        Operator::TableCopy { .. } => Some(Kept::Table("table.copy")),
        Operator::TableInit { .. } => Some(Kept::Table("table.init")),
        Operator::MemoryInit { .. } => Some(Kept::PassiveSegment("memory.init")),
        Operator::DataDrop { .. } => Some(Kept::PassiveSegment("data.drop")),
        Operator::ElemDrop { .. } => Some(Kept::PassiveSegment("elem.drop")),
        _ => None,
    }
}

impl Kept {
    pub(super) fn refuse(self, function: String, offset: usize) -> Unresettable {
        match self {
            Self::Table(instruction) => Unresettable::TableWrite { function, instruction, offset },
            Self::PassiveSegment(instruction) => {
                Unresettable::PassiveSegment { function, instruction, offset }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use wasmparser::WasmFeatures;

    #[test]
    fn a_new_feature_needs_a_look_at_what_its_instructions_keep() {
        let reviewed = WasmFeatures::FLOATS
            | WasmFeatures::MUTABLE_GLOBAL
            | WasmFeatures::SATURATING_FLOAT_TO_INT
            | WasmFeatures::SIGN_EXTENSION
            | WasmFeatures::MULTI_VALUE
            | WasmFeatures::BULK_MEMORY
            | WasmFeatures::REFERENCE_TYPES
            | WasmFeatures::EXTENDED_CONST
            | WasmFeatures::SIMD
            | WasmFeatures::RELAXED_SIMD;
        assert_eq!(crate::features::CORE, reviewed);
    }
}
