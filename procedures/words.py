"""Words as people type them: without accents, in everyday language, codes without zeros. Pure, no Django."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EVERYDAY_WORDS = Path(__file__).resolve().parent / "data" / "everyday_words.csv"
CODE_LIKE = re.compile(r"\d[\d.]{1,8}")
WORD = re.compile(r"[a-z0-9]+(?:[./-][a-z0-9]+)*")
# "ký" and "kí", "quy" and "qui" are the same word in two spellings.
Y_ENDING = re.compile(r"\b([bcdghklmnprstvx]|qu)y\b")
# More words than this in one query only slow the database down.
MOST_WORDS = 12
MOST_READINGS = 6


def plain(text: str) -> str:
    """Lower case without accents, words separated by one space: "Đăng ký" becomes "dang ky"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(WORD.findall(bare))


def one_spelling(text: str) -> str:
    """Plain text in which words that may end in y or in i end in i."""
    return Y_ENDING.sub(r"\1i", plain(text))


def search_text(*parts: str) -> str:
    """What a version is found by: its name first, spaces at both ends so that ` word ` finds whole words."""
    return f" {one_spelling(' '.join(part for part in parts if part))} "


@dataclass(frozen=True)
class Reading:
    """Cách hiểu: one way to understand what was typed; the last word may be only begun."""

    words: tuple[str, ...]

    @property
    def phrase(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Query:
    """Câu tìm: the readings of the words, and the national codes the words may mean."""

    readings: tuple[Reading, ...]
    exact_code: str | None
    code_prefix: str | None

    @property
    def is_empty(self) -> bool:
        return not self.readings


def read_query(words: str) -> Query:
    """The readings of `words`: as typed first, then with everyday phrases in the words of the law."""
    typed = tuple(one_spelling(words[:200]).split()[:MOST_WORDS])
    if not typed:
        return Query(readings=(), exact_code=None, code_prefix=None)
    exact, prefix = _codes(words.strip())
    return Query(readings=_readings(typed), exact_code=exact, code_prefix=prefix)


def _codes(words: str) -> tuple[str | None, str | None]:
    """ "1.4222", "14222" and "1004222" mean 1.004222; "1.0042" is the beginning of a code."""
    if not CODE_LIKE.fullmatch(words):
        return None, None
    first, rest = words[0], words[1:].replace(".", "")
    if not rest or len(rest) > 6:
        return None, None
    return f"{first}.{rest.zfill(6)}", f"{first}.{rest}"


def _readings(typed: tuple[str, ...]) -> tuple[Reading, ...]:
    readings = [Reading(typed)]
    padded = f" {' '.join(typed)} "
    for everyday, official in everyday_words():
        # The last word may be only begun: "so do" is found as soon as it is whole.
        if f" {everyday} " in padded:
            words = padded.replace(f" {everyday} ", f" {official} ").split()
            readings.append(Reading(tuple(words)))
    return tuple(dict.fromkeys(readings))[:MOST_READINGS]


@cache
def everyday_words() -> tuple[tuple[str, str], ...]:
    """Từ thông dụng: pairs (everyday phrase, phrase of the law), both in one spelling, longer first."""
    with EVERYDAY_WORDS.open(encoding="utf-8", newline="") as file:
        pairs = [
            (one_spelling(row["everyday"]), one_spelling(row["official"])) for row in csv.DictReader(file)
        ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
