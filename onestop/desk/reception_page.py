"""Everything the reception page shows for what was typed so far."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from onestop.agencies.access import DeskRequest
from onestop.agencies.models import Agency, AgencyKind
from onestop.agencies.refusals import Refusal
from onestop.clock import VIETNAM
from onestop.desk.counters import counters
from onestop.desk.reception_draft import Draft, PaperDraft, intake_form, with_known_applicant
from onestop.pages.parts import Key
from onestop.working_days import CalendarNotPublished, Unit
from procedures.catalogue import ProcedureHit, current, must_be_offered_at, search
from procedures.models import ProcedureVersion
from procedures.offer import Offer, offer
from procedures.wording import UNIT_WORDS
from workflows.id_numbers import warnings
from workflows.intake_rules import CompetentNeeded, LimitNeeded, Plan, deciding_agencies, plan

UNITS = tuple((unit.value, UNIT_WORDS[unit.value]) for unit in (Unit.WORKING_DAY, Unit.WORKING_HOUR))


@dataclass(frozen=True)
class Choice:
    """Thủ tục đã chọn with what it asks and promises now."""

    offer: Offer
    variant_id: int | None
    papers: tuple[PaperDraft, ...]
    plan: Plan | None
    obstacle: str
    needs_limit: bool
    competent: tuple[tuple[int, str], ...]
    competent_id: int | None


@dataclass(frozen=True)
class Trouble:
    """Vì sao chưa lưu: the sentence and the field to go to."""

    sentence: str
    field: str = ""
    status: int = 422


def chosen(draft: Draft, *, counter: Agency, now: datetime, with_plan: bool = True) -> Choice | None:
    """The procedure chosen on the page, in the version in force today; None when none was.

    Without `with_plan` nothing is promised: an act that follows works the promise out by itself.

    Raises: NotInForce, NotOfferedHere.
    """
    version_id = draft.number("chon") or draft.number("tt")
    if not version_id:
        return None
    try:
        version = current(version_id=version_id, on=now.astimezone(VIETNAM).date())
    except ProcedureVersion.DoesNotExist:
        return None
    must_be_offered_at(version=version, agency=counter)
    of = offer(version_id=version.pk, variant_id=None, channel=draft.channel)
    known = {variant.id for variant in of.variants}
    variant_id = draft.number("th")
    if variant_id not in known:
        variant_id = of.variants[0].id if of.variants else None
    if variant_id is not None:
        of = offer(version_id=version.pk, variant_id=variant_id, channel=draft.channel)
    needs_competent = version.competent_id is None and counter.kind != AgencyKind.COMMUNE_CENTRE
    competent = tuple(deciding_agencies(version).values_list("pk", "short_name")) if needs_competent else ()
    asked_id = draft.number("co_quan")
    competent_id = asked_id if asked_id in dict(competent) else None
    promised, obstacle = None, ""
    if with_plan:
        promised, obstacle = _planned(draft, of, (variant_id, competent_id), counter, now)
    return Choice(
        offer=of,
        variant_id=variant_id,
        papers=draft.papers(of),
        plan=promised,
        obstacle=obstacle,
        needs_limit=of.limit.duration is None,
        competent=competent,
        competent_id=competent_id,
    )


def _planned(
    draft: Draft, of: Offer, ids: tuple[int | None, int | None], counter: Agency, now: datetime
) -> tuple[Plan | None, str]:
    """The promise shown before acceptance; what keeps it from being known is told instead."""
    named = draft if draft.text("ten") else Draft({**draft.data, "ten": "–"}, draft.key)
    try:
        variant_id, competent_id = ids
        form = intake_form(
            named, counter_id=counter.pk, offer=of, variant_id=variant_id, competent_id=competent_id
        )
        return plan(form=form, now=now), ""
    except (LimitNeeded, CompetentNeeded) as missing:
        return None, missing.sentence
    except (Refusal, CalendarNotPublished) as refused:
        return None, refused.sentence


def page(
    request: DeskRequest, *, draft: Draft, counter: Agency, now: datetime, trouble: Trouble | None = None
) -> HttpResponse:
    """The one page of a reception."""
    draft, is_known = with_known_applicant(draft)
    choice, trouble = _choice_or_trouble(draft, counter, now, trouble)
    words = draft.text("tu", 200)
    # A chosen procedure stands in place of the hits until other words are typed.
    asked_again = draft.text("viec") == "tim" or words != draft.text("tu_truoc", 200)
    searched = bool(words) and (choice is None or ("chon" not in draft.data and asked_again))
    facts = {
        "draft": draft,
        "applicant": draft.applicant,
        "is_known": is_known,
        "id_warnings": warnings(draft.id_number),
        "counter": counter,
        "counters": counters(request),
        "words": words,
        "searched": searched,
        "hits": _hits(draft, counter, now) if searched else (),
        "choice": choice,
        "trouble": trouble,
        "units": UNITS,
        "channels": ((1, _("Trực tiếp")), (3, _("Bưu chính công ích"))),
        "keys": _keys(),
    }
    return render(request, "desk/counter/intake.html", facts, status=trouble.status if trouble else 200)


def _choice_or_trouble(
    draft: Draft, counter: Agency, now: datetime, trouble: Trouble | None
) -> tuple[Choice | None, Trouble | None]:
    try:
        return chosen(draft, counter=counter, now=now), trouble
    except Refusal as refused:
        return None, trouble or Trouble(refused.sentence)


def _hits(draft: Draft, counter: Agency, now: datetime) -> tuple[ProcedureHit, ...]:
    words = draft.text("tu", 200)
    return search(words=words, agency=counter, on=now.astimezone(VIETNAM).date(), limit=8) if words else ()


def _keys() -> tuple[Key, ...]:
    return (
        Key(("Alt", "1–4"), _("đến phần")),
        Key(("Enter",), _("ô kế tiếp")),
        Key(("Space",), _("đánh dấu đủ")),
        Key(("F9",), _("tiếp nhận")),
        Key(("F6",), _("yêu cầu bổ sung")),
        Key(("F8",), _("từ chối")),
    )
