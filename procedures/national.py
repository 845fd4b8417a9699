"""A record of the national database of procedures as a version record, with what could not be taken whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from procedures.channels import BY_NAME, Channel
from procedures.fees import FeeKind
from procedures.models import Level, OnlineLevel
from procedures.national_fees import NAME, fees_of
from procedures.national_limits import limits_of
from procedures.national_papers import papers_of
from procedures.records import FeeRecord, LimitRecord, ResultRecord, VersionRecord
from procedures.shape import Fields
from procedures.shortfalls import Reason, Shortfall
from procedures.words import plain

CODE = re.compile(r"[0-9]\.[0-9]{6}")
RESULT_CODE = re.compile(r"KQ\.[A-Z][0-9]{2}\.[0-9]{6}")
LEVELS = {
    "Cấp bộ": Level.MINISTRY,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp huyện": Level.DISTRICT,
    "Cấp xã": Level.COMMUNE,
    "Cơ quan khác": Level.OTHER,
}
NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
LONGEST_SLUG = 100


class WrongCode(ValueError):
    """Mã thủ tục sai dạng."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Taken:
    """Bản ghi đã đọc and what of it could not be taken whole, each part and reason once."""

    record: VersionRecord
    shortfalls: tuple[Shortfall, ...]


Methods = Sequence[tuple[Channel, Fields]]


def national_record(fields: Fields) -> Taken:
    """Raises: WrongCode, WrongShape (naming the key)."""
    code, name = fields.text("code"), fields.some_text("name")
    if not CODE.fullmatch(code):
        raise WrongCode(code)
    levels, of_levels = _levels(fields)
    methods, of_methods = _methods(fields)
    limits, of_limits = limits_of(methods)
    fees, of_fees = fees_of(methods)
    papers = papers_of(fields)
    results, of_results = _results(fields)
    record = VersionRecord(
        code=code,
        slug=_slug(name, code),
        name=name,
        levels=levels,
        ministry=fields.text("ministry"),
        field=fields.text("field"),
        competent_text=fields.text("competent_authority"),
        executing=fields.texts("executing_agencies"),
        applicants=fields.texts("applicants"),
        online_level=_online_level(methods),
        conditions=fields.text("conditions"),
        legal_basis=fields.texts("legal_codes"),
        steps_text=_steps_text(fields),
        paper_notes=papers.notes,
        decision=fields.text("decision"),
        source=fields.text("source_url"),
        papers=papers.papers,
        limits=limits or _no_limit(fields),
        fees=fees or _no_fee(fields),
        results=results,
    )
    found = (*of_levels, *of_methods, *of_limits, *of_fees, *papers.shortfalls, *of_results)
    shortfalls = _each_once((*found, *_missing(record, fields)))
    # Whoever edits the procedure later sees what its source leaves open.
    checks = tuple(f"{shortfall.part}: {shortfall.sentence}" for shortfall in shortfalls)
    return Taken(replace(record, checks=checks), shortfalls)


def _each_once(shortfalls: tuple[Shortfall, ...]) -> tuple[Shortfall, ...]:
    first: dict[tuple[str, Reason], Shortfall] = {}
    for shortfall in shortfalls:
        first.setdefault((shortfall.part, shortfall.reason), shortfall)
    return tuple(first.values())


def _slug(name: str, code: str) -> str:
    words = NOT_IN_SLUG.sub("-", plain(name))[:LONGEST_SLUG].strip("-")
    return f"{words}-{code.replace('.', '-')}"


def _levels(fields: Fields) -> tuple[tuple[Level, ...], list[Shortfall]]:
    printed = fields.texts("levels")
    levels = tuple(dict.fromkeys(LEVELS[text] for text in printed if text in LEVELS))
    shortfalls = [Shortfall("levels", Reason.LEVEL_UNKNOWN, text) for text in printed if text not in LEVELS]
    if not printed:
        shortfalls.append(Shortfall("levels", Reason.LEVEL_UNKNOWN))
    if levels == (Level.DISTRICT,):
        shortfalls.append(Shortfall("levels", Reason.LEVEL_CLOSED, "Cấp huyện"))
    return levels, shortfalls


def _methods(fields: Fields) -> tuple[Methods, list[Shortfall]]:
    methods, shortfalls = [], []
    for method in fields.children("methods"):
        name = method.text("channel")
        if name in BY_NAME:
            methods.append((BY_NAME[name], method))
        else:
            shortfalls.append(Shortfall("methods", Reason.CHANNEL_UNKNOWN, name))
    return methods, shortfalls


def _online_level(methods: Methods) -> OnlineLevel:
    """The export says only whether files may come online, not how far it goes."""
    if not methods or any(channel is Channel.ONLINE for channel, _method in methods):
        return OnlineLevel.UNKNOWN
    return OnlineLevel.NONE


def _results(fields: Fields) -> tuple[tuple[ResultRecord, ...], list[Shortfall]]:
    results, shortfalls = [], []
    for result in fields.children("results"):
        code = result.text("code")
        if code and not RESULT_CODE.fullmatch(code):
            shortfalls.append(Shortfall("results", Reason.RESULT_CODE_SHAPE, code))
            code = ""
        results.append(ResultRecord(result.some_text("name"), code))
    return tuple(results), shortfalls


def _steps_text(fields: Fields) -> str:
    parts = (
        fields.text("steps_text"),
        _labelled("Địa chỉ tiếp nhận hồ sơ", fields.text("receiving_address")),
        _labelled("Cơ quan phối hợp", fields.text("coordinating")),
    )
    return "\n\n".join(part for part in parts if part)


def _labelled(label: str, text: str) -> str:
    return f"{label}: {text}" if text else ""


def _no_limit(fields: Fields) -> tuple[LimitRecord, ...]:
    return (LimitRecord(channel=None, note=fields.text("methods_text")),)


def _no_fee(fields: Fields) -> tuple[FeeRecord, ...]:
    return (FeeRecord(NAME, FeeKind.UNKNOWN, None, text=fields.text("methods_text")),)


def _missing(record: VersionRecord, fields: Fields) -> list[Shortfall]:
    absent = {
        "methods": not fields.listed("methods"),
        "papers": not record.papers,
        "results": not record.results,
        "result_codes": any(not result.code for result in record.results),
        "legal_basis": not record.legal_basis,
        "competent": not (record.competent_text or record.executing),
        "steps": not fields.text("steps_text"),
    }
    return [Shortfall(part, Reason.MISSING) for part, is_absent in absent.items() if is_absent]
