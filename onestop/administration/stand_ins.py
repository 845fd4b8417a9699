"""A head's own page: who acts for me while I am away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onestop import clock
from onestop.administration.forms import StandInForm
from onestop.agencies.access import DeskRequest, post_required
from onestop.agencies.delegation import candidates, name_stand_in, revoke_stand_in
from onestop.agencies.models import Role
from onestop.agencies.people import stand_ins_of
from onestop.agencies.posts import HeldPost
from onestop.agencies.refusals import Refusal


@require_http_methods(["GET", "POST"])
@post_required(Role.HEAD)
def stand_ins(request: DeskRequest) -> HttpResponse:
    own = _own_head_posts(request)
    post = next(
        (each for each in own if str(each.post_id) == request.GET.get("vi-tri")), next(iter(own), None)
    )
    if post is None:
        return render(request, "administration/stand_ins.html", {"own": own})
    today = clock.today()
    people = candidates(post=post, on=today)
    form = StandInForm(request.POST or None, people=people, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid() and _named(request, post, form):
        return redirect(f"{request.path}?vi-tri={post.post_id}")
    facts = {
        "own": own,
        "post": post,
        "form": form,
        "people": people,
        "lines": stand_ins_of(post_ids=frozenset({post.post_id}), on=today),
    }
    return render(request, "administration/stand_ins.html", facts, status=422 if form.errors else 200)


@require_POST
@post_required(Role.HEAD)
def revoke(request: DeskRequest, stand_in_id: int) -> HttpResponse:
    lines = stand_ins_of(
        post_ids=frozenset(post.post_id for post in _own_head_posts(request)), on=clock.today()
    )
    # Somebody else's stand-in is not there for her: the number in the address tells nothing.
    if stand_in_id not in {line.stand_in_id for line in lines}:
        raise Http404
    try:
        changed = revoke_stand_in(by=request.actor, stand_in_id=stand_in_id, now=clock.now())
        messages.success(request, _("Đã thu hồi ủy quyền.") if changed else _("Đã thu hồi từ trước."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("administration:stand_ins")


def _own_head_posts(request: DeskRequest) -> tuple[HeldPost, ...]:
    posts = request.actor.posts
    return tuple(post for post in posts if post.role == Role.HEAD and post.stands_in_for is None)


def _named(request: DeskRequest, post: HeldPost, form: StandInForm) -> bool:
    """One domain call; a refusal becomes an error of the form."""
    try:
        named = name_stand_in(
            by=request.actor,
            post_id=post.post_id,
            user_id=form.cleaned_data["user"],
            valid_from=form.cleaned_data["valid_from"],
            valid_to=form.cleaned_data["valid_to"],
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    said = _("Đã ủy quyền.") if named.is_new else _("Đã ủy quyền từ trước, không ghi lần nữa.")
    messages.success(request, said)
    return True
