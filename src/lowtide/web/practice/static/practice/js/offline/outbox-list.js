/** <tide-outbox>: what was told here and is not yet sent, in plain words; nothing where nothing waits. */

import { CHANGED, drop, lastHere, waiting } from "./store.js";

const KINDS = [[/\/after\/$/, "How it was after a session"], [/\/diary\/$/, "A diary entry"], [/\/outside\/$/, "Practice elsewhere"],
  [/\/unwell$/, "That it did not feel right"], [/\/position$/, "Where a session was left"]];

/** What a message is, in words. Pure. */
export const named = (address) => KINDS.find(([kind]) => kind.test(address))?.[1] ?? "A message";

/** What is said above the list. Pure. */
export function said(count) {
  return count === 1 ? "It is kept on this device, and will be sent when you are online again." : `${count} things are kept on this device, and will be sent when you are online again.`;
}

class TideOutbox extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    this.channel = new BroadcastChannel(CHANGED);
    this.channel.addEventListener("message", () => this.#show());
    this.#show();
  }

  disconnectedCallback() {
    this.channel.close();
  }

  async #show() {
    const found = await waiting((await lastHere()) ?? "");
    const isHad = !this.hidden;
    this.hidden = !found.length && !isHad;
    this.querySelector("[role=status]").textContent = found.length ? said(found.length) : "Everything has been sent.";
    this.querySelector("ul").replaceChildren(...found.map((one) => this.#line(one)));
  }

  #line(one) {
    const line = document.createElement("li");
    const at = new Date(one.at).toLocaleString("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
    line.append(`${named(one.address)}, ${at}`);
    if (one.refused) {
      const button = document.createElement("button");
      Object.assign(button, { className: "button quiet", type: "button", textContent: "It could not be taken. Remove" });
      button.addEventListener("click", () => drop(one.id));
      line.append(button);
    }
    return line;
  }
}

globalThis.customElements?.define("tide-outbox", TideOutbox);
