/** <tide-scale>: a row of radio buttons in, a strip that a thumb can stroke out; a second tap takes the answer back.
 *  Without this file the radio buttons work as they are. Says `change` like the buttons themselves. */

const ROW_FIRST = 1e5; // further away than any row is long

/** Which of some boxes a finger at `x`, `y` is on, or is nearest to: they stand in one row, or in two on a phone. */
export function placeAt(x, y, boxes) {
  const away = ({ left, right, top, bottom }) =>
    ROW_FIRST * Math.max(top - y, 0, y - bottom) + Math.max(left - x, 0, x - right);
  const aways = boxes.map(away);
  return aways.indexOf(Math.min(...aways));
}

class TideScale extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    this.strip = this.querySelector(".scale-strip");
    if (!this.strip) return;
    this.inputs = [...this.strip.querySelectorAll("input")];
    this.strip.addEventListener("pointerdown", (event) => this.#down(event));
    this.strip.addEventListener("pointermove", (event) => this.#stroke(event));
    this.strip.addEventListener("click", (event) => this.#again(event), true);
  }

  #down(event) {
    this.before = this.inputs.find((input) => input.checked);
    this.strokes = event.buttons === 1 ? event.clientX : null;
  }

  /** Choose what is under the finger, once it has moved further than a tap would. */
  #stroke(event) {
    if (event.buttons !== 1 || this.strokes == null || Math.abs(event.clientX - this.strokes) < 8) return;
    const boxes = this.inputs.map((input) => input.getBoundingClientRect());
    this.#choose(this.inputs[placeAt(event.clientX, event.clientY, boxes)]);
    this.before = null;
  }

  /** A tap on the chosen number leaves the question open again. */
  #again(event) {
    if (!(event.target instanceof HTMLInputElement) || event.target !== this.before || event.detail === 0) return;
    this.before = null;
    const input = event.target;
    setTimeout(() => this.#choose(input, false));
  }

  #choose(input, checked = true) {
    if (!input || input.checked === checked) return;
    input.checked = checked;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

globalThis.customElements?.define("tide-scale", TideScale);
