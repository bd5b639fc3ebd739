/** <tide-words said="…">: what is said, to read along. */

class TideWords extends HTMLElement {
  static observedAttributes = ["said"];

  attributeChangedCallback() {
    const said = this.getAttribute("said") ?? "";
    if (this.textContent !== said) this.textContent = said;
  }
}

customElements.define("tide-words", TideWords);
