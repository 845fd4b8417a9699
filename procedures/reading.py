"""The records of a file, one after another: JSON lines or a JSON list, plain or gz."""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from procedures.shortfalls import Reason, Shortfall

CHUNK = 1 << 16
GZIP = b"\x1f\x8b"
# zlib: a gzip header is expected.
GZIP_WINDOW = 16 + zlib.MAX_WBITS
SPACE = " \t\r\n"
# A list, or an object printed over several lines.
SPREAD = re.compile(rb"\s*(\[|\{\s*\n\s*\")")


@dataclass(frozen=True)
class Entry:
    """Bản ghi thô: the number of its line (of its place in a list), and its value or why there is none."""

    line: int
    value: object
    problem: Shortfall | None = None


@dataclass(frozen=True)
class _Piece:
    """Bytes of the file; `whole` is False where the file ends before its data does."""

    data: bytes
    whole: bool = True


def entries(path: Path) -> Iterator[Entry]:
    """Raises: OSError."""
    with path.open("rb") as file:
        pieces = _pieces(file)
        first = next(pieces, _Piece(b""))
        is_lines = not SPREAD.match(first.data.removeprefix(b"\xef\xbb\xbf"))
        yield from (_lines if is_lines else _values)(first, pieces)


def _pieces(file: BinaryIO) -> Iterator[_Piece]:
    packed = file.read(2) == GZIP
    file.seek(0)
    if packed:
        yield from _unpacked(file)
        return
    while chunk := file.read(CHUNK):
        yield _Piece(chunk)


def _unpacked(file: BinaryIO) -> Iterator[_Piece]:
    """What can be unpacked; several packed files in a row are one."""
    unpacker = zlib.decompressobj(GZIP_WINDOW)
    waiting = b""
    while chunk := waiting or file.read(CHUNK):
        if unpacker.eof:
            unpacker = zlib.decompressobj(GZIP_WINDOW)
        try:
            yield _Piece(unpacker.decompress(chunk))
        except zlib.error:
            yield _Piece(b"", whole=False)
            return
        waiting = unpacker.unused_data
    if not unpacker.eof:
        yield _Piece(b"", whole=False)


def _lines(first: _Piece, pieces: Iterator[_Piece]) -> Iterator[Entry]:
    number, rest, whole = 0, b"", True
    for piece in _chain(first, pieces):
        whole = whole and piece.whole
        *complete, rest = (rest + piece.data).split(b"\n")
        for text in complete:
            number += 1
            yield from _line(number, text, Reason.BROKEN_LINE)
    # A last line without its end is a record as long as it can be read.
    last = tuple(_line(number + 1, rest, Reason.FILE_CUT_OFF))
    yield from last
    if not whole and not any(entry.problem for entry in last):
        yield Entry(number + 1, None, Shortfall("file", Reason.FILE_CUT_OFF))


def _chain(first: _Piece, pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    yield first
    yield from pieces


def _line(number: int, data: bytes, reason: Reason) -> Iterator[Entry]:
    if not data.strip():
        return
    try:
        yield Entry(number, json.loads(data.decode("utf-8-sig"), parse_constant=_no_number))
    except (ValueError, RecursionError) as problem:
        yield Entry(number, None, Shortfall("file", reason, str(problem)))


def _values(first: _Piece, pieces: Iterator[_Piece]) -> Iterator[Entry]:
    """The records of a list, or objects spread over lines; behind a broken one nothing can be read."""
    read = tuple(_chain(first, pieces))
    text = b"".join(piece.data for piece in read).decode("utf-8-sig", errors="replace")
    decoder = json.JSONDecoder(parse_constant=_no_number)
    is_list = text.lstrip()[0] == "["
    number, at = 0, text.index("[") + 1 if is_list else 0
    while (at := _skip(text, at)) < len(text) and text[at] != "]":
        number += 1
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as problem:
            yield Entry(number, None, Shortfall("file", Reason.FILE_CUT_OFF, str(problem)))
            return
        yield Entry(number, value)
    if is_list and at >= len(text):
        yield Entry(number + 1, None, Shortfall("file", Reason.FILE_CUT_OFF))


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in f"{SPACE},":
        at += 1
    return at


def _no_number(name: str) -> float:
    """NaN and Infinity are not JSON."""
    raise ValueError(name)
