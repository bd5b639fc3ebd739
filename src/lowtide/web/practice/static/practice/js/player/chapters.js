/** <tide-chapters here="2">: a list of links that go to a chapter; says which one is heard. Asks with `tide-ask`. */

class TideChapters extends HTMLElement {
  static observedAttributes = ["here"];

  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-at-s]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const value = Number(link.dataset.atS) * 1000;
      this.dispatchEvent(new CustomEvent("tide-ask", { bubbles: true, detail: { name: "seek", value } }));
    });
  }

  attributeChangedCallback() {
    const here = Number(this.getAttribute("here"));
    this.querySelectorAll("a").forEach((link, index) => {
      if (index === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  /** Show chapters: once the session is made, and others after a switch. */
  show(chapters, address, clock) {
    const items = chapters.map((chapter) => {
      const [item, link, time] = ["li", "a", "span"].map((name) => document.createElement(name));
      Object.assign(link, { href: `${address}#t=${chapter.at_ms / 1000}`, textContent: chapter.title });
      link.dataset.atS = chapter.at_ms / 1000;
      Object.assign(time, { className: "quiet", textContent: clock(chapter.at_ms) });
      item.append(link, time);
      return item;
    });
    this.querySelector("ol").replaceChildren(...items);
    this.closest("details").hidden = items.length === 0;
  }
}

customElements.define("tide-chapters", TideChapters);
