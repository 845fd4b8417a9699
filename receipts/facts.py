"""Dữ kiện của giấy: frozen records to JSON and back without loss, and their hash."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
T = TypeVar("T")


class BadFacts(Exception):
    """The facts kept do not have the shape of the paper they claim to be."""

    def __init__(self, shape: str, value: object) -> None:
        self.shape = shape
        self.value = value
        self.sentence = f"Dữ kiện đã lưu không phải là {shape}."
        super().__init__(self.sentence)


def encode(value: object) -> Json:
    """JSON of a record; moments keep their offset."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    raise BadFacts("dữ kiện của giấy", value)


def decode(shape: type[T], value: Json) -> T:
    """The record `encode` was given. Fields added later take their default.

    Raises: BadFacts.
    """
    return cast(T, _decoded(shape, value))


def _decoded(shape: object, value: Json) -> object:
    if isinstance(shape, UnionType):
        return None if value is None else _decoded(_without_none(shape), value)
    if get_origin(shape) is tuple and isinstance(value, list):
        return tuple(_decoded(get_args(shape)[0], item) for item in value)
    if isinstance(shape, type):
        return _of_type(shape, value)
    raise BadFacts(str(shape), value)


def _without_none(shape: UnionType) -> object:
    return next(part for part in get_args(shape) if part is not NoneType)


def _of_type(shape: type[object], value: Json) -> object:
    if is_dataclass(shape) and isinstance(value, dict):
        return _record(shape, value)
    try:
        if issubclass(shape, datetime) and isinstance(value, str):
            return datetime.fromisoformat(value)
        if issubclass(shape, StrEnum) and isinstance(value, str):
            return shape(value)
    except ValueError as error:
        raise BadFacts(shape.__name__, value) from error
    if type(value) is shape:
        return value
    raise BadFacts(shape.__name__, value)


def _record(shape: type[object], value: dict[str, Json]) -> object:
    hints = get_type_hints(shape)
    known = {field.name: value[field.name] for field in fields(shape) if field.name in value}  # type: ignore[arg-type]
    make = cast(Callable[..., object], shape)
    try:
        return make(**{name: _decoded(hints[name], item) for name, item in known.items()})
    except TypeError as error:
        raise BadFacts(shape.__name__, value) from error


def sha256_of(record: Json) -> str:
    """SHA-256 of the canonical JSON: keys sorted, UTF-8, no spaces."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
