"""Mã vạch và mã QR of the papers, as SVG drawings of one path each."""

import re
from dataclasses import dataclass
from functools import lru_cache

import segno


class NotPrintable(Exception):
    """Code 128 set B holds printable ASCII only."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentence = f"Không in được mã vạch cho “{text}”."
        super().__init__(self.sentence)


@dataclass(frozen=True)
class Drawing:
    """Hình vẽ: modules wide and high; the path of the dark ones, to be stroked one module thick, or as one
    line dashed as bars and gaps. A line costs the layout engine far less than a box."""

    width: int
    height: int
    path: str
    dashes: str = ""


# Widths of bars and gaps, in turn, for values 0 to 105; 106 is the stop. Source: ISO/IEC 15417, table 1.
TABLE = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231
113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211
212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131
113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211
241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141
214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214
211232 2331112
"""
WIDTHS = tuple(tuple(int(figure) for figure in pattern) for pattern in TABLE.split())
START_B, START_C, CODE_B, CODE_C, STOP = 104, 105, 100, 99, 106


def code128_values(text: str) -> list[int]:
    """Symbol values with start, check sum and stop; runs of four digits or more are packed in set C.

    Raises: NotPrintable. Source: ISO/IEC 15417.
    """
    if not text or not all(" " <= character <= "~" for character in text):
        raise NotPrintable(text)
    values: list[int] = []
    packed = False
    at = 0
    while at < len(text):
        pairs = _digits_at(text, at) // 2
        wants_pairs = pairs >= (1 if packed else 2)
        if wants_pairs is not packed or not values:
            start, switch = (START_C, CODE_C) if wants_pairs else (START_B, CODE_B)
            values.append(switch if values else start)
            packed = wants_pairs
        step = 2 if packed else 1
        values.append(int(text[at : at + 2]) if packed else ord(text[at]) - 32)
        at += step
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return [*values, check, STOP]


def _digits_at(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end].isdigit():
        end += 1
    return end - at


def code128(text: str, height: int = 30) -> Drawing:
    """The bars of a text. Raises: NotPrintable."""
    widths = [width for value in code128_values(text) for width in WIDTHS[value]]
    total = sum(widths)
    # The stop ends with a bar: a gap closes the dash pattern.
    return Drawing(total, height, f"M0 {height // 2}h{total}", " ".join(map(str, [*widths, total])))


@lru_cache(maxsize=64)
def qr(text: str) -> Drawing:
    """A QR code, error correction M, with its quiet zone of four modules."""
    # A fixed mask: trying all eight costs four times the rest; scanners read which one it is.
    matrix = segno.make(text, error="m", micro=False, mask=3).matrix
    parts = []
    for y, row in enumerate(matrix):
        bits = "".join("1" if dark else "0" for dark in row)
        parts += [f"M{dark.start() + 4} {y + 4}.5h{len(dark[0])}" for dark in re.finditer("1+", bits)]
    size = len(matrix) + 8
    return Drawing(size, size, "".join(parts))
