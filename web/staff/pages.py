"""What every page of the editor has: the draft in hand beside what the page shows."""

from __future__ import annotations

from typing import Any

from flask import render_template

from web.staff.workshop import Work


def page(template: str, found: Work | None, status: int = 200, **shown: Any) -> tuple[str, int]:
    """The page `staff/<template>.html`; `found` is what is looked at, None: nothing in particular."""
    return render_template(f"staff/{template}.html", work=found, **shown), status
