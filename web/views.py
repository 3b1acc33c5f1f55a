"""What the widget shows: its words in one language, and each reply as the templates of the page write it."""

from __future__ import annotations

from typing import Any, TypedDict

from flask import render_template

from bot.assistant import Assistant
from bot.dialogue.reply import Reply
from bot.language.catalogue import Text
from web.bare import bare
from web.below import Below, beneath
from web.icons import drawing
from web.interface import Interface, interface
from web.problems import log_fault
from web.rendering import mark, part, say, shown
from web.trees import Tree, says, tree

#: The strings that the widget's script says by itself; what a reply says comes with the reply.
SAID = (
    *("launch", "close", "exit", "exiting", "exit_shift", "exit_history", "call_log", "privacy", "language"),
    *("greeting", "subjects", "you", "question", "send", "left", "waiting", "failed", "again"),
    *("call_instead", "restart", "listen", "stop"),
)


class View(TypedDict):
    """A reply as the widget shows it."""

    item: Tree
    #: What a screen reader is told of it.
    gist: str


def reply_view(reply: Reply, body: dict[str, Any], message: str | None, assistant: Assistant) -> View:
    """The view of `reply`, whose `body` has its state; `message` is what was typed.

    Where a fault keeps the templates from being written it is without them: a notice must never be hidden.
    """
    try:
        below = beneath(body, message)
        item = _written("widget_reply.html", reply.language, assistant, reply=body, below=below)
    except Exception as error:  # whatever it is
        log_fault(error)
        item = bare(body)
    return {"item": item, "gist": gist(reply)}


def below_view(below: Below, assistant: Assistant) -> View:
    """The view of what stands below a reply; a screen reader is told all that it says."""
    item = _written("widget_below.html", below.language, assistant, below=below)
    return {"item": item, "gist": says(item)}


def _written(template: str, language: str, assistant: Assistant, **content: Any) -> Tree:
    words = interface(language, assistant.knowledge, assistant.catalogues)
    tools = {"say": say, "mark": mark, "part": part, "shown": shown}
    return tree(render_template(template, words=words, **tools, **content))


def gist(reply: Reply) -> str:
    """What a screen reader is told of a reply: the notices, the answer, and whom to contact first."""
    said = [f"{notice.title}. {notice.text}" for notice in reply.urgent]
    first = [f"{card.name}: {shown(card.contacts[0].value)}" for card in reply.services[:1]]
    return " ".join([*said, reply.text, *first])


def spoken(words: Interface) -> dict[str, Any]:
    """All that the widget says in one language. A string in a list of its own stands in English."""
    before, after = _around(words.strings["emergency"])
    texts = {
        "danger_before": before,
        "danger_after": after,
        **{name: words.strings[name] for name in SAID},
        **{f"group.{group}": title for group, title in words.groups},
        **{f"topic.{topic}": need for topic, _, need in words.leads},
        **{f"help.{place}": line.label for place, line in enumerate(words.help)},
    }
    tag = words.language.tag
    strings = {name: text.text if text.language == tag else [text.text] for name, text in texts.items()}
    return {"language": tag, "direction": words.language.direction, "strings": strings}


def menu(words: Interface) -> list[tuple[dict[str, str], str, str]]:
    """What the menu offers: what a tap sends back, the picture, and the name of the string that it says."""
    leads = [({"topic": topic}, drawing(group), f"topic.{topic}") for topic, group, _ in words.leads]
    return leads + [({"menu": group}, drawing(group), f"group.{group}") for group, _ in words.groups]


def _around(text: Text) -> tuple[Text, Text]:
    """`text` before its number and after it."""
    before, _, after = text.text.partition("{number}")
    return Text(before, text.language, text.status), Text(after, text.language, text.status)
