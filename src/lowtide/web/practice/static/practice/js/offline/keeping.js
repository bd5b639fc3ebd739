/** A session onto this device, whole; the list of what is here; and away with it again. The sound comes as fast as the
 *  server can make it, and is never in memory as a whole. */

import { KEPT, meet, SHELL } from "./whose.js";

const NOTE = "kept.json"; // beside a session's own files: what it is called, and how large it is
const AGAIN_MS = 500;
const base = (session) => `/sessions/${session}/`;

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "*/*" } });
  if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
  return answer;
}

/** Keep a page or a file, unless it leads elsewhere (a check-in that was told already is not asked for again). */
async function take(cache, address) {
  const answer = await fetched(address);
  if (answer.redirected) return;
  await cache.put(address, answer);
}

async function ready(session) {
  for (;;) {
    const state = await (await fetched(`${base(session)}ready.json`)).json();
    if (state.failure) throw new Error(state.failure);
    if (state.ready) return state;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Keep the sound, and tell how much of it is here, 0 to 1; gives its size in bytes. */
async function takeSound(cache, address, progress) {
  const answer = await fetched(`${address}&keep=1`);
  const size = Number(answer.headers.get("Content-Length"));
  let got = 0;
  const counted = new TransformStream({
    transform(bytes, controller) {
      progress((got += bytes.byteLength) / size);
      controller.enqueue(bytes);
    },
  });
  await cache.put(address, new Response(answer.body.pipeThrough(counted), { headers: answer.headers }));
  if (got !== size) throw new Error("the sound is not whole");
  return size;
}

/** Keep a session {session, title, length_ms} for a person; `progress` is told 0 to 1. Throws where it can not be. */
export async function keep(whose, { session, title, length_ms }, progress) {
  await meet(whose); // the page that is looked at is theirs, and may be the first that a worker could hear of
  const cache = await caches.open(KEPT + whose);
  try {
    const state = await ready(session);
    const bytes = await takeSound(cache, state.sound, progress);
    const own = ["", "after/", "transcript/", "grounding/", "ready.json", "cover.png", "captions.vtt"];
    for (const one of own) await take(cache, base(session) + one);
    for (const one of [state.timeline, state.captions, "/diary/", "/outside/", "/offline/"]) await take(cache, one);
    const { version, files } = await (await fetched("/offline/files.json")).json();
    await (await caches.open(SHELL + version)).addAll(files);
    await cache.put(base(session) + NOTE, Response.json({ session, title, length_ms, bytes, at: Date.now() }));
  } catch (error) {
    await remove(whose, session);
    throw error;
  }
  await navigator.storage?.persist?.(); // asked only now that something is worth keeping; a no is fine
}

/** What is kept, of who is here: [{session, title, length_ms, bytes}], the newest first. */
export async function kept() {
  const found = [];
  for (const name of (await caches.keys()).filter((one) => one.startsWith(KEPT))) {
    const cache = await caches.open(name);
    const notes = (await cache.keys()).filter((one) => one.url.endsWith(`/${NOTE}`));
    for (const one of notes) found.push({ ...(await (await cache.match(one)).json()), whose: name.slice(KEPT.length) });
  }
  return found.sort((one, other) => other.at - one.at);
}

/** Let a session go; with the last one all pages go that were kept beside it. */
export async function remove(whose, session) {
  const cache = await caches.open(KEPT + whose);
  const mine = (await cache.keys()).filter((one) => new URL(one.url).pathname.startsWith(base(session)));
  await Promise.all(mine.map((one) => cache.delete(one)));
  const isLast = !(await cache.keys()).some((one) => one.url.endsWith(`/${NOTE}`));
  if (isLast) await caches.delete(KEPT + whose);
}

/** A size as a person reads it. Pure. */
export function size(bytes) {
  return bytes < 1e6 ? "less than 1 MB" : `${Math.round(bytes / 1e6)} MB`;
}
