// <tide-timer data-minutes="20">: time to practise alone, with a soft bell at its end; what has passed is written into the form.
// It counts by the clock, not by ticks: a page that slept knows how late it is. Without JavaScript there is the form alone.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const PARTIALS = [[1, 1], [2.76, 0.5], [5.4, 0.25]]; // of a singing bowl, as in mix/scapes
const LOWEST_HZ = 220;
const RING_S = 6;

export function clock(ms) {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function strike(audio) {
  for (const [times, loud] of PARTIALS) {
    const tone = new OscillatorNode(audio, { frequency: LOWEST_HZ * times });
    const fade = new GainNode(audio, { gain: 0 });
    fade.gain.linearRampToValueAtTime(0.12 * loud, audio.currentTime + 0.02);
    fade.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + RING_S / times);
    tone.connect(fade).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + RING_S);
  }
}

class Timer extends HTMLElement {
  connectedCallback() {
    this.whole = Number(this.dataset.minutes) * MINUTE;
    this.innerHTML = `<output aria-label="Time left">${clock(this.whole)}</output><progress max="1" value="0" aria-label="How far it is"></progress><button class="button" type="button">Start the time</button>`;
    [this.left, this.bar, this.button] = this.children;
    this.button.addEventListener("click", () => (this.began ? this.end() : this.begin()));
    this.hidden = false;
  }

  disconnectedCallback() {
    clearInterval(this.ticks);
  }

  async begin() {
    this.began = Date.now();
    this.button.textContent = "End here";
    this.audio ??= new AudioContext();
    strike(this.audio);
    this.ticks = setInterval(() => this.show(), SECOND);
    try {
      this.awake = await navigator.wakeLock?.request("screen");
    } catch {
      this.awake = null; // the screen may go dark; the time goes on
    }
  }

  show() {
    const passed = Date.now() - this.began;
    this.left.textContent = clock(this.whole - passed);
    this.bar.value = Math.min(1, passed / this.whole);
    if (passed >= this.whole) this.end();
  }

  end() {
    clearInterval(this.ticks);
    this.awake?.release();
    strike(this.audio);
    const minutes = Math.max(1, Math.round(Math.min(Date.now() - this.began, this.whole) / MINUTE));
    this.began = 0;
    this.button.textContent = "Start once more";
    this.write(minutes);
  }

  write(minutes) {
    const form = this.closest("form");
    const chip = form.querySelector(`input[name="minutes"][value="${minutes}"]`);
    const other = form.querySelector('input[name="other_minutes"]');
    other.value = chip ? "" : minutes;
    if (chip) chip.checked = true;
    else other.closest("details").open = true;
  }
}

customElements.define("tide-timer", Timer);
