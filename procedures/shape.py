"""Reading JSON of unknown quality: each access names what it expects, each refusal where it stands. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

E = TypeVar("E", bound=Enum)
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class WrongShape(ValueError):
    """Sai cấu trúc: a key of a record does not hold what it must."""

    def __init__(self, path: str, expected: str) -> None:
        self.path = path
        self.expected = expected
        super().__init__(f"{path}: {expected}")


@dataclass(frozen=True)
class Fields:
    """Một đối tượng JSON with the path by which it is named in messages."""

    values: dict[str, object]
    path: str = ""

    @classmethod
    def of(cls, value: object, path: str = "") -> "Fields":
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise WrongShape(path or "bản ghi", "phải là một đối tượng JSON")
        return cls(value, path)

    def at(self, key: str) -> str:
        return ".".join(part for part in (self.path, key) if part)

    def text(self, key: str) -> str:
        """The text, "" where it is absent or null."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise WrongShape(self.at(key), "phải là chuỗi ký tự")
        # PostgreSQL cannot keep either, and no text means them.
        if "\0" in value:
            raise WrongShape(self.at(key), "có ký tự rỗng (NUL)")
        if HALF_CHARACTER.search(value):
            raise WrongShape(self.at(key), "có nửa ký tự Unicode")
        return value.strip()

    def some_text(self, key: str) -> str:
        value = self.text(key)
        if not value:
            raise WrongShape(self.at(key), "không được để trống")
        return value

    def one_of(self, key: str, choices: type[E]) -> E:
        text = self.some_text(key)
        for choice in choices:
            if choice.value == text:
                return choice
        raise WrongShape(self.at(key), "phải là một trong: " + ", ".join(str(one.value) for one in choices))

    def whole(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongShape(self.at(key), "phải là số nguyên")
        return value

    def number(self, key: str) -> int | float | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WrongShape(self.at(key), "phải là số")
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise WrongShape(self.at(key), "phải là true hoặc false")
        return value

    def listed(self, key: str) -> list[object]:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise WrongShape(self.at(key), "phải là danh sách")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        items = self.listed(key)
        return tuple(Fields({"": item}, f"{self.at(key)}[{n}]").some_text("") for n, item in enumerate(items))

    def wholes(self, key: str) -> tuple[int, ...]:
        found = []
        for item in self.listed(key):
            if isinstance(item, bool) or not isinstance(item, int):
                raise WrongShape(self.at(key), "phải là danh sách số nguyên")
            found.append(item)
        return tuple(found)

    def children(self, key: str) -> Iterator["Fields"]:
        for n, item in enumerate(self.listed(key)):
            yield Fields.of(item, f"{self.at(key)}[{n}]")
