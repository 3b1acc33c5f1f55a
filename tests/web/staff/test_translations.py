"""Translations in the browser: beside the English, checked by somebody, out to agencies and back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest

from bot.language.entries import read_entries
from store.editing.catalogue_edit import noted
from tests.web.staff.conftest import Browser
from tests.web.staff.editing import FILES, fields_of, site, small_assistant, text_of
from tests.web.staff.test_editing import changed
from web.staff.services import Staff
from web.staff.translating import key_of

__all__ = ["site", "small_assistant"]

SignedIn = Callable[..., Browser]
PAGE = "/staff/translations/bn/topics/noise"
PO = "translations/bn/LC_MESSAGES/knowledge.po"
TITLE = "Noise"
KEY = key_of(TITLE)


@pytest.fixture
def editor(signed_in: SignedIn) -> Browser:
    return signed_in("editor", "rahima")


def send(browser: Browser, path: str = PAGE, **fields: str) -> str:
    """Fill a record's form in and send it; the page that comes back. A field that is "" is left out."""
    form = {**fields_of(browser.get(path).text), **fields}
    return browser.send(path, {name: text for name, text in form.items() if text or name[0] != "c"}).text


def saved(shop: Staff, number: int = 1) -> dict[str, tuple[str, bool, str]]:
    """English -> (translation, whether a draft, by whom it was checked), in a draft."""
    content = shop.drafts.files(number)[PO]
    return {english: (each.text, each.draft, each.by) for english, each in noted(content).items()}


def test_each_text_stands_beside_its_english(editor: Browser) -> None:
    """In the direction and language of the reader; missing ones are empty."""
    page = editor.get(PAGE).text
    assert TITLE in text_of(page)
    assert f'id="t-{KEY}" name="t-{KEY}" rows="3" lang="bn" dir="ltr"' in page
    assert "missing" in page


def test_a_translation_is_saved_as_a_draft(editor: Browser, shop: Staff) -> None:
    """In somebody's draft; nothing is live, and only what was written is in the catalogue."""
    page = send(editor, **{f"t-{KEY}": " শব্দ\n দূষণ "})
    assert "Nothing is live yet." in page
    assert saved(shop) == {TITLE: ("শব্দ দূষণ", True, "")}
    assert shop.store.current() == 1


def test_a_text_is_marked_as_checked_by_a_translator(editor: Browser, shop: Staff) -> None:
    """With the name that is given, and the date; saving again for nothing keeps both."""
    send(editor, **{f"t-{KEY}": "শব্দ", f"c-{KEY}": "on", "by": "Rahima Begum"})
    assert saved(shop) == {TITLE: ("শব্দ", False, "Rahima Begum")}
    assert "checked by Rahima Begum, 2026-11-23" in text_of(editor.get(PAGE).text)
    send(editor, by="Somebody Else")
    assert saved(shop) == {TITLE: ("শব্দ", False, "Rahima Begum")}
    send(editor, **{f"c-{KEY}": ""})
    assert saved(shop) == {TITLE: ("শব্দ", True, "")}


def test_who_checked_must_be_said(editor: Browser) -> None:
    page = send(editor, **{f"t-{KEY}": "শব্দ", f"c-{KEY}": "on", "by": " "})
    assert "Write who has checked these texts." in page
    assert "শব্দ" in page


def test_what_would_mislead_is_refused_beside_its_field(editor: Browser, shop: Staff) -> None:
    """A number that the English has not; and nothing typed is lost."""
    page = send(editor, **{f"t-{KEY}": "শব্দ 999"})
    assert re.search(rf'id="t-{KEY}-error">.*?a number.*?added: 999', page, re.I)
    assert "শব্দ 999" in page
    assert shop.drafts.all_open() == []


def test_two_translators_keep_each_others_texts(editor: Browser, shop: Staff, signed_in: SignedIn) -> None:
    """In different texts of one record at once; where both wrote one text, it is shown both ways."""
    send(editor, **{f"t-{KEY}": "শব্দ"})
    other = signed_in("publisher", "ben")
    other.get("/staff/drafts/1")
    other.post("/staff/drafts/1/take", version="2")
    form = fields_of(other.get(PAGE).text)
    answer = next(name for name in form if name.startswith("t-") and name != f"t-{KEY}")
    send(editor, **{f"t-{KEY}": "আওয়াজ"})
    clash = other.send(PAGE, {**form, f"t-{KEY}": "কোলাহল"})
    assert clash.status_code == 409
    assert "Somebody else has made this “আওয়াজ” meanwhile" in text_of(clash.text)
    other.send(PAGE, {**form, answer: "উত্তর"})
    assert saved(shop)[TITLE][0] == "আওয়াজ"
    assert len(saved(shop)) == 2


def test_a_translation_is_outdated_when_its_english_changes(editor: Browser, shop: Staff) -> None:
    """The old English is shown beside the new, with its translation; ticked, that counts for the new one."""
    send(editor, **{f"t-{KEY}": "শব্দ", f"c-{KEY}": "on", "by": "Rahima"})
    changed(editor, "/staff/topics/noise", title="Noise and din")
    page = text_of(editor.get(PAGE).text)
    assert "The English that was translated: Noise" in page
    assert "outdated" in page
    assert "1" in text_of(editor.get("/staff/translations/bn/?show=outdated").text)
    send(editor, **{f"c-{key_of('Noise and din')}": "on", "by": "Rahima"})
    assert saved(shop)["Noise and din"] == ("শব্দ", False, "Rahima")


def test_overviews_count_each_text_once(editor: Browser) -> None:
    """Of a language, and of each record in it; a search finds English and translation."""
    send(editor, **{f"t-{KEY}": "শব্দ"})
    row = text_of(editor.get("/staff/translations/").text.partition("<tbody>")[2])
    assert re.match(r"Bengali 0 \d+ 1 0", row)
    assert "Noise" in text_of(editor.get("/staff/translations/bn/?q=শব্দ").text.partition("<tbody>")[2])
    assert "0 records" in editor.get("/staff/translations/bn/?q=qwertz").text
    assert editor.get("/staff/translations/en/").status_code == 404


def test_a_catalogue_goes_out_with_every_text(editor: Browser) -> None:
    """Those without a translation as well, under the name of the language."""
    send(editor, **{f"t-{KEY}": "শব্দ"})
    answer = editor.get("/staff/translations/bn/knowledge.po")
    entries = read_entries("", answer.data)
    assert entries.header["Language"] == "bn"
    assert entries.get(TITLE).string == "শব্দ"
    assert len(entries) > 50
    assert 'filename="signpost-bn-knowledge.po"' in answer.headers["Content-Disposition"]


def bring(browser: Browser, content: bytes, by: str = "") -> str:
    """Send a file that came back; the page that tells what became of it."""
    browser.get("/staff/translations/bn/")
    file = (io.BytesIO(content), "back.po")
    return text_of(browser.post("/staff/translations/bn/import", file=file, by=by, draft="").text)


def test_a_catalogue_comes_back(editor: Browser, shop: Staff) -> None:
    """What is good is taken over and shown, what would mislead is refused with the reason."""
    out = editor.get("/staff/translations/bn/knowledge.po").text
    back = out.replace(f'msgid "{TITLE}"\nmsgstr ""', f'msgid "{TITLE}"\nmsgstr "শব্দ"')
    emergency = next(line for line in out.splitlines() if line.startswith("msgid") and "999" in line)
    back = back.replace(f'{emergency}\nmsgstr ""', f'{emergency}\nmsgstr "পুলিশ"')
    back += '\nmsgid "Of long ago"\nmsgstr "পুরানো"\n'
    page = bring(editor, back.encode(), "Agency")
    assert "1 translations are taken over, 2 are refused" in page
    assert "missing: 999" in page
    assert "not in use any more" in page
    assert saved(shop) == {TITLE: ("শব্দ", False, "Agency")}


def test_without_a_name_everything_comes_back_as_a_draft(editor: Browser, shop: Staff) -> None:
    out = editor.get("/staff/translations/bn/knowledge.po").text
    bring(editor, out.replace(f'msgid "{TITLE}"\nmsgstr ""', f'msgid "{TITLE}"\nmsgstr "শব্দ"').encode())
    assert saved(shop) == {TITLE: ("শব্দ", True, "")}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Choose the file"), (b"no catalogue", "not a gettext catalogue"), (b"\xff\xfe", "not in UTF-8"),
     (b'msgid ""\nmsgstr "Language: so\\n"\n', "its language is so")],
)  # fmt: skip
def test_what_is_no_catalogue_of_the_language_is_refused(
    content: bytes, said: str, editor: Browser, shop: Staff
) -> None:
    assert said in bring(editor, content)
    assert shop.drafts.all_open() == []


def test_an_import_that_changes_nothing_makes_no_draft(editor: Browser, shop: Staff) -> None:
    out = editor.get("/staff/translations/bn/knowledge.po").data
    assert "0 translations are taken over" in bring(editor, out)
    assert shop.drafts.all_open() == []


def test_the_words_of_pages_and_chat_are_translated_too(editor: Browser, shop: Staff) -> None:
    """They are in a catalogue of their own."""
    overview = editor.get("/staff/translations/bn/?q=Pages+and+chat").text
    path = re.search(r"/staff/translations/bn/interface/[\w.]+", overview)
    assert path
    key = next(name for name in fields_of(editor.get(path[0]).text) if name.startswith("t-"))
    send(editor, path[0], **{key: "পাঠান"})
    [name] = shop.drafts.changes(1)
    assert name == "translations/bn/LC_MESSAGES/interface.po"


def test_viewers_look_and_do_not_touch(signed_in: SignedIn) -> None:
    viewer = signed_in("viewer")
    assert "readonly" in viewer.get(PAGE).text
    assert viewer.post(PAGE, **{f"t-{KEY}": "x"}).status_code == 403


def test_the_content_itself_has_no_catalogue_yet() -> None:
    """So that what the tests above find was written by them."""
    assert PO not in FILES


def test_arabic_is_written_from_right_to_left(shop: Staff, signed_in: SignedIn) -> None:
    """Its field and its name, while the page around it stays English."""
    path = "knowledge/languages.yaml"
    arabic = "ar: {name: العربية, english: Arabic, direction: rtl, offered: false}\n".encode()
    shop.store.publish({**FILES, path: FILES[path] + arabic}, 1, "ann", "Arabic.")
    editor = signed_in("editor")
    assert (
        f'id="t-{KEY}" name="t-{KEY}" rows="3" lang="ar" dir="rtl"'
        in editor.get(PAGE.replace("/bn/", "/ar/")).text
    )
    assert 'lang="ar" dir="rtl">العربية</span>' in editor.get("/staff/translations/ar/").text
