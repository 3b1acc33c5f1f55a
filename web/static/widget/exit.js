/* The way out: everything hidden in the same frame, nothing kept, a neutral page in this one's place. */

const SHIFT_WITHIN_MS = 5000; // as GOV.UK's "Exit this page"
const SHIFT_AFTER_TYPING_MS = 1000; // some keyboards change script with a lone Shift

/** Covers the page under a neutral title, and leaves it. The address is replaced, so that Back does not return. */
function leave(address, title) {
  const cover = make("div", { role: "alert" });
  const look = { position: "fixed", top: 0, right: 0, bottom: 0, left: 0, zIndex: 2147483647, background: "Canvas", color: "CanvasText" };
  document.body.style.setProperty("display", "none", "important");
  document.documentElement.append(Object.assign(cover, { textContent: title }));
  Object.assign(cover.style, look);
  document.title = title;
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  location.replace(address);
}

/** Calls `act` when Shift is pressed three times alone; any other key or a click starts the count afresh. */
class ShiftThrice {
  constructor(act) {
    this.act = act;
    this.spoil = () => { this.alone = this.count = 0; };
    this.on = { keydown: (event) => this.down(event), keyup: (event) => this.up(event), pointerdown: this.spoil };
  }

  listen() {
    for (const kind in this.on) document.addEventListener(kind, this.on[kind], true);
  }

  stop() {
    for (const kind in this.on) document.removeEventListener(kind, this.on[kind], true);
  }

  down(event) {
    if (event.key !== "Shift") this.spoil();
    else if (!event.repeat) this.alone = !event.isComposing && !(event.timeStamp - this.typedAt < SHIFT_AFTER_TYPING_MS);
  }

  up(event) {
    if (event.key !== "Shift" || !this.alone) return;
    this.count = event.timeStamp - this.pressedAt < SHIFT_WITHIN_MS ? this.count + 1 : 1;
    this.pressedAt = event.timeStamp;
    this.alone = false;
    if (this.count === 3) this.act();
  }
}
