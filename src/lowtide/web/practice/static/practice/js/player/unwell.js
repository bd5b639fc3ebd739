/** "I don't feel right": the sound sinks and rests, solid ground is offered, and the server is told. */

import { canFade } from "./loudness.js";

const SINK_MS = 1500;
const STEP_MS = 50;

/** Let the sound sink to nothing and pause; its volume is then as before. Where it can not sink, it is quiet at once. */
export async function sink(audio) {
  if (!canFade(audio)) return audio.pause();
  const full = audio.volume;
  const began = performance.now();
  while (!audio.paused && performance.now() - began < SINK_MS) {
    audio.volume = full * (1 - (performance.now() - began) / SINK_MS);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  audio.pause();
  audio.volume = full;
}

/** Follow the button of `player`; without this file its form does the same with pages. */
export function offerGround(player) {
  const form = player.querySelector("form.unwell");
  const sheet = player.querySelector("dialog.sheet");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    player.dataset.view = "plain";
    const at_ms = Math.round(player.at_ms);
    player.ask("pause-gently");
    sheet.showModal();
    player.server.post("unwell", { at_ms, arrival: crypto.randomUUID() });
  });
}
