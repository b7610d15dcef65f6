//! Where active segments are written: constant expressions, as far as they are constant within the module.

use wasmparser::{ConstExpr, Global, Operator};

/// The values of a module's own constant globals, by index. A module with imports has none: the indexes differ.
#[derive(Debug, Default)]
pub(super) struct Constants(Vec<Option<i64>>);

impl Constants {
    pub(super) fn global(&mut self, global: &Global<'_>) {
        let value = if global.ty.mutable { None } else { self.value(&global.init_expr) };
        self.0.push(value);
    }

    /// The offset of a segment; absent where it depends on what is not in the module.
    pub(super) fn offset(&self, expression: &ConstExpr<'_>) -> Option<u64> {
        // Offsets are unsigned; the sign extension of a 32-bit one is not part of it.
        let value = self.value(expression)?;
        Some(if let Ok(narrow) = i32::try_from(value) {
            u64::from(narrow.cast_unsigned())
        } else {
            value.cast_unsigned()
        })
    }

    fn value(&self, expression: &ConstExpr<'_>) -> Option<i64> {
        let mut stack: Vec<i64> = Vec::new();
        for operator in expression.get_operators_reader() {
            let value = match operator.ok()? {
                Operator::I32Const { value } => i64::from(value),
                Operator::I64Const { value } => value,
                Operator::GlobalGet { global_index } => {
                    self.0.get(global_index as usize).copied().flatten()?
                }
                Operator::I32Add => binary(&mut stack, |a, b| narrow(a.wrapping_add(b)))?,
                Operator::I32Sub => binary(&mut stack, |a, b| narrow(a.wrapping_sub(b)))?,
                Operator::I32Mul => binary(&mut stack, |a, b| narrow(a.wrapping_mul(b)))?,
                Operator::I64Add => binary(&mut stack, i64::wrapping_add)?,
                Operator::I64Sub => binary(&mut stack, i64::wrapping_sub)?,
                Operator::I64Mul => binary(&mut stack, i64::wrapping_mul)?,
                Operator::End => return stack.pop(),
                _ => return None,
            };
            stack.push(value);
        }
        None
    }
}

fn binary(stack: &mut Vec<i64>, operation: impl Fn(i64, i64) -> i64) -> Option<i64> {
    let second = stack.pop()?;
    let first = stack.pop()?;
    Some(operation(first, second))
}

/// Wraps as 32-bit arithmetic does.
fn narrow(value: i64) -> i64 {
    let low = u32::try_from(value & 0xffff_ffff).unwrap_or_default();
    i64::from(low.cast_signed())
}
