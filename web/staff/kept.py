"""What was typed when a session had ended: shown to its owner, to be sent or thrown away."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from web.staff.guard import allowed, blueprint, me
from web.staff.services import staff


@blueprint.get("/kept")
@allowed("viewer")
def kept_forms() -> str:
    """The forms that are kept for whoever is signed in, each with the token of this session."""
    forms = staff().kept.of(me().email, _browser())
    return render_template("staff/kept.html", forms=forms)


@blueprint.post("/kept/<int:number>/drop")
@allowed("viewer", keeps=False)
def drop_kept(number: int) -> Response:
    """Throw one away."""
    staff().kept.drop(number, me().email, _browser())
    flash("It is thrown away.")
    return redirect(url_for("staff.kept_forms"), 303)


def _browser() -> str:
    return str(session.get("browser", ""))
