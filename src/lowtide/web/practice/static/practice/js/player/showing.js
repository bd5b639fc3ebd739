/** The player's moment onto its parts: each gets attributes, and does the rest by itself. Nothing here changes the sound. */

import { placeOnLockScreen } from "./lock-screen.js";
import * as moments from "./moments.js";

const TOLD = {
  waiting: "One moment…",
  interrupted: "Paused. Touch play whenever you are ready.",
  broken: "The sound has stopped. Touch play to go on from here.",
  away: "Lowtide does not answer; perhaps it was stopped. Your place is kept: once it runs again, touch play to go on.",
  unsaid: "You have heard it to the end. Lowtide does not answer; that you did is kept here until it runs again.",
};
const GONE = "This session is not here any more: it was deleted, or somebody else is here now. Nothing more is kept of it.";

/** Set what has changed and nothing else: a page that lies still costs nothing. */
function set(part, values) {
  for (const [key, value] of Object.entries(values)) {
    if (part && part.getAttribute(key) !== String(value)) part.setAttribute(key, value);
  }
}

export function show(player) {
  const { events, chapters, at_ms: at } = player;
  const isPlaying = player.dataset.state === "playing";
  const phase = isPlaying ? moments.breath(events, at) : null;
  const part = (name) => player.querySelector(name);
  set(part("tide-bar"), { "at-ms": Math.round(at), "length-ms": player.length_ms });
  set(part("tide-words"), { said: moments.words(events, at) });
  set(part("tide-light"), { region: moments.during(events, "attend", at)?.region ?? "" });
  set(part("tide-chapters"), { here: moments.chapterAt(chapters, at) });
  set(part("[data-ask=toggle]"), { "aria-label": isPlaying ? "Pause" : "Play" });
  set(part("[data-ask=captions]"), { "aria-pressed": player.hasAttribute("data-captions") });
  const breath = part("tide-breath");
  if (breath.getAttribute("phase") !== (phase?.phase ?? "")) {
    set(breath, { "for-ms": Math.round(phase?.left_ms ?? 1200), phase: phase?.phase ?? "" });
  }
  const told = part(".told");
  const isGone = player.hasAttribute("data-gone");
  const words = isGone ? GONE : (TOLD[player.dataset.state] ?? "");
  part(".elsewhere").hidden = !isGone;
  if (told.textContent !== words) told.textContent = words;
  player.wake.want(isPlaying && player.dataset.view === "eyes-open");
  placeOnLockScreen(player.audio);
}

/** Look at the player in another way, or in the usual one again: "eyes-open" to see more, "dark" to see nothing. */
export function look(player, view) {
  player.dataset.view = player.dataset.view === view ? "plain" : view;
  const veil = player.querySelector(".veil");
  veil.hidden = player.dataset.view !== "dark";
  if (!veil.hidden) veil.focus();
  for (const name of ["eyes-open", "dark"]) {
    player.querySelector(`[data-ask=${name}]`).setAttribute("aria-pressed", player.dataset.view === name);
  }
}
