/** Of all tabs and windows only one plays: whoever begins tells the others, and they pause. */

export class OneTab {
  /** `pause` is called when another one begins. */
  constructor(pause) {
    this.name = crypto.randomUUID();
    this.channel = new BroadcastChannel("lowtide-playing");
    this.channel.addEventListener("message", (event) => {
      if (event.data !== this.name) pause();
    });
  }

  /** Say that this one plays now. */
  begin() {
    this.channel.postMessage(this.name);
  }
}
