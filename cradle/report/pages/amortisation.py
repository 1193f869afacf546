"""Training spread over the requests that it serves, and changes that pay back what they cost to make."""

from cradle.report import charts
from cradle.report.ask import Marts
from cradle.report.page import Page, Panel, Row, Section
from cradle.report.quantities import spelled

_RATES = {"1/s": "#0072B2", "8/s": "#D55E00", "batched": "#000000"}
_PICTURE = "a picture"
_GRAMS = 1000.0  # of the kg that the mart is in


def page(marts: Marts) -> Page:
    """The page of amortised training and of payback."""
    return Page(
        "amortisation",
        "Amortised training and payback",
        "Interpretation",
        "When does use outweigh training, and when does new hardware save what it took to make?",
        [*_amortised(marts), _pictures(marts), _payback(marts)],
        short="Amortisation and payback",
    )


def _amortised(marts: Marts) -> list[Section]:
    curves = marts.rows(
        """
        select amortisation_id, titles.title, request_rate_per_s, lifetime_inferences, total_cost, operational_cost,
            embodied_cost, fixed_cost_share, unit, per_unit, completeness, terms_missing, licence_set
        from marts.amortisation
        inner join (select amortisation_id, title from seeds.amortisations) as titles using (amortisation_id)
        where alternative = 'by_inferences' and impact_category = 'GWP' and electricity_view = 'location'
            and total_cost is not null and per_unit = 'request'
        order by amortisation_id, lifetime_inferences
        """
    )
    evens = marts.rows(
        """
        select amortisation_id, titles.title, request_rate_per_s, marginal_cost, fixed_cost, break_even_inferences,
            near_asymptote_inferences, volume_per_year, break_even_years, unit, per_unit, completeness, terms_missing,
            cost_notes, licence_set
        from marts.amortisation_break_even
        inner join (select amortisation_id, title from seeds.amortisations) as titles using (amortisation_id)
        where alternative = 'by_inferences' and impact_category = 'GWP' and electricity_view = 'location'
            and per_unit = 'request'
        order by amortisation_id
        """
    )
    return [falling_cost(curves, evens), break_even(evens)]


def model_and_rate(title: str, rate: float | None) -> tuple[str, str]:
    """The model of an amortisation by its title, and the name of its request rate."""
    return title.split(" at ")[0].split(",")[0], "batched" if rate is None else f"{rate:g}/s"


def _of_own(rows: list[Row]) -> list[Row]:
    """Each model once: the amortisation of our own where there is one beside that as printed."""
    own = {row["amortisation_id"] for row in rows if not row["amortisation_id"].endswith("_as_printed")}
    kept = [
        row
        for row in rows
        if row["amortisation_id"] in own or row["amortisation_id"].removesuffix("_as_printed") not in own
    ]
    named = []
    for row in kept:
        model, rate = model_and_rate(row["title"], row["request_rate_per_s"])
        named.append({**row, "model": model, "rate": rate})
    return named


def falling_cost(curves: list[Row], evens: list[Row]) -> Section:
    """A small chart a model: cost of a request against the requests of a lifetime, the break-even marked."""
    lines = [
        {**row, "requests": row["lifetime_inferences"], "grams": row["total_cost"] * _GRAMS} for row in _of_own(curves)
    ]
    marks = [
        # at the break-even what was spent before use costs a request as much as its use
        {**row, "requests": row["break_even_inferences"], "grams": 2 * row["marginal_cost"] * _GRAMS}
        for row in _of_own(evens)
        if row["break_even_inferences"] is not None
    ]
    panels = [
        Panel(
            model,
            charts.curves(
                [row for row in lines if row["model"] == model],
                [row for row in marks if row["model"] == model],
                "requests",
                "grams",
                "rate",
                "requests in the lifetime of the model",
                "gCO2e a request",
                (1e6, 1e14),
                (1e-4, 1e3),
                _RATES,
            ),
        )
        for model in dict.fromkeys(row["model"] for row in lines)
    ]
    return Section(
        "amortisation",
        "Cost of a request against the requests of a lifetime",
        "The climate impact of training and experiments is spread over the requests served: each curve falls to the"
        " impact of a request alone. A diamond marks the break-even, where half of a request's impact is of what"
        " was spent before it: the training, and the experiments where a record has them. The lines are the rates of"
        " the measured requests: one a second (1/s), eight a second (8/s), or batched as fast as they come. All charts"
        " have the same axes. Where a model has no own record of its trainings, that of the print is used.",
        curves,
        "marts.amortisation (position paper arXiv 2606.07632, equations for C_FU) and marts.amortisation_break_even",
        alt="One small chart a model: three falling lines, named at their ends, with a diamond at the break-even, on"
        " logarithmic axes.",
        panels=panels,
    )


def break_even(evens: list[Row]) -> Section:
    """Points by model: the requests at which use outweighs what was spent before it."""
    named = _of_own(evens)
    points = [row for row in named if row["break_even_inferences"] is not None]
    latest: dict[str, float] = {}
    for row in points:
        latest[row["model"]] = max(latest.get(row["model"], 0.0), row["break_even_inferences"])
    points.sort(key=lambda row: (-latest[row["model"]], row["model"]))
    return Section(
        "break_even",
        "Requests until use outweighs training",
        "The break-even of each model in billions of requests. The more requests run at once, the less each takes and"
        " the later its use outweighs the training. Break even years in the table is the time at the measured rate,"
        f" day and night, on one instance of the measured server.{_what_counts(points)}{_noted(points)}",
        evens,
        "marts.amortisation_break_even, GWP, location view",
        charts.points(
            [{**row, "billions": row["break_even_inferences"] / 1e9} for row in points],
            "billions",
            "model",
            "rate",
            "billions of requests until use equals what was spent before it",
            _RATES,
        ),
        "Three points by model, shaped by request rate, on a logarithmic axis.",
    )


def _what_counts(points: list[Row]) -> str:
    """Which models have their experiments in the break-even: with and without do not compare."""
    without = {row["model"] for row in points if "experimentation operational" in (row["terms_missing"] or "")}
    including = sorted({row["model"] for row in points} - without)
    if not without:
        return ""
    if not including:
        return " No record has the experiments before the training: each break-even leaves them out."
    return (
        f" That of {', '.join(including)} counts the experiments before the training too; for the rest no experiments"
        " are printed, so that theirs would come later: the two kinds do not compare."
    )


def _noted(points: list[Row]) -> str:
    """What the records say of their costs, each note with its models: an upper bound is no finding of one model."""
    models: dict[str, list[str]] = {}
    for row in points:
        for note in (row["cost_notes"] or "").split("; "):
            if note and row["model"] not in models.setdefault(note, []):
                models[note].append(row["model"])
    return "".join(f" {', '.join(sorted(of))}: {note}." for note, of in sorted(models.items()))


def _pictures(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select amortisation_id, lifetime_inferences, total_cost, operational_cost, embodied_cost, fixed_cost_share,
            unit, per_unit, completeness, terms_missing, licence_set
        from marts.amortisation
        where alternative = 'by_inferences' and impact_category = 'GWP' and electricity_view = 'location'
            and total_cost is not null and per_unit = 'image'
        order by amortisation_id, lifetime_inferences
        """
    )
    evens = marts.rows(
        """
        select amortisation_id, marginal_cost, break_even_inferences, break_even_years, volume_per_year
        from marts.amortisation_break_even
        where alternative = 'by_inferences' and impact_category = 'GWP' and electricity_view = 'location'
            and per_unit = 'image' and break_even_inferences is not null
        order by amortisation_id
        """
    )
    return pictures(rows, evens)


def pictures(rows: list[Row], evens: list[Row]) -> Section:
    """The same for a service of pictures: its range of numbers is another, so it has a chart of its own."""
    lines = [
        {"service": _PICTURE, "pictures": row["lifetime_inferences"], "grams": row["total_cost"] * _GRAMS}
        for row in rows
    ]
    marks = [
        {"service": _PICTURE, "pictures": row["break_even_inferences"], "grams": 2 * row["marginal_cost"] * _GRAMS}
        for row in evens
    ]
    when = "; ".join(
        f"{row['break_even_inferences'] / 1e6:.3g} million pictures, {row['break_even_years']:.2g} years of the service"
        for row in evens
    )
    return Section(
        "pictures",
        "Cost of a picture against the pictures of a lifetime",
        f"The same for the image service of Berthelot et al. 2025, from open factors. Break-even: {when or 'none'}.",
        rows,
        "marts.amortisation and marts.amortisation_break_even, GWP, location view",
        charts.curves(
            lines,
            marks,
            "pictures",
            "grams",
            "service",
            "pictures in the lifetime of the model",
            "gCO2e a picture",
            (1e6, 1e14),
            (0.1, 1e3),
            {_PICTURE: "#0072B2"},
        ),
        "A line that falls with the number of pictures, with a diamond at the break-even, on logarithmic axes.",
    )


def _payback(marts: Marts) -> Section:
    rows = marts.rows(
        """
        select payback_id, question, impact_category, outcome, outcome_reason, payback_years, payback_uses, making,
            saving_per_use, saving_per_year, volume_per_year, unit, hardware_lifetime_years, is_paid_back_in_life,
            electricity_saved_per_use_kwh, electricity_intensity, break_even_intensity, old_scenario_id,
            new_scenario_id, note, licence_set
        from marts.payback
        where electricity_view = 'location'
        order by payback_id, impact_category
        """
    )
    return payback(rows)


_OUTCOMES = {
    "never_pays_back": "never: each use costs more",
    "pays_back_at_once": "at once: nothing is made",
    "not_modelled": "not modelled",
}


def payback(rows: list[Row]) -> Section:
    """Years until each change has saved what it took to make, beside the life of the hardware; words for never."""
    bars = []
    for row in (row for row in rows if row["impact_category"] == "GWP"):
        name = spelled(row["payback_id"])
        years = row["payback_years"] if row["outcome"] == "pays_back" else None
        text = f"{years:.2g} years" if years is not None else _OUTCOMES.get(row["outcome"], row["outcome"])
        if row["outcome"] == "pays_back" and years is None:
            text = "pays back; no volume of a year is stated"
        bars.append({"name": name, "kind": "until paid back", "value": years, "label": text})
        life = row["hardware_lifetime_years"]
        life_text = "life not stated" if life is None else f"{life:g} years"
        bars.append({"name": name, "kind": "life of the hardware", "value": life, "label": life_text})
    others = sorted({row["impact_category"] for row in rows if row["outcome"] not in ("not_modelled",)} - {"GWP"})
    return Section(
        "payback",
        "Years until a change pays back",
        "New hardware costs something to make and saves something in each use. Bars: the years until the saving in"
        " climate impact equals the making, beside the years that the hardware is in use. The table has the terms: what"
        " is made, what a use saves, the uses of a year, and the electricity intensity at which it would just pay back"
        f" in its life. Other categories with an outcome: {', '.join(others) or 'none'}; the rest is not modelled.",
        rows,
        "marts.payback, location view",
        charts.beside(
            bars,
            "value",
            "name",
            "kind",
            "label",
            "years",
            {"until paid back": "#0072B2", "life of the hardware": "#c9d1d9"},
        ),
        "Two bars by change: years until it is paid back, and the life of the hardware; words where it never pays back,"
        " does so at once, or is not modelled.",
        facts=[
            (spelled(row["payback_id"]), f"{row['question']}{_period(row['note'])}")
            for row in rows
            if row["impact_category"] == "GWP"
        ],
    )


def _period(note: str | None) -> str:
    return f" {note}." if note else ""
