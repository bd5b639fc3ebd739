"""Model files come over a network that breaks; a voice is whole or not installed, and the reason is plain."""

from __future__ import annotations

import errno
import hashlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import instruments
from lowtide.errors import UserError
from lowtide.speak import download, models
from lowtide.speak.installing import find_set, put
from lowtide.speak.installing import install as install_voice
from lowtide.speak.models import Models, parse, shipped

MODEL = bytes(range(256)) * 2000
STYLES = b"styles" * 1000


@pytest.fixture
def goods(monkeypatch: pytest.MonkeyPatch) -> Iterator[instruments.Shop]:
    monkeypatch.setattr(download, "PAUSE_SECONDS", 0.0)
    with instruments.shop({"model.onnx": MODEL, "voices.bin": STYLES}) as shop:
        shop.files["manifest.json"] = manifest(shop.files)
        monkeypatch.setenv("LOWTIDE_MODELS", shop.address)
        yield shop


def manifest(files: dict[str, bytes], **changes: object) -> bytes:
    rows = [
        {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "url": name} | changes
        for name, content in files.items()
        if name != "manifest.json"
    ]
    return json.dumps({"sets": {"kokoro": {"title": "Kokoro", "licence": "free", "files": rows}}}).encode()


def test_installs_every_file_and_tells_how_far_it_is(goods: instruments.Shop, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    home = install_voice("kokoro", lambda done, whole: told.append((done, whole)), models=Models(tmp_path))
    assert (home / "model.onnx").read_bytes() == MODEL
    assert (home / "voices.bin").read_bytes() == STYLES
    assert Models(tmp_path).ready("kokoro") == home
    whole = len(MODEL) + len(STYLES)
    assert told[-1] == (whole, whole)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {total for _, total in told} == {whole}


def test_an_installed_voice_is_not_fetched_again(goods: instruments.Shop, tmp_path: Path) -> None:
    install_voice("kokoro", models=Models(tmp_path))
    goods.ranges.clear()
    install_voice("kokoro", models=Models(tmp_path))
    assert len(goods.ranges) == 1, "only the manifest is read"


def test_goes_on_after_a_break_where_it_left_off(goods: instruments.Shop, tmp_path: Path) -> None:
    goods.breaks_after = [10_000, 100_000, 200_000]  # the manifest is shorter than the first
    install_voice("kokoro", models=Models(tmp_path))
    assert goods.ranges[1:4] == ["", "bytes=100000-", "bytes=300000-"]
    assert (tmp_path / "kokoro" / "model.onnx").read_bytes() == MODEL


def test_a_later_run_goes_on_where_a_broken_one_ended(goods: instruments.Shop, tmp_path: Path) -> None:
    goods.breaks_after = [10_000, 400_000, *[0] * 10]
    with pytest.raises(UserError, match="breaks off"):
        install_voice("kokoro", models=Models(tmp_path))
    assert Models(tmp_path).ready("kokoro") is None
    assert not (tmp_path / "kokoro").exists()
    goods.breaks_after, goods.ranges = [], []
    install_voice("kokoro", models=Models(tmp_path))
    assert goods.ranges[1] == "bytes=400000-"


def test_starts_again_when_the_file_has_changed_on_the_server(goods: instruments.Shop, tmp_path: Path) -> None:
    goods.breaks_after = [10_000, 100_000, *[0] * 10]
    with pytest.raises(UserError):
        install_voice("kokoro", models=Models(tmp_path))
    goods.files["model.onnx"] = bytes(reversed(MODEL))
    goods.files["manifest.json"] = manifest(goods.files)
    goods.breaks_after = []
    home = install_voice("kokoro", models=Models(tmp_path))
    assert (home / "model.onnx").read_bytes() == bytes(reversed(MODEL))


def test_a_server_without_ranges_is_read_from_the_start(goods: instruments.Shop, tmp_path: Path) -> None:
    goods.knows_ranges = False
    goods.breaks_after = [10_000, 100_000]
    home = install_voice("kokoro", models=Models(tmp_path))
    assert (home / "model.onnx").read_bytes() == MODEL


def test_a_weak_entity_tag_is_not_relied_on(goods: instruments.Shop, tmp_path: Path) -> None:
    goods.tags["model.onnx"] = 'W/"about"'
    goods.breaks_after = [10_000, 100_000]
    install_voice("kokoro", models=Models(tmp_path))
    assert goods.ranges[1:3] == ["", ""]


def test_a_part_that_is_too_long_is_dropped(goods: instruments.Shop, tmp_path: Path) -> None:
    gathered = tmp_path / ".kokoro.part"
    gathered.mkdir()
    (gathered / "model.onnx.part").write_bytes(MODEL + b"more")
    home = install_voice("kokoro", models=Models(tmp_path))
    assert (home / "model.onnx").read_bytes() == MODEL


def test_a_wrong_checksum_installs_nothing(goods: instruments.Shop, tmp_path: Path) -> None:
    goods.files["model.onnx"] = MODEL[:-1] + b"!"
    with pytest.raises(UserError, match="wrong checksum"):
        install_voice("kokoro", models=Models(tmp_path))
    assert Models(tmp_path).ready("kokoro") is None
    assert not list(tmp_path.rglob("model.onnx*")), "what is wrong is not kept either"


def test_another_file_of_the_name_is_refused_before_it_is_fetched(goods: instruments.Shop, tmp_path: Path) -> None:
    goods.files["model.onnx"] = MODEL + MODEL
    with pytest.raises(UserError, match="1024000 bytes instead of 512000"):
        install_voice("kokoro", models=Models(tmp_path))


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_missing_file_is_said_plainly(goods: instruments.Shop, tmp_path: Path, status: int) -> None:
    sets = parse(goods.files["manifest.json"].decode(), "here")
    goods.status = status
    with pytest.raises(UserError, match=rf"model.onnx \({status}"):
        put(sets["kokoro"], goods.address, Models(tmp_path), lambda _done, _all: None)


def test_offline_is_said_plainly(goods: instruments.Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sets = parse(goods.files["manifest.json"].decode(), "here")
    with pytest.raises(UserError, match="Are you online"):
        put(sets["kokoro"], "http://127.0.0.1:1/", Models(tmp_path), lambda _done, _all: None)
    monkeypatch.setenv("LOWTIDE_MODELS", "http://127.0.0.1:1/")
    with pytest.raises(UserError, match="Are you online"):
        install_voice("kokoro", models=Models(tmp_path))


def test_a_full_disk_is_said_plainly_and_goes_on_later(
    goods: instruments.Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(done: int, whole: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UserError, match="disk is full"):
        install_voice("kokoro", full, models=Models(tmp_path))
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 1000})())
    with pytest.raises(UserError, match="MB free"):
        install_voice("kokoro", models=Models(tmp_path))
    monkeypatch.undo()
    monkeypatch.setenv("LOWTIDE_MODELS", goods.address)
    home = install_voice("kokoro", models=Models(tmp_path))
    assert (home / "model.onnx").read_bytes() == MODEL


def test_a_folder_that_can_not_be_written_is_said_plainly(goods: instruments.Shop, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("here")
    with pytest.raises(UserError, match="can not be written"):
        install_voice("kokoro", models=Models(blocked))


def test_two_installs_at_once_are_refused(goods: instruments.Shop, tmp_path: Path) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def wait(done: int, whole: int) -> None:
        inside.set()
        go_on.wait(30)

    first = threading.Thread(target=install_voice, args=("kokoro", wait), kwargs={"models": Models(tmp_path)})
    first.start()
    assert inside.wait(30)
    try:
        with pytest.raises(UserError, match="Another install"):
            install_voice("kokoro", models=Models(tmp_path))
    finally:
        go_on.set()
        first.join()
    assert Models(tmp_path).ready("kokoro")


def test_a_damaged_install_is_not_ready_and_is_mended(goods: instruments.Shop, tmp_path: Path) -> None:
    home = install_voice("kokoro", models=Models(tmp_path))
    (home / "model.onnx").write_bytes(MODEL[:100])
    assert Models(tmp_path).ready("kokoro") is None
    install_voice("kokoro", models=Models(tmp_path))
    assert (home / "model.onnx").read_bytes() == MODEL


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nobody", "There are: kokoro"),
        ("", "There are: kokoro"),
        ("flite", "apt install flite"),
        ("espeak", "comes with Lowtide"),
        ("silent:calm", "comes with Lowtide"),
    ],
)
def test_a_voice_that_can_not_be_installed_says_what_can(goods: instruments.Shop, name: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        install_voice(name)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("kokoro", "kokoro"),
        ("kokoro:af_heart", "kokoro"),
        ("kokoro-int8", "kokoro-int8"),
        ("piper", "en_GB-cori-high"),
        ("piper:en_GB-alba-medium", "en_GB-alba-medium"),
        ("en_US-ljspeech-high", "en_US-ljspeech-high"),
    ],
)
def test_the_names_that_people_type(asked: str, found: str) -> None:
    assert find_set(asked, shipped()).name == found


def test_the_shipped_list_is_complete_and_checked() -> None:
    """Every natural voice that is listed can be installed, over https, with sizes and checksums known beforehand."""
    from lowtide.speak.by.piper import Piper

    sets = shipped()
    assert {"kokoro", "kokoro-int8"} | {voice.short for voice in Piper().voices()} == set(sets)
    for model in sets.values():
        assert model.licence
        assert model.bytes > 50_000_000
        assert all(file.url.startswith("https://") and file.url.endswith(f"/{file.name}") for file in model.files)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"sets": {"../evil": {"files": []}}}',
        manifest({"model.onnx": MODEL}, name="../../evil").decode(),
        manifest({"model.onnx": MODEL}, name=".hidden").decode(),
        manifest({"model.onnx": MODEL}, sha256="").decode(),
        manifest({"model.onnx": MODEL}, bytes=0).decode(),
        manifest({"model.onnx": MODEL}, bytes="many").decode(),
    ],
)
def test_a_manifest_without_checksums_or_with_paths_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse(text, "manifest.json")


def test_the_mirror_must_be_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOWTIDE_MODELS", "file:///etc/passwd")
    with pytest.raises(UserError, match="https://"):
        install_voice("kokoro")


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(models.FOLDER_VARIABLE, str(tmp_path))
    assert Models().folder == tmp_path
