/** <tide-ways>: "imagine instead" and "another anchor"; asks with `tide-ask` {name: "switch", value: "imagine"}. */

class TideWays extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-to]");
      if (!button) return;
      this.dispatchEvent(new CustomEvent("tide-ask", { bubbles: true, detail: { name: "switch", value: button.dataset.to } }));
    });
  }

  /** Say what is happening; with `done` that way has been taken. */
  tell(to, words, done = false) {
    this.querySelector("[role=status]").textContent = words;
    const button = this.querySelector(`[data-to=${to}]`);
    button.disabled = done;
  }
}

customElements.define("tide-ways", TideWays);
