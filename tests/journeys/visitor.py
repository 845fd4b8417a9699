"""Somebody at a browser without scripts: opens pages, reads them, fills in the forms that are there."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from onestop.agencies.demo_people import PASSWORD


@dataclass
class Form:
    """A form as the page offers it: what it would send, and what can be typed or ticked."""

    id: str
    action: str
    method: str
    sent: dict[str, str] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """Every form of a page, with the fields that name it from elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._select = self._textarea = ""
        self._button: dict[str, str] | None = None
        for self._is_second in (False, True):  # first the forms, then what belongs to them
            self.feed(page)
            self.reset()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = self._form(given)
        elif self._is_second and "disabled" not in given:
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "button":
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._button["text"] += data
        if self._textarea and self._open:
            self._open.sent[self._textarea] += data

    def _form(self, given: dict[str, str]) -> Form:
        if self._is_second:
            return next(form for form in self.found if form.id == self._id(given))
        form = Form(self._id(given), given.get("action", ""), given.get("method", "get").lower())
        self.found.append(form)
        return form

    def _id(self, given: dict[str, str]) -> str:
        return given.get("id") or "at {}:{}".format(*self.getpos())

    def _field(self, tag: str, given: dict[str, str]) -> None:
        own = next((form for form in self.found if form.id == given.get("form")), self._open)
        name, value = given.get("name", ""), given.get("value", "")
        if own is None:
            return
        if tag == "button" or (tag == "input" and given.get("type") == "submit"):
            self._button = {"name": name, "value": value, "text": value if tag == "input" else ""}
            own.buttons.append(self._button)
            if tag == "input":
                self._button = None
        elif tag == "input" and name:
            own.offered[name] = value
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                own.sent[name] = value or ("on" if given.get("type") == "checkbox" else "")
        elif tag in ("select", "textarea"):
            own.offered[name] = ""
            own.sent.setdefault(name, "")
            self._select, self._textarea = (name, "") if tag == "select" else ("", name)
        elif tag == "option" and self._select and ("selected" in given or not own.sent[self._select]):
            own.sent[self._select] = value


class Visitor:
    """Người dùng: one person, one session. Forged requests are refused as in real life."""

    def __init__(self, username: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.username = username
        self.page = HttpResponse()
        self.address = ""
        if username:
            self.open("/dang-nhap/")
            self.press("Đăng nhập", username=username, password=PASSWORD)

    def open(self, address: str, *, expect: int = 200) -> "Visitor":
        """Go to an address, where that answer is expected."""
        return self._arrive(self.client.get(address, follow=True), address, expect)

    def press(self, text: str, *, expect: int = 200, **typed: str) -> "Visitor":
        """Press the button with these words after filling in its form; follow where it leads."""
        form, button = self._button(text)
        unknown = set(typed) - set(form.offered)
        assert not unknown, f"{self.address} has no field {unknown} beside “{text}”"
        data = form.sent | typed
        if button["name"]:
            data[button["name"]] = button["value"]
        ask = self.client.post if form.method == "post" else self.client.get
        action = html.unescape(form.action) or self.address
        return self._arrive(ask(action, data, follow=True), action, expect)

    def fields(self, text: str, start: str) -> list[str]:
        """The names of the fields beside that button that begin so."""
        return [name for name in self._button(text)[0].offered if name.startswith(start)]

    @property
    def source(self) -> str:
        return self.page.content.decode()

    @property
    def words(self) -> str:
        """What the page says, without its mark-up."""
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.source)))

    def reads(self, *sentences: str) -> "Visitor":
        """The page says all of these."""
        for sentence in sentences:
            assert sentence in self.words, f"{self.address} does not say “{sentence}”:\n{self.words}"
        return self

    def does_not_read(self, *sentences: str) -> "Visitor":
        """The page says none of these."""
        for sentence in sentences:
            assert sentence not in self.words, f"{self.address} says “{sentence}”"
        return self

    def may_press(self, text: str) -> bool:
        return any(self._is_named(button, text) for form in self._forms() for button in form.buttons)

    def _arrive(self, page: HttpResponse, address: str, expect: int) -> "Visitor":
        chain = getattr(page, "redirect_chain", [])
        self.page, self.address = page, chain[-1][0] if chain else address
        assert page.status_code == expect, f"{self.address}: {page.status_code}"
        return self

    def _forms(self) -> list[Form]:
        return Forms(self.source).found

    def _is_named(self, button: dict[str, str], text: str) -> bool:
        return " ".join(button["text"].split()).startswith(text)

    def _button(self, text: str) -> tuple[Form, dict[str, str]]:
        for form in self._forms():
            for button in form.buttons:
                if self._is_named(button, text):
                    return form, button
        raise AssertionError(f"{self.address} has no button “{text}”")
