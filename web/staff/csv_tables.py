"""Tables to take away, as CSV that a spreadsheet opens without obeying what stands in a cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

#: What a spreadsheet would take for a formula. Source: OWASP, CSV injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A CSV file in UTF-8 called `name`; the byte order mark tells spreadsheets so."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(head)
    table.writerows([_harmless(cell) for cell in row] for row in rows)
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
