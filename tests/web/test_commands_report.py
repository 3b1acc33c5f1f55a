"""`signpost report` and the last lines of `signpost check`, on the engine's small knowledge base."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.web.conftest import Run
from web import commands_content, commands_report

TEAM = "services/noise-team.yaml"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's folder, and a clock that stands still."""
    for module in (commands_content, commands_report):
        monkeypatch.setattr(module, "utc_now", lambda: datetime(2026, 11, 23, 10, tzinfo=UTC))
    return home


@pytest.fixture
def edit(home: Path) -> Edit:
    """Replaces a text in a file of the knowledge base."""

    def replace(file: str, old: str, new: str) -> None:
        path = home / "knowledge" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def rows(run: Run) -> Callable[[], list[dict[str, str]]]:
    """The contacts as a spreadsheet reads them."""

    def read() -> list[dict[str, str]]:
        code, out, _ = run("report", "facts", "--format", "csv")
        assert code == 0
        return list(csv.DictReader(io.StringIO(out)))

    return read


def test_the_facts_begin_with_the_oldest(run: Run) -> None:
    """The contact of 2021 first, with its evidence, source and review date."""
    code, out, _ = run("report", "facts")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].endswith("on 2026-11-23, oldest evidence first.")
    first = next(number for number, line in enumerate(lines) if line.startswith("20"))
    assert lines[first].split()[:2] == ["2021", "plan"]
    assert "By e-mail" in lines[first]
    assert lines[first].endswith("2027-05-21")
    assert "            source: plan" in lines


def test_the_table_fits_the_page(run: Run) -> None:
    """No line is wider than 120 characters, and what is long is folded."""
    _, out, _ = run("report", "facts")
    assert [line for line in out.splitlines() if len(line) > 120] == []
    assert "Littleborough Noise\n" not in out
    assert any(line.strip() == "Team" for line in out.splitlines())


def test_a_long_link_stays_whole(run: Run) -> None:
    """It stands on a line of its own."""
    _, out, _ = run("report", "facts")
    assert "            form: https://www.littleborough.example/noise/report\n" in out


def test_the_facts_are_a_table_for_spreadsheets(rows: Callable[[], list[dict[str, str]]]) -> None:
    """With --format csv, a line for each contact, dates as exact as they are known."""
    night = next(row for row in rows() if row["contact_id"] == "night")
    assert night == {
        "service_id": "noise-team",
        "service": "Littleborough Noise Team",
        "contact_id": "night",
        "kind": "phone",
        "label": "Noise at night",
        "value": "020 7946 0101",
        "hours": "Th-Su 20:00-03:30",
        "source": "https://www.littleborough.example/noise",
        "checked": "2026-10",
        "evidence": "dated",
        "review_by": "2027-05-21",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(rows: Callable[[], list[dict[str, str]]], edit: Edit, start: str) -> None:
    """A label that begins like one has an apostrophe before it."""
    edit(TEAM, "label: Noise at night", f'label: "{start}1+1"')
    assert f"'{start}1+1" in [row["label"] for row in rows()]


def test_a_number_with_its_country_is_no_formula(
    rows: Callable[[], list[dict[str, str]]], edit: Edit
) -> None:
    """+44 would be reckoned with."""
    edit(TEAM, "value: 020 7946 0101", 'value: "+44 20 7946 0101"')
    assert "'+44 20 7946 0101" in [row["value"] for row in rows()]


def test_content_with_errors_is_not_reported_in_part(run: Run, edit: Edit) -> None:
    """The fault is told instead: a contact that is left out would not be called."""
    edit(TEAM, "value: 020 7946 0101", "value: 020 79")
    code, out, err = run("report", "facts")
    assert (code, out) == (1, "")
    assert TEAM in err


def test_each_language_has_its_line(run: Run) -> None:
    """What there is of words, examples, conversations and texts, counted from the files."""
    code, out, _ = run("report", "languages")
    header, english, bengali = out.splitlines()[:3]
    assert code == 0
    assert header.split()[0] == "language"
    assert english.startswith("en ")
    assert english.split()[-3:] == ["-", "-", "-"]
    assert bengali.split()[-3:-1] == ["0", "0"]
    assert int(bengali.split()[-1]) > 0


def test_a_word_and_an_example_more_are_counted(run: Run, home: Path) -> None:
    """In their language alone."""

    def counted() -> list[list[int]]:
        lines = run("report", "languages")[1].splitlines()[1:3]
        return [[int(cell) for cell in line.replace("of", "").split()[1:-3]] for line in lines]

    before = counted()
    words, examples = home / "knowledge/concepts/bn/outcomes.yaml", home / "knowledge/examples/bn/none.yaml"
    assert not words.exists()
    assert not examples.exists()
    words.write_text("headphones: [হেডফোন]\n", encoding="utf-8")
    examples.write_text("- আজ কি বৃষ্টি হবে\n", encoding="utf-8")
    after = counted()
    assert after[0] == before[0]
    # Concepts and those of all, topics and those of all, then the counts: one concept and one in `none`.
    assert [new - old for new, old in zip(after[1], before[1], strict=True)] == [1, *[0] * 7, 1, 0, 0]


def test_check_ends_with_what_is_to_be_confirmed(run: Run) -> None:
    """Counted, whatever faults there are."""
    _, out, _ = run("check")
    assert out.splitlines()[-3:] == [
        "Review overdue: no services.",
        "Review due by 2027-01-22: no services.",
        "Known from the 2021 plan alone: 1 contact of 1 service, 1 glossary entry. "
        "To telephone through: signpost report facts.",
    ]


def test_check_names_each_of_them_where_it_is_asked_to(run: Run, edit: Edit) -> None:
    """With --verbose, a line for each service, contact and entry of the glossary."""
    edit(TEAM, "review_by: 2027-05-21", "review_by: 2026-12-01")
    edit("services/police-999.yaml", "review_by: 2027-05-21", "review_by: 2026-11-01")
    plain, verbose = run("check")[1], run("check", "--verbose")[1]
    named = [line for line in verbose.splitlines() if line not in plain.splitlines()]
    assert named == [
        "  services/police-999.yaml: 2026-11-01",
        "  services/noise-team.yaml: 2026-12-01",
        "  services/noise-team.yaml: email, noise@littleborough.example",
        "  glossary.yaml: noise-panel",
    ]
    assert "Review overdue: 1 service." in plain
    assert "Review due by 2027-01-22: 1 service." in plain


def test_check_says_nothing_of_dates_where_there_are_errors(run: Run, edit: Edit) -> None:
    """Records would be missing from the count."""
    edit(TEAM, "value: 020 7946 0101", "value: 020 79")
    code, out, _ = run("check")
    assert code == 1
    assert "Review" not in out
