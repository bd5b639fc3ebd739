/** What is told while nobody answers waits here, and is sent once somebody does: once, in the order of telling, and
 *  only for who has written it. */

import { drop, lastHere, put, waiting } from "./store.js";

const TELLS = [/^\/sessions\/[0-9a-f-]+\/(position|unwell|after\/)$/, /^\/diary\/$/, /^\/outside\/$/];
const ASKS = /^\/sessions\/[0-9a-f-]+\/(switch|volumes)$/;
const LATER = [401, 403, 409, 425, 429];
const AWAY = { failure: "You are offline. This can be changed when you are online again." };

/** True for what may wait. Pure. */
export const mayWait = (path) => TELLS.some((one) => one.test(path)) || ASKS.test(path);

/** What to do with a message after an answer: it has "arrived", is "refused" for good, or must be sent "later". Pure. */
export function outcome(status) {
  if (LATER.includes(status) || status >= 500) return "later";
  return status < 400 || status === 404 ? "arrived" : "refused";
}

/** Post what a page tells; where nobody answers, keep it. */
export async function tell(request) {
  const path = new URL(request.url).pathname;
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    if (ASKS.test(path)) return Response.json(AWAY, { status: 409 });
    await keep(path, await copy.formData());
  }
  await self.registration.sync?.register("lowtide-outbox").catch(() => null);
  return request.mode === "navigate" ? Response.redirect("/offline/shell/", 303) : new Response(null, { status: 202 });
}

async function keep(address, form) {
  const whose = await lastHere();
  const fields = [...form].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  // Of the places where a session was left only the last is true.
  const old = address.endsWith("/position") ? (await waiting(whose)).filter((one) => one.address === address) : [];
  await put({ whose, address, at: Date.now(), fields });
  await Promise.all(old.map((one) => drop(one.id)));
}

async function post(message, token) {
  const body = new FormData();
  for (const [name, value] of message.fields) body.append(name, value);
  const headers = { "X-CSRFToken": token, "Lowtide-Person": message.whose, "Lowtide-At": String(message.at) };
  return fetch(message.address, { method: "POST", body, headers });
}

/** Send everything that waits for who is here; stops at the first that can not be sent now. */
export function send() {
  return navigator.locks.request("lowtide-outbox", async () => {
    if (!(await waiting()).some((one) => !one.refused)) return;
    const here = await fetch("/offline/here.json", { headers: { Accept: "application/json" } });
    if (!here.ok || here.redirected) return;
    const { whose, token } = await here.json();
    for (const message of (await waiting(whose)).filter((one) => !one.refused)) {
      const what = outcome((await post(message, token)).status);
      if (what === "later") return;
      await (what === "arrived" ? drop(message.id) : put({ ...message, refused: true }));
    }
  });
}
