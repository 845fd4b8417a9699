from collections.abc import Callable
from typing import cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from onestop import clock
from onestop.agencies.access import DeskRequest
from onestop.agencies.posts import Actor, actor_of


class ActorMiddleware:
    """Puts `request.actor` on every request: asked of the database once, and only by pages that need it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = SimpleLazyObject(lambda: actor_of(user=request.user, on=clock.today()))
        cast(DeskRequest, request).actor = cast(Actor, actor)
        return self.get_response(request)
