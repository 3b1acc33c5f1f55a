"""The tables of the editor: drafts with their files and people, and what was found out of the content."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from store.database import metadata

_EMAIL, _MOMENT, _DIGEST = String(254), String(32), String(64)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(200), nullable=False),
    Column("owner", _EMAIL, nullable=False, doc="an e-mail address, in lower case"),
    Column("base", ForeignKey("revisions.id"), nullable=False, doc="the revision that it changes"),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False, doc="goes up with every change of the draft"),
    Column("updated", _MOMENT, nullable=False),
    Column("publish_at", _MOMENT, doc="when it is to be published; null: when somebody does"),
    Column("message", Text, nullable=False, doc="what it is for, as it will stand in the history"),
    Column("approved_by", _EMAIL),
    Column(
        "reason", Text, nullable=False, doc="why it was sent back or could not be published; empty: neither"
    ),
    Column("revision", ForeignKey("revisions.id"), doc="what it was published as"),
    Column("claimed", _MOMENT, doc="when a process began to publish it at its time"),
    sqlite_autoincrement=True,
)

draft_people = Table(
    "draft_people",
    metadata,
    Column("draft", ForeignKey("drafts.id"), primary_key=True),
    Column("email", _EMAIL, primary_key=True),
    Column("shared", Boolean, nullable=False, doc="may see and change it"),
    Column("wrote", Boolean, nullable=False, doc="changed something in it"),
)

draft_files = Table(
    "draft_files",
    metadata,
    Column("draft", ForeignKey("drafts.id"), primary_key=True),
    Column("path", String(300), primary_key=True),
    Column("content", LargeBinary, doc="null: the file is deleted"),
)

results = Table(
    "results",
    metadata,
    Column("key", _DIGEST, primary_key=True, doc="of the code, the content and the moment"),
    Column("at", _MOMENT, nullable=False),
    Column("content", LargeBinary, nullable=False, doc="gzipped JSON of a check, or of results"),
)
