/** From one recording of a session to another, without a gap: both are as long, and the same up to where they part.
 *
 *  The other one is started beside the one that plays, at the same place; once both run together they are faded into
 *  each other, and the first is let go. So there is one element again, and one real file. */

const FADE_MS = 600; // compose.switch.HUSH_MS is 900: the fade fits into the silence before the turn
const STEP_MS = 30;
const CLOSE_S = 0.03; // two copies of a soundscape that are closer than this are heard as one
const TRIES = 4;

/** Two volumes at a share of the way, 0 to 1. Their sum stays 1: what is faded is almost the same sound. Pure. */
export function shares(way) {
  const share = Math.min(1, Math.max(0, way));
  return [1 - share, share];
}

/** When to begin to fade so that it ends at the turn; never earlier than now. Pure. */
export function fadeAt(turn_ms, now_ms) {
  return turn_ms === null ? now_ms : Math.max(now_ms, turn_ms - FADE_MS);
}

const until = (audio, name) => new Promise((resolve) => audio.addEventListener(name, resolve, { once: true }));
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
    const late_s = old.currentTime - other.currentTime;
    if (Math.abs(late_s) < CLOSE_S) return;
    other.currentTime = old.currentTime + 0.05 * (index + 1);
    if (other.seeking) await until(other, "seeked");
    await wait(120);
  }
}

/** Go over from `old` to the recording at `src`, ending at `turn_ms` (null: at once); gives the element that plays on.
 *  `swap(other)` is called when it takes the other's place. */
export async function handOver(old, src, turn_ms, swap) {
  const other = await readied(old, src, old.currentTime);
  if (old.paused) {
    other.currentTime = old.currentTime;
    swap(other);
    return other;
  }
  const full = old.volume;
  other.volume = 0;
  try {
    await other.play();
  } catch {
    other.volume = full; // only one may play without a tap: the other takes over as it is, and waits
    swap(other);
    return other;
  }
  await together(old, other);
  const begins = fadeAt(turn_ms, old.currentTime * 1000);
  while (old.currentTime * 1000 < begins && !old.paused) await wait(STEP_MS);
  const began = performance.now();
  for (let way = 0; way < 1 && !old.paused; ) {
    way = (performance.now() - began) / FADE_MS;
    [old.volume, other.volume] = shares(way).map((share) => share * full);
    await wait(STEP_MS);
  }
  const isStill = old.paused;
  other.volume = full;
  if (isStill) other.pause();
  swap(other);
  return other;
}
