/** What the player asks the server. Every answer that is not there is null: the sound goes on without it. */

const ANSWERED_MS = 10_000; // it answers after a second, made or not

export class Server {
  constructor(session, token) {
    this.base = `/sessions/${session}/`;
    this.token = token;
  }

  /** Post a form; gives {status, told} or null where nobody answers. */
  async post(what, fields) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.token);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    try {
      const answer = await fetch(this.base + what, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
      const isJson = answer.headers.get("Content-Type")?.includes("json");
      return { status: answer.status, told: isJson ? await answer.json() : null };
    } catch {
      return null;
    }
  }

  async get(address) {
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  /** Ask whether the session is still there for whoever sits here; gives the answer, or null where nobody answers. */
  async presence() {
    try {
      return await fetch(`${this.base}ready.json`, { redirect: "manual", signal: AbortSignal.timeout(ANSWERED_MS) });
    } catch {
      return null;
    }
  }

  /** Ask until the session is made: the answer waits for it, up to a second. `progress(done, count)` is told meanwhile.
   *  Gives its state, or its failure. */
  async ready(progress) {
    for (;;) {
      const state = await this.get(`${this.base}ready.json`);
      if (state?.ready || state?.failure) return state;
      if (state) progress(state.done, state.count);
      await new Promise((resolve) => setTimeout(resolve, state ? 50 : 2000));
    }
  }
}
