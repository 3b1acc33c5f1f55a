"""Whether a message goes on with the topic in hand, with a question about it, or is about something else."""

from __future__ import annotations

import math

from bot.dialogue.context import Context
from bot.understanding.confidence import log_odds, logistic
from bot.understanding.learning import SMALLTALK

#: More words than these make no message longer.
_LONG = 20
#: Small talk that asks of the assistant what is asked of the service in hand as often.
ASKED_OF_BOTH = {
    f"{SMALLTALK}privacy": "anonymous_or_confidential",
    f"{SMALLTALK}change_language": "interpreter",
    f"{SMALLTALK}repeat": "say_again",
}


def follows(context: Context) -> float:
    """How likely (0 to 1) the message is a question about the topic in hand."""
    return logistic(context.calibration.follow_up, signs(context))


def signs(context: Context) -> tuple[float, ...]:
    """What speaks for and against a question about the topic in hand, for the weights of a calibration.

    In order: a constant; how sure the question is; how sure the best topic or small talk is, where it is more
    likely than not (log odds both: an unlikely need says little of what else is meant); whether that is the
    topic in hand, or small talk; and the length of the message. Small talk that asks the same is none.
    """
    aspects = context.recognition.aspects
    same = bool(aspects.ranking) and ASKED_OF_BOTH.get(context.best) == aspects.ranking[0][0]
    return (
        1.0,
        log_odds(aspects.confidence),
        0.0 if same else max(0.0, log_odds(context.confidence)),
        float(context.best == context.in_hand),
        float(context.best.startswith(SMALLTALK) and not same),
        min(context.length, _LONG) / _LONG,
    )


def likeliest(context: Context) -> tuple[str, float] | None:
    """The aspect asked about, if any is, and how likely it is that one among all; None: there is none."""
    ranking = context.recognition.aspects.ranking
    if not ranking:
        return None
    aspect, highest = ranking[0]
    return aspect, 1 / sum(math.exp(score - highest) for _, score in ranking)
