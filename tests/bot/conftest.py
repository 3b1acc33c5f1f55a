"""The tiny knowledge base, built once, and a fixed moment."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.assistant import Assistant, Turn
from bot.dialogue.state import DialogueState
from bot.knowledge.reading import read_files, read_folder
from bot.language.catalogue import read_catalogue

TINY = Path(__file__).parent.parent / "knowledge"
#: A Sunday evening in winter.
SUNDAY_EVENING = datetime(2026, 11, 22, 21, 30, tzinfo=ZoneInfo("Europe/London"))

BENGALI = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Noise team"
msgstr "শব্দ দল"

#, fuzzy
msgid "The council can look into noise that goes on. Call the noise team while it is loud."
msgstr "শব্দ চলতে থাকলে কাউন্সিল দেখতে পারে।"
""".encode()


@pytest.fixture(scope="session")
def knowledge():
    found, faults = read_files(read_folder(TINY))
    assert found is not None, faults
    return found


@pytest.fixture(scope="session")
def assistant(knowledge):
    return Assistant(knowledge, {"bn": read_catalogue("bn", [("interface.po", BENGALI)])})


@pytest.fixture
def sunday_evening():
    return SUNDAY_EVENING


@pytest.fixture
def talk(assistant):
    """Plays messages, each with the state of the one before; gives the last reply and state."""

    def say(*messages, language=None, now=SUNDAY_EVENING):
        state = DialogueState()
        for message in messages:
            turn = message if isinstance(message, Turn) else Turn(message=message, language=language)
            reply, state = assistant.respond(turn, state, now)
        return reply, state

    return say
