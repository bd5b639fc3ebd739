"""The mixer as a listener hears it: whole, level, never loud, never clicking, the same however it is asked for."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from factories import say, timeline
from lowtide.mix import Mixer
from lowtide.mix.balance import GAIN_STEP_DB
from lowtide.model.audio import Sound, Soundscape
from lowtide.model.loudness import block_energies, integrated_lufs, lufs
from lowtide.model.speech import Clip
from lowtide.model.timeline import Event, Happening, Timeline
from talking import bell, breaths, load, mixer, speech, talk, talked_session, whole

RATE = 48_000
OFF = -60.0
ONLY_VOICE = Sound(soundscape_db=OFF, bell_db=OFF)


def true_peak_db(sound: NDArray[np.float32]) -> float:
    """Find the highest peak at four times the rate, by a meter that is not the program's own."""
    return float(20 * np.log10(np.abs(soxr.resample(sound, RATE, 4 * RATE)).max()))


def level_lufs(sound: NDArray[np.float32], start_s: float, end_s: float) -> float:
    return lufs(float(block_energies(sound[round(start_s * RATE) : round(end_s * RATE)]).mean()))


def test_a_recording_has_exactly_the_length_of_its_timeline() -> None:
    made = mixer(timeline(duration_ms=61_003))
    assert made.frames == 61_003 * 48
    assert whole(made).shape == (61_003 * 48, 2)


def test_it_begins_and_ends_with_silence_and_fades_gently() -> None:
    sound = whole(mixer(talked_session(1.0)))
    assert not sound[0].any()
    assert not sound[-1].any()
    level = [level_lufs(sound, 60 - second, 61 - second) for second in range(1, 10)]
    assert level[:5] == sorted(level[:5])
    assert level[0] < level[8] - 25


def test_outside_the_recording_is_silence() -> None:
    made = mixer(timeline(duration_ms=10_000))
    before_and_all = made.render(-100, made.frames + 300)
    assert not before_and_all[:100].any()
    assert not before_and_all[-200:].any()
    assert np.array_equal(before_and_all[100:-200], whole(made))
    assert made.render(5, 0).shape == (0, 2)


def test_many_threads_in_any_order_hear_the_same() -> None:
    session = talked_session(1.0)
    expected, shared = whole(mixer(session)), mixer(session)
    starts = list(np.random.default_rng(3).permutation(np.arange(0, shared.frames, 70_001)))
    with ThreadPoolExecutor(4) as pool:
        pieces = list(pool.map(lambda start: shared.render(int(start), 70_001), starts))
    for start, piece in zip(starts, pieces, strict=True):
        inside = piece[: shared.frames - start]
        assert np.array_equal(inside, expected[start : start + 70_001])


@pytest.mark.parametrize("scape", Soundscape)
def test_a_session_is_minus_16_lufs_and_knew_it_before(scape: Soundscape) -> None:
    made = mixer(talked_session(2.0), Sound(soundscape=scape))
    measured = integrated_lufs(whole(made))
    assert measured == pytest.approx(-16.0, abs=0.2)
    assert measured == pytest.approx(made.predicted_lufs, abs=0.15)
    assert not made.balance.is_capped


@pytest.mark.parametrize(
    "sound",
    [
        Sound(voice_db=12, soundscape_db=12, bell_db=12),
        Sound(voice_db=-12, soundscape_db=12),
        Sound(voice_db=12, soundscape_db=-20),
        Sound(voice_db=OFF),
        Sound(soundscape=Soundscape.RAIN, soundscape_db=OFF),
        Sound(soundscape=Soundscape.FIRE, voice_db=OFF, bell_db=12),
    ],
)
def test_volumes_change_the_balance_and_not_the_whole(sound: Sound) -> None:
    made = mixer(talked_session(1.5), sound)
    rendered = whole(made)
    assert integrated_lufs(rendered) == pytest.approx(made.predicted_lufs, abs=0.15)
    assert made.balance.is_capped or made.predicted_lufs == pytest.approx(-16.0, abs=GAIN_STEP_DB / 2 + 0.01)
    assert true_peak_db(rendered) <= -1.0


def test_with_everything_off_there_is_silence_and_no_promise() -> None:
    made = mixer(talked_session(0.7), Sound(voice_db=OFF, soundscape_db=OFF, bell_db=OFF))
    assert not whole(made).any()
    assert made.predicted_lufs == -math.inf
    assert "nothing to hear" in made.balance.words


def test_where_peaks_leave_no_room_it_stays_quieter_and_says_so() -> None:
    """A lone bell can not be made as loud as a session; it rings clean at what it can be."""
    made = mixer(timeline((bell(1_000),), duration_ms=60_000), Sound(soundscape=Soundscape.NONE))
    rendered = whole(made)
    assert made.balance.is_capped
    assert made.predicted_lufs < -16.5
    assert integrated_lufs(rendered) == pytest.approx(made.predicted_lufs, abs=0.3)
    assert "louder" in made.balance.words
    assert np.abs(rendered).max() < 10 ** (-3 / 20), "the safety curve does not touch it"


def _mute(wanted: Clip) -> NDArray[np.float32]:
    """A voice that moves its lips: what is behind it is heard alone, at the level it has behind a voice."""
    return np.zeros(48 * wanted.length_ms, dtype=np.float32)


def _shrill(wanted: Clip) -> NDArray[np.float32]:
    """A voice whose every tip reaches full scale, with all that is hard between samples."""
    sound = np.sign(talk(wanted.length_ms, wanted.key[0]))
    return np.where(sound == 0, 1, sound).astype(np.float32)


def test_nothing_passes_minus_1_dbtp_whatever_a_voice_does() -> None:
    session = talked_session(0.8, share=0.2)
    rendered = whole(Mixer(session, speech(session), Sound(soundscape=Soundscape.RAIN, soundscape_db=12), _shrill))
    assert np.abs(rendered).max() < 10 ** (-1.4 / 20)


@pytest.mark.parametrize("scape", [Soundscape.WAVES, Soundscape.RAIN, Soundscape.BROWN])
def test_the_soundscape_lies_16_db_under_the_voice_and_rises_in_a_long_silence(scape: Soundscape) -> None:
    words = tuple(say(20_000 + i * 4_000, 3_900, f"w{i}") for i in range(8))
    session = timeline((*words, say(95_000, 4_000, "last")), duration_ms=130_000)
    both = mixer(session, Sound(soundscape=scape))
    behind = whole(Mixer(session, speech(session), Sound(soundscape=scape), _mute))
    heard = whole(both) - behind
    speaking = integrated_lufs(heard[20 * RATE : 52 * RATE])
    assert level_lufs(behind, 20, 52) - speaking == pytest.approx(-16.0, abs=0.7)
    assert level_lufs(behind, 62, 88) - level_lufs(behind, 20, 52) == pytest.approx(6.0, abs=1.0)


def test_it_comes_down_before_the_voice_begins_and_slowly() -> None:
    session = timeline((say(30_000, 4_000, "w"),), duration_ms=60_000)
    rain = whole(mixer(session, Sound(soundscape=Soundscape.RAIN)))
    high, halfway, low = (level_lufs(rain, at, at + 0.24) for at in (24.0, 28.1, 29.75))
    assert high - low == pytest.approx(6.0, abs=1.0)
    assert low + 1 < halfway < high - 1


def test_soft_words_are_4_db_quieter() -> None:
    session = timeline((say(5_000, 4_000, "w"), say(15_000, 4_000, "w", soft=True)), duration_ms=40_000)
    voice = whole(mixer(session, ONLY_VOICE))
    assert level_lufs(voice, 15, 19) - level_lufs(voice, 5, 9) == pytest.approx(-4.0, abs=0.1)


def test_a_bell_never_rings_past_the_end() -> None:
    made = mixer(timeline((bell(57_000),), duration_ms=60_000, close_ms=2_000), Sound(soundscape=Soundscape.NONE))
    rendered = whole(made)
    assert np.abs(rendered[57 * RATE : 58 * RATE]).max() > 0.05
    assert np.abs(rendered[-RATE // 100 :]).max() < 1e-3
    assert not made.render(made.frames, RATE).any()


def _transients(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """How much of the very highest frequencies each 2 ms holds."""
    steps = np.diff(sound.astype(np.float64), n=4, axis=0).sum(axis=1)
    each: NDArray[np.float64] = np.square(steps[: len(steps) // 96 * 96]).reshape(-1, 96).mean(axis=1)
    return np.sqrt(each)


def test_no_click_where_words_bells_and_chapters_begin_and_end() -> None:
    """Even a clip that was cut in the middle of a loud tone starts and stops without one."""
    hum = np.sin(2 * np.pi * 220 * np.arange(4_000 * 48) / RATE + 1.2).astype(np.float32) * np.float32(0.3)
    energies = tuple(block_energies(hum))
    session = timeline(
        (bell(3_000), say(12_000, 4_000, "hum"), Event(kind=Happening.CHAPTER, at_ms=16_000, for_ms=9_000, text="C")),
        duration_ms=34_000,
    )
    said = speech(session)
    clips = {key: Clip(key=key, length_ms=4_000, energies=energies, peak=0.3, path="") for key in said.clips}
    made = Mixer(
        session, type(said)(voice="test", clips=clips), Sound(soundscape=Soundscape.NONE), lambda _: hum
    )  # fmt: skip
    high = _transients(whole(made))
    steady = high[round(13_000 / 2) : round(15_000 / 2)].mean()
    edges = [high[round(at / 2) - 4 : round(at / 2) + 5].max() for at in (3_000, 12_000, 16_000)]
    cut = _transients(np.repeat(np.concatenate([np.zeros(960, np.float32), hum[:9600]])[:, None], 2, axis=1)).max()
    assert max(edges[1:]) < 0.02 * cut * 10 ** (made.gain_db / 20)
    assert steady < max(edges)
    assert edges[0] < 10 * high[round(3_100 / 2) : round(3_300 / 2)].max()


def test_each_clip_is_loaded_only_near_where_it_is_heard() -> None:
    loaded: list[str] = []

    def watched(wanted: Clip) -> NDArray[np.float32]:
        loaded.append(wanted.key[0])
        return load(wanted)

    session = timeline(
        tuple(say(10_000 + 20_000 * i, 5_000, f"w{i}") for i in range(5)), duration_ms=120_000
    )  # fmt: skip
    made = Mixer(session, speech(session), Sound(), watched)
    assert loaded == []
    made.render(52 * RATE, RATE // 2)
    assert loaded == ["w2"]
    made.render(53 * RATE, RATE // 2)
    assert loaded == ["w2"]


def test_memory_does_not_grow_with_the_session() -> None:
    """What is kept after rendering an hour's scattered places is what a minute's keep: grains and a few clips."""
    words = tuple(say(5_000 + 10_000 * i, 6_000, f"w{i}") for i in range(60))
    made = mixer(timeline(words, duration_ms=620_000))
    for start in range(0, made.frames - RATE, 9 * RATE):
        made.render(start, RATE)
    assert made._voice is not None
    assert 2**20 < made._voice.kept.nbytes < 30 * 2**20
    grains = sum(len(bank._grains) for bank in made._banks)
    assert grains <= sum(bank.layer.count for bank in made._banks)


def test_a_timeline_without_words_bells_or_fades_is_a_plain_soundscape() -> None:
    made = mixer(timeline(duration_ms=90_000, settle_ms=0, close_ms=0))
    assert integrated_lufs(whole(made)) == pytest.approx(-16.0, abs=0.3)


@pytest.mark.parametrize("duration_ms", [1, 40, 399, 700])
def test_even_a_moment_can_be_mixed(duration_ms: int) -> None:
    rendered = whole(mixer(timeline(duration_ms=duration_ms)))
    assert rendered.shape == (48 * duration_ms, 2)
    assert np.isfinite(rendered).all()
    assert np.abs(rendered).max() < 1


def _paced() -> Timeline:
    cues = tuple(say(20_000 + 10_000 * i, 900, "In") for i in range(3))
    return timeline((*breaths(20_000, 6), *cues), duration_ms=100_000)


def test_cue_words_inside_paced_breaths_do_not_hide_the_breath() -> None:
    """The waves still swell by more than 6 dB from breath to breath while the words "In" are said."""
    rendered = whole(mixer(_paced()))
    for begin in (20, 30, 40):
        top = level_lufs(rendered, begin + 3.6, begin + 4.4)
        bottom = level_lufs(rendered, begin + 9.4, begin + 10.0)
        assert top - bottom > 6
