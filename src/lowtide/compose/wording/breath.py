"""`[breathe 4-2-6 x5]` and a clearance in, paced breaths or an open stretch out.

Called by `inline`. Law: no breath is held, paced, or slower than the clearance allows. A hold that is not allowed goes
into the out-breath; a breath that is too slow is quickened in proportion; where nothing may be paced, the listener is
invited to their own pace for about as long.
"""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.compose.pauses import own_pace
from lowtide.model.clearance import Clearance
from lowtide.model.movement import Kind
from lowtide.model.session import Breath, Part, Phrase
from lowtide.model.time import LONGEST_MS, MS_PER_MINUTE
from lowtide.script import nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one language says while breath is paced."""

    full: tuple[str, str, str]
    """In, hold and out for the first breaths, until the pace is known."""
    short: tuple[str, str, str]
    """The same for the breaths after that."""
    own_pace: tuple[str, ...]
    """Invitations that stand in for pacing."""
    own_pace_other_anchor: tuple[str, ...]
    """The same where breath must not be the only anchor."""


WORDS = {
    "en": Words(
        full=("Breathe in", "and hold", "and out"),
        short=("In", "Hold", "Out"),
        own_pace=(
            "Breathe at your own pace for a while, in whatever way is easy.",
            "Let the breath come and go by itself for a while, as slow or as quick as it likes.",
            "There is no pace to keep. Just a few breaths, each as long as it wants to be.",
        ),
        own_pace_other_anchor=(
            "Let the breath do as it likes, and listen to the sounds around you for a while.",
            "Leave the breath to itself for a while, and feel your hands or your feet instead, if that is easier.",
        ),
    ),
}
"""By language. In another language the sound alone leads the breath: no words are better than foreign ones."""

FULL_BREATHS, SHORT_BREATHS = 2, 2
"""How many breaths have the full words, and how many after them the short ones; then the sound alone leads."""
REMINDER_EVERY = 6
"""After that the short words come back at every sixth breath, so that nobody is lost."""


def breathe(
    node: nodes.Breathe, clearance: Clearance, language: str, voice: Phrase, choice: int
) -> tuple[tuple[Part, ...], ...]:
    """Resolve paced breathing into lines of parts; `voice` lends its soft and slow, `choice` picks an invitation.

    Every line but the last is followed by a sentence's silence.
    """
    words = WORDS.get(language.split("-", maxsplit=1)[0].lower())
    if node.is_own_pace or node.in_ms <= 0 or node.out_ms <= 0:
        return ((own_pace(),),)
    has_limit = clearance.longest_silence_ms is not None
    if Kind.PACED_BREATH not in clearance.allowed or (has_limit and words is None):
        pause = own_pace((node.in_ms + node.hold_ms + node.out_ms) * node.times)
        return (*_invitation(words, clearance, voice, choice), (pause,))
    phases = _allowed(node, clearance)
    times = min(node.times, LONGEST_MS // sum(phases) + 1)
    return (tuple(_breath(phases, _cues(words, index, has_limit), voice) for index in range(times)),)


def _invitation(words: Words | None, clearance: Clearance, voice: Phrase, choice: int) -> tuple[tuple[Part, ...], ...]:
    if words is None:
        return ()
    said = words.own_pace_other_anchor if clearance.other_anchor else words.own_pace
    sentences = said[choice % len(said)].split(". ")
    texts = [*(f"{sentence}." for sentence in sentences[:-1]), sentences[-1]]
    return tuple((Phrase(text=text, spoken=text, soft=voice.soft, slow=voice.slow),) for text in texts)


def _allowed(node: nodes.Breathe, clearance: Clearance) -> tuple[int, int, int]:
    hold = node.hold_ms if clearance.allows_hold else 0
    out = node.out_ms + node.hold_ms - hold
    whole = node.in_ms + hold + out
    longest = int(MS_PER_MINUTE / clearance.slowest_breaths_per_minute)
    if whole <= longest:
        return node.in_ms, hold, out
    breath_in, hold = node.in_ms * longest // whole, hold * longest // whole
    return breath_in, hold, longest - breath_in - hold


def _cues(words: Words | None, index: int, has_limit: bool) -> tuple[str, str, str]:
    if words is None:
        return ("", "", "")
    if index < FULL_BREATHS:
        return words.full
    since = index - FULL_BREATHS
    if has_limit or since < SHORT_BREATHS or (since - SHORT_BREATHS + 1) % REMINDER_EVERY == 0:
        return words.short
    return ("", "", "")


def _breath(phases: tuple[int, int, int], cues: tuple[str, str, str], voice: Phrase) -> Breath:
    breath_in, hold, out = phases

    def said(text: str, phase_ms: int) -> Phrase | None:
        return Phrase(text=text, spoken=text, soft=voice.soft, slow=voice.slow) if text and phase_ms else None

    return Breath(
        in_ms=breath_in,
        hold_ms=hold,
        out_ms=out,
        in_words=said(cues[0], breath_in),
        hold_words=said(cues[1], hold),
        out_words=said(cues[2], out),
    )
