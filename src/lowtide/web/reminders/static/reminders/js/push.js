/** <tide-push data-key data-here>: says whether this browser reminds, switches it on after a tap, and off again; while
 *  something is awaited says what; where it can not, says why and what would help. */

import { obstacleHere, subscribe, unsubscribe, wish } from "./browser.js";
import { lastHere } from "../../practice/js/offline/store.js";

const OFFERS = ["off", "failed", "dismissed", "asking", "joining"]; // where the button stands, if only greyed

class TidePush extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    this.token = this.querySelector("[name=csrfmiddlewaretoken]").value;
    this.querySelector("[data-action=on] button").addEventListener("click", () => this.#tapped(() => this.#on()));
    this.querySelector("[data-action=off] button").addEventListener("click", () => this.#tapped(() => this.#off()));
    this.#show(obstacleHere() || ("here" in this.dataset ? "on" : "off"));
  }

  #show(state) {
    for (const one of this.querySelectorAll("[data-state]")) one.hidden = one.dataset.state !== state;
    this.querySelector("[data-action=on]").hidden = !OFFERS.includes(state);
    this.querySelector("[data-action=off]").hidden = state !== "on";
    this.dataset.shows = state;
  }

  async #tapped(work) {
    const buttons = this.querySelectorAll("button");
    buttons.forEach((one) => (one.disabled = true));
    try {
      this.#show(await work());
    } catch {
      this.#show("failed");
    }
    buttons.forEach((one) => (one.disabled = false));
  }

  async #on() {
    if (Notification.permission === "default") this.#show("asking");
    const answer = await Notification.requestPermission();
    if (answer !== "granted") return obstacleHere() || (answer === "denied" ? "denied" : "dismissed");
    this.#show("joining");
    await subscribe(this.dataset.key, this.token);
    await wish(await lastHere(), true);
    return "on";
  }

  async #off() {
    await wish(await lastHere(), false);
    await unsubscribe(this.token);
    return "off";
  }
}

globalThis.customElements?.define("tide-push", TidePush);
