/** In the worker: a message from a push service is shown, once; a tap opens what it invites to, or puts it off. */

const ICON = "/static/project/icons/icon-192.png";
const BUZZ_MS = [180];
const WORDS = { 10: "In 10 minutes", 30: "In half an hour", 60: "In an hour" };

/** What is shown of a message: {title, options}. A second message of the same reminder takes the first one's place.
 *  Pure. */
export function notice(told, most = 2) {
  const { id = "lowtide", title = "Lowtide", text = "", address = "/reminders/", silent = false, snoozes = [] } = told ?? {};
  const actions = snoozes.slice(0, most).map((one) => ({ action: `snooze-${one}`, title: WORDS[one] ?? `In ${one} minutes` }));
  const sound = silent ? { silent: true } : { vibrate: BUZZ_MS };
  return { title, options: { body: text, tag: id, icon: ICON, badge: ICON, lang: "en-GB", actions, data: { id, address }, ...sound } };
}

function understood(event) {
  try {
    return event.data?.json();
  } catch {
    return null; // not ours; something must be shown all the same
  }
}

/** Open a page of ours, in the window that shows it already where there is one. */
async function openPage(address) {
  const wanted = new URL(address, self.location.origin);
  const url = wanted.origin === self.location.origin ? wanted.href : new URL("/", self.location.origin).href;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}

/** Put a reminder off; where that can not be told to the server, open its page, which says so. */
async function putOff({ id, address }, minutes) {
  try {
    const { token } = await (await fetch("/offline/here.json", { headers: { Accept: "application/json" } })).json();
    const body = new FormData();
    body.append("minutes", minutes);
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    const answer = await fetch(`/reminders/${id}/snooze/`, { method: "POST", body, headers });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  } catch {
    await openPage(address);
  }
}

self.addEventListener("push", (event) => {
  const { title, options } = notice(understood(event), globalThis.Notification?.maxActions);
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
  const { data } = event.notification;
  event.notification.close();
  const minutes = /^snooze-(\d+)$/.exec(event.action)?.[1];
  event.waitUntil(minutes ? putOff(data, minutes) : openPage(data.address));
});

/** The browser has changed its subscription by itself: the server is told of the new one. */
self.addEventListener("pushsubscriptionchange", (event) => {
  const renew = async () => {
    const { key, token, here } = await (await fetch("/reminders/push/", { headers: { Accept: "application/json" } })).json();
    if (!here) return;
    const options = event.oldSubscription?.options ?? { userVisibleOnly: true, applicationServerKey: key };
    const { endpoint, keys } = (await self.registration.pushManager.subscribe(options)).toJSON();
    const body = new FormData();
    for (const [name, value] of Object.entries({ endpoint, ...keys })) body.append(name, value);
    await fetch("/reminders/push/", { method: "POST", body, headers: { "X-CSRFToken": token } });
  };
  event.waitUntil(renew().catch(() => null));
});
