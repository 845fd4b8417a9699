"""Fees as the national database exports them, one row a channel.

An amount is taken only where nothing beside it says more: a fee set by the provincial council is not zero,
"100" is 100.000 đ with its thousands cut off, a price per page is a rule. What is not taken keeps its words.
"""

import re
from collections.abc import Sequence

from procedures.channels import Channel
from procedures.fees import FeeKind
from procedures.records import FeeRecord
from procedures.shape import Fields
from procedures.shortfalls import Reason, Shortfall

NAME = "Phí, lệ phí"
COUNCIL = re.compile(r"hđnd|hội đồng nhân dân", re.IGNORECASE)
# "No fee" in all its forms; what speaks of fees after taking these away speaks of a fee to pay.
NO_FEE = re.compile(
    r"(miễn|không( phải)?( thu| nộp| mất| có)?|không quy định) *(các loại *)?(phí|lệ phí)"
    r"(,? *(và )?lệ phí)?",
    re.IGNORECASE,
)
FEE = re.compile(r"\bphí\b", re.IGNORECASE)
PRINTED_AMOUNT = re.compile(r"^[\d.,]+\s*(Việt Nam Đồng|VNĐ|đồng|đ)?", re.IGNORECASE)
# Words beside an amount that change nothing of it: by the file, by the time, or only the decree that sets it.
PLAIN = re.compile(
    r"[(*\s/-]*(đồng)?\s*[/]?\s*(01|1|một)?\s*(bộ )?(hồ sơ|lần)?[).\s]*"
    r"|[(*\s-]*theo quy định (tại|của) (thông tư|nghị định|luật)[^:;]*",
    re.IGNORECASE,
)
# What makes even those words say more than one amount.
SEVERAL = re.compile(r"triệu|%|\d\s*(đồng|đ)\b|trường hợp|áp dụng|giảm|miễn|từ ngày", re.IGNORECASE)
MONEY = re.compile(r"\d{1,3}(?:\.\d{3})+(?=\s*(?:đồng|đ|vnđ|vnd)\b)", re.IGNORECASE)
SMALLEST_VND = 1_000
LARGEST_VND = 100_000_000_000


def fees_of(methods: Sequence[tuple[Channel, Fields]]) -> tuple[tuple[FeeRecord, ...], tuple[Shortfall, ...]]:
    """One fee a channel, and what of it could not be taken.

    Raises: WrongShape.
    """
    fees: dict[Channel, FeeRecord] = {}
    shortfalls: list[Shortfall] = []
    for channel, method in methods:
        for item in method.children("fees"):
            fee, reasons = _fee(channel, item, method.text("note"))
            shortfalls += reasons
            held = fees.get(channel)
            if held and (held.kind, held.amount_vnd) != (fee.kind, fee.amount_vnd):
                shortfalls.append(Shortfall("fees", Reason.FEE_SEVERAL, fee.text))
                words = "\n".join(dict.fromkeys(text for text in (held.text, fee.text) if text))
                fee = FeeRecord(NAME, FeeKind.RULE, channel, text=words)
            fees[channel] = fee
    return tuple(fees.values()), tuple(shortfalls)


def _fee(channel: Channel, item: Fields, method_note: str) -> tuple[FeeRecord, list[Shortfall]]:
    words = "\n".join(dict.fromkeys(text for text in (item.text("text"), item.text("note")) if text))
    kind, reason = _judged(item, words, method_note)
    amount = item.whole("amount") if kind is FeeKind.FIXED else None
    fee = FeeRecord(NAME, kind, channel, amount_vnd=amount, text=words)
    return fee, [Shortfall("fees", reason, words)] if reason else []


def _judged(item: Fields, words: str, method_note: str) -> tuple[FeeKind, Reason | None]:
    amount = item.whole("amount")
    if COUNCIL.search(words) or (not amount and COUNCIL.search(method_note)):
        return FeeKind.COUNCIL, Reason.FEE_COUNCIL
    if amount is None:
        return (FeeKind.RULE, Reason.FEE_IN_TEXT) if words else (FeeKind.UNKNOWN, Reason.FEE_MISSING)
    if amount == 0:
        doubtful = FEE.search(NO_FEE.sub("", f"{words}\n{method_note}"))
        return (FeeKind.UNKNOWN, Reason.FEE_ZERO_DOUBTFUL) if doubtful else (FeeKind.FREE, None)
    return _judged_amount(item, amount, words)


def _judged_amount(item: Fields, amount: int, words: str) -> tuple[FeeKind, Reason | None]:
    if item.text("currency") != "VND":
        return FeeKind.RULE, Reason.FEE_NOT_VND
    if item.values.get("suspect_thousands") or 0 < amount < SMALLEST_VND:
        return FeeKind.UNKNOWN, Reason.FEE_CUT_THOUSANDS
    beside = PRINTED_AMOUNT.sub("", words, count=1)
    beside = MONEY.sub(lambda found: "" if int(found[0].replace(".", "")) == amount else found[0], beside)
    # The text repeats the note of the row in parentheses.
    lines = [line for line in dict.fromkeys(beside.splitlines()) if line.strip()]
    plain = all(PLAIN.fullmatch(line.strip()) and not SEVERAL.search(line) for line in lines)
    if plain and 0 < amount <= LARGEST_VND:
        return FeeKind.FIXED, None
    return FeeKind.RULE, Reason.FEE_IN_TEXT
