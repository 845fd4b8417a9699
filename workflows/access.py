"""Who may see and do what: rows of agencies and posts held today, nothing else."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from onestop.agencies.models import AgencyKind, Role
from onestop.agencies.posts import Actor, HeldPost
from onestop.agencies.refusals import Refusal
from workflows.models import Case, CaseTask

WORKING = (Role.CLERK, Role.OFFICER, Role.HEAD)


class NotYours(Refusal):
    """Không thuộc quyền: no post held today allows it."""

    def __init__(self) -> None:
        super().__init__(_("Không có vị trí nào bạn đang giữ hôm nay cho phép làm việc này."))


def sees_everything(actor: Actor) -> bool:
    """A supervisor of the province sees every case."""
    return any(p.role == Role.SUPERVISOR and p.agency_kind == AgencyKind.PROVINCE for p in actor.posts)


def _own_agencies(actor: Actor) -> list[int]:
    return sorted({post.agency_id for post in actor.posts if post.role in (*WORKING, Role.SUPERVISOR)})


def visible(cases: QuerySet[Case], *, actor: Actor) -> QuerySet[Case]:
    """Of these cases, those in which an agency of the person has a part."""
    if sees_everything(actor):
        return cases
    return cases.filter(agency_ids__overlap=_own_agencies(actor))


def may_see(case: Case, *, actor: Actor) -> bool:
    """Whether the person may open the case."""
    return sees_everything(actor) or not set(case.agency_ids).isdisjoint(_own_agencies(actor))


def my_tasks(*, actor: Actor) -> Q:
    """The tasks that the posts held today give: agency and role must both fit."""
    condition = Q(pk__in=[])
    for role in WORKING:
        if agencies := sorted(actor.agency_ids(role)):
            condition |= Q(agency_id__in=agencies, role=role)
    return condition


def post_for(task: CaseTask, *, actor: Actor) -> HeldPost:
    """The post in which the person may do that task. Raises: NotYours."""
    post = actor.holding(Role(task.role), task.agency_id)
    if post is None:
        raise NotYours
    return post
