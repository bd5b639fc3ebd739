/** <tide-scale>: a row of radio buttons in, a strip that a thumb can stroke out; a second tap takes the answer back.
 *  Without this file the radio buttons work as they are. Says `change` like the buttons themselves. */

/** Which of `count` places a finger at `x` is on, for a strip from `left` with `width`. */
export function placeAt(x, left, width, count) {
  return Math.min(count - 1, Math.max(0, Math.floor(((x - left) / width) * count)));
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
    const box = this.strip.getBoundingClientRect();
    this.#choose(this.inputs[placeAt(event.clientX, box.left, box.width, this.inputs.length)]);
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
