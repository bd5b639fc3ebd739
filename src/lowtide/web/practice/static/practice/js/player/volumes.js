/** <tide-volumes>: three sliders; asks with `tide-ask` {name: "volumes", value: {voice_db: …}} when one is let go. */

const OFF_DB = -60; // model.audio.LEAST_VOLUME_DB

/** A slider's place as a volume: all the way to the left is off. Pure. */
export function volume(value, least) {
  return Number(value) <= Number(least) ? OFF_DB : Number(value);
}

class TideVolumes extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    this.addEventListener("change", () => {
      const sliders = [...this.querySelectorAll("input")];
      const value = Object.fromEntries(sliders.map((one) => [one.name, volume(one.value, one.min)]));
      this.dispatchEvent(new CustomEvent("tide-ask", { bubbles: true, detail: { name: "volumes", value } }));
    });
  }
}

globalThis.customElements?.define("tide-volumes", TideVolumes);
