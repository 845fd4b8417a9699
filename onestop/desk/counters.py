"""Which counter a clerk stands at today."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from onestop.agencies.access import DeskRequest
from onestop.agencies.models import COUNTER_KINDS, Agency, Role
from onestop.agencies.posts import HeldPost


def counters(request: DeskRequest) -> tuple[HeldPost, ...]:
    """Every counter at which the person receives files today."""
    return tuple(
        post for post in request.actor.posts if post.role == Role.CLERK and post.agency_kind in COUNTER_KINDS
    )


def counter_of(request: DeskRequest) -> Agency:
    """The counter asked for by `quay`, else the first. Raises: PermissionDenied for a clerk without any."""
    asked = request.POST.get("quay") or request.GET.get("quay", "")
    posts = counters(request)
    post = next((p for p in posts if str(p.agency_id) == asked), posts[0] if posts and not asked else None)
    if post is None:
        raise PermissionDenied(_("Vị trí bạn đang giữ hôm nay không tiếp nhận hồ sơ ở quầy này."))
    return Agency.objects.select_related("parent").get(pk=post.agency_id)
