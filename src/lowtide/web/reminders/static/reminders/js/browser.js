/** This browser and the server: subscribing, telling, and taking back. Called by the page of reminders, by every page
 *  after a sign-in, and by the sign-out. Law: permission is asked only after a tap. */

import { known, note } from "../../practice/js/offline/store.js";

const WISHED = "reminds"; // for whom this browser was switched on: their keys

/** A key as the browser wants it: bytes of base64url. Pure. */
export function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** What stands in the way here: "insecure", "home", "unable", "denied"; nothing where it can work. Pure. */
export function obstacle({ isSecure, hasPush, isApple, isInstalled, permission }) {
  if (!isSecure) return "insecure";
  if (!hasPush) return isApple && !isInstalled ? "home" : "unable";
  return permission === "denied" ? "denied" : "";
}

/** The same of this browser. */
export function obstacleHere() {
  const { userAgent = "", maxTouchPoints = 0, standalone } = navigator;
  return obstacle({
    isSecure: globalThis.isSecureContext,
    hasPush: "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis,
    isApple: /iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1),
    isInstalled: standalone === true,
    permission: globalThis.Notification?.permission,
  });
}

async function post(address, fields, token) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}: ${address}`);
}

/** Subscribe, where permission was given, and tell the server. */
export async function subscribe(key, token) {
  const registration = await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  const found = await registration.pushManager.subscribe(wanted).catch(async (error) => {
    // It may be subscribed with the keys of a Lowtide that is not there any more.
    const old = await registration.pushManager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return registration.pushManager.subscribe(wanted);
  });
  const { endpoint, keys } = found.toJSON();
  await post("/reminders/push/", { endpoint, p256dh: keys.p256dh, auth: keys.auth }, token);
}

/** Take it back, here and on the server. */
export async function unsubscribe(token) {
  await post("/reminders/push/end/", { where: "here" }, token);
  await letGo();
}

/** Take it back here alone. */
export async function letGo() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** For whom this browser was switched on. */
export const wishedFor = async () => (await known(WISHED)) ?? [];

/** Take note that it was switched on, or off, for somebody. */
export async function wish(whose, isOn) {
  const others = (await wishedFor()).filter((one) => one !== whose);
  await note(WISHED, isOn ? [...others, whose] : others);
}
