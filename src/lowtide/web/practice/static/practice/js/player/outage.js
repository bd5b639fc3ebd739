/** When the sound stays away, or the session is gone: why that is, and that it goes on after a tap. */

import { show } from "./showing.js";

const PATIENCE_MS = 4000; // a place that is not rendered yet is heard sooner
const GONE = [401, 404];

/** True where the server answers that there is no such session for whoever sits here now. */
export function isGone(answer) {
  return Boolean(answer) && (answer.redirected || answer.type === "opaqueredirect" || GONE.includes(answer.status));
}

export class Outage {
  /** `player` has `audio`, `server` and `rest(state)`. */
  constructor(player) {
    this.player = player;
    this.fault = "";
  }

  /** The sound waits; where it goes on waiting, the server is asked whether it is there. */
  waits() {
    this.player.dataset.state = "waiting";
    show(this.player);
    this.timer ??= setTimeout(() => this.#ask(), PATIENCE_MS);
  }

  /** It plays, or rests because somebody wants it to. */
  over() {
    this.timer = clearTimeout(this.timer);
  }

  async #ask() {
    const asked = this.timer;
    const answer = await this.player.server.presence();
    if (this.timer !== asked) return;
    this.over();
    this.heed(answer);
    if (answer?.ok) return this.waits();
    this.fault = isGone(answer) ? "broken" : "away";
    this.player.wanted = "still";
    this.player.audio.pause();
    this.player.rest(this.fault);
  }

  /** The sound has broken off: say so at once, and why as soon as that is known. */
  async breaks() {
    this.fault = "broken";
    this.player.rest(this.fault);
    const answer = await this.player.server.presence();
    if (answer === null && this.fault) this.player.rest((this.fault = "away"));
    this.heed(answer);
  }

  /** Begin again after a fault, at the place that was kept. */
  mend(at_ms) {
    if (!this.fault) return;
    this.fault = "";
    this.player.audio.load();
    this.player.audio.currentTime = at_ms / 1000;
    this.waits();
  }

  /** True where a session that was heard to the end can lead on to what is asked afterwards; else it is said why not. */
  lets(answer) {
    if (answer === null) this.player.dataset.state = "unsaid";
    this.heed(answer);
    show(this.player);
    return answer !== null && !isGone(answer);
  }

  /** Take note of what the server answers about this session; null, where nobody answers, says nothing. */
  heed(answer) {
    if (!answer) return;
    this.player.toggleAttribute("data-gone", isGone(answer));
    show(this.player);
  }
}
