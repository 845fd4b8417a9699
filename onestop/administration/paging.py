from django.http import HttpRequest

MOST_DIGITS = 5


def page_number(request: HttpRequest) -> int:
    """The page asked for by `?trang=`; anything that is no small number means the first."""
    text = request.GET.get("trang", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 1
