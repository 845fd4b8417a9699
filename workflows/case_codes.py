"""Case numbers: how they are written, and how they are found again when people write them badly."""

import re
from collections.abc import Iterator
from datetime import date, datetime

# Source: TT 03/2025/TT-VPCP Điều 13 (khoản 3 inserted by TT 04/2025/TT-VPCP Điều 23(2));
# the older order: QCVN 102:2016.
NEW_ORDER = r"[A-Z]\d{2}(?:\.[A-Z0-9]{2,3}){0,5}"
OLD_ORDER = r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}"
CASE_CODE = re.compile(rf"^(?:{NEW_ORDER}|{OLD_ORDER})-\d{{6}}-\d{{4,}}$")
SERIAL_DIGITS = 4
_SEPARATED = re.compile(r"^(?P<agency>.*[A-Z0-9])[^A-Z0-9]+(?P<day>\d{6})[^A-Z0-9]+(?P<serial>\d+)$")
_ALNUM = re.compile(r"[^A-Z0-9]+")


def case_code(*, agency_code: str, day: date, serial: int) -> str:
    """The number of a case: agency code, day of receipt (yymmdd), serial within the day (4 digits or more).

    Serials above 9999 are written with as many digits as they need.
    Raises: ValueError when the serial is not positive or the agency code has no known shape.
    Source: TT 03/2025/TT-VPCP Điều 13; domain 3.1 R8.
    """
    if serial < 1:
        raise ValueError(f"serial {serial} is not positive")
    code = f"{agency_code}-{day:%y%m%d}-{serial:0{SERIAL_DIGITS}d}"
    if not CASE_CODE.match(code):
        raise ValueError(f"{agency_code} is not an agency identification code")
    return code


def code_key(code: str) -> str:
    """The letters and digits of a code, upper case: what look-up compares."""
    return _ALNUM.sub("", code.upper())


def possible_keys(text: str) -> tuple[str, ...]:
    """Every key that a badly written code can mean: spaces, case, dashes, missing zeros are forgiven.

    The first key is the text as it stands. Text without separators may leave the serial's zeros out too.
    """
    upper = text.strip().upper()
    found = [code_key(upper)]
    if match := _SEPARATED.match(upper):
        found.append(_padded(match["agency"], match["day"], match["serial"]))
    else:
        found.extend(_split_without_separators(found[0]))
    return tuple(dict.fromkeys(key for key in found if key))


def _padded(agency: str, day: str, serial: str) -> str:
    return code_key(agency) + day + str(int(serial)).zfill(SERIAL_DIGITS)


def _split_without_separators(key: str) -> Iterator[str]:
    for serial_length in range(1, SERIAL_DIGITS):
        agency, day, serial = (
            key[: -serial_length - 6],
            key[-serial_length - 6 : -serial_length],
            key[-serial_length:],
        )
        if len(agency) >= 3 and serial.isdigit() and _is_day(day):
            yield _padded(agency, day, serial)


def _is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%y%m%d")  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        return False
    return text.isdigit()
