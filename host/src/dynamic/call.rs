//! One call of a function whose types are known only at run time.

use super::layout::{Layout, TypeTooLarge};
use super::lift::Lift;
use super::lower::Lower;
use super::value::{Mismatch, Value};
use crate::abi::{CallError, Instance};
use crate::component::ValueType;

/// More flat parameters than this go through memory.
const MAX_FLAT_PARAMETERS: usize = 16;

/// A function's types, laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DynamicFunction {
    parameters: Vec<Layout>,
    /// Set where the parameters are passed through memory.
    spilled: Option<Layout>,
    result: Option<Layout>,
}

/// Why a dynamic call gave no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DynamicError {
    /// The call itself failed.
    #[error(transparent)]
    Call(#[from] CallError),
    /// An argument is not of its parameter's type; the guest was not called.
    #[error("the argument does not fit its type: {0}")]
    Mismatch(#[from] Mismatch),
}

impl DynamicError {
    /// A stable name for logs and counters.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Call(error) => error.code(),
            Self::Mismatch(_) => "argument-mismatch",
        }
    }
}

impl DynamicFunction {
    /// Lays out a function of these types.
    ///
    /// # Errors
    /// [`TypeTooLarge`] where a fixed-length list is beyond any memory.
    pub fn new<'t>(
        parameters: impl IntoIterator<Item = &'t ValueType>,
        result: Option<&ValueType>,
    ) -> Result<Self, TypeTooLarge> {
        let parameters: Vec<Layout> = parameters.into_iter().map(Layout::of).collect::<Result<_, _>>()?;
        let flat: usize = parameters.iter().map(|layout| layout.flat).sum();
        let spilled =
            if flat > MAX_FLAT_PARAMETERS { Some(Layout::tuple(parameters.clone())?) } else { None };
        Ok(Self { parameters, spilled, result: result.map(Layout::of).transpose()? })
    }

    /// Calls function `function` of `instance` with `arguments`, one for each parameter.
    ///
    /// # Errors
    /// [`DynamicError::Mismatch`] where an argument is not of its parameter's type, and every way in which a
    /// call can fail.
    pub fn call<I: Instance + ?Sized>(
        &self,
        instance: &mut I,
        function: usize,
        arguments: &[Value],
    ) -> Result<Option<Value>, DynamicError> {
        let mut slots = self.lower(instance, arguments)?;
        if slots.is_empty() {
            slots.push(0);
        }
        instance.call(function, &mut slots).map_err(CallError::from)?;
        let slot = slots.first().copied().unwrap_or(0);
        let limits = instance.value_limits();
        let mut lift = Lift::new(instance.memory(), limits);
        let value = match &self.result {
            None => None,
            Some(layout) if layout.flat == 1 => Some(lift.flat(layout, slot).map_err(CallError::from)?),
            Some(layout) => {
                let address = u32::try_from(slot & u64::from(u32::MAX)).unwrap_or_default();
                Some(lift.result(layout, address).map_err(CallError::from)?)
            }
        };
        instance.post_return(function, slot).map_err(CallError::from)?;
        Ok(value)
    }

    fn lower<I: Instance + ?Sized>(
        &self,
        instance: &mut I,
        arguments: &[Value],
    ) -> Result<Vec<u64>, DynamicError> {
        if arguments.len() != self.parameters.len() {
            let expected = format!("{} arguments", self.parameters.len());
            return Err(Mismatch::new(expected, arguments.len().to_string()).into());
        }
        let mut lower = Lower::new(instance);
        let mut slots = Vec::with_capacity(MAX_FLAT_PARAMETERS);
        match &self.spilled {
            Some(layout) => {
                let address = lower.allocate(layout.align, u64::from(layout.size))?;
                lower.store(layout, &Value::Tuple(arguments.to_vec()), address)?;
                slots.push(u64::from(address));
            }
            None => {
                for (layout, value) in self.parameters.iter().zip(arguments) {
                    lower.flat(layout, value, &mut slots)?;
                }
            }
        }
        Ok(slots)
    }
}
