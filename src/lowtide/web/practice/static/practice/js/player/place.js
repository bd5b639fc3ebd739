/** Where a session goes on, and how much of it was heard: kept on this device at once and told to the server, so that a
 *  phone that dies loses nothing. What was heard only grows: the larger of two is true. */

const KEY = "lowtide-place:";
const TELL_MS = 10_000;
const END_MS = 2000;

/** Join what the server knows and what this device kept: the later place wins where more was heard. Pure. */
export function joined(told, kept) {
  if (!kept) return told;
  const isNewer = kept.heard_ms >= told.heard_ms;
  return {
    at_ms: isNewer ? kept.at_ms : told.at_ms,
    heard_ms: Math.max(told.heard_ms, kept.heard_ms),
    is_unsent: isNewer && (kept.heard_ms > told.heard_ms || kept.at_ms !== told.at_ms),
  };
}

/** Count what is really heard: time that passes while it plays, not what is skipped. Pure. */
export class Heard {
  constructor(heard_ms) {
    this.heard_ms = heard_ms;
    this.last_ms = null;
  }

  /** Playing goes on at `at_ms`; a jump of more than two seconds is not heard. */
  at(at_ms) {
    const step = this.last_ms === null ? 0 : at_ms - this.last_ms;
    if (step > 0 && step < 2000) this.heard_ms += step;
    this.last_ms = at_ms;
  }

  /** It pauses, or goes on elsewhere. */
  rest() {
    this.last_ms = null;
  }
}

export class Place {
  constructor(session, token, told) {
    this.key = KEY + session;
    this.address = `/sessions/${session}/position`;
    this.token = token;
    this.told_at = -TELL_MS;
    const found = joined(told, this.#read());
    this.at_ms = found.at_ms;
    this.heard = new Heard(found.heard_ms);
    if (found.is_unsent) this.tell(found.at_ms);
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null; // another program wrote it, or this browser keeps nothing
    }
  }

  /** Keep it on this device: cheap enough for every second. */
  keep(at_ms) {
    this.at_ms = Math.round(at_ms);
    try {
      localStorage.setItem(this.key, JSON.stringify({ at_ms: this.at_ms, heard_ms: Math.round(this.heard.heard_ms) }));
    } catch {
      return; // no room, or a private window: the server is told all the same
    }
  }

  /** True where the server was not told for a while. */
  get is_due() {
    return performance.now() - this.told_at > TELL_MS;
  }

  /** The session is over; waits until the server knows, but not for long. Gives its answer, null where nobody answers. */
  end(at_ms) {
    return Promise.race([this.tell(at_ms, "finished"), new Promise((resolve) => setTimeout(resolve, END_MS))]);
  }

  /** Tell the server, even while the page is being closed. */
  tell(at_ms, ended = "") {
    this.told_at = performance.now();
    this.keep(at_ms);
    const form = new FormData();
    form.set("csrfmiddlewaretoken", this.token);
    form.set("at_ms", Math.max(0, Math.round(at_ms)));
    form.set("heard_ms", Math.round(this.heard.heard_ms));
    form.set("ended", ended);
    const told = fetch(this.address, { method: "POST", body: form, keepalive: true }).catch(() => null);
    if (ended) told.then((answer) => answer?.ok && localStorage.removeItem(this.key));
    return told;
  }
}
