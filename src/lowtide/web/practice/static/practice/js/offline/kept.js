/** <tide-kept>: the sessions that this device keeps, each with its size and a way to let it go. */

import { kept, remove, size } from "./keeping.js";
import "./outbox-list.js";

class TideKept extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ul");
    this.row = this.querySelector("template");
    this.#show();
  }

  async #show() {
    const found = globalThis.caches ? await kept() : [];
    const words = found.length ? "" : "No session is kept on this device yet.";
    this.querySelector("[role=status]").textContent = words;
    this.list.replaceChildren(...found.map((one) => this.#line(one)));
  }

  #line(one) {
    const line = this.row.content.cloneNode(true);
    const link = line.querySelector("a");
    link.href = `/sessions/${one.session}/`;
    link.textContent = one.title;
    line.querySelector("span").textContent = `${Math.round(one.length_ms / 60_000)} min, ${size(one.bytes)}`;
    const button = line.querySelector("button");
    button.setAttribute("aria-label", `Remove ${one.title}`);
    button.addEventListener("click", async () => {
      await remove(one.whose, one.session);
      await this.#show();
      this.querySelector("a, [role=status]").focus?.();
    });
    return line;
  }
}

customElements.define("tide-kept", TideKept);
