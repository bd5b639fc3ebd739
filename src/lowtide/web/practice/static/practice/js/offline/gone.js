/** <tide-gone data-whose>: on the page after deleting, this browser lets go of all that it kept of a person: sessions and
 *  pages, messages that waited, places in sessions, and its reminders. What somebody else has left here stays. */

import { letGo, wish, wishedFor } from "../../../reminders/js/browser.js";
import { drop, isHere, lastHere, waiting } from "./store.js";
import { KEPT } from "./whose.js";

const PLACES = "lowtide-place:"; // practice/js/player/place.js
const DONE = "What this browser had kept for offline is removed as well.";
const NOT_DONE = "This browser did not let go of what it kept for offline. Clear its data of this site in its settings.";

async function letGoOf(whose) {
  await caches.delete(KEPT + whose);
  for (const one of await waiting(whose)) await drop(one.id);
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PLACES))) localStorage.removeItem(key);
  sessionStorage.clear();
  await wish(whose, false);
  if (!(await wishedFor()).length) await letGo();
  if ((await lastHere()) === whose) await isHere(null);
}

class TideGone extends HTMLElement {
  async connectedCallback() {
    if (!globalThis.caches || !globalThis.indexedDB) return; // it could not keep anything either
    const said = await letGoOf(this.dataset.whose).then(() => DONE, () => NOT_DONE);
    this.querySelector("[role=status]").textContent = said;
  }
}

customElements.define("tide-gone", TideGone);
