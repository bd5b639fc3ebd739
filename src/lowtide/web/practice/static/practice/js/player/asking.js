/** What may be asked of the player, by name: from its buttons, its parts and the lock screen. */

import * as moments from "./moments.js";
import { look } from "./showing.js";
import { sink } from "./unwell.js";

const [BACK_S, FORWARD_S] = [15, 30];

export function answer(player, name, value) {
  const at = player.at_ms;
  const answers = {
    play: () => player.play(),
    pause: () => player.pause(),
    toggle: () => (player.audio.paused ? player.play() : player.pause()),
    "pause-gently": () => player.pause(sink),
    back: () => player.seek(at - (value || BACK_S) * 1000),
    forward: () => player.seek(at + (value || FORWARD_S) * 1000),
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
