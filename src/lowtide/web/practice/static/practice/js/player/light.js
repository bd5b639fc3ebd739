/** <tide-light region="lower-back">: lights up where the attention is, on the drawing of the body inside it. */

class TideLight extends HTMLElement {
  static observedAttributes = ["region"];

  attributeChangedCallback() {
    const region = this.getAttribute("region") ?? "";
    for (const spot of this.querySelectorAll("[data-in]")) {
      spot.classList.toggle("lit", region !== "" && spot.dataset.in.split(" ").includes(region));
    }
  }
}

customElements.define("tide-light", TideLight);
