"""The address printed as a QR: it opens the tracking page of one case and no other."""

import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "workflows.lookup"
SIGNATURE_LENGTH = 20
# No 0, 1, I, L, O, U: a secret read aloud or typed from paper is not mistaken.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_LENGTH = 6


def new_secret() -> str:
    """The secret of a new case: with its code it opens the tracking page."""
    return "".join(secrets.choice(SIGNS) for _ in range(SECRET_LENGTH))


def signature(code: str) -> str:
    """HMAC of the case code under the shop's key, shortened to 80 bits."""
    return salted_hmac(SALT, code, algorithm="sha256").hexdigest()[:SIGNATURE_LENGTH]


def is_signed(code: str, given: str) -> bool:
    """Whether the signature belongs to the code; takes as long for a wrong one as for a right one."""
    return constant_time_compare(signature(code), given)


def lookup_path(code: str) -> str:
    """The signed address within this site."""
    return f"/tra-cuu/{code}/?k={signature(code)}"


def lookup_url(code: str) -> str:
    """The whole address for the QR of a receipt."""
    return f"{settings.SITE_URL}{lookup_path(code)}"
