"""What a browser hears, for tests: waiting for a moment of the sound, and a meter at the loudspeaker."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

AUDIO = "document.querySelector('audio')"
PATIENCE_MS = 20_000
"""A busy machine renders slowly; nothing here is about speed."""

METER = """
(() => {
  const play = HTMLMediaElement.prototype.play;
  const met = new WeakSet();
  window.levels = [];
  HTMLMediaElement.prototype.play = function () {
    if (!met.has(this)) {
      met.add(this);
      if (!window.meter) {
        const context = new AudioContext();
        window.meter = context.createAnalyser();
        window.meter.fftSize = 2048;
        window.meter.connect(context.destination);
        const samples = new Float32Array(2048);
        setInterval(() => {
          window.meter.getFloatTimeDomainData(samples);
          const rms = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
          window.levels.push([performance.now(), rms]);
        }, 20);
      }
      window.meter.context.createMediaElementSource(this).connect(window.meter);
    }
    return play.call(this);
  };
})();
"""
"""Every element that plays goes through one meter, as through one loudspeaker: `levels` holds [time in ms, rms]."""


def until(page: Page, condition: str, within_ms: int = PATIENCE_MS) -> None:
    """Wait in the page for a condition in JavaScript; a string is not evaluated there, as its policy forbids that."""
    page.evaluate(
        f"""async () => {{
          const ends = performance.now() + {within_ms};
          while (!({condition})) {{
            if (performance.now() > ends) throw new Error({condition!r} + " did not come about");
            await new Promise((resolve) => setTimeout(resolve, 20));
          }}
        }}"""
    )


def audio(page: Page, what: str) -> Any:
    """Ask the player's audio element something."""
    return page.evaluate(f"{AUDIO}.{what}")


def ready(page: Page) -> None:
    """Wait until the session is made and can be played."""
    until(page, "document.querySelector('tide-player')?.dataset.state === 'still'", 60_000)


def play(page: Page) -> None:
    """Touch play, and wait until sound is heard."""
    before = audio(page, "currentTime")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{AUDIO}.currentTime > {before} + 0.2")


def state(page: Page) -> str:
    """Say what the player's state is."""
    return str(page.locator("tide-player").get_attribute("data-state"))
