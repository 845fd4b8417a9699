"""The house rules hold in every file, and each rule is shown to catch a file that breaks it."""

import functools
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from tests import house_rules as rules
from tests.house_rules import Rule

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("onestop", "procedures", "receipts", "workflows")
# Rules without Django, database or clock: everything they need is an argument.
PURE = (
    "onestop/working_days/calendar.py",
    "onestop/working_days/counting.py",
    "onestop/working_days/facts.py",
    "onestop/working_days/sentences.py",
    "procedures/channels.py",
    "procedures/fees.py",
    "procedures/words.py",
    "receipts/papers.py",
    "workflows/case_codes.py",
    "workflows/soundness.py",
    "workflows/states.py",
)
VAGUE_NAMES = {"utils", "helpers", "services", "managers", "common", "misc", "constants", "signals"}
WRITTEN = {".py", ".html", ".css", ".js", ".md", ".sh", ".toml", ".in", ".txt", ".json", ".csv", ""}


@functools.cache
def tracked() -> tuple[PurePosixPath, ...]:
    """What a clone has, and what is about to be added to it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(
        PurePosixPath(name) for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file()
    )


def is_program(path: PurePosixPath) -> bool:
    return path.suffix == ".py" and "migrations" not in path.parts


def is_product(path: PurePosixPath) -> bool:
    return is_program(path) and path.parts[0] in PRODUCT


def is_test(path: PurePosixPath) -> bool:
    return is_program(path) and path.parts[0] == "tests"


def is_shop_but_the_clock(path: PurePosixPath) -> bool:
    return is_product(path) and str(path) != "onestop/clock.py"


def is_models(path: PurePosixPath) -> bool:
    return is_product(path) and path.name == "models.py"


def is_counter(path: PurePosixPath) -> bool:
    return is_product(path) and path.parts[1] in {"portal", "desk", "administration", "pages"}


def is_pure(path: PurePosixPath) -> bool:
    return str(path) in PURE


def is_template(path: PurePosixPath) -> bool:
    return path.suffix == ".html" and path.parts[0] != "tests"


def is_page_part(path: PurePosixPath) -> bool:
    own = path.suffix in {".html", ".css", ".js"} and "vendor" not in path.parts
    return own and path.parts[0] != "tests"


def is_written(path: PurePosixPath) -> bool:
    return path.suffix in WRITTEN and "vendor" not in path.parts and path.name != "LICENSE"


LONG_FUNCTION = "def long():\n" + "    step = 1\n" * 40
SAMPLES: tuple[tuple[Rule, Callable[[PurePosixPath], bool], str, str], ...] = (
    (rules.long_module, is_program, "x = 1\n" * 401, "x = 1\n" * 400),
    (rules.long_functions, is_program, LONG_FUNCTION, LONG_FUNCTION.replace("    step = 1\n", "", 1)),
    (rules.imports_inside_functions, is_program, "def f():\n    import os\n", "import os\n"),
    (rules.signals, is_product, "from django.db.models.signals import post_save\n", "import signal\n"),
    (rules.mocks, is_program, "from unittest.mock import patch\n", "import unittest\n"),
    (rules.left_out_tests, is_test, "@pytest.mark.xfail\ndef test(): ...\n", "def test_skip(): ...\n"),
    (rules.clock_reads, is_shop_but_the_clock, "a = timezone.now()\n", "a = clock.now()\n"),
    (rules.any_types, is_product, "from typing import Any\n", "from typing import IO\n"),
    (rules.rules_in_save, is_models, "class A:\n    def save(self): ...\n", "class A:\n    saved = 1\n"),
    (rules.classes_without_words, is_models, "class Case:\n    a = 1\n", 'class Case:\n    """Hồ sơ."""\n'),
    (rules.rules_without_words, is_pure, "def due(): ...\n", 'def due():\n    """Working days."""\n'),
    (rules.django_imports, is_pure, "from django.db import models\n", "from datetime import date\n"),
    (rules.clock_reads, is_pure, "import time\nx = time.time()\n", "import time\nx = time.monotonic()\n"),
    (
        rules.reaches_into_tables,
        is_counter,
        "from workflows.models import Case\n",
        "from workflows import cases\n",
    ),
    (rules.unfinished_work, is_written, "# TO" + "DO later\n", "# to do with papers\n"),
    (rules.places_of_one_machine, is_written, "open('/ho" + "me/me/x')\n", "href='/ho-so/'\n"),
    (rules.long_template, is_template, "<p>\n" * 121, "<p>\n" * 120),
    (rules.inline_code, is_template, '<p onclick="go()">\n', '<script src="a.js"></script>\n'),
    (rules.outside_addresses, is_page_part, '<img src="https://else.where/a.png">\n', '<a href="/quay/">\n'),
)
NAMED = [pytest.param(*sample, id=f"{sample[0].__name__}-{sample[1].__name__}") for sample in SAMPLES]


@pytest.mark.parametrize(("rule", "concerns", "bad", "good"), NAMED)
def test_every_file_keeps_the_rule(
    rule: Rule, concerns: Callable[[PurePosixPath], bool], bad: str, good: str
) -> None:
    concerned = [path for path in tracked() if concerns(path)]
    assert concerned
    complaints = {str(path): found for path in concerned if (found := rule((ROOT / path).read_text()))}
    assert complaints == {}


@pytest.mark.parametrize(("rule", "concerns", "bad", "good"), NAMED)
def test_the_rule_catches_a_file_that_breaks_it(
    rule: Rule, concerns: Callable[[PurePosixPath], bool], bad: str, good: str
) -> None:
    assert rule(bad) != []
    assert rule(good) == []


@pytest.mark.parametrize(
    "bad", ["<style>p{}</style>", '<p style="top:0">', "<script>go()</script>", '<a href="javascript:go()">']
)
def test_no_kind_of_inline_code_gets_past(bad: str) -> None:
    assert rules.inline_code(bad) != []


@pytest.mark.parametrize(
    "bad",
    [
        "a = datetime.now()",
        "a = date.today()",
        "a = timezone.localdate()",
        "a = datetime.datetime.now()",
        "a = Now()",
    ],
)
def test_no_way_to_read_the_clock_gets_past(bad: str) -> None:
    assert rules.clock_reads(bad) != []


def vaguely_named(paths: tuple[PurePosixPath, ...]) -> list[str]:
    return [str(path) for path in paths if is_product(path) and VAGUE_NAMES & {*path.parts[:-1], path.stem}]


def test_modules_are_named_with_nouns_of_the_trade() -> None:
    assert vaguely_named(tracked()) == []
    assert vaguely_named((PurePosixPath("workflows/utils.py"),)) == ["workflows/utils.py"]


def vaguely_migrated(paths: tuple[PurePosixPath, ...]) -> list[str]:
    migrations = [path.stem for path in paths if path.suffix == ".py" and path.parent.name == "migrations"]
    return [stem for stem in migrations if "_auto_" in stem or "and_more" in stem]


def test_migrations_are_named_for_their_change() -> None:
    assert vaguely_migrated(tracked()) == []
    assert vaguely_migrated((PurePosixPath("a/migrations/0002_auto_20260101.py"),)) == ["0002_auto_20260101"]


def test_every_pure_module_is_there() -> None:
    """A renamed module would otherwise slip out of the rules."""
    assert [name for name in PURE if not (ROOT / name).exists()] == []
