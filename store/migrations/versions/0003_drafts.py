"""Drafts with their files and people; what was learned, and results of conversations, kept by digest."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_EMAIL = sa.String(254)
_MOMENT = sa.String(32)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("owner", _EMAIL, nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated", _MOMENT, nullable=False),
        sa.Column("publish_at", _MOMENT),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("approved_by", _EMAIL),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer),
        sa.Column("claimed", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.ForeignKeyConstraint(["base"], ["revisions.id"], name="fk_drafts_base"),
        sa.ForeignKeyConstraint(["revision"], ["revisions.id"], name="fk_drafts_revision"),
        sqlite_autoincrement=True,
    )
    _make_parts()
    _make_kept()


def _make_parts() -> None:
    op.create_table(
        "draft_people",
        sa.Column("draft", sa.Integer, nullable=False),
        sa.Column("email", _EMAIL, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("wrote", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("draft", "email", name="pk_draft_people"),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name="fk_draft_people_draft"),
    )
    op.create_table(
        "draft_files",
        sa.Column("draft", sa.Integer, nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.PrimaryKeyConstraint("draft", "path", name="pk_draft_files"),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name="fk_draft_files_draft"),
    )


def _make_kept() -> None:
    op.create_table(
        "learned",
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key", "part", name="pk_learned"),
    )
    op.create_table(
        "results",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_results"),
    )
