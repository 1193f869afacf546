{# French text whose UTF-8 bytes were once read as cp1252 ('DonnÃ©es'), repaired ('Données').
   Use it on columns known to be damaged, never on a whole table: a sound text may hold these signs. #}
{% macro repair_mojibake(x) -%}
{%- set letters = {
    "\u00c3\u00a9": "é", "\u00c3\u00a8": "è", "\u00c3\u00aa": "ê", "\u00c3\u00ab": "ë", "\u00c3\u00a0": "à",
    "\u00c3\u00a2": "â", "\u00c3\u00a7": "ç", "\u00c3\u00ae": "î", "\u00c3\u00af": "ï", "\u00c3\u00b4": "ô",
    "\u00c3\u00b9": "ù", "\u00c3\u00bb": "û", "\u00c3\u2030": "É", "\u00c3\u02c6": "È", "\u00c3\u20ac": "À",
    "\u00c3\u2021": "Ç", "\u00c5\u201c": "œ", "\u00e2\u20ac\u2122": "’",
} -%}
{%- set expression = namespace(sql=x) -%}
{%- for damaged, sound in letters.items() -%}
{%- set expression.sql = "replace(" ~ expression.sql ~ ", '" ~ damaged ~ "', '" ~ sound ~ "')" -%}
{%- endfor -%}
{{ expression.sql }}
{%- endmacro %}
