/* A turn: what the resident says goes out, and what comes back is shown and announced once. */

const WAITING_SHOWN_AFTER_MS = 300;
const GIVE_UP_AFTER_MS = 15000;
const ANNOUNCED_FOR_MS = 1500; // a text that goes sooner than 0.1 to 1 s is missed by some screen readers

/** The language that the resident has chosen; "": the assistant finds it out, turn by turn. */
let chosen = "chosen" in host.dataset ? words.language : "";
let state = ""; // the token of the last reply
let last = ""; // what was asked last
let failed = ""; // the item of a turn that did not work, after what was said in it
let busy;
let silence;

/** Puts an item into the conversation, or below what it follows from, and says its gist once to a screen reader; the focus
    stays where it is. */
const show = (item, gist, place) => {
  if (gone) return;
  place ? place.after(item) : log.append(item);
  item.scrollIntoView(place && { block: "center" });
  region.lang = words.language;
  region.textContent = gist;
  clearTimeout(silence);
  silence = setTimeout(() => { region.textContent = ""; }, ANNOUNCED_FOR_MS);
};

const hold = (is) => {
  busy = is;
  again.hidden = is || !last;
  send.ariaDisabled = is;
};

/** The reply to one form-encoded request, which crosses from a partner's site without a preflight. */
const post = (path, fields) => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), GIVE_UP_AFTER_MS);
  return read("api/v1/" + path, { method: "POST", body: new URLSearchParams(fields), signal: stop.signal });
};

/** Asks `body`: message or choose, and the language to answer in. */
const turn = async (body) => {
  if (failed) failed.remove();
  failed = "";
  last = body;
  hold(true);
  const waiting = make(["li.waiting small", 0, "waiting"], string);
  const timer = setTimeout(() => log.append(waiting), WAITING_SHOWN_AFTER_MS);
  try {
    const reply = await post("chat", { state, site: site || "", view: 1, ...body });
    await speak(reply.language).catch(() => {}); // an answer in words of another language is better than none
    waiting.remove();
    state = reply.state;
    if (box.value.trim() === body.message) write("");
    const { item, gist } = reply.view;
    show(aloud(make(item), [gist, ...reply.steps].join(" "), reply.language), gist);
  } catch (error) {
    waiting.remove();
    failed = failure();
    show(failed, failed.textContent);
  }
  clearTimeout(timer);
  hold(false);
};

/** Asks `body`, which stands in the conversation as `text`. */
const ask = (body, text) => {
  if (busy) return;
  if (failed) failed.previousSibling.remove();
  log.append(make(["li.said", 0, ["b", 0, string("you")], " ", ["span", { dir: "auto" }, text]]));
  turn(body);
};

/** Sends what a button below an answer says, once; what comes of it stands below the button's row. A row names where it
    sends to and what goes with it; its last child says that it did not work. */
const tell = async (row, node) => {
  const fault = row.lastChild;
  if (row.ariaDisabled) return;
  row.ariaDisabled = fault.hidden = true;
  try {
    const { item, gist } = await post(row.dataset.to, { ...row.dataset, [node.name]: node.value, view: 1 });
    show(make(item), gist, row);
  } catch (error) {
    row.ariaDisabled = fault.hidden = null;
  }
};

/** Takes away what would have been sent, back to the button that offered it. */
const keep = (row) => {
  const offer = row.previousSibling;
  row.remove();
  offer.ariaDisabled = null;
  offer.firstChild.focus();
};

const submit = (event) => {
  const message = box.value.trim();
  event.preventDefault();
  box.focus();
  if (message) ask({ message, language: chosen }, message);
};

/** Shows the interface in another language; what was said stays as it is. */
const speak = async (language) => {
  if (language === words.language) return;
  words = await read("w/1/strings/" + language + ".json?site=" + site);
  draw();
};

/** The resident's own choice of language: what was last asked is answered again in it. */
const choose = async () => {
  const language = select.value;
  try {
    await speak(language);
    chosen = language;
    if (last && !busy) turn({ ...last, language });
  } catch (error) {
    select.value = words.language;
  }
};

/** Forgets what was said. */
const forget = () => {
  state = last = failed = "";
  quiet();
  write("");
  while (log.children.length > 1) log.lastChild.remove();
};
