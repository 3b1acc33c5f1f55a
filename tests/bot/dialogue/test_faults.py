"""No fault anywhere hides a safety notice: every function that runs after the finding is made to fail."""

import importlib
import inspect
import pkgutil
import sys

import pytest

import bot.dialogue
from bot.assistant import Turn
from bot.dialogue import step
from bot.dialogue.state import DialogueState

#: What runs after the notices are found, beside the rooms of the dialogue.
LATER = [
    "bot.knowledge.hours",
    "bot.knowledge.weekly",
    "bot.language.catalogue",
    "bot.language.detection",
    "bot.understanding.confidence",
    "bot.understanding.matcher",
    "bot.understanding.numbers",
    "bot.understanding.parts",
    "bot.understanding.recognition",
    "bot.understanding.terms",
]
#: What a lone notice is made by; and what must have run before one can be found.
SPARED = {"bot.dialogue.alone", "bot.dialogue.reply", "bot.dialogue.state"}
BEFORE = {"Understanding.read", "Understanding.utterance", "Understanding._language", "Understanding.notices"}
DANGER = Turn(message="he has a knife right now", language="bn")


def modules():
    """The modules of the dialogue, found, and the other later ones."""
    names = [f"bot.dialogue.{found.name}" for found in pkgutil.iter_modules(bot.dialogue.__path__)]
    return [importlib.import_module(name) for name in [*names, *LATER] if name not in SPARED]


def functions():
    """Every function and method that these modules define: (name, owner, attribute)."""
    for module in modules():
        for name, value in vars(module).items():
            if getattr(value, "__module__", None) != module.__name__:
                continue
            if inspect.isfunction(value):
                yield f"{module.__name__}.{name}", module, name
            elif inspect.isclass(value):
                for part, inner in vars(value).items():
                    method = isinstance(inner, (staticmethod, classmethod)) or inspect.isfunction(inner)
                    if method and not part.startswith("__") and f"{name}.{part}" not in BEFORE:
                        yield f"{module.__name__}.{name}.{part}", value, part


FUNCTIONS = {name: (owner, part) for name, owner, part in functions()}


def fail(*_arguments, **_named):
    raise RuntimeError("broken on purpose")


def break_function(monkeypatch, owner, part):
    """Makes the function fail, wherever it was imported to."""
    original = getattr(owner, part)
    monkeypatch.setattr(owner, part, fail)
    if inspect.ismodule(owner):
        for name, module in list(sys.modules.items()):
            if name.startswith("bot.") and getattr(module, part, None) is original:
                monkeypatch.setattr(module, part, fail)


def assert_shown(reply):
    [notice] = reply.urgent
    assert (notice.kind, notice.contacts[0].value, notice.contacts[0].href) == ("danger", "999", "tel:999")
    assert notice.title
    assert notice.text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_function_that_fails_hides_a_notice(assistant, sunday_evening, monkeypatch, caplog, name):
    """In a fresh conversation and in one under way, the notice and its number are there."""
    _, under_way = assistant.respond(Turn(message="noisy neighbours"), DialogueState(), sunday_evening)
    break_function(monkeypatch, *FUNCTIONS[name])
    for state in (DialogueState(), under_way):
        reply, after = assistant.respond(DANGER, state, sunday_evening)
        assert_shown(reply)
        assert after.urgent == ("danger",)
    assert "knife" not in caplog.text


@pytest.mark.parametrize("number", range(len(step._STEPS)))
def test_no_step_that_fails_hides_a_notice(assistant, sunday_evening, monkeypatch, number):
    """Each step of the recipe, also one that this message would not come to: it comes first."""
    monkeypatch.setattr(step, "_STEPS", (fail, *step._STEPS[number + 1 :]))
    reply, _ = assistant.respond(DANGER, DialogueState(), sunday_evening)
    assert_shown(reply)


def test_the_search_finds_what_it_should():
    """Steps, composing, wording, cards, detection and catalogue are among the functions that were broken."""
    wanted = {
        "bot.dialogue.needs.sure",
        "bot.dialogue.compose.Composer.compose",
        "bot.dialogue.wording.Wording.say",
        "bot.dialogue.cards.Cards.service",
        "bot.dialogue.finish.finished",
        "bot.language.detection.Detector.detect",
        "bot.language.catalogue.Catalogue.translate",
        "bot.understanding.recognition.Understanding.recognise",
    }
    assert wanted <= set(FUNCTIONS)
    assert len(FUNCTIONS) > 100
