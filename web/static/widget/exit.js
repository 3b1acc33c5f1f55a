/* The way out: everything hidden in the same frame, nothing kept, a neutral page in this one's place. */

const SHIFT_WITHIN_MS = 5000; // as GOV.UK's "Exit this page"
const SHIFT_AFTER_TYPING_MS = 1000; // some keyboards change script with a lone Shift
const COVER = "position:fixed;inset:0;z-index:2147483647;background:Canvas;color:CanvasText";

let gone; // the resident has left: nothing more is shown

/** Forgets the conversation, covers the page under a neutral title, and leaves it for good. */
const leave = () => {
  const cover = make(["div", { role: "alert" }, words.strings.exiting + ""]);
  gone = true;
  forget();
  root.textContent = host.textContent = "";
  document.body.style.setProperty("display", "none", "important");
  document.documentElement.append(cover);
  cover.style.cssText = COVER;
  document.title = words.strings.exiting;
  location.replace(exit); // in this page's place, so that Back does not return
};

let typedAt, alone, presses, pressedAt;
const spoil = () => { alone = presses = 0; };

/** Shift pressed three times alone leaves; any other key or a click starts the count afresh. */
const keys = {
  pointerdown: spoil,
  keydown: (event) => {
    if (event.key !== "Shift") spoil();
    else if (!event.repeat) alone = !event.isComposing && !(event.timeStamp - typedAt < SHIFT_AFTER_TYPING_MS);
  },
  keyup: (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses = event.timeStamp - pressedAt < SHIFT_WITHIN_MS ? presses + 1 : 1;
    pressedAt = event.timeStamp;
    alone = 0;
    if (presses > 2) leave();
  },
};

/** Follows the element into the page (true) and out of it. */
const live = (is) => {
  for (const [kind, act] of Object.entries(keys)) document[is ? "addEventListener" : "removeEventListener"](kind, act, true);
  if (!is) quiet();
  else if (page.shut && !panel.hidden) page.raise(panel);
};
