"""In giấy: facts and imprint to a tagged PDF."""

from dataclasses import dataclass
from datetime import datetime

from receipts.papers import Edition, Paper


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What the register gives a paper: number, moment, form set, address to verify."""

    number_text: str
    issued_at: datetime
    edition: Edition
    verify_url: str
    token: str


def render(paper: Paper, imprint: Imprint) -> bytes:
    """The PDF; the same facts give the same bytes."""
    raise NotImplementedError
