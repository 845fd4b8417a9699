"""A version as a file tells it, before it is stored: what the loaders make and the store takes."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, time
from decimal import Decimal

from procedures.channels import Channel
from procedures.fees import FeeKind, FeeMoment
from procedures.models import BoundaryFree, Level, Need, OnlineLevel

# Nearest to the citizen first: the level by which a procedure with several is known.
LEVEL_ORDER = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.MINISTRY, Level.OTHER)

# Where no source tells the first day of a procedure: the start of two-level local government, since when the
# communes and their counters exist; `valid_from_is_known` is False then.
FIRST_DAY = date(2025, 7, 1)


@dataclass(frozen=True)
class VariantRecord:
    key: str
    name: str


@dataclass(frozen=True)
class PaperRecord:
    """Giấy tờ; `variants` empty = for all."""

    name: str
    originals: int | None
    copies: int | None
    need: Need = Need.REQUIRED
    condition: str = ""
    template: str = ""
    group: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class LimitRecord:
    """Thời hạn; `unit` and `counting` are values of onestop.working_days."""

    channel: Channel | None
    variant: str | None = None
    amount: Decimal | None = None
    unit: str = ""
    counting: str = ""
    cut_off: time | None = None
    note: str = ""


@dataclass(frozen=True)
class FeeRecord:
    name: str
    kind: FeeKind
    channel: Channel | None
    variant: str | None = None
    amount_vnd: int | None = None
    tier_ends: tuple[int, ...] = ()
    tier_prices: tuple[int, ...] = ()
    cap_vnd: int | None = None
    unit: str = ""
    text: str = ""
    moment: FeeMoment | None = None


@dataclass(frozen=True)
class ResultRecord:
    name: str
    code: str = ""


@dataclass(frozen=True)
class BoundaryFreeRecord:
    """Quyết định tiếp nhận phi địa giới."""

    scope: BoundaryFree
    decision: str
    begins: date | None


@dataclass(frozen=True)
class VersionRecord:
    """Một thủ tục as one record of a file; `valid_from` None = the day the whole file is loaded for."""

    code: str | None
    slug: str
    name: str
    levels: tuple[Level, ...]
    family: str = ""
    ministry: str = ""
    field: str = ""
    competent_key: str | None = None
    competent_text: str = ""
    executing: tuple[str, ...] = ()
    boundary_free: BoundaryFreeRecord | None = None
    applicants: tuple[str, ...] = ()
    online_level: OnlineLevel = OnlineLevel.UNKNOWN
    conditions: str = ""
    legal_basis: tuple[str, ...] = ()
    steps_text: str = ""
    paper_notes: str = ""
    decision: str = ""
    source: str = ""
    checks: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_from_is_known: bool = False
    variants: tuple[VariantRecord, ...] = ()
    papers: tuple[PaperRecord, ...] = ()
    limits: tuple[LimitRecord, ...] = ()
    fees: tuple[FeeRecord, ...] = ()
    results: tuple[ResultRecord, ...] = ()

    @property
    def level(self) -> Level:
        return next((level for level in LEVEL_ORDER if level in self.levels), Level.OTHER)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over every fact of the record: equal records make equal versions."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()
