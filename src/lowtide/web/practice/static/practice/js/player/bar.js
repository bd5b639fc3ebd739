/** <tide-bar at-ms length-ms>: how far it is, and a slider to go elsewhere. Asks with `tide-ask` {name: "seek", detail}. */

import { clock, spoken } from "./moments.js";

class TideBar extends HTMLElement {
  static observedAttributes = ["at-ms", "length-ms"];

  connectedCallback() {
    this.slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: 1, step: 1000, value: 0 });
    this.slider.setAttribute("aria-label", "Where in the session");
    this.passed = document.createElement("span");
    this.left = document.createElement("span");
    const times = document.createElement("p");
    times.className = "row apart quiet";
    times.append(this.passed, this.left);
    this.append(this.slider, times);
    this.slider.addEventListener("input", () => (this.isHeld = true));
    this.slider.addEventListener("change", () => {
      this.isHeld = false;
      this.dispatchEvent(new CustomEvent("tide-ask", { bubbles: true, detail: { name: "seek", value: Number(this.slider.value) } }));
    });
    this.attributeChangedCallback();
  }

  attributeChangedCallback() {
    if (!this.slider) return;
    const [at, length] = [Number(this.getAttribute("at-ms")), Number(this.getAttribute("length-ms"))];
    this.slider.max = length;
    if (!this.isHeld) this.slider.value = at;
    this.slider.setAttribute("aria-valuetext", `${spoken(at)} of ${spoken(length)}`);
    this.passed.textContent = clock(at);
    this.left.textContent = `−${clock(length - at)}`;
  }
}

customElements.define("tide-bar", TideBar);
