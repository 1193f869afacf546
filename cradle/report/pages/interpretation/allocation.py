"""One shared thing divided by several methods."""

from collections.abc import Iterator

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Row, Section
from cradle.report.pages.interpretation.wording import called
from cradle.report.quantities import written


def page(marts: Marts) -> Page:
    """Each pool, its parts by method."""
    return Page(
        "allocation",
        "Who gets which part of what is shared?",
        "Interpretation",
        "A cluster, a host or a network serves many uses; which part belongs to which is a choice. The parts of each"
        " method add up to the whole, fit methods stand side by side, and capacity that nobody uses is a part of its"
        " own (own part) before it is spread over the users (spread).",
        list(_pools(marts)),
        short="Allocation",
    )


def _pools(marts: Marts) -> Iterator[Section]:
    rows = marts.rows(
        """
        select pool_id, recipient, allocation_method, idle_treatment, share, value, pool_value, unit, is_idle_known,
            key_quantity, key_unit, key_kinds, share_lowest, share_highest, highest_by_lowest, scenario_id,
            completeness, pools.title, pools.note, licence_set, compared_licence_set
        from marts.allocated_impacts
        left join (select pool_id, title, note from seeds.allocation_pools) as pools using (pool_id)
        where impact_category = 'GWP' and electricity_view = 'location'
        order by pool_id, recipient = 'idle', recipient, share, allocation_method, idle_treatment
        """
    )
    for pool in dict.fromkeys(row["pool_id"] for row in rows):
        yield _section(pool, [row for row in rows if row["pool_id"] == pool])


def _section(pool: str, rows: list[Row]) -> Section:
    drawn = [
        {
            "part": called(row["recipient"]),
            "method": f"{row['allocation_method']}, {row['idle_treatment']}".replace("_", " "),
            "percent": 100 * row["share"],
        }
        for row in rows
    ]
    spread = [row for row in rows if row["share_highest"]]
    of = "" if rows[0]["completeness"] == "complete" else " of the modelled part"
    text = "".join(f"{said}. " for said in (rows[0]["title"], rows[0]["note"]) if said)
    text += f"{written(rows[0]['pool_value'])} {rows[0]['unit']}{of} to divide ({rows[0]['scenario_id']})."
    if spread:
        widest = max(spread, key=lambda row: (_times(row), row["recipient"]))
        text += (
            f" The methods differ most for {called(widest['recipient'])}: {100 * widest['share_lowest']:.3g} to"
            f" {100 * widest['share_highest']:.3g} % with idle capacity treated alike."
        )
    silent = sorted({row["allocation_method"].replace("_", " ") for row in rows if not row["is_idle_known"]})
    if silent:
        text += (
            f" By {', '.join(silent)} no capacity is stated: idle is inside the parts of the users, and is not nothing."
        )
    return Section(
        pool,
        called(pool),
        text,
        [{name: cell for name, cell in row.items() if name not in ("title", "note")} for row in rows],
        "marts.allocated_impacts, GWP, location view",
        charts.strips(drawn, "part", "method", "percent", "per cent of the whole", log=False),
        "Strips by recipient; under each the part by every method. The grey band spans all of them.",
    )


def _times(row: Row) -> float:
    """How many times the lowest part is the highest; nothing by one method and something by another is the most."""
    return row["share_highest"] / row["share_lowest"] if row["share_lowest"] else float("inf")
