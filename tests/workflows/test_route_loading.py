"""Routes are published once, kept, and refused where they take longer than the law allows."""

import io

import pytest
from django.core.management import call_command

from tests.intake import MORNING
from workflows import route_loading
from workflows.models import RouteVersion

pytestmark = pytest.mark.usefixtures("shop")


def test_loading_again_publishes_nothing():
    before = RouteVersion.objects.count()
    out = io.StringIO()
    call_command("load_routes", stdout=out)
    assert "0 quy trình mới" in out.getvalue()
    assert RouteVersion.objects.count() == before


def test_a_route_that_takes_longer_than_the_law_is_not_published(monkeypatch):
    records = route_loading._json("routes.json")
    permit = next(r for r in records if r["procedure"] == "1.001612")
    permit["steps"][1]["amount"] = "40"
    whole = route_loading._json
    monkeypatch.setattr(
        route_loading, "_json", lambda name: records if name == "routes.json" else whole(name)
    )
    before = RouteVersion.objects.count()
    loaded = route_loading.load_routes(now=MORNING)
    (code, fault), *others = loaded.faulty
    assert (code, others) == ("1.001612", [])
    assert "vượt thời hạn" in fault.sentence
    assert RouteVersion.objects.count() == before
