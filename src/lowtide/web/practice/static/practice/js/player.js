/** <tide-player>: owns the media. State stands in its attributes, requests come as `tide-ask` events {name, value} and
 *  from the lock screen. Laws: it never begins by itself, not after an interruption either; of all tabs one plays. */

import "./player/bar.js";
import "./player/breath.js";
import "./player/chapters.js";
import "./player/light.js";
import "./player/volumes.js";
import "./player/ways.js";
import "./player/words.js";
import { answer } from "./player/asking.js";
import { equip } from "./player/equipment.js";
import { chapters, clock } from "./player/moments.js";
import { show } from "./player/showing.js";

const TICK_MS = 200;

class TidePlayer extends HTMLElement {
  connectedCallback() {
    Object.assign(this, { length_ms: Number(this.dataset.lengthMs), events: [], chapters: [], wanted: "still" });
    equip(this);
    this.addEventListener("tide-ask", (event) => this.ask(event.detail.name, event.detail.value));
    this.addEventListener("click", (event) => this.ask(event.target.closest("[data-ask]")?.dataset.ask));
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#tell());
    addEventListener("pagehide", () => this.#tell());
    this.#own(this.querySelector("audio"));
    this.audio.removeAttribute("controls");
    for (const part of this.querySelectorAll(".controls, .extra")) part.hidden = false;
    this.classList.add("alive");
    this.#made();
  }

  /** Where it is; the kept place as long as there is no sound. */
  get at_ms() {
    return this.audio.readyState ? this.audio.currentTime * 1000 : this.place.at_ms;
  }

  ask(name, value) {
    answer(this, name, value);
    show(this);
  }

  /** Wait for the session, then be ready to play where it was left. */
  async #made() {
    const making = this.querySelector(".making");
    const bar = making.querySelector("progress");
    const state = await this.server.ready((done, count) => count && (bar.value = done / count));
    making.hidden = !state.failure;
    if (state.failure) return void (making.textContent = state.failure);
    if (!this.audio.src) this.audio.src = state.sound;
    this.audio.currentTime = this.place.at_ms / 1000;
    this.querySelector("[data-ask=toggle]").disabled = false;
    this.dataset.state = "still";
    await this.#follow(state);
  }

  /** Take the timeline of the recording that plays. */
  async #follow(state) {
    const told = await this.server.get(state.timeline);
    if (!told) return;
    Object.assign(this, { events: told.events, chapters: chapters(told.events) });
    this.querySelector("tide-chapters")?.show(this.chapters, state.sound, clock);
    show(this);
  }

  /** Follow an element's events, and no other's. */
  #own(audio) {
    this.bound?.abort();
    this.bound = new AbortController();
    this.audio = audio;
    const on = (name, follow) => audio.addEventListener(name, follow, { signal: this.bound.signal });
    on("playing", () => this.#plays());
    on("pause", () => this.rest(this.outage.fault || (this.wanted === "playing" ? "interrupted" : "still")));
    on("waiting", () => audio.paused || this.outage.waits());
    on("error", () => audio.getAttribute("src") && this.outage.breaks());
    on("seeked", () => show(this));
    on("ended", () => this.#ended());
  }

  /** Another recording of the session plays on. */
  adopt(other, state) {
    const old = this.audio;
    this.#own(other);
    old.replaceWith(other);
    old.pause();
    old.removeAttribute("src");
    old.load();
    if (other.paused && this.dataset.state === "playing") this.rest("interrupted");
    return this.#follow(state);
  }

  async play() {
    this.outage.mend(this.place.at_ms);
    this.wanted = "playing";
    this.tab.begin();
    await this.audio.play().catch(() => this.wanted === "playing" && this.audio.paused && this.rest("interrupted"));
  }

  /** Pause because somebody asked for it; any other pause is an interruption. */
  pause(how = (audio) => audio.pause()) {
    this.wanted = "still";
    how(this.audio);
  }

  seek(at_ms) {
    this.place.heard.rest();
    this.place.keep(Math.min(Math.max(0, at_ms), this.length_ms - 50));
    this.audio.currentTime = this.place.at_ms / 1000;
  }

  #plays() {
    this.dataset.state = "playing";
    this.outage.over();
    this.timer ??= setInterval(() => this.#tick(), TICK_MS);
    this.#tick();
  }

  rest(state) {
    if (this.audio.ended) return;
    this.outage.over();
    this.timer = clearInterval(this.timer);
    this.place.heard.rest();
    [this.dataset.state, this.wanted] = [state, "still"];
    this.#tell();
    show(this);
  }

  async #ended() {
    this.timer = clearInterval(this.timer);
    this.place.heard.at(this.at_ms);
    this.dataset.state = "ended";
    const answer = await this.place.end(this.length_ms);
    if (this.outage.lets(answer)) location.assign(`${this.server.base}after/`);
  }

  #tick() {
    if (!this.audio.paused && !this.audio.seeking) this.place.heard.at(this.at_ms);
    this.place.keep(this.at_ms);
    if (this.place.is_due) this.#tell();
    show(this);
  }

  /** Tell the server where it is, once something was heard. */
  #tell() {
    if (!this.place.heard.heard_ms || this.audio.ended) return;
    this.place.tell(this.at_ms).then((answer) => this.outage.heed(answer));
  }
}

customElements.define("tide-player", TidePlayer);
