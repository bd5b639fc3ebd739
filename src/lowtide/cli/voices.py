"""`lowtide voices`: what can speak here, which one is used, and how to get a better one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from lowtide.errors import Exit

app = App(name="voices", help="Show the voices, install a natural one, or hear one.", help_format="markdown")


@app.default
def voices() -> int:
    """Show which voices there are, the best first, and which one is used.

    Such as

        lowtide voices
        lowtide voices install kokoro
        lowtide voices say "Let your shoulders be heavy." -o heavy.wav
    """
    from lowtide import speak

    used = next(iter(speak.candidates()), None)
    for voice in speak.voices():
        mark = "*" if voice == used else " "
        state = "ready" if voice.is_ready else "not here yet"
        sys.stdout.write(f"{mark} {voice.name:24} {voice.quality.name.lower():10} {state:13} {voice.note}\n")
    sys.stderr.write("* is used when you name none.\n")
    return Exit.OK


@app.command
def install(name: str, /) -> int:
    """Fetch a natural voice's model files: checked, and resumed where a break left off."""
    from lowtide import speak
    from lowtide.cli.printing import progress_bar

    with progress_bar(f"Fetching {name}") as progress:
        speak.install(name, progress=progress)
    sys.stdout.write(f"{name} is ready; it is used from now on where it is the best voice.\n")
    return Exit.OK


@app.command
def say(
    text: str,
    /,
    *,
    voice: Annotated[str, Parameter(help="Which voice; the best one if left out.")] = "",
    output: Annotated[
        Path, Parameter(name=["--output", "-o"], allow_leading_hyphen=True, help="The WAV file to write.")
    ] = Path("voice.wav"),
    force: Annotated[bool, Parameter(help="Replace a file that is there.")] = False,
) -> int:
    """Speak a sentence as a session would, into a WAV file."""
    from lowtide import deliver
    from lowtide.cli.recording import cache, voices_for
    from lowtide.pipeline import spoken_sentence

    deliver.check_place(output, force=force)
    name, wav = spoken_sentence(text, voices_for(voice), cache())
    deliver.write_file(output, wav, force=force)
    sys.stdout.write(f"{output}: spoken by {name}.\n")
    return Exit.OK
