/** What may be asked of the player, by name: from its buttons, its parts and the lock screen. */

import * as moments from "./moments.js";
import { look } from "./showing.js";
import { sink } from "./unwell.js";

const [BACK_S, FORWARD_S] = [15, 30]; // as the buttons say

/** Go so far on, and say it: who listens has no eyes on the page. */
function skip(player, by_s) {
  player.seek(player.at_ms + by_s * 1000);
  const way = `${Math.abs(by_s)} seconds ${by_s < 0 ? "back" : "forward"}`;
  player.querySelector(".went").textContent = `${way}, at ${moments.spoken(player.at_ms)}`;
}

export function answer(player, name, value) {
  const at = player.at_ms;
  const answers = {
    play: () => player.play(),
    pause: () => player.pause(),
    toggle: () => (player.audio.paused ? player.play() : player.pause()),
    "pause-gently": () => player.pause(sink),
    back: () => skip(player, -(value || BACK_S)),
    forward: () => skip(player, value || FORWARD_S),
    seek: () => player.seek(value),
    previous: () => player.seek(moments.previous(player.chapters, at)),
    next: () => player.seek(moments.next(player.chapters, at) ?? at),
    captions: () => player.toggleAttribute("data-captions"),
    "eyes-open": () => look(player, "eyes-open"),
    dark: () => look(player, "dark"),
    light: () => look(player, "plain"),
    volumes: () => player.takes.volumes(value),
    switch: () => player.takes.switchTo(value, (...told) => player.querySelector("tide-ways").tell(value, ...told)),
  };
  return answers[name]?.();
}
