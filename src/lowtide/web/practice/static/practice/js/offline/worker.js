/** The worker: it hears of every request of our pages, and of messages that wait. VERSION and FIRST are written before
 *  this by `practice/offline/views.py`, which also joins the modules into one script, and reminders' own beside them. */

import { mayWait, send, tell } from "./outbox.js";
import { file, install, page, sound } from "./pages.js";

const BESIDE = /^\/sessions\/[0-9a-f-]+\/(ready\.json|timeline\.json|captions\.vtt|cover\.png)$/;
const SOUND = /^\/sessions\/[0-9a-f-]+\/sound\.mp3$/;

/** Who answers a request; nothing where the browser does so alone. */
function answerer(request, url) {
  if (request.method === "POST") return mayWait(url.pathname) ? tell : null;
  if (request.method !== "GET") return null;
  if (request.mode === "navigate") return page;
  if (SOUND.test(url.pathname)) return url.searchParams.has("keep") ? null : sound;
  return BESIDE.test(url.pathname) || url.pathname.startsWith("/static/") ? file : null;
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(install(VERSION, FIRST));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const answer = url.origin === self.location.origin ? answerer(event.request, url) : null;
  if (answer) event.respondWith(answer(event.request));
});

self.addEventListener("message", (event) => event.data === "send" && event.waitUntil(send().catch(() => null)));
self.addEventListener("sync", (event) => event.tag === "lowtide-outbox" && event.waitUntil(send()));
