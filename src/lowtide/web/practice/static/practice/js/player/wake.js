/** The screen stays on only while somebody looks: in the eyes-open view, while it plays, while the page is seen. */

export class Wake {
  #lock = null;
  #wanted = false;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#settle());
  }

  want(wanted) {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#settle();
  }

  async #settle() {
    const wanted = this.#wanted && document.visibilityState === "visible";
    if (wanted && !this.#lock) {
      try {
        this.#lock = await navigator.wakeLock?.request("screen");
        this.#lock?.addEventListener("release", () => (this.#lock = null));
      } catch {
        this.#lock = null; // the battery is low: the screen may go dark, the sound goes on
      }
    } else if (!wanted && this.#lock) {
      await this.#lock.release();
      this.#lock = null;
    }
  }
}
