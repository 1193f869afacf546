{# Area of wafer in mm2 that one good die of `die_mm2` costs. Kerf widens the die; a round wafer of diameter d holds
   pi d^2 / (4 A) - pi d / sqrt(2 A) dies; of these a share is good: with defects D on the area A, exp(-sqrt(A D))
   (square_root, Seeds) or ((1 - exp(-A D)) / (A D))^2 (murphy). Columns beside it: kerf_mm, wafer_diameter_mm (null: no
   edge), defects_per_cm2 and yield_model. NULL where the wafer holds no such die. #}
{% macro die_area_with_losses(die_mm2) -%}
{%- set kerfed = 'case when kerf_mm > 0 then power(sqrt(' ~ die_mm2 ~ ') + kerf_mm, 2) else ' ~ die_mm2 ~ ' end' -%}
{%- set defects = '(' ~ kerfed ~ ') * defects_per_cm2 / 100' -%}
(
    case
        when {{ die_mm2 }} = 0 then 0
        when wafer_diameter_mm is null then {{ kerfed }}
        when sqrt({{ kerfed }}) < wafer_diameter_mm * sqrt(2) / 4
            then power(wafer_diameter_mm, 2) / 4 / (
                power(wafer_diameter_mm, 2) / 4 / ({{ kerfed }}) - wafer_diameter_mm / sqrt(2 * ({{ kerfed }}))
            )
    end
    / case
        when yield_model = 'none' or {{ die_mm2 }} = 0 then 1
        when yield_model = 'square_root' then exp(-sqrt({{ defects }}))
        when yield_model = 'murphy' then power((1 - exp(-({{ defects }}))) / ({{ defects }}), 2)
    end
)
{%- endmacro %}
