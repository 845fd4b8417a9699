from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onestop.agencies.access import DeskRequest, post_required
from onestop.agencies.models import Role


@require_GET
@post_required(Role.ADMINISTRATOR, Role.EDITOR, Role.HEAD)
def index(request: DeskRequest) -> HttpResponse:
    facts = {
        "is_administrator": request.actor.has(Role.ADMINISTRATOR),
        "is_head": request.actor.has(Role.HEAD),
    }
    return render(request, "administration/index.html", facts)
