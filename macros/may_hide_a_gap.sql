{# Whether a long time since the sample before is a gap. A delta is all that came since then, however long ago that is, and a mean over
   an interval that it states holds for that; a power at a moment, a mean of an interval that nobody states, and a counter leave open
   what came between. #}
{% macro may_hide_a_gap(quantity_kind, interval_s) -%}
({{ quantity_kind }} in ('gauge', 'counter') or ({{ quantity_kind }} = 'interval_mean' and {{ interval_s }} is null))
{%- endmacro %}
