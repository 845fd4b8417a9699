"""What every page knows besides its own facts."""

from django.conf import settings
from django.http import HttpRequest

from onestop.pages.navigation import is_desk


def site(request: HttpRequest) -> dict[str, object]:
    """The province's name and the shell an error page takes at this address."""
    # The address is asked first: only pages of the desk need the posts of the person.
    at_desk = is_desk(request.path) and bool(getattr(getattr(request, "actor", None), "posts", ()))
    return {
        "province_name": settings.PROVINCE_NAME,
        "error_shell": "desk/base.html" if at_desk else "base.html",
    }
