/** <tide-body>: a touch on the drawing, or a tick in the list, in; a sheet that asks how much and in what words out.
 *  The list and the cards are plain form fields and work without this file; here the cards become sheets and the drawing
 *  takes their colours. Every field stays inside the form. */

import { shade, summary } from "./places.js";

const REACH = [0, 6, 10, 14, 18];

class TideBody extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    this.sheet = this.querySelector("[data-sheet]");
    this.holder = this.querySelector("[data-here]");
    this.list = this.querySelector("[data-spots]");
    this.classList.add("alive");
    this.querySelector(".places")?.removeAttribute("open");
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("change", (event) => this.#changed(event));
    this.sheet.addEventListener("close", () => this.#closed());
    this.sheet.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) this.#finish(event);
    });
    for (const card of this.querySelectorAll("[data-spot]")) this.#row(card);
    this.#paint();
  }

  #box(region) {
    return this.querySelector(`#here-${region}`);
  }

  #card(region) {
    return this.querySelector(`[data-spot="${region}"]`);
  }

  #click(event) {
    const drawing = event.target.closest("svg.body-drawing");
    if (drawing) {
      event.preventDefault();
      const region = this.#under(event, drawing);
      if (region) this.#open(region);
    } else if (event.target.closest("[data-done]")) this.#finish(event);
    else if (event.target.closest("[data-gone]")) this.#remove(this.region);
    else if (event.target.closest("[data-edit]")) this.#open(event.target.closest("[data-edit]").dataset.edit);
    else if (event.target === this.sheet) this.sheet.close();
  }

  /** The place under a touch, or the nearest one within a thumb's width. */
  #under(event, drawing) {
    for (const reach of REACH) {
      for (let turn = 0; turn < 8; turn += 1) {
        const x = event.clientX + reach * Math.cos((turn * Math.PI) / 4);
        const y = event.clientY + reach * Math.sin((turn * Math.PI) / 4);
        const link = document.elementFromPoint(x, y)?.closest?.("a[data-region]");
        if (link && drawing.contains(link)) return link.dataset.region;
        if (reach === 0) break;
      }
    }
    return event.target.closest("a[data-region]")?.dataset.region;
  }

  #changed(event) {
    const box = event.target;
    if (box.id?.startsWith("here-")) {
      const region = box.id.slice(5);
      if (box.checked) this.#open(region);
      else this.#remove(region);
    }
    this.#paint();
  }

  #open(region) {
    const box = this.#box(region);
    this.region = region;
    this.opener = document.activeElement;
    if (box) box.checked = true;
    let card = this.#card(region);
    if (!card) card = this.#made(region, box?.dataset.label ?? region);
    this.holder.replaceChildren(card);
    this.sheet.setAttribute("aria-label", card.getAttribute("aria-label"));
    this.sheet.showModal();
    this.#paint();
  }

  #made(region, label) {
    const words = { REGION: region, LABEL: label };
    const made = document.createElement("div");
    made.innerHTML = this.querySelector("template").innerHTML.replace(/REGION|LABEL/g, (word) => words[word]);
    return made.firstElementChild;
  }

  #finish(event) {
    event.preventDefault();
    this.sheet.close();
  }

  #remove(region) {
    const box = this.#box(region);
    if (box) box.checked = false;
    this.#card(region)?.remove();
    this.querySelector(`[data-edit="${region}"]`)?.remove();
    if (this.sheet.open) this.sheet.close();
    this.#paint();
  }

  #closed() {
    const card = this.holder.firstElementChild;
    if (card) {
      this.list.append(card);
      this.#row(card);
    }
    this.#paint();
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Put a row for a place above its card, or bring the row up to date. */
  #row(card) {
    const region = card.dataset.spot;
    const words = [...card.querySelectorAll("[name^=word-]")];
    const said = words.filter((one) => one.type !== "checkbox" || one.checked).map((one) => one.value.trim());
    const { label, detail } = summary(card.getAttribute("aria-label"), this.#number(card), said.filter(Boolean));
    const row = this.querySelector(`[data-edit="${region}"]`) ?? document.createElement("button");
    row.type = "button";
    row.className = "spot-row";
    row.dataset.edit = region;
    row.replaceChildren(document.createElement("span"), document.createElement("small"));
    row.firstChild.textContent = label;
    row.lastChild.textContent = detail;
    row.dataset.hurt = shade(this.#number(card) ?? undefined);
    card.before(row);
  }

  #number(card) {
    const chosen = card.querySelector(".scale input:checked");
    return chosen ? Number(chosen.value) : null;
  }

  /** Colour the drawing: a larger place first, so that a smaller one in it shows. */
  #paint() {
    const cards = [...this.querySelectorAll("[data-spot]")];
    const shapes = [...this.querySelectorAll("path[data-in]")];
    const reach = (card) => shapes.filter((shape) => shape.dataset.in.split(" ").includes(card.dataset.spot));
    for (const shape of shapes) delete shape.dataset.hurt;
    for (const [card, lit] of cards.map((one) => [one, reach(one)]).sort((a, b) => b[1].length - a[1].length))
      for (const shape of lit) shape.dataset.hurt = shade(this.#number(card) ?? undefined);
  }
}

globalThis.customElements?.define("tide-body", TideBody);
