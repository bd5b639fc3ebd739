"""Phrases in, speech out: each spoken once, in parallel, shaped, kept. Called by the pipeline, ahead of the mixing.

Laws: a phrase that is in the cache is not spoken again, and one that is asked for twice is spoken once. An engine that
fails, hangs or answers rubbish is an `EngineError`, never a crash. Whatever ends this call ends all that it started.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from typing import TYPE_CHECKING

from lowtide.errors import EngineError
from lowtide.model.speech import Clip, ClipKey, Speech
from lowtide.model.time import MS_PER_SECOND, SAMPLES_PER_MS
from lowtide.speak import estimate, lexicon
from lowtide.speak.cache import CLIP_VERSION, Cache, Entry, samples_of
from lowtide.speak.engine import Engine, Mouth, Quality, Voice
from lowtide.speak.registry import engine_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]
"""Told (phrases done, phrases in all)."""

TIMEOUT_SECONDS = 45.0
"""To get ready: loading a large model from a slow disk, and finding its pace."""
_TIMES_REAL_TIME = 5.0
"""A natural voice on a small computer needs this many times the length of the speech."""
PLAIN_SECONDS = 10.0
"""A plain voice has nothing to load and speaks tens of times faster than it is heard: it is given up on sooner."""
_ATTEMPTS = 2
"""A phrase that failed for a reason that may pass is tried once more."""
UNSPEAKABLE_MS = 100
"""The silent clip of a phrase without a word in it."""


def say(
    keys: Iterable[ClipKey],
    voice: Voice,
    cache: Cache,
    *,
    jobs: int | None = None,
    progress: Progress = lambda _done, _all: None,
    timeout_s: float = TIMEOUT_SECONDS,
    engine: Engine | None = None,
) -> Speech:
    """Speak phrases with one voice, `jobs` at a time (all cores where it is not given).

    Raises `EngineError` when the voice fails, and `UserError` when the cache can not be written.
    """
    if not voice.is_ready:
        raise EngineError(f"It is not ready. {voice.note}", permanent=True)
    engine = engine or engine_of(voice)
    asked = list(dict.fromkeys(keys))
    if voice.quality is Quality.REFERENCE:
        progress(len(asked), len(asked))
        return Speech(voice=voice.name, clips={key: _soundless(key, engine, voice) for key in asked})
    clips, missing = _look_up(asked, voice, engine, cache)
    progress(len(clips), len(asked))
    if missing:
        with closing(Work(engine, voice, cache, timeout_s).run(missing, jobs or os.cpu_count() or 1)) as spoken:
            for digest, entry in spoken:
                clips |= {key: _clip(key, entry) for key in missing[digest]}
                progress(len(clips), len(asked))
        cache.trim()
    return Speech(voice=voice.name, clips={key: clips[key] for key in asked})


def _look_up(
    asked: list[ClipKey], voice: Voice, engine: Engine, cache: Cache
) -> tuple[dict[ClipKey, Clip], dict[str, list[ClipKey]]]:
    # the clips that need no speaking, and the keys that do, by digest
    clips: dict[ClipKey, Clip] = {}
    missing: dict[str, list[ClipKey]] = {}
    about = _about(engine, voice)
    for key in asked:
        text = lexicon.prepare(key[0], engine.lexicon)
        digest = _digest(about, text, slow=key[1])
        if not text:
            clips[key] = _unspeakable(key)
        elif entry := cache.find(digest):
            clips[key] = _clip(key, entry)
        else:
            missing.setdefault(digest, []).append(key)
    return clips, missing


class Work:
    """The speaking of what is not in the cache."""

    def __init__(self, engine: Engine, voice: Voice, cache: Cache, timeout_s: float) -> None:
        self._engine = engine
        self._pace = engine.pace(voice.short)
        self._voice = voice
        self._cache = cache
        self._is_natural = voice.quality is Quality.NATURAL
        self._timeout_s = timeout_s if self._is_natural else min(timeout_s, PLAIN_SECONDS)

    def run(self, missing: dict[str, list[ClipKey]], jobs: int) -> Generator[tuple[str, Entry]]:
        """Speak phrases by digest, several at once, and yield each as it is done; longest first, to end together."""
        from concurrent.futures import ThreadPoolExecutor, as_completed

        longest_first = sorted(missing.items(), key=lambda item: -len(item[1][0][0]))
        mouth = self._engine.open(self._voice.short, min(jobs, len(missing)))
        pool = ThreadPoolExecutor(max_workers=min(jobs, len(missing)), thread_name_prefix="speak")
        try:
            pending = {pool.submit(self._one, mouth, digest, keys[0]): digest for digest, keys in longest_first}
            for done in as_completed(pending):
                yield pending[done], done.result()
        finally:
            mouth.close()  # first: it ends what the threads wait for
            pool.shutdown(wait=True, cancel_futures=True)

    def _one(self, mouth: Mouth, digest: str, key: ClipKey) -> Entry:
        from lowtide.speak.shape import shape

        spoken, slow = key
        text = lexicon.prepare(spoken, self._engine.lexicon)
        due_ms = estimate.length_ms(lexicon.clean(spoken), self._pace, slow=slow)
        times = _TIMES_REAL_TIME if self._is_natural else 1.0
        timeout_s = self._timeout_s + times * due_ms / MS_PER_SECOND
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                raw = mouth.speak(text, slow=slow, timeout_s=timeout_s)
                break
            except EngineError as error:
                if error.permanent or attempt == _ATTEMPTS:
                    raise
        return self._cache.keep(digest, shape(raw, due_ms, commas=estimate.marks(text)))


def forget(keys: Iterable[ClipKey], voice: Voice, cache: Cache) -> int:
    """Throw away what one voice has spoken of these phrases, such as those with somebody's name; give how many."""
    engine = engine_of(voice)
    about = _about(engine, voice)
    digests = {_digest(about, lexicon.prepare(text, engine.lexicon), slow=slow) for text, slow in keys}
    return sum(cache.forget(digest) for digest in digests)


def load(clip: Clip) -> NDArray[np.float32]:
    """Give a clip's sound: mono float32 at 48 kHz, exactly `length_ms` long.

    Raises `EngineError` where it was thrown away or damaged since it was spoken; saying it again mends it.
    """
    import numpy as np

    if not clip.path:
        return np.zeros(clip.length_ms * SAMPLES_PER_MS, dtype=np.float32)
    samples = samples_of(clip.path)
    if samples is None or len(samples) != clip.length_ms * SAMPLES_PER_MS:
        raise EngineError("A spoken phrase has vanished from the cache.", permanent=False)
    return samples


def _about(engine: Engine, voice: Voice) -> list[str]:
    return [str(CLIP_VERSION), voice.name, engine.fingerprint(voice.short)]


def _digest(about: list[str], text: str, *, slow: bool) -> str:
    return hashlib.sha256(json.dumps([*about, text, slow]).encode()).hexdigest()


def _clip(key: ClipKey, entry: Entry) -> Clip:
    return Clip(key=key, length_ms=entry.length_ms, energies=entry.energies, peak=entry.peak, path=entry.path)


def _unspeakable(key: ClipKey) -> Clip:
    return Clip(key=key, length_ms=UNSPEAKABLE_MS, energies=(0.0,), peak=0.0, path="")


def _soundless(key: ClipKey, engine: Engine, voice: Voice) -> Clip:
    from lowtide.model.speech import ENERGY_BLOCK_MS

    text = lexicon.clean(key[0])
    if not text:
        return _unspeakable(key)
    length_ms = estimate.length_ms(text, engine.pace(voice.short), slow=key[1])
    return Clip(key=key, length_ms=length_ms, energies=(0.0,) * -(-length_ms // ENERGY_BLOCK_MS), peak=0.0, path="")
