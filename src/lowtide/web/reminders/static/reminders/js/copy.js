/** <tide-copy>: a field with an address and a button that copies it. Without a clipboard the field can be marked. */

class TideCopy extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    if (!navigator.clipboard) return;
    const [field, button, status] = ["input", "button", "[role=status]"].map((one) => this.querySelector(one));
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      await navigator.clipboard.writeText(field.value).then(() => (status.textContent = "Copied."), () => null);
    });
  }
}

globalThis.customElements?.define("tide-copy", TideCopy);
