//! What a target allows a binary to contain.

/// Bounds on a [`Profile`](super::Profile). Absent: not bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// Functions with a body.
    pub functions: Option<u64>,
    /// Length of one function body, in bytes.
    pub body_bytes: Option<u64>,
    /// Locals of one function.
    pub locals: Option<u64>,
    /// Targets of one `br_table`.
    pub branch_table: Option<u64>,
    /// Tables.
    pub tables: Option<u64>,
    /// Elements of one table.
    pub table_elements: Option<u64>,
    /// All data segments together, in bytes.
    pub data_bytes: Option<u64>,
    /// Length of one name, in bytes.
    pub name_bytes: Option<u64>,
}

impl Bounds {
    /// What `linchpin` targets allow unless they allow less: ten times what guests of this kind need, and far less
    /// than what makes a compiler slow.
    pub const LINCHPIN: Self = Self {
        functions: Some(512),
        body_bytes: Some(32 << 10),
        locals: Some(512),
        branch_table: Some(1024),
        tables: Some(1),
        table_elements: Some(1 << 16),
        data_bytes: Some(32 << 10),
        name_bytes: Some(128),
    };
}
