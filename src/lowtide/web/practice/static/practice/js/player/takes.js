/** Other recordings of the same session: after "imagine instead" or "another anchor", and with other volumes. */

import { handOver } from "./hand-over.js";

const LEAD_MS = 2500; // to make it, fetch it, and start it beside the one that plays
const LATE_MS = 1500; // closer to the turn than this there is no time left: the next silence is taken
const AGAIN_MS = 500;
const TRIES = 60;
const FAILED = "That did not work. Please try again.";
const WORDS = { imagine: "From here on, movements are only imagined.", anchor: "From here on there is another place to rest." };

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Takes {
  /** `player` has `audio`, `server`, `at_ms`, and `adopt(audio, state)`, called with what plays on. */
  constructor(player) {
    this.player = player;
    this.last = Promise.resolve();
  }

  /** One after the other: each starts from what plays when it begins. */
  #queued(work) {
    this.last = this.last.then(work, work);
    return this.last;
  }

  switchTo(to, tell) {
    return this.#queued(() => this.#switch(to, tell));
  }

  volumes(chosen) {
    return this.#queued(async () => {
      const answer = await this.player.server.post("volumes", chosen);
      if (answer?.status === 200) await this.#over(answer.told, null);
    });
  }

  async #switch(to, tell) {
    tell("One moment…");
    for (let index = 0; index < TRIES; index++) {
      const asked_ms = Math.round(this.player.at_ms + (this.player.audio.paused ? 0 : LEAD_MS));
      const answer = await this.player.server.post("switch", { to, at_ms: asked_ms });
      if (answer?.status === 409) return tell(answer.told?.failure ?? "That can not be changed now.");
      if (answer?.status === 200) {
        const turn_ms = answer.told.turns_ms.at(-1);
        if (this.player.audio.paused || turn_ms - this.player.at_ms > LATE_MS) {
          tell(`${WORDS[to]} It begins with the next silence.`);
          const isOver = await this.#over(answer.told, turn_ms);
          return isOver ? tell(WORDS[to], true) : tell(FAILED);
        }
      } else {
        await wait(AGAIN_MS);
      }
    }
    return tell(FAILED);
  }

  /** True once the other recording plays on; false where it can not be had, and the present one goes on. */
  #over(state, turn_ms) {
    const swap = (other) => this.player.adopt(other, state);
    return handOver(this.player.audio, state.sound, turn_ms, swap).then(() => true, () => false);
  }
}
