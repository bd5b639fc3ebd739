/** What a page or a file is answered with: the server's own answer wherever there is one, what is kept where there is
 *  none. Only a kept sound goes before the server's: it is the same, byte for byte. */

import { part } from "./ranges.js";
import { meet, own, SHELL } from "./whose.js";

/** A page that was kept may be opened many times: what is told on it each time is another message. Pure. */
export function renewed(text, name = () => crypto.randomUUID()) {
  return text.replace(/(name="arrival" value=")[^"]*/g, (_, before) => before + name());
}

/** A copy without the traces of how it was fetched, so that it may be shown at its own address. */
async function shown(kept) {
  const isPage = kept.headers.get("Content-Type")?.startsWith("text/html");
  return isPage ? new Response(renewed(await kept.text()), { headers: kept.headers }) : kept;
}

async function kept(request) {
  const cache = await own();
  return (await cache?.match(request)) ?? (await cache?.match(request, { ignoreSearch: true }));
}

/** Answer with a page. Says first whose it is; a kept one is kept anew, and one that is gone is let go. */
export async function page(request) {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    const found = await kept(request);
    return found ? shown(found) : caches.match("/offline/shell/");
  }
  await meet(answer.headers.get("Lowtide-Person"));
  const cache = await own();
  if (cache && (await cache.match(request, { ignoreSearch: true }))) {
    if (answer.ok && !answer.redirected) await cache.put(new URL(request.url).pathname, answer.clone());
    if (answer.status === 404) await forget(cache, new URL(request.url).pathname);
  }
  return answer;
}

/** Let go of everything of a session. */
async function forget(cache, path) {
  const session = /^\/sessions\/[0-9a-f-]+\//.exec(path)?.[0];
  const mine = (await cache.keys()).filter((one) => session && new URL(one.url).pathname.startsWith(session));
  await Promise.all(mine.map((one) => cache.delete(one)));
}

/** Answer with what stands beside a session: the server's, else what is kept. */
export async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = (await kept(request)) ?? (await caches.match(request, { ignoreSearch: true }));
    if (found) return found;
    throw error;
  }
}

/** Answer with sound: what is kept of just this recording, else the server's, else what is kept of the session. */
export async function sound(request) {
  const found = await (await own())?.match(request.url);
  if (found) return part(request, found);
  try {
    return await fetch(request);
  } catch (error) {
    const other = await kept(request.url);
    if (other) return part(request, other);
    throw error;
  }
}

/** Keep the files that the first page is made of, and all of them where sessions are kept; older ones go. */
export async function install(version, first) {
  const old = (await caches.keys()).filter((name) => name.startsWith(SHELL) && name !== SHELL + version);
  const before = await Promise.all(old.map(async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)));
  const cache = await caches.open(SHELL + version);
  await cache.addAll(["/offline/shell/", ...first]);
  await Promise.all(before.flat().map((url) => cache.add(url).catch(() => null)));
  await Promise.all(old.map((name) => caches.delete(name)));
}
