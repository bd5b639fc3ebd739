"""How much one script may ask for: numbers that keep a stranger's script from exploding.

Read by the reader and the checker. Each is far above what a person writes and far below what hurts a machine; what lies
over a limit is an error, never a crash.
"""

from __future__ import annotations

from lowtide.model.time import LONGEST_MS, MS_PER_MINUTE, MS_PER_SECOND

LONGEST_TEXT = 2_000_000
"""Characters read; the rest of a longer text is not."""
LONGEST_PARAGRAPH = 20_000
"""Characters; a paragraph this long is half an hour without a pause."""
LONGEST_MARK = 300
"""Characters between `[` and `]`."""
LONGEST_NAME = 60
"""Characters of a name that are looked up or shown."""
LONGEST_SENTENCE_WORDS = 60
"""Words without a pause: more than half a minute at 100 words a minute, longer than any voice's breath."""
MOST_BLOCKS = 20_000
"""Headings, paragraphs, steps and notes in one script."""
MOST_INLINES = 150_000
"""Marks, choices and stretches of text in one script."""
DEEPEST_CHOICE = 4
"""`{a|{b|{c|{d|e}}}}`."""
MOST_OPTIONS = 20
"""Wordings in one choice."""
MOST_PRIORITY = 99
"""N of `[optional N]`."""
MOST_ROUNDS = 50
"""Rounds of one `[repeat]`, and of one repeat inside another, multiplied."""
MOST_BREATHS_AT_ONCE = 200
"""N of `[breathe 4-6 xN]`: half an hour at six a minute."""
MOST_BREATHS = LONGEST_MS // (10 * MS_PER_SECOND)
"""Paced breaths with every round taken: the longest session at six breaths a minute (`EVIDENCE`: resonance)."""
MOST_WORDS = 100 * LONGEST_MS // MS_PER_MINUTE
"""Words with every round taken: the longest session, spoken through at 100 words a minute."""
LONGEST_SILENCE_MS = 60 * MS_PER_MINUTE
"""One silence."""
LONGEST_TENSION_MS = 30 * MS_PER_SECOND
"""One tension; progressive relaxation tenses for 5–7 s (`EVIDENCE`: PMR), and nobody should strain for longer."""
LEAST_PHASE_MS = 1_500
"""An in- or out-breath: "Breathe in" and "and out" are two words, 1.2 s at 100 words a minute, and a little air."""
LEAST_HOLD_MS = 800
"""A hold: one word, 0.6 s at 100 words a minute."""
LONGEST_PHASE_MS = 20 * MS_PER_SECOND
"""One phase of a breath; the slowest studied pacing (4.5 a minute) has phases of about 7 s."""
MOST_KEPT = 1_000
"""Diagnostics kept of each stage while reading."""
MOST_SHOWN = 200
"""Diagnostics reported; one more says how many there are besides."""
