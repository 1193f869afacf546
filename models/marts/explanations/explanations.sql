with recursive

impacts as (
    select * from {{ ref('impacts') }}
    where state = 'modelled'
),

flow_amounts as (
    select * from {{ ref('flow_amounts') }}
),

flow_amount_terms as (
    select * from {{ ref('flow_amount_terms') }}
),

scenarios as (
    select * from {{ ref('int_scenarios__resolve') }}
),

parameter_values as (
    select * from {{ ref('parameter_values') }}
),

parameters as (
    select * from {{ ref('parameters') }}
),

derived_parameters as (
    select * from {{ ref('derived_parameters') }}
),

derived_parameter_inputs as (
    select * from {{ ref('derived_parameter_inputs') }}
),

factor_selection as (
    select * from {{ ref('factor_selection') }}
),

factors as (
    select * from {{ ref('factors') }}
),

correction_checks as (
    select * from {{ ref('correction_checks') }}
    where status = 'active' and is_landed
),

values_in_use as (
    select
        parameter_values.*,
        scenarios.model_id
    from parameter_values
    inner join scenarios on parameter_values.scenario_id = scenarios.scenario_id
),

-- from a term of an amount down to what a source states
parameter_paths as (
    select
        scenario_id,
        flow_id,
        parameter_name,
        'term' as node_kind,
        cast(exponent as double) as weight,
        2 as depth,
        'cell/amount' as parent_path,
        concat('cell/amount/', parameter_name) as path
    from flow_amount_terms

    union all

    select
        above.scenario_id,
        above.flow_id,
        inputs.input_name as parameter_name,
        'input' as node_kind,
        cast(inputs.weight as double) as weight,
        above.depth + 1 as depth,
        above.path as parent_path,
        concat(above.path, '/', inputs.input_name) as path
    from parameter_paths as above
    inner join values_in_use
        on
            above.scenario_id = values_in_use.scenario_id
            and above.parameter_name = values_in_use.parameter_name
    inner join derived_parameter_inputs as inputs
        on
            values_in_use.model_id = inputs.model_id
            and above.parameter_name = inputs.parameter_name
    where values_in_use.method != 'stated' and above.depth < 20
),

parameter_nodes as (
    select
        paths.scenario_id,
        paths.flow_id,
        {{ explanation_node({
            'path': 'paths.path',
            'parent_path': 'paths.parent_path',
            'depth': 'paths.depth',
            'node_kind': 'paths.node_kind',
            'node_name': 'paths.parameter_name',
            'node_title': 'derived_parameters.description',
            'weight': 'paths.weight',
            'value': 'values_in_use.value',
            'unit': 'values_in_use.unit',
            'method': 'values_in_use.method',
            'constant': 'derived_parameters.constant',
            'as_printed': 'values_in_use.as_printed',
            'source_id': 'values_in_use.source_id',
            'locator': 'values_in_use.locator',
            'file_path': 'values_in_use.file_path',
            'file_sha256': 'values_in_use.file_sha256',
            'row_number': 'values_in_use.row_number',
            'node_reason': 'parameters.note',
            'licence_set': 'values_in_use.licence_set',
        }) | indent(8) }}
    from parameter_paths as paths
    inner join values_in_use
        on
            paths.scenario_id = values_in_use.scenario_id
            and paths.parameter_name = values_in_use.parameter_name
    left join derived_parameters
        on
            values_in_use.model_id = derived_parameters.model_id
            and values_in_use.parameter_name = derived_parameters.parameter_name
            and values_in_use.method != 'stated'
    left join parameters on values_in_use.parameter_id = parameters.parameter_id
),

amount_nodes as (
    select
        scenario_id,
        flow_id,
        {{ explanation_node({
            'path': "'cell/amount'",
            'parent_path': "'cell'",
            'depth': '1',
            'node_kind': "'amount'",
            'node_name': 'object_id',
            'node_title': 'flow_title',
            'value': 'amount',
            'unit': 'amount_unit',
            'method': "'product'",
            'source_id': 'source_id',
            'locator': 'locator',
            'licence_set': 'licence_set',
        }) | indent(8) }}
    from flow_amounts
),

of_amounts as (
    select * from amount_nodes
    union all
    select * from parameter_nodes
),

selected as (
    select distinct
        impacts.selection_id,
        impacts.factor_id,
        factor_selection.reason,
        factor_selection.reference_year
    from impacts
    inner join factor_selection on impacts.selection_id = factor_selection.selection_id
),

factor_nodes as (
    select
        selected.selection_id,
        {{ explanation_node({
            'path': "'cell/factor'",
            'parent_path': "'cell'",
            'depth': '1',
            'node_kind': "'factor'",
            'node_name': 'factors.factor_id',
            'node_title': 'factors.object_name',
            'value': 'factors.value',
            'unit': 'factors.amount_unit',
            'reference_unit': 'factors.reference_unit',
            'method': "coalesce(factors.derivation, 'stated')",
            'as_printed': 'factors.as_printed',
            'source_id': 'factors.source_id',
            'locator': 'factors.locator',
            'file_path': 'factors.file_path',
            'file_sha256': 'factors.file_sha256',
            'row_number': 'factors.row_number',
            'node_reason': 'selected.reason',
            'licence_set': 'factors.licence_id',
        }) | indent(8) }}
    from selected
    inner join factors on selected.factor_id = factors.factor_id
),

-- the same thing, stage, category, basis and place by other sources, or by the same source in another way; of the years
-- of one source the nearest
alternatives as (
    select
        selected.selection_id,
        others.*
    from selected
    inner join factors on selected.factor_id = factors.factor_id
    inner join factors as others
        on
            factors.object_id = others.object_id
            and factors.component = others.component
            and factors.life_cycle_stage = others.life_cycle_stage
            and factors.impact_category = others.impact_category
            and factors.electricity_basis = others.electricity_basis
            and coalesce(factors.geography_id, 'GLO') = coalesce(others.geography_id, 'GLO')
            and factors.factor_id != others.factor_id
    where others.geography_id is not null or others.geography_as_stated is null
    qualify row_number() over (
        partition by selected.selection_id, others.source_id, others.indicator_id, others.electricity_scope
        order by
            abs(others.reference_year - coalesce(selected.reference_year, 3000)) asc nulls last,
            others.is_eligible desc,
            others.factor_id asc
    ) = 1
),

alternative_nodes as (
    select
        selection_id,
        {{ explanation_node({
            'path': "concat('cell/factor/alternative ', factor_id)",
            'parent_path': "'cell/factor'",
            'depth': '2',
            'node_kind': "'alternative'",
            'node_name': 'factor_id',
            'node_title': 'object_name',
            'value': 'value',
            'unit': 'amount_unit',
            'reference_unit': 'reference_unit',
            'method': "coalesce(derivation, 'stated')",
            'as_printed': 'as_printed',
            'source_id': 'source_id',
            'locator': 'locator',
            'file_path': 'file_path',
            'file_sha256': 'file_sha256',
            'row_number': 'row_number',
            'node_reason': 'ineligible_reason',
            'licence_set': 'licence_id',
        }) | indent(8) }}
    from alternatives
),

-- a correction names a record of a source: whether it is the record behind this factor, its key tells
correction_nodes as (
    select
        selected.selection_id,
        {{ explanation_node({
            'path': "concat('cell/factor/correction ', correction_checks.correction_id)",
            'parent_path': "'cell/factor'",
            'depth': '2',
            'node_kind': "'correction'",
            'node_name': 'correction_checks.correction_id',
            'node_title': "concat(correction_checks.record_key, ': ', correction_checks.field)",
            'method': 'correction_checks.action',
            'as_printed': 'correction_checks.corrected_as',
            'source_id': 'correction_checks.source_id',
            'locator': 'correction_checks.locator',
            'node_reason': 'correction_checks.reason',
            'licence_set': 'correction_checks.licence_id',
        }) | indent(8) }}
    from selected
    inner join factors on selected.factor_id = factors.factor_id
    inner join correction_checks on factors.source_id = correction_checks.source_id
),

of_factors as (
    select * from factor_nodes
    union all
    select * from alternative_nodes
    union all
    select * from correction_nodes
),

cells as (
    select
        scenario_id,
        flow_id,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        service_part,
        selection_id
    from impacts
),

cell_nodes as (
    select
        scenario_id,
        flow_id,
        life_cycle_stage,
        impact_category,
        electricity_basis,
        service_part,
        {{ explanation_node({
            'path': "'cell'",
            'depth': '0',
            'node_kind': "'cell'",
            'node_name': 'flow_id',
            'value': 'value',
            'unit': 'unit',
            'method': "'product'",
            'licence_set': 'licence_set',
        }) | indent(8) }}
    from impacts
),

nodes as (
    select * from cell_nodes
    union all
    select
        cells.scenario_id,
        cells.flow_id,
        cells.life_cycle_stage,
        cells.impact_category,
        cells.electricity_basis,
        cells.service_part,
        {{ explanation_columns('of_amounts') | indent(8) }}
    from cells
    inner join of_amounts
        on
            cells.scenario_id = of_amounts.scenario_id
            and cells.flow_id = of_amounts.flow_id
    union all
    select
        cells.scenario_id,
        cells.flow_id,
        cells.life_cycle_stage,
        cells.impact_category,
        cells.electricity_basis,
        cells.service_part,
        {{ explanation_columns('of_factors') | indent(8) }}
    from cells
    inner join of_factors on cells.selection_id = of_factors.selection_id
),

final as (
    select * from nodes
)

select * from final
