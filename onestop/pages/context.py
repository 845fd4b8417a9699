"""What every page knows besides its own facts."""

from django.conf import settings
from django.http import HttpRequest

from onestop.pages.navigation import is_desk


def site(request: HttpRequest) -> dict[str, object]:
    """The province's name and the shell an error page takes at this address."""
    is_signed_in = bool(getattr(getattr(request, "actor", None), "posts", ()))
    return {
        "province_name": settings.PROVINCE_NAME,
        "error_shell": "desk/base.html" if is_signed_in and is_desk(request.path) else "base.html",
    }
