/** From one recording of a session to another, without a gap: both are as long, and the same up to where they part.
 *
 *  The other one is started beside the one that plays, at the same place; once both run together they are faded into
 *  each other, and the first is let go. So there is one element again, and one real file. Where a page has no say in how
 *  loud it is, one follows the other within the silence. Law: wherever the listener has gone meanwhile, there it goes on. */

import { canFade } from "./loudness.js";

const FADE_MS = 600; // compose.switch.HUSH_MS is 900: the fade fits into the silence before the turn
const CUT_MS = 300; // in the middle of that silence
const STEP_MS = 30;
const CLOSE_S = 0.03; // two copies of a soundscape that are closer than this are heard as one
const JUMP_S = 0.3; // further apart, the listener has gone elsewhere
const TRIES = 4;

/** Two volumes at a share of the way, 0 to 1. Their sum stays 1: what is faded is almost the same sound. Pure. */
export function shares(way) {
  const share = Math.min(1, Math.max(0, way));
  return [1 - share, share];
}

/** When to begin, so long before the turn; never earlier than now. Pure. */
export function beginAt(turn_ms, now_ms, before_ms) {
  return turn_ms === null ? now_ms : Math.max(now_ms, turn_ms - before_ms);
}

const apart = (one, other) => Math.abs(one.currentTime - other.currentTime);

const until = (audio, name) =>
  new Promise((resolve, reject) => {
    audio.addEventListener(name, resolve, { once: true });
    audio.addEventListener("error", () => reject(new Error("There is no sound.")), { once: true });
  });
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Make the element for another recording at some place, ready to play. */
async function readied(old, src, at_s) {
  const other = old.cloneNode(false);
  other.src = src;
  other.preload = "auto";
  if (other.readyState < HTMLMediaElement.HAVE_METADATA) await until(other, "loadedmetadata");
  other.currentTime = at_s;
  if (other.seeking) await until(other, "seeked");
  if (other.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) await until(other, "canplay");
  return other;
}

/** Bring `other`, which plays unheard, to where `old` is. */
async function together(old, other) {
  for (let index = 0; index < TRIES && !old.paused; index++) {
    if (apart(old, other) < CLOSE_S) return;
    other.currentTime = old.currentTime + 0.05 * (index + 1);
    if (other.seeking) await until(other, "seeked");
    await wait(120);
  }
}

/** Let both run until it is time to go over; whoever goes elsewhere meanwhile is followed, and the time is counted anew. */
async function awaitTurn(old, other, turn_ms, before_ms) {
  await together(old, other);
  let begins = beginAt(turn_ms, old.currentTime * 1000, before_ms);
  while (old.currentTime * 1000 < begins && !old.paused) {
    await wait(STEP_MS);
    if (apart(old, other) < JUMP_S) continue;
    await together(old, other);
    begins = beginAt(turn_ms, old.currentTime * 1000, before_ms);
  }
}

/** Fade both into each other. */
async function fade(old, other) {
  const full = old.volume;
  const began = performance.now();
  for (let way = 0; way < 1 && !old.paused; ) {
    way = (performance.now() - began) / FADE_MS;
    [old.volume, other.volume] = shares(way).map((share) => share * full);
    await wait(STEP_MS);
  }
  other.volume = full;
}

/** Go over from `old` to the recording at `src`, ending at `turn_ms` (null: at once); gives the element that plays on.
 *  `swap(other)` is called when it takes the other's place. Throws where there is no sound to go over to. */
export async function handOver(old, src, turn_ms, swap) {
  const other = await readied(old, src, old.currentTime);
  const fades = canFade(other);
  other.muted = !old.paused; // unheard until its turn; an iPhone, too, lets a page say this
  let isPlaying = !old.paused;
  if (isPlaying) isPlaying = await other.play().then(() => true, () => false); // perhaps only one may play without a tap
  if (isPlaying) {
    await awaitTurn(old, other, turn_ms, fades ? FADE_MS : CUT_MS);
    if (fades) other.volume = 0;
    other.muted = false;
    if (fades) await fade(old, other);
  }
  if (old.paused) other.pause();
  if (old.paused || !isPlaying || apart(old, other) > JUMP_S) other.currentTime = old.currentTime;
  [other.muted, old.muted] = [false, true];
  swap(other);
  return other;
}
