//! Every rule, one file each. A rule looks at what the walk brings and reports; it never searches, sorts or renders.

use crate::rule::Rule;

mod alias_changed;
mod async_changed;
mod body_over_limit;
mod branch_table_over_limit;
pub(crate) mod contract_drift;
mod contract_unknown;
mod core_import;
mod core_module_count;
mod data_cell_mismatch;
mod data_column_missing;
mod data_column_unused;
mod data_malformed;
mod data_over_limit;
mod data_range_exceeded;
mod deprecated_used;
mod device_broken;
mod digest_differs;
mod docs_changed;
mod edge_endpoint_unknown;
mod edge_lossy;
mod edge_range_exceeded;
mod edge_swapped;
mod edge_type_mismatch;
mod edge_unit_mismatch;
mod edge_value_dependent;
mod engine_feature_missing;
mod enum_case_added;
mod enum_case_removed;
mod enum_case_renamed;
mod enum_case_reordered;
mod flag_added;
mod flag_removed;
mod flag_renamed;
mod flag_reordered;
mod fleet_version_unknown;
mod func_added;
mod func_removed;
mod func_renamed;
mod functions_over_limit;
mod guest_undeclared_import;
mod handle_changed;
mod import_func_missing;
mod import_resource_missing;
mod import_version_track_missing;
mod impure_function;
mod interface_added;
mod interface_removed;
mod last_supported_host;
mod list_item_changed;
mod list_size_changed;
mod locals_over_limit;
mod map_changed;
mod memory_over_limit;
mod memory_unbounded;
mod name_not_ascii;
mod name_over_limit;
mod named_type_differs;
mod option_item_changed;
mod own_borrow_changed;
mod package_added;
mod package_removed;
mod package_renamed;
mod param_added;
mod param_removed;
mod param_renamed;
mod param_reordered;
mod param_reordered_same_type;
mod param_type_changed;
mod prerelease_in_release;
mod primitive_changed;
mod range_exceeded;
mod record_field_added;
mod record_field_removed;
mod record_field_renamed;
mod record_field_reordered;
mod record_field_type_changed;
mod released_changed;
mod released_missing;
mod released_not_locked;
mod released_version_mismatch;
mod removed_without_deprecation_window;
mod resource_added;
mod resource_differs;
mod resource_removed;
mod resource_renamed;
mod result_added;
mod result_changed;
mod result_removed;
mod rollout_order;
mod segment_out_of_bounds;
mod shared_type_changed;
mod since_gate_too_early;
mod size_over_limit;
mod stable_to_unstable;
mod start_function;
mod state_kept;
mod structure_unsupported;
mod table_elements_over_limit;
mod tables_over_limit;
mod tag_misspelt;
mod tuple_arity_changed;
mod tuple_item_changed;
mod type_definition_changed;
mod type_name_missing;
mod type_renamed;
mod type_replaced;
mod type_wrapped;
mod unit_changed;
mod unused_type_changed;
mod variant_case_added;
mod variant_case_removed;
mod variant_case_renamed;
mod variant_case_reordered;
mod variant_payload_added;
mod variant_payload_changed;
mod variant_payload_removed;
mod version_decreased;
mod version_name;
mod version_not_bumped;
mod version_over_bumped;
mod version_overtaken;
mod version_track;
mod version_track_missing;
mod version_under_bumped;
mod waiver_expired;
mod waiver_unknown_rule;
mod waiver_unused;
mod waiver_without_effect;
mod world_added;
mod world_export_added;
mod world_export_removed;
mod world_import_added;
mod world_import_missing;
mod world_import_removed;
mod world_removed;
mod world_types_changed;
mod world_unserved;
mod world_version_moved;

/// Every rule, sorted by id.
pub(crate) static RULES: &[&Rule] = &[
    &alias_changed::RULE,
    &async_changed::RULE,
    &body_over_limit::RULE,
    &branch_table_over_limit::RULE,
    &contract_drift::RULE,
    &contract_unknown::RULE,
    &core_import::RULE,
    &core_module_count::RULE,
    &data_cell_mismatch::RULE,
    &data_column_missing::RULE,
    &data_column_unused::RULE,
    &data_malformed::RULE,
    &data_over_limit::RULE,
    &data_range_exceeded::RULE,
    &deprecated_used::RULE,
    &device_broken::RULE,
    &digest_differs::RULE,
    &docs_changed::RULE,
    &edge_endpoint_unknown::RULE,
    &edge_lossy::RULE,
    &edge_range_exceeded::RULE,
    &edge_swapped::RULE,
    &edge_type_mismatch::RULE,
    &edge_unit_mismatch::RULE,
    &edge_value_dependent::RULE,
    &engine_feature_missing::RULE,
    &enum_case_added::RULE,
    &enum_case_removed::RULE,
    &enum_case_renamed::RULE,
    &enum_case_reordered::RULE,
    &flag_added::RULE,
    &flag_removed::RULE,
    &flag_renamed::RULE,
    &flag_reordered::RULE,
    &fleet_version_unknown::RULE,
    &func_added::RULE,
    &func_removed::RULE,
    &func_renamed::RULE,
    &functions_over_limit::RULE,
    &guest_undeclared_import::RULE,
    &handle_changed::RULE,
    &import_func_missing::RULE,
    &import_resource_missing::RULE,
    &import_version_track_missing::RULE,
    &impure_function::RULE,
    &interface_added::RULE,
    &interface_removed::RULE,
    &last_supported_host::RULE,
    &list_item_changed::RULE,
    &list_size_changed::RULE,
    &locals_over_limit::RULE,
    &map_changed::RULE,
    &memory_over_limit::RULE,
    &memory_unbounded::RULE,
    &name_not_ascii::RULE,
    &name_over_limit::RULE,
    &named_type_differs::RULE,
    &option_item_changed::RULE,
    &own_borrow_changed::RULE,
    &package_added::RULE,
    &package_removed::RULE,
    &package_renamed::RULE,
    &param_added::RULE,
    &param_removed::RULE,
    &param_renamed::RULE,
    &param_reordered::RULE,
    &param_reordered_same_type::RULE,
    &param_type_changed::RULE,
    &prerelease_in_release::RULE,
    &primitive_changed::RULE,
    &range_exceeded::RULE,
    &record_field_added::RULE,
    &record_field_removed::RULE,
    &record_field_renamed::RULE,
    &record_field_reordered::RULE,
    &record_field_type_changed::RULE,
    &released_changed::RULE,
    &released_missing::RULE,
    &released_not_locked::RULE,
    &released_version_mismatch::RULE,
    &removed_without_deprecation_window::RULE,
    &resource_added::RULE,
    &resource_differs::RULE,
    &resource_removed::RULE,
    &resource_renamed::RULE,
    &result_added::RULE,
    &result_changed::RULE,
    &result_removed::RULE,
    &rollout_order::RULE,
    &segment_out_of_bounds::RULE,
    &shared_type_changed::RULE,
    &since_gate_too_early::RULE,
    &size_over_limit::RULE,
    &stable_to_unstable::RULE,
    &start_function::RULE,
    &state_kept::RULE,
    &structure_unsupported::RULE,
    &table_elements_over_limit::RULE,
    &tables_over_limit::RULE,
    &tag_misspelt::RULE,
    &tuple_arity_changed::RULE,
    &tuple_item_changed::RULE,
    &type_definition_changed::RULE,
    &type_name_missing::RULE,
    &type_renamed::RULE,
    &type_replaced::RULE,
    &type_wrapped::RULE,
    &unit_changed::RULE,
    &unused_type_changed::RULE,
    &variant_case_added::RULE,
    &variant_case_removed::RULE,
    &variant_case_renamed::RULE,
    &variant_case_reordered::RULE,
    &variant_payload_added::RULE,
    &variant_payload_changed::RULE,
    &variant_payload_removed::RULE,
    &version_decreased::RULE,
    &version_name::RULE,
    &version_not_bumped::RULE,
    &version_over_bumped::RULE,
    &version_overtaken::RULE,
    &version_track::RULE,
    &version_track_missing::RULE,
    &version_under_bumped::RULE,
    &waiver_expired::RULE,
    &waiver_unknown_rule::RULE,
    &waiver_unused::RULE,
    &waiver_without_effect::RULE,
    &world_added::RULE,
    &world_export_added::RULE,
    &world_export_removed::RULE,
    &world_import_added::RULE,
    &world_import_missing::RULE,
    &world_import_removed::RULE,
    &world_removed::RULE,
    &world_types_changed::RULE,
    &world_unserved::RULE,
    &world_version_moved::RULE,
];
