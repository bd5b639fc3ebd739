/** <tide-keep data-session data-whose data-title data-length-ms>: a button that keeps a session on this device, or lets
 *  it go. Hidden where this browser can keep nothing. */

import { keep, kept, remove, size } from "./keeping.js";

const FULL = "There is not enough room on this device for it. Removing another kept session makes some.";
const FAILED = "That did not work. Please try again with a better connection.";

class TideKeep extends HTMLElement {
  connectedCallback() {
    if (!globalThis.caches || !navigator.serviceWorker) return;
    const { session, title, lengthMs, whose } = this.dataset;
    Object.assign(this, { whose, session: { session, title, length_ms: Number(lengthMs) } });
    this.button = this.querySelector("button");
    this.bar = this.querySelector("progress");
    this.button.addEventListener("click", () => this.#tapped());
    this.hidden = false;
    this.#show();
  }

  /** Show how it is; a look that began before the last tap is too late to say so. */
  async #show(words = "") {
    const look = (this.look = {});
    const found = (await kept()).find((one) => one.session === this.session.session && one.whose === this.whose);
    if (look !== this.look) return;
    this.button.setAttribute("aria-pressed", Boolean(found));
    this.button.textContent = found ? "Kept for offline" : "Keep for offline";
    this.button.disabled = false;
    this.bar.hidden = true;
    this.#tell(words || (found ? `It plays without a network now (${size(found.bytes)}). Touch again to remove it.` : ""));
  }

  #tell(words) {
    this.querySelector("[role=status]").textContent = words;
  }

  async #tapped() {
    this.button.disabled = true;
    this.look = null;
    if (this.button.getAttribute("aria-pressed") === "true") {
      await remove(this.whose, this.session.session);
      return this.#show("It is no longer kept.");
    }
    this.bar.hidden = false;
    this.#tell("Keeping it… You can go on listening.");
    try {
      await keep(this.whose, this.session, (share) => (this.bar.value = share));
    } catch (error) {
      return this.#show(error.name === "QuotaExceededError" ? FULL : FAILED);
    }
    return this.#show();
  }
}

customElements.define("tide-keep", TideKeep);
