"""Stand-ins that tests speak with: tiny voice models, a `say` like macOS's, programs that misbehave, a web server."""

from __future__ import annotations

import hashlib
import http.server
import json
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lowtide.speak.models import ModelFile, ModelSet, receipt_text

KOKORO_VOICES = ("af_heart", "bf_emma", "bm_george")


def put_set(folder: Path, name: str, files: dict[str, bytes]) -> None:
    """Install a set of model files as `install` leaves it."""
    home = folder / name
    home.mkdir(parents=True)
    known = []
    for file, content in files.items():
        (home / file).write_bytes(content)
        known.append(
            ModelFile(name=file, bytes=len(content), sha256=hashlib.sha256(content).hexdigest(), url=f"http://x/{file}")
        )
    (home / "installed.json").write_text(receipt_text(ModelSet(name=name, title=name, licence="", files=tuple(known))))


def kokoro_files(*, tokens: str = "tokens") -> dict[str, bytes]:
    """A model with Kokoro's inputs and output that hums 70 ms for each token, and its voices."""
    import io

    import numpy as np
    from onnx import TensorProto, helper

    nodes = [
        *_hum_length(tokens, per_token=24_000 * 0.07),
        helper.make_node("Div", ["natural", "speed"], ["stretched"]),
        helper.make_node("Squeeze", ["stretched"], ["length"]),
        helper.make_node("ReduceMean", ["style"], ["mood"], keepdims=0),
        *_hum(tokens, rate_hz=24_000),
        helper.make_node("Add", ["hum", "mood"], ["audio"]),
    ]
    inputs = [
        helper.make_tensor_value_info(tokens, TensorProto.INT64, [1, None]),
        helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, 256]),
        helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
    ]
    output = helper.make_tensor_value_info("audio", TensorProto.FLOAT, [None])
    voices = io.BytesIO()
    styles: dict[str, Any] = {name: np.zeros((510, 1, 256), dtype=np.float32) for name in KOKORO_VOICES}
    np.savez(voices, **styles)
    return {"kokoro-v1.0.onnx": _model(nodes, inputs, output), "voices-v1.0.bin": voices.getvalue()}


def piper_files(name: str) -> dict[str, bytes]:
    """A model with Piper's inputs and output that hums 40 ms for each phoneme or pad, and its settings."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    shape = numpy_helper.from_array(np.array([1, 1, 1, -1]), "shape")
    nodes = [
        *_hum_length("input", per_token=22_050 * 0.04),
        helper.make_node("Constant", [], ["second"], value=numpy_helper.from_array(np.array(1))),
        helper.make_node("Gather", ["scales", "second"], ["scale"]),
        helper.make_node("Mul", ["natural", "scale"], ["length"]),
        *_hum("input", rate_hz=22_050),
        helper.make_node("Constant", [], ["shape"], value=shape),
        helper.make_node("Reshape", ["hum", "shape"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, None])
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

    config = {
        "audio": {"sample_rate": 22_050},
        "espeak": {"voice": "en-gb-x-rp"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "num_symbols": 256,
        "num_speakers": 1,
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    return {f"{name}.onnx": _model(nodes, inputs, output), f"{name}.onnx.json": json.dumps(config).encode()}


def _hum_length(tokens: str, *, per_token: float) -> list[Any]:
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    each = numpy_helper.from_array(np.array(per_token, dtype=np.float32))
    return [
        helper.make_node("Size", [tokens], ["count"]),
        helper.make_node("Cast", ["count"], ["counted"], to=TensorProto.FLOAT),
        helper.make_node("Constant", [], ["each"], value=each),
        helper.make_node("Mul", ["counted", "each"], ["natural"]),
    ]


def _hum(tokens: str, *, rate_hz: int) -> list[Any]:
    # a tone of 200–391 Hz, by what the tokens are, of `length` samples
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    def constant(name: str, value: float) -> Any:
        tensor = numpy_helper.from_array(np.array(value, dtype=np.float32))
        return helper.make_node("Constant", [], [name], value=tensor)

    return [
        constant("zero", 0.0), constant("one", 1.0), constant("lowest", 200.0), constant("spread", 191.0),
        constant("turn", 2 * np.pi / rate_hz), constant("loud", 0.3),
        helper.make_node("Cast", [tokens], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSumSquare", ["numbers"], ["sum"], keepdims=0),
        helper.make_node("Mod", ["sum", "spread"], ["above"], fmod=1),
        helper.make_node("Add", ["above", "lowest"], ["hertz"]),
        helper.make_node("Mul", ["hertz", "turn"], ["step"]),
        helper.make_node("Range", ["zero", "length", "one"], ["frames"]),
        helper.make_node("Mul", ["frames", "step"], ["angle"]),
        helper.make_node("Sin", ["angle"], ["wave"]),
        helper.make_node("Mul", ["wave", "loud"], ["hum"]),
    ]  # fmt: skip


def _model(nodes: list[Any], inputs: list[Any], output: Any) -> bytes:
    from onnx import checker, helper

    graph = helper.make_graph(nodes, "hum", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content


SAY = """
import sys, wave, math, struct
options = {"-v": "Alex", "-r": "175", "-o": "", "-f": "", "--data-format": ""}
arguments = sys.argv[1:]
while arguments:
    name = arguments.pop(0)
    name, equals, value = name.partition("=")
    if name not in options:
        sys.exit("say: unrecognized option `" + name + "'")
    options[name] = value if equals else arguments.pop(0)
if options["-v"] == "?":
    print("Alex                en_US    # Most people recognise me by my voice.")
    print("Amelie              fr_CA    # Bonjour.")
    print("Serena (Premium)    en_GB    # Hello.")
    sys.exit()
assert options["--data-format"] == "LEI16@22050" and options["-o"].endswith(".wav")
text = open(options["-f"], encoding="utf-8").read()
letters = sum(sign.isalnum() for sign in text)
seconds = letters * 0.125 * 110 / float(options["-r"])
hertz = 150 + sum(text.encode()) % 100
with wave.open(options["-o"], "wb") as sound:
    sound.setnchannels(1); sound.setsampwidth(2); sound.setframerate(22050)
    frames = (int(9000 * math.sin(2 * math.pi * hertz * n / 22050)) for n in range(int(22050 * seconds)))
    sound.writeframes(b"".join(struct.pack("<h", frame) for frame in frames))
"""
"""Takes the options of macOS's `say` that are used, and no other; writes a tone of about the length it would take."""


def put_program(folder: Path, name: str, python: str) -> Path:
    """Put a program that is written in Python where PATH can find it."""
    path = folder / name
    path.write_text(f"#!{sys.executable} -ES\n{python}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@dataclass
class Shop:
    """What a test's web server offers, and how it misbehaves."""

    files: dict[str, bytes]
    address: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    """The entity tag of each file; its checksum where none is given."""
    breaks_after: list[int] = field(default_factory=list)
    """How many bytes of the next answers are sent before the connection breaks off."""
    knows_ranges: bool = True
    status: int = 0
    """What every request is answered with, where it is not 0."""
    ranges: list[str] = field(default_factory=list)
    """The Range header of each request; empty for none."""


@contextmanager
def shop(files: dict[str, bytes]) -> Iterator[Shop]:
    """Serve files on this machine alone."""
    goods = Shop(files)

    class Counter(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _serve(goods, self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            return  # a customer who leaves early is part of the test

    server = Server(("127.0.0.1", 0), Counter)
    server.daemon_threads = True
    goods.address = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield goods
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _serve(goods: Shop, request: http.server.BaseHTTPRequestHandler) -> None:
    name, asked = request.path.lstrip("/"), request.headers.get("Range", "")
    goods.ranges.append(asked)
    content = goods.files.get(name)
    if goods.status or content is None:
        request.send_error(goods.status or 404)
        return
    tag = goods.tags.get(name, f'"{hashlib.sha256(content).hexdigest()[:16]}"')
    start = 0
    if asked and goods.knows_ranges and request.headers.get("If-Range") == tag:
        start = int(asked.removeprefix("bytes=").partition("-")[0])
    if start >= len(content):
        request.send_error(416)
        return
    request.send_response(206 if start else 200)
    if start:
        request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    request.send_header("ETag", tag)
    request.send_header("Content-Length", str(len(content) - start))
    request.end_headers()
    end = start + goods.breaks_after.pop(0) if goods.breaks_after else len(content)
    request.wfile.write(content[start:end])
    request.close_connection = True
