"""A reply as lines of text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.reply import Contact, Notice, Reply, ServiceCard


def card(reply: Reply) -> str:
    """`reply` as a resident would read it: urgent notices, the answer, steps, services, suggestions."""
    parts = [_notice(notice) for notice in reply.urgent]
    parts.append([reply.text])
    parts.append([f"{number}. {step}" for number, step in enumerate(reply.steps, 1)])
    parts.extend(_service(service) for service in reply.services)
    parts.append([f"> {suggestion.label}" for suggestion in reply.suggestions])
    parts.append([_footer(reply)])
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _notice(notice: Notice) -> list[str]:
    lines = [f"!! {notice.title}", f"   {notice.text}"]
    if notice.english is not None:
        lines += [f"   {notice.english.title}", f"   {notice.english.text}"]
    return lines + [f"   {line}" for contact in notice.contacts for line in _contact(contact)]


def _service(service: ServiceCard) -> list[str]:
    lines = [f"## {service.name}", f"   {service.summary}"]
    lines += [f"   {line}" for contact in service.contacts for line in _contact(contact)]
    if service.cost:
        lines.append(f"   {service.cost}")
    return [*lines, f"   {service.checked_text} · {service.source}"]


def _contact(contact: Contact) -> Iterator[str]:
    opening = " · ".join(part for part in (contact.hours, _open(contact), contact.next_open_text) if part)
    yield f"{contact.label}: {contact.value}" + (f" ({opening})" if opening else "")
    if contact.note:
        yield f"  {contact.note}"


def _open(contact: Contact) -> str:
    return {True: "open now", False: "closed now", None: ""}[contact.open_now]


def _footer(reply: Reply) -> str:
    about = reply.topic or reply.smalltalk or reply.term
    parts = [reply.outcome, about, reply.aspect, reply.language, f"{reply.confidence:.2f}", reply.translated]
    return "[" + " · ".join(part for part in parts if part) + "]"
