"""Whatever is typed into a file, the content is either sound or has faults: reading never fails itself."""

import datetime as dt
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases import check_content
from bot.knowledge.faults import errors
from bot.knowledge.reading import read_folder

TINY = read_folder(Path(__file__).parents[2] / "knowledge")
SPOILT = st.text(alphabet="ab0:-[]{}#&*!|>'\",.@/+ \n\t\u0995\u200d\u0660;~%", max_size=12)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(TINY)), st.integers(0, 2000), st.integers(0, 40), SPOILT)
def test_a_file_spoilt_anywhere_gives_faults_and_no_failure(
    name: str, start: int, length: int, typed: str
) -> None:
    text = TINY[name].decode()
    start %= len(text)
    spoilt = text[:start] + typed + text[start + length :]
    knowledge, _, faults = check_content({**TINY, name: spoilt.encode()}, dt.date(2026, 11, 22))
    assert (knowledge is None) == bool(errors(faults))
    assert all(fault.what and fault.remedy and fault.line >= 0 for fault in faults)
