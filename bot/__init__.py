"""The assistant: text in, reply out. Knows no HTTP, environment or clock."""

from bot.understanding.matcher import Match, Matcher

__all__ = ["Match", "Matcher"]
