/** Whose kept things may be seen: those of who is here, and the others' are gone as soon as the server names another. */

import { isHere, lastHere } from "./store.js";

export const KEPT = "lowtide-kept-"; // and a person's key: one cache for each
export const SHELL = "lowtide-shell-"; // and a version: nobody's, the files that pages are made of

/** The caches that are somebody else's. Pure. */
export function others(names, whose) {
  return names.filter((name) => name.startsWith(KEPT) && name !== KEPT + whose);
}

/** The server has said whose page it is: nobody else's things stay. Without a name nothing is known, and nothing changes. */
export async function meet(whose) {
  if (!whose) return;
  if ((await lastHere()) !== whose) await isHere(whose);
  await Promise.all(others(await caches.keys(), whose).map((name) => caches.delete(name)));
}

/** The cache of who is here; null where nothing is kept. */
export async function own() {
  const name = KEPT + ((await lastHere()) ?? "");
  return (await caches.has(name)) ? caches.open(name) : null;
}
