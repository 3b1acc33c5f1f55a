"""The sites that embed the assistant: read strictly, checked like everything else that residents see."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import web
from bot.knowledge.checks import check_files
from bot.knowledge.faults import Fault
from bot.knowledge.passages import passages
from bot.knowledge.reading import read_files, read_folder
from bot.knowledge.site_checks import GROUNDS, contrast

SMALL = Path(__file__).parents[2] / "knowledge"
TODAY = date(2026, 11, 23)
OWN = """
  - id: own
    kind: phone
    label: Our own line
    value: 020 7946 0001
    source: https://partner.example/contact
    checked: 2026-11
    evidence: current
"""

Found = Callable[[str], list[Fault]]


@pytest.fixture
def found() -> Found:
    """The faults of the small knowledge base with these lines for its site."""

    def look(lines: str) -> list[Fault]:
        files = read_folder(SMALL)
        files["sites.yaml"] = (
            f"partner:\n  name: A partner\n  origins: [https://partner.example]\n{lines}".encode()
        )
        faults = check_files(files, TODAY)[1]
        return [fault for fault in faults if fault.file == "sites.yaml"]

    return look


def test_a_site_with_everything_has_no_fault(found: Found) -> None:
    lines = "  language: bn\n  topics: [noise]\n  groups: [street]\n  exit: https://weather.example/\n"
    colours = "  colours: {accent: '#7A1F5C', on_accent: '#FFFFFF'}\n"
    assert found(f"{lines}{colours}  contacts:{OWN}") == []


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        ("  topics: [noise, nois]\n", 4, "there is no topic 'nois'"),
        ("  groups: [noise]\n", 4, "there is no group 'noise'"),
        ("  topics: [noise, noise]\n", 4, "listed twice"),
        ("  language: tlh\n", 4, "there is no language 'tlh'"),
        ("  exit: http://weather.example/\n", 4, "is not secure"),
        ("  exit: weather\n", 4, "is no web address"),
        ("  colours: {accent: teal}\n", 4, "is no colour"),
        ("  colours: {accent: '#abc'}\n", 4, "is no colour"),
        ("  colours: {accent: '#00566b', ground: '#ffffff'}\n", 4, "colours has no key 'ground'"),
        ("  colours: {on_accent: '#ffffff'}\n", 4, "'accent' is missing"),
        ("  frames: [https://partner.example]\n", 4, "a site has no key 'frames'"),
    ],
)
def test_a_fault_is_found_with_its_line(found: Found, lines: str, line: int, what: str) -> None:
    faults = found(lines)
    assert [(fault.line, fault.severity) for fault in faults] == [(line, "error")]
    assert what in faults[0].what


@pytest.mark.parametrize(
    "origin",
    [
        "http://partner.example",
        "https://partner.example/",
        "https://partner.example/page",
        "https://*.partner.example",
        "https://user@partner.example",
        "https://Partner.example",
        "https://partner.example; script-src *",
        "https://partner.example https://evil.example",
        "*",
        "null",
        "https:",
        "https://",
    ],
)
def test_an_origin_is_one_exact_site(origin: str) -> None:
    """It goes into a header as it is, so nothing may widen it or end it."""
    files = read_folder(SMALL)
    files["sites.yaml"] = f"partner:\n  name: A partner\n  origins: ['{origin}']\n".encode()
    knowledge, faults = read_files(files)
    assert knowledge is None
    assert "is no origin" in faults[0].what


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#00566b", "#ffffff", 8.26),
    ],
)
def test_contrast_is_as_wcag_has_it(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_colours_that_cannot_be_read_are_an_error(found: Found) -> None:
    """On every ground; the words on the accent as well."""
    faults = found("  colours: {accent: '#ffcc00'}\n")
    assert len(faults) == len(GROUNDS) + 1
    assert all(fault.severity == "error" and "contrast" in fault.what for fault in faults)
    assert [fault.what[:9] for fault in found("  colours: {accent: '#00566b', on_accent: '#000000'}\n")] == [
        "on_accent"
    ]


def test_an_accent_is_held_against_the_darkest_ground(found: Found) -> None:
    """#767676 passes on white, and not on what is behind a button that is pointed at."""
    assert [fault.line for fault in found("  colours: {accent: '#737373'}\n")] == [4, 4]


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    sheet = (Path(web.__file__).parent / "static" / "signpost.css").read_text("utf-8")
    light = sheet[: sheet.index("prefers-color-scheme: dark")]
    there = {name: re.search(rf"--{name}: (#\w+);", light) for name in ("paper", "ground", "tint")}
    colours = [
        found[1].replace("#fff", "#ffffff") if len(found[1]) == 4 else found[1]
        for found in there.values()
        if found
    ]
    assert colours == list(GROUNDS.values())


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("evidence: current", "evidence: plan", "the evidence is `plan`"),
        ("checked: 2026-11", "checked: 2030", "lies in the future"),
        ("    source: https://partner.example/contact\n", "", "'source' is missing"),
        ("    checked: 2026-11\n", "", "'checked' is missing"),
        ("020 7946 0001", "020 7946", "is no valid telephone number"),
    ],
)
def test_a_sites_own_contact_is_checked_like_any_other(found: Found, old: str, new: str, what: str) -> None:
    faults = found("  contacts:" + OWN.replace(old, new))
    assert any(what in fault.what for fault in faults), faults


def test_a_retired_number_is_no_contact_of_a_site_either(found: Found) -> None:
    files = read_folder(SMALL)
    knowledge, _ = read_files(files)
    assert knowledge is not None
    retired = [
        old.value for record in knowledge.services.values() for old in record.retired if old.value[0] == "0"
    ]
    faults = found("  contacts:" + OWN.replace("020 7946 0001", retired[0]))
    assert any("is retired" in fault.what for fault in faults)


def test_a_mailbox_that_is_one_persons_is_no_contact_of_a_site(found: Found) -> None:
    lines = OWN.replace("kind: phone", "kind: email").replace("020 7946 0001", "j.smith@partner.example")
    assert any("one person's" in fault.what for fault in found("  contacts:" + lines))


def test_two_contacts_of_a_site_have_two_ids(found: Found) -> None:
    assert any(
        "two contacts have the id 'own'" in fault.what
        for fault in found("  contacts:" + OWN + OWN.lstrip("\n"))
    )


def test_the_labels_of_a_site_are_translated() -> None:
    files = read_folder(SMALL)
    files["sites.yaml"] = f"partner:\n  name: A partner\n  contacts:{OWN}".encode()
    knowledge, _ = read_files(files)
    assert knowledge is not None
    told = [passage for passage in passages(knowledge) if passage.file == "sites.yaml"]
    assert [(passage.text, passage.path) for passage in told] == [
        ("Our own line", ("partner", "contacts", 0, "label"))
    ]


def test_a_site_that_can_embed_nothing_is_a_warning() -> None:
    files = read_folder(SMALL)
    files["sites.yaml"] = b"partner:\n  name: A partner\n"
    faults = [fault for fault in check_files(files, TODAY)[1] if fault.file == "sites.yaml"]
    assert [(fault.severity, "no origins" in fault.what) for fault in faults] == [("warning", True)]
