"""What the environment may and may not ask of the shop; each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def shop_with(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"from onestop import settings; {program}"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_public_shop_does_not_start_with_the_key_that_everybody_knows() -> None:
    answer = shop_with("", SITE_URL="https://motcua.example.vn")
    assert answer.returncode != 0
    assert "set SECRET_KEY" in answer.stderr


@pytest.mark.parametrize(
    ("address", "secure"), [("https://motcua.example.vn", "True"), ("http://127.0.0.1", "False")]
)
def test_cookies_travel_encrypted_where_the_shop_is_public(address: str, secure: str) -> None:
    answer = shop_with(
        "print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)",
        SITE_URL=address,
        SECRET_KEY="k" * 50,
    )
    assert answer.stdout == f"{secure} {secure}\n"


def test_the_province_is_a_setting() -> None:
    answer = shop_with(
        "print(settings.PROVINCE_CODE, settings.PROVINCE_NAME)", PROVINCE_CODE="H99", PROVINCE_NAME="X"
    )
    assert answer.stdout == "H99 X\n"


def test_no_page_may_run_code_of_its_own() -> None:
    answer = shop_with("print(settings.CONTENT_SECURITY_POLICY)")
    assert "unsafe" not in answer.stdout
    assert "script-src" in answer.stdout
