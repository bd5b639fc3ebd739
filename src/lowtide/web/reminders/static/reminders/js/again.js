/** On every page, once for each person who comes to sit here: a browser that they had switched on reminds them again,
 *  after a sign-in or a change of seats. Asks for nothing, and is silent where it does not work. */

import { obstacleHere, subscribe, wishedFor } from "./browser.js";
import { lastHere } from "../../practice/js/offline/store.js";

const LOOKED = "lowtide-reminds";

async function look() {
  const whose = await lastHere();
  if (!whose || sessionStorage.getItem(LOOKED) === whose) return;
  sessionStorage.setItem(LOOKED, whose);
  if (obstacleHere() || Notification.permission !== "granted" || !(await wishedFor()).includes(whose)) return;
  const answer = await fetch("/reminders/push/", { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const here = await answer.json();
  if (here.whose === whose) await subscribe(here.key, here.token);
}

if (globalThis.indexedDB && globalThis.document) look().catch(() => null);
