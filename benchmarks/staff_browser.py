"""A member of staff without a window: opens pages of the editor, and sends their forms as a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import requests

#: Seconds for one page. Publication plays every conversation first.
_PATIENCE = 300


@dataclass
class Form:
    """A form of a page: the path that it is sent to, and its fields as they stand."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class StaffBrowser:
    """Pages of the service at `address`, such as http://127.0.0.1:8000, with the cookies that they set."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._session = requests.Session()
        self._session.headers["Sec-Fetch-Site"] = "same-origin"

    def get(self, path: str) -> str:
        """The page at `path`. Raises requests.RequestException."""
        return self._text(self._session.get(self._address + path, timeout=_PATIENCE))

    def form(self, path: str, action: str | None = None) -> Form:
        """The form of the page at `path` that is sent to `action` (None: to the page itself).

        Raises ValueError where there is none, and requests.RequestException.
        """
        reader = _Reader(path)
        reader.feed(self.get(path))
        for found in reader.forms:
            if found.action == (action or path):
                return found
        raise ValueError(f"{path} has no form that is sent to {action or path}.")

    def send(self, form: Form, **fields: str) -> str:
        """Send `form` with `fields` in place of what stands there; the page that comes back.

        Raises requests.RequestException.
        """
        filled = {**form.fields, **fields}
        return self._text(self._session.post(self._address + form.action, data=filled, timeout=_PATIENCE))

    def _text(self, response: requests.Response) -> str:
        response.raise_for_status()
        return response.text


class _Reader(HTMLParser):
    """Collects the forms of a page. Buttons are not fields: who presses one names it."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self.forms: list[Form] = []
        self._name = ""
        self._is_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action") or self._path))
        if not self.forms:
            return
        fields, name = self.forms[-1].fields, given.get("name", "")
        if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            fields[name] = given.get("value", "")
        elif tag in ("select", "textarea"):
            self._name, self._is_text = name, tag == "textarea"
            fields[name] = ""
        elif tag == "option" and "selected" in given:
            fields[self._name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._is_text:
            fields = self.forms[-1].fields
            fields[self._name] = (fields[self._name] + data).removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._is_text = False
