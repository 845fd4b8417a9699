"""Every curated procedure has a route: sound, within the law's time, at places that exist."""

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from workflows.soundness import StepFact, faults, longest_minutes
from workflows.states import StepKind

ROOT = Path(__file__).resolve().parents[2]
Record = dict[str, object]
DAY = 8 * 60
MINUTES = {"working_day": DAY, "working_hour": 60}
UNITS = {"unit:kt", "unit:vhxh", "unit:vpub"}


def _json(path: str) -> list[Record]:
    found: list[Record] = json.loads((ROOT / path).read_text(encoding="utf-8"))
    return found


ROUTES = _json("workflows/data/routes.json")
PATTERNS = _json("workflows/data/route_patterns.json")
PROCEDURES: dict[str, Record] = {
    str(record["code"] or record["slug"]): record
    for path in sorted((ROOT / "procedures" / "data").glob("*.json"))
    for record in json.loads(path.read_text(encoding="utf-8"))
}


def _name(route: Record) -> str:
    return str(route.get("pattern") or f"{route['procedure']} {route['variant'] or ''}".strip())


OWN = [pytest.param(route, id=_name(route)) for route in ROUTES]
SHARED = [pytest.param(pattern, id=_name(pattern)) for pattern in PATTERNS]


def _rows(record: Record, part: str) -> list[Record]:
    rows = record[part]
    assert isinstance(rows, list)
    return rows


def _minutes(step: Record) -> int | None:
    if step.get("amount") is None:
        return None
    minutes = Decimal(str(step["amount"])) * MINUTES[str(step["unit"])]
    assert minutes == int(minutes)
    return int(minutes)


def _facts(route: Record) -> list[StepFact]:
    return [
        StepFact(
            key=str(step["key"]),
            stage=int(str(step["stage"])),
            kind=StepKind(str(step["kind"])),
            minutes=_minutes(step),
            conditional=bool(step["when"]),
            return_to=str(step["return_to"] or ""),
        )
        for step in _rows(route, "steps")
    ]


def _legal_minutes(limit: Record) -> int | None:
    """Working minutes that the law leaves: the same day is one day, seven calendar days hold five."""
    if limit["amount"] is None:
        return None
    amount = Decimal(str(limit["amount"]))
    match limit["unit"]:
        case "working_day":
            return int(max(amount, Decimal(1)) * DAY)
        case "working_hour":
            return int(amount * 60)
        case "calendar_day":
            return int(amount * 5 // 7 * DAY)
        case _:
            return None


def _limits_of(route: Record) -> Iterator[int]:
    """The limits a route must keep: of its own variant, or of all variants without a route of their own."""
    own = {other["variant"] for other in ROUTES if other["procedure"] == route["procedure"]} - {None}
    for limit in _rows(PROCEDURES[str(route["procedure"])], "limits"):
        meant = (
            limit["variant"] in (route["variant"], None) if route["variant"] else limit["variant"] not in own
        )
        minutes = _legal_minutes(limit)
        if meant and minutes is not None:
            yield minutes


def _fits(pattern: Record, procedure: Record) -> bool:
    applies = pattern["applies"]
    assert isinstance(applies, dict)
    return (
        applies.get("level") in (None, procedure["level"])
        and applies.get("competent") in (None, procedure["competent"])
        and ("families" not in applies or procedure["family"] in applies["families"])
        and ("codes" not in applies or procedure["code"] in applies["codes"])
    )


def test_every_curated_procedure_has_a_route() -> None:
    whole = {route["procedure"] for route in ROUTES if route["variant"] is None}
    for code, procedure in PROCEDURES.items():
        assert code in whole or any(_fits(pattern, procedure) for pattern in PATTERNS), code


def test_the_last_pattern_takes_whatever_no_other_takes() -> None:
    assert PATTERNS[-1]["applies"] == {"level": None}


def test_every_pattern_is_the_first_that_fits_some_procedure() -> None:
    own = {route["procedure"] for route in ROUTES}
    used = {
        next(str(pattern["pattern"]) for pattern in PATTERNS if _fits(pattern, procedure))
        for code, procedure in PROCEDURES.items()
        if code not in own
    }
    assert used == {pattern["pattern"] for pattern in PATTERNS}


def test_no_two_routes_are_for_one_procedure_and_variant() -> None:
    meant = [(route["procedure"], route["variant"]) for route in ROUTES]
    assert len(set(meant)) == len(meant)


@pytest.mark.parametrize("route", OWN)
def test_a_route_is_for_a_procedure_and_variant_that_exist(route: Record) -> None:
    procedure = PROCEDURES[str(route["procedure"])]
    keys = {variant["key"] for variant in _rows(procedure, "variants")}
    assert route["variant"] is None or route["variant"] in keys
    assert route["source"]


@pytest.mark.parametrize("route", OWN)
def test_a_route_is_sound_and_its_steps_keep_the_legal_limit(route: Record) -> None:
    found = faults(_facts(route), legal_minutes=min(_limits_of(route), default=None))
    assert found == ()


@pytest.mark.parametrize("pattern", SHARED)
def test_a_pattern_is_sound_and_its_shares_keep_within_the_limit(pattern: Record) -> None:
    assert faults(_facts(pattern), legal_minutes=None) == ()
    longest: dict[object, Decimal] = {}
    for step in _rows(pattern, "steps"):
        share = Decimal(str(step["share"]))
        assert share > 0 or step["kind"] == "return"
        longest[step["stage"]] = max(longest.get(step["stage"], Decimal(0)), share)
    assert Decimal("0.8") < sum(longest.values()) <= 1
    assert pattern["source"] == "constructed"


@pytest.mark.parametrize("route", [*OWN, *SHARED])
def test_steps_are_done_at_places_that_exist(route: Record) -> None:
    with (ROOT / "onestop" / "agencies" / "data" / "provincial.csv").open(encoding="utf-8") as lines:
        keys = {f"key:{row['key']}" for row in csv.DictReader(lines)}
    for step in _rows(route, "steps"):
        assert step["place"] in {"receiving", "competent", "kind:commune_police"} | UNITS | keys
        assert step["role"] in {"clerk", "officer", "head"}
        assert (step["kind"] in {"receive", "return"}) == (step["place"] == "receiving")
        assert (step["kind"] == "approve") <= (step["role"] == "head")


def _named(code: str, variant: str | None = None) -> Record:
    return next(r for r in ROUTES if (r["procedure"], r["variant"]) == (code, variant))


def _stages(route: Record) -> list[set[object]]:
    numbers = sorted({int(str(step["stage"])) for step in _rows(route, "steps")})
    return [{s["place"] for s in _rows(route, "steps") if s["stage"] == number} for number in numbers]


def test_an_extract_goes_counter_office_chairman_counter_well_within_a_day() -> None:
    route = _named("2.000635")
    assert _stages(route) == [{"receiving"}, {"unit:vpub"}, {"competent"}, {"receiving"}]
    assert longest_minutes(_facts(route)) == 105


@pytest.mark.parametrize("variant", [None, "cong-trinh-nha-o-rieng-le"])
def test_a_building_permit_asks_two_agencies_side_by_side_for_two_working_days(variant: str | None) -> None:
    """Source: Nghị định 217/2026: consulted agencies answer within 2 working days (domain 10.6)."""
    opinions = [s for s in _rows(_named("1.013225", variant), "steps") if s["kind"] == "opinion"]
    assert {s["place"] for s in opinions} == {"key:cong-an-tinh", "key:so-van-hoa-the-thao-va-du-lich"}
    assert {(s["stage"], s["amount"], s["unit"]) for s in opinions} == {(3, "2", "working_day")}


def test_examination_and_opinions_on_a_house_end_within_the_three_days_the_decree_gives() -> None:
    """Source: Nghị định 217/2026: examine, see the site and consult in 3 working days, 5 for other works."""
    for variant, days in ((None, 5), ("cong-trinh-nha-o-rieng-le", 3)):
        steps = [
            s for s in _rows(_named("1.013225", variant), "steps") if s["kind"] in ("examine", "opinion")
        ]
        facts = _facts({"steps": steps})
        assert longest_minutes(facts) <= days * DAY


def test_a_household_business_goes_through_the_commune_unit_for_economy() -> None:
    """Source: NĐ 168/2025, three working days (domain 10.3)."""
    assert _stages(_named("1.001612")) == [{"receiving"}, {"unit:kt"}, {"competent"}, {"receiving"}]


@pytest.mark.parametrize(("code", "hours"), [("1.014336", 80), ("1.014359", 96)])
def test_the_internal_processes_of_the_province_keep_their_hours(code: str, hours: int) -> None:
    """Source: QĐ 3857, 3854, 3760/QĐ-UBND Nghệ An (domain-verified 9.5)."""
    assert longest_minutes(_facts(_named(code))) == hours * 60


def test_a_copy_from_the_original_register_takes_the_hours_of_the_communes_process() -> None:
    """Source: domain 9, 02 + 03 + 02 + 01 hours to receive, examine, sign and issue."""
    amounts = [step["amount"] for step in _rows(_named("2.000908"), "steps")]
    assert amounts == ["2", "3", "2", "1", "0"]
