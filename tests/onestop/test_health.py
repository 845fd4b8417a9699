"""The watchdog learns whether the shop and its database answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.django_db
def test_the_watchdog_is_told_that_the_shop_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


def test_the_watchdog_is_told_that_the_database_is_away(tmp_path: Path) -> None:
    """In a process of its own, whose database does not run."""
    program = (
        "import django; django.setup(); from django.test import Client;"
        "answer = Client().get('/healthz'); print(answer.status_code, answer.json())"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "onestop.settings", "ONESTOP_VAR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    environment["ALLOWED_HOSTS"] = "testserver"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "503 {'database': 'unreachable'}\n"


@pytest.mark.django_db
def test_the_watchdog_changes_nothing(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
