"""Every text has its English, and the compiled catalogue says what the readable one says."""

import ast
import re
from gettext import GNUTranslations

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES"
FIELD = re.compile(r'^(msg[a-z_]+(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.MULTILINE)
PLACE = re.compile(r"%\(\w+\)[sd]")


def entries() -> list[dict[str, str]]:
    blocks = (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n")[1:]
    return [{name: ast.literal_eval(f"({text})") for name, text in FIELD.findall(block)} for block in blocks]


def english(entry: dict[str, str]) -> str:
    return entry.get("msgstr", entry.get("msgstr[0]", ""))


def test_every_text_is_translated():
    assert [entry["msgid"] for entry in entries() if not english(entry)] == []


def test_a_translation_keeps_the_places_of_its_facts():
    for entry in entries():
        assert set(PLACE.findall(entry["msgid"])) == set(PLACE.findall(english(entry))), entry["msgid"]


def test_the_compiled_catalogue_is_up_to_date():
    with (FOLDER / "django.mo").open("rb") as compiled:
        translations = GNUTranslations(compiled)
    for entry in entries():
        if "msgid_plural" in entry:
            found = translations.ngettext(entry["msgid"], entry["msgid_plural"], 1)
        elif "msgctxt" in entry:
            found = translations.pgettext(entry["msgctxt"], entry["msgid"])
        else:
            found = translations.gettext(entry["msgid"])
        assert found == english(entry), "run ./run manage compilemessages"


@pytest.mark.django_db
def test_the_home_page_is_english_when_chosen(client):
    client.cookies["django_language"] = "en"
    page = client.get("/").content.decode()
    assert "One place to apply, one promised day" in page
    assert "Skip to the content" in page
