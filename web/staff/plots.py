"""Plots as SVG inside the page: no script, no inline style; colours come from the style sheet's classes.

Each is one image with a sentence in its place; the table below it has every figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

#: A label and its figure; None: there is something, and too little to be shown.
Cell = tuple[str, int | None]

_WIDTH, _HEIGHT = 720, 240
_LEFT, _BOTTOM, _TOP, _RIGHT = 44, 28, 18, 12
_ROW = 28
_LABELS = 230
#: Labels below columns, at most: more would run into each other.
_MOST_LABELS = 8
_MOST_BARS = 15
_STUB = 3
#: Characters of a label that fit beside a bar.
_FITS = 32


def columns(name: str, title: str, cells: Sequence[Cell]) -> Markup:
    """Upright columns in the order given: what goes by days, months or hours."""
    top = _ceiling([figure for _, figure in cells])
    wide = (_WIDTH - _LEFT - _RIGHT) / max(1, len(cells))
    parts = [*_grid(top, "")]
    for place, (label, figure) in enumerate(cells):
        x, high = _LEFT + place * wide, _STUB if figure is None else _scaled(figure, top)
        kind = "few" if figure is None else "bar"
        parts.append(_rect(x + wide * 0.1, _HEIGHT - _BOTTOM - high, wide * 0.8, high, kind))
        if place % _step(len(cells)) == 0:
            parts.append(_text(x + wide / 2, _HEIGHT - 8, label, "middle"))
    return _svg(name, title, _highest(cells), _HEIGHT, parts)


def bars(name: str, title: str, cells: Sequence[Cell]) -> Markup:
    """Lying bars, each with its label before and its figure behind; no more than the first fifteen."""
    seen = [cell for cell in cells if cell[1] is not None][:_MOST_BARS]
    top = max((figure or 0 for _, figure in seen), default=0) or 1
    parts = []
    for place, (label, figure) in enumerate(seen):
        y, long = place * _ROW, (figure or 0) / top * (_WIDTH - _LABELS - 60)
        cut = label if len(label) <= _FITS else label[: _FITS - 1].rstrip() + "…"
        parts += [
            _text(_LABELS - 10, y + 19, cut, "end"),
            _rect(_LABELS, y + 4, long, _ROW - 8, "bar"),
            _text(_LABELS + long + 8, y + 19, str(figure), "start"),
        ]
    return _svg(name, title, _highest(seen), max(1, len(seen)) * _ROW, parts)


def lines(name: str, title: str, labels: Sequence[str], series: Mapping[str, Sequence[int | None]]) -> Markup:
    """Shares in percent over time, a line for each series; a gap where there is too little to say."""
    top = _ceiling([each for values in series.values() for each in values], least=20)
    wide = (_WIDTH - _LEFT - _RIGHT) / max(1, len(labels))
    parts = [*_grid(top, " %")]
    for place, label in enumerate(labels):
        if place % _step(len(labels)) == 0:
            parts.append(_text(_LEFT + (place + 0.5) * wide, _HEIGHT - 8, label, "middle"))
    for number, (label, values) in enumerate(series.items()):
        spots = [
            None if each is None else (_LEFT + (place + 0.5) * wide, _HEIGHT - _BOTTOM - _scaled(each, top))
            for place, each in enumerate(values)
        ]
        parts += _line(spots, f"line-{number + 1}")
        parts += _key(number, label)
    return _svg(name, title, _latest(labels, series), _HEIGHT, parts)


def _line(spots: Sequence[tuple[float, float] | None], kind: str) -> Iterator[Markup]:
    """The stretches of a line between its gaps, and a dot at each value."""
    stretch: list[tuple[float, float]] = []
    for spot in [*spots, None]:
        if spot is not None:
            stretch.append(spot)
            yield Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="4"/>').format(kind, *spot)
        elif stretch:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in stretch)
            yield Markup('<polyline class="{}" points="{}"/>').format(kind, points)
            stretch = []


def _key(number: int, label: str) -> list[Markup]:
    """Which line is which, above the plot."""
    x = _LEFT + number * 220
    return [
        Markup('<circle class="line-{}" cx="{}" cy="7" r="5"/>').format(number + 1, x + 6),
        _text(x + 18, 12, label, "start"),
    ]


def _grid(top: int, unit: str) -> Iterator[Markup]:
    for part in (0, 0.5, 1):
        y = _HEIGHT - _BOTTOM - _scaled(top * part, top)
        yield Markup('<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(
            _LEFT, _WIDTH - _RIGHT, y, y
        )
        yield _text(_LEFT - 6, y + 5, f"{top * part:g}{unit}", "end")


def _svg(name: str, title: str, told: str, height: int, parts: Sequence[Markup]) -> Markup:
    opening = Markup(
        '<svg class="plot" id="{0}" role="img" aria-labelledby="{0}-title" aria-describedby="{0}-told"'
        ' viewBox="0 0 {1} {2}">'
        '<title id="{0}-title">{3}</title><desc id="{0}-told">{4}</desc>'
    ).format(name, _WIDTH, height, title, told)
    return opening + Markup("").join(parts) + Markup("</svg>")


def _rect(x: float, y: float, wide: float, high: float, kind: str) -> Markup:
    return Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        kind, x, y, wide, high
    )


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, escape(text))


def _scaled(value: float, top: int) -> float:
    return value / top * (_HEIGHT - _BOTTOM - _TOP - 8)


def _ceiling(values: Sequence[int | None], least: int = 10) -> int:
    """A round number that no value is above."""
    most = max([least, *(value for value in values if value is not None)])
    tenth: int = 10 ** (len(str(most)) - 1) // 10 or 1
    return next(tenth * part for part in (10, 15, 20, 30, 40, 60, 80, 100) if tenth * part >= most)


def _step(number: int) -> int:
    return -(-number // _MOST_LABELS)


def _highest(cells: Sequence[Cell]) -> str:
    """What a plot shows, in a sentence."""
    known = sorted(((figure, label) for label, figure in cells if figure), key=lambda each: -each[0])
    if not known:
        return "There is too little to be shown."
    told = ", ".join(f"{label} {figure}" for figure, label in known[:3])
    return f"The highest: {told}. The table below has all figures."


def _latest(labels: Sequence[str], series: Mapping[str, Sequence[int | None]]) -> str:
    told = []
    for name, values in series.items():
        known = [(label, value) for label, value in zip(labels, values, strict=True) if value is not None]
        told.append(f"{name}: {known[-1][1]} % in the last part ({known[-1][0]})" if known else
                    f"{name}: too little to say")  # fmt: skip
    return "; ".join(told) + ". The table below has all figures."
