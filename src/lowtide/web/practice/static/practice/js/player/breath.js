/** <tide-breath phase="in" for-ms="4000">: a circle that grows and sinks with a paced breath. It only follows. */

const SIZE = { in: 1, hold: 1, out: 0.45 };

class TideBreath extends HTMLElement {
  static observedAttributes = ["phase", "for-ms"];

  connectedCallback() {
    if (!this.firstElementChild) this.append(document.createElement("span"), document.createElement("b"));
    this.attributeChangedCallback();
  }

  attributeChangedCallback() {
    const [circle, word] = this.children;
    if (!circle) return;
    const phase = this.getAttribute("phase") ?? "";
    circle.style.setProperty("--for", `${this.getAttribute("for-ms") ?? 1200}ms`);
    circle.style.setProperty("--size", SIZE[phase] ?? 0.45);
    word.textContent = { in: "in", hold: "hold", out: "out" }[phase] ?? "";
  }
}

customElements.define("tide-breath", TideBreath);
