"""Who may open a page: the posts held today, and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from onestop.agencies.models import COUNTER_KINDS, Role
from onestop.agencies.posts import Actor

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request with the person who makes it and the posts she holds today."""

    actor: Actor


def post_required(
    *roles: Role,
) -> Callable[
    [Callable[Concatenate[DeskRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Only for holders (or stand-ins) of one of these roles today; without roles, of any post.

    Nobody signed in is sent to sign in; anybody else gets the page 403. The answer is kept in no cache.
    """

    def decorate(
        view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            desk_request = cast(DeskRequest, request)
            if not _may(desk_request.actor, roles):
                raise PermissionDenied(_("Vị trí bạn đang giữ hôm nay không được dùng trang này."))
            response = view(desk_request, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded

    return decorate


def start_page(actor: Actor) -> str:
    """Where a person begins after signing in, by the first post that fits; the counter first."""
    if any(post.role == Role.CLERK and post.agency_kind in COUNTER_KINDS for post in actor.posts):
        return "/quay/"
    first_pages = (
        (Role.OFFICER, "/xu-ly/"),
        (Role.HEAD, "/xu-ly/"),
        (Role.CLERK, "/xu-ly/"),
        (Role.ADMINISTRATOR, "/quan-tri/"),
        (Role.EDITOR, "/quan-tri/"),
        (Role.SUPERVISOR, "/quay/tim/"),
    )
    return next((page for role, page in first_pages if actor.has(role)), "/")


def _may(actor: Actor, roles: tuple[Role, ...]) -> bool:
    return any(actor.has(role) for role in roles) if roles else bool(actor.posts)
