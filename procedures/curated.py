"""The product's own catalogue: the checked records of procedures/data as version records."""

import json
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils.translation import gettext as _

from onestop.agencies.refusals import Refusal
from procedures.channels import BY_NAME, Channel
from procedures.fees import FeeKind, FeeMoment
from procedures.models import Level, Need, OnlineLevel
from procedures.records import (
    FeeRecord,
    LimitRecord,
    PaperRecord,
    ResultRecord,
    VariantRecord,
    VersionRecord,
)
from procedures.shape import Fields, WrongShape

DATA = Path(__file__).resolve().parent / "data"


class BrokenCatalogue(Refusal):
    """Danh mục biên tập sai: a record of the product's own files cannot be read; nothing was loaded."""

    def __init__(self, *, file: str, procedure: str, problem: str) -> None:
        self.file = file
        self.procedure = procedure
        self.problem = problem
        super().__init__(
            _("Không nạp được %(file)s, thủ tục %(procedure)s: %(problem)s")
            % {"file": file, "procedure": procedure, "problem": problem}
        )


def curated_records(folder: Path = DATA) -> tuple[VersionRecord, ...]:
    """Every record of the folder's JSON files, in the order of the file names.

    Raises: BrokenCatalogue, also where one procedure stands in two places.
    """
    places: dict[str, str] = {}
    records = []
    for path in sorted(folder.glob("*.json")):
        for record in _records(path):
            identity = record.code or record.slug
            if identity in places:
                raise BrokenCatalogue(
                    file=path.name, procedure=identity, problem=_("đã có trong %s") % places[identity]
                )
            places[identity] = path.name
            records.append(record)
    return tuple(records)


def _records(path: Path) -> Iterator[VersionRecord]:
    procedure = "—"
    try:
        for item in json.loads(path.read_text(encoding="utf-8")):
            fields = Fields.of(item)
            procedure = fields.text("code") or fields.text("slug")
            yield curated_record(fields)
    except (UnicodeDecodeError, json.JSONDecodeError, WrongShape) as problem:
        raise BrokenCatalogue(file=path.name, procedure=procedure, problem=str(problem)) from problem


def curated_record(fields: Fields) -> VersionRecord:
    """Raises: WrongShape, naming the key."""
    variants = tuple(
        VariantRecord(child.some_text("key"), child.some_text("name"))
        for child in fields.children("variants")
    )
    keys = frozenset(variant.key for variant in variants)
    return VersionRecord(
        code=fields.text("code") or None,
        slug=fields.some_text("slug"),
        name=fields.some_text("name"),
        family=fields.text("family"),
        ministry=fields.text("ministry"),
        field=fields.text("field"),
        levels=(fields.one_of("level", Level),),
        competent_key=fields.text("competent") or None,
        applicants=fields.texts("applicants"),
        online_level=fields.one_of("online_level", OnlineLevel),
        conditions=fields.text("conditions"),
        legal_basis=fields.texts("legal_basis"),
        steps_text=fields.text("steps_text"),
        decision=fields.text("decision"),
        source=fields.text("source"),
        checks=fields.texts("checks"),
        valid_from=_day(fields, "valid_from"),
        valid_from_is_known=fields.flag("valid_from_is_known"),
        variants=variants,
        papers=tuple(_paper(child, keys) for child in fields.children("papers")),
        limits=tuple(_limit(child, keys) for child in fields.children("limits")),
        fees=tuple(_fee(child, keys) for child in fields.children("fees")),
        results=tuple(
            ResultRecord(child.some_text("name"), child.text("code")) for child in fields.children("results")
        ),
    )


def _paper(fields: Fields, keys: frozenset[str]) -> PaperRecord:
    variants = fields.texts("variants")
    if not keys.issuperset(variants):
        raise WrongShape(fields.at("variants"), "trường hợp không có trong thủ tục")
    return PaperRecord(
        name=fields.some_text("name"),
        originals=fields.whole("originals"),
        copies=fields.whole("copies"),
        need=_need(fields),
        condition=fields.text("condition"),
        template=fields.text("template"),
        group=fields.text("group"),
        variants=variants,
    )


def _need(fields: Fields) -> Need:
    if fields.values.get("required") == Need.CONDITIONAL.value:
        return Need.CONDITIONAL
    return Need.REQUIRED if fields.flag("required") else Need.OPTIONAL


def _limit(fields: Fields, keys: frozenset[str]) -> LimitRecord:
    cut_off = fields.text("cut_off")
    try:
        amount = Decimal(fields.text("amount")) if fields.text("amount") else None
        hour = time.fromisoformat(cut_off) if cut_off else None
    except (InvalidOperation, ValueError) as problem:
        raise WrongShape(fields.path, "amount phải là số, cut_off phải là giờ") from problem
    return LimitRecord(
        channel=_channel(fields),
        variant=_variant(fields, keys),
        amount=amount,
        unit=fields.text("unit"),
        counting=fields.text("counting"),
        cut_off=hour,
        note=fields.text("note"),
    )


def _fee(fields: Fields, keys: frozenset[str]) -> FeeRecord:
    kind = fields.one_of("kind", FeeKind)
    return FeeRecord(
        name=fields.some_text("name"),
        kind=kind,
        channel=_channel(fields),
        variant=_variant(fields, keys),
        # "Free" is said by the kind alone.
        amount_vnd=None if kind is FeeKind.FREE else fields.whole("amount_vnd"),
        tier_ends=fields.wholes("tier_ends"),
        tier_prices=fields.wholes("tier_prices"),
        cap_vnd=fields.whole("cap_vnd"),
        unit=fields.text("unit"),
        text=fields.text("text"),
        moment=fields.one_of("moment", FeeMoment) if fields.text("moment") else None,
    )


def _channel(fields: Fields) -> Channel | None:
    name = fields.text("channel")
    if name and name not in BY_NAME:
        raise WrongShape(fields.at("channel"), "phải là direct, online hoặc post")
    return BY_NAME[name] if name else None


def _variant(fields: Fields, keys: frozenset[str]) -> str | None:
    key = fields.text("variant")
    if key and key not in keys:
        raise WrongShape(fields.at("variant"), "trường hợp không có trong thủ tục")
    return key or None


def _day(fields: Fields, key: str) -> date | None:
    text = fields.text(key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise WrongShape(fields.at(key), "phải là ngày YYYY-MM-DD") from problem
