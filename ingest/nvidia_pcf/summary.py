"""The text of a summary to the rows of our table: the sentence of the result, then labels beside their numbers.

Only what stands side by side is a pair; what a chart draws, or prints apart from its labels, is not read.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from cradle.errors import ParseError

PRINTED, DERIVED = "read from the PDF", "derived from a percent read from the PDF"
HEADLINE = re.compile(
    r"for one (?:NVIDIA )?HGX (?P<name>\w+) [^.]{0,80}?base ?board is (?:about |approximately )?"
    r"(?P<number>\d[\d., ]*?) ?(?P<unit>[a-z]+) ?CO ?2",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"Summary for (?:the )?NVIDIA HGX (?P<name>\w+)(?: and (?:NVIDIA )?HGX (?P<second>\w+))?", re.IGNORECASE
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
DATE = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)}) (?:(?P<day>\d{{1,2}}), ?)?(?P<year>20\d\d)\b")
STAGES = {
    "materials_and_components": r"(?:raw )?materials? (?:and|&) components?",
    "assembly": r"(?:final |product )?assembly",
    "inbound_transport": r"(?:inbound |upstream )?transport(?:ation)?",
}
COMPONENTS = {
    "memory": r"memory",
    "integrated_circuits": r"integrated circuits(?: \(ICs\))?|ICs",
    "thermal_components": r"thermal components",
    "electromechanical": r"electro-?mechanical(?: components)?",
    "common_components": r"common components",
    "printed_circuit_boards": r"printed circuit boards(?: \(PCBs\))?|PCBs",
    "mechanical": r"mechanical(?: components)?",
    "interconnects": r"interconnects",
}
LABELS = "|".join(f"(?P<{name}>{words})" for name, words in (STAGES | COMPONENTS).items())
TOKEN = re.compile(
    # the digit of a footnote may follow a label
    rf"(?<![A-Za-z-])(?:{LABELS})(?![A-Za-z-])(?:\d(?![\d.,%]))?"
    r"|(?<![\d.,])(?P<share>\d+(?:[.,]\d+)?) ?%"
    r"|(?<![\d.,])(?P<mass>\d[\d.,]*) ?kg(?: ?CO ?2 ?(?:eq?)?)?",
    re.IGNORECASE,
)
BESIDE = re.compile(r"[\s:;,()\[\]|=~–—•-]*")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:(?P<mark>[, ])\d{3})(?:(?P=mark)\d{3})*(?:\.\d+)?")
PLAIN = re.compile(r"\d+(?:\.(?:\d{1,2}|\d{4,}))?")


@dataclass
class _Printed:
    """What is printed beside a label."""

    share: list[str] = field(default_factory=list)
    mass: list[str] = field(default_factory=list)


def rows_of(pages: list[str], where: str) -> list[dict[str, str | None]]:
    """Return one row for the total and one for each stage and component whose number stands beside its label.

    Raises ParseError where there is no sentence of the result, or two products, or a number in another unit or one
    that can be read in two ways.
    """
    texts = [_plain(page) for page in pages]
    at, found = _headline(texts, where)
    product = f"NVIDIA HGX {found['name']}"
    total = _number(found["number"].strip(), where)
    parts = _parts([texts[at][found.end() :], *texts[at + 1 :]])
    common = {"product": product, "unit": "kgCO2e/item", "published_on": _date(texts), "product_mass_kg": None}
    left_out = "" if parts else "; no share stands beside its label: the charts are not read"
    rows: list[dict[str, str | None]] = [
        common
        | {
            "level": "total",
            "name": "total",
            "value": str(total),
            "share_pct": None,
            "as_printed": found["number"].strip(),
        }
        | {"how_read": PRINTED, "confidence": "high", "locator": f"p. {at + 1}: sentence on one baseboard{left_out}"}
    ]
    for name, printed in parts.items():
        about = common | {
            "level": "stage" if name in STAGES else "component",
            "name": name,
            "confidence": "medium",
            "locator": f"p. {at + 1} and after: number beside its label",
        }
        rows += [about | cells for cells in _cells(printed, total, where)]
    return rows


def _plain(page: str) -> str:
    """One line: ligatures, indices and blanks in their plain form, words that a line broke joined."""
    text = unicodedata.normalize("NFKC", page).replace("\N{SOFT HYPHEN}", "")
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return re.sub(r"\s+", " ", text)


def _headline(texts: list[str], where: str) -> tuple[int, re.Match[str]]:
    found = [(at, match) for at, text in enumerate(texts) for match in HEADLINE.finditer(text)]
    names = {match["name"].upper() for _, match in found}
    titled = {name.upper() for text in texts for match in TITLE.finditer(text) for name in match.groups() if name}
    if not found:
        raise _unknown(
            "This PDF has not the sentence of a summary that is known",
            where,
            got=f"text that begins with '{' '.join(texts).strip()[:80]}'",
        )
    if len(names | titled) > 1:
        raise _unknown("The PDF tells of several products", where, got=", ".join(sorted(names | titled)))
    if len({match["number"] for _, match in found}) > 1:
        numbers = ", ".join(sorted({match["number"] for _, match in found}))
        raise _unknown("The PDF prints several results for one product", where, got=numbers)
    at, match = found[0]
    if match["unit"].lower() != "kg":
        raise _unknown("The result is in another unit", where, got=f"{match['number']} {match['unit']} CO2")
    return at, match


def _parts(texts: list[str]) -> dict[str, _Printed]:
    parts: dict[str, _Printed] = {}
    for text in texts:
        for run in _runs(text):
            for name, measures in _pairs(run):
                printed = parts.setdefault(name, _Printed())
                for kind, number in measures:
                    known = getattr(printed, kind)
                    if not any(_same(number, other) for other in known):
                        known.append(number)
    return parts


def _runs(text: str) -> list[list[re.Match[str]]]:
    """Labels and numbers with nothing but signs and blanks between them."""
    runs: list[list[re.Match[str]]] = []
    end = None
    for token in TOKEN.finditer(text):
        if end is None or not BESIDE.fullmatch(text, end, token.start()):
            runs.append([])
        runs[-1].append(token)
        end = token.end()
    return runs


def _pairs(run: list[re.Match[str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The labels of a run with their numbers, or nothing where it is not clear which number is whose."""
    if run[0].lastgroup in ("share", "mass"):
        run = run[::-1]  # the number stands before its label
    pairs: list[tuple[str, list[tuple[str, str]]]] = []
    for token in run:
        if token.lastgroup not in ("share", "mass"):
            pairs.append((token.lastgroup, []))
        elif not pairs:
            return []
        else:
            pairs[-1][1].append((token.lastgroup, token[token.lastgroup]))
    kinds = {tuple(sorted(kind for kind, _ in measures)) for _, measures in pairs}
    is_clear = len(kinds) == 1 and kinds <= {("share",), ("mass",), ("mass", "share")}
    return pairs if is_clear else []


def _same(one: str, other: str) -> bool:
    """Whether two prints of a number are one number, perhaps rounded to fewer digits."""
    if not (PLAIN.fullmatch(one) and PLAIN.fullmatch(other)):
        return one == other
    first, second = Decimal(one), Decimal(other)
    places = max(first.as_tuple().exponent, second.as_tuple().exponent)
    return all(
        number.quantize(Decimal(1).scaleb(places), ROUND_HALF_UP) == coarse
        for number, coarse in ((first, second), (second, first))
        if coarse.as_tuple().exponent == places
    )


def _cells(printed: _Printed, total: Decimal, where: str) -> list[dict[str, str | None]]:
    # two different numbers for one part are two rows: the contract rejects both
    if printed.mass:
        share = printed.share[0] if len(printed.share) == 1 else None
        return [
            {"value": str(_number(mass, where)), "share_pct": share, "as_printed": mass, "how_read": PRINTED}
            for mass in printed.mass
        ]
    return [
        {
            "value": _of_total(share, total),
            "share_pct": share,
            "as_printed": f"{share} %",
            "how_read": DERIVED,
        }
        for share in printed.share
    ]


def _of_total(share: str, total: Decimal) -> str | None:
    if not re.fullmatch(r"\d+(\.\d+)?", share):
        return None
    return str((Decimal(share) * total / 100).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _number(text: str, where: str) -> Decimal:
    if THOUSANDS.fullmatch(text):
        return Decimal(re.sub("[, ]", "", text))
    if PLAIN.fullmatch(text):
        return Decimal(text)
    raise _unknown("A number of the PDF can be read in two ways", where, got=f"'{text}'")


def _date(texts: list[str]) -> str | None:
    found = {match.groups() for text in texts for match in DATE.finditer(text)}
    if len(found) != 1:
        return None
    month, day, year = found.pop()
    return f"{year}-{MONTHS.index(month) + 1:02}" + (f"-{int(day):02}" if day else "")


def _unknown(what: str, where: str, got: str) -> ParseError:
    return ParseError(
        what,
        where=where,
        expected="NVIDIA's PCF summary of one product: 'for one HGX ... baseboard is 1,234 kg CO2e'",
        got=got,
        todo="give the PDF as NVIDIA published it; the numbers of H100 and B200 come without a PDF",
    )
