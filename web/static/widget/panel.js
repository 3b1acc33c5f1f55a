/* The panel: the bar with the emergency line and the exit, the conversation, the text box. A text in these trees is the
   name of a string, or what it says itself: a number, the own name of a language. */

const COUNTED_FROM = 800; // characters
const MOST = 1000; // characters, as in the chat API
const LANGUAGES_AFTER_MS = 300;

const { exit, menu, help, languages, site } = words;
const fact = (value) => ["bdi", { dir: "ltr" }, value];

const panel = make(["section.panel", { "aria-labelledby": "title" },
  ["div.bar", 0,
    ["p", 0, "danger_before", ["a", { href: help[0][0] }, fact(help[0][1])], "danger_after"],
    ["a.exit", { href: exit, rel: "noreferrer" }, "exit"]],
  ["div.head", 0, ["h2", { id: "title", tabindex: -1 }, "launch"], ["button.close", 0, "close"]],
  ["div.language", 0, ["button.again", 0, "restart"],
    ["label", 0, "language", ["select"]]],
  ["ol.log", 0, ["li.reply", 0,
    ["p.text", 0, "greeting"],
    ["h2", 0, "subjects"],
    ["ul.chips menu", 0, ...menu.map(([choose, d, name]) => ["li", 0,
      ["button", { name: "choose", value: JSON.stringify(choose) },
        ["svg", { viewBox: "0 0 24 24", "aria-hidden": true }, ["path", { d }]], name]])]]],
  ["form.ask", 0,
    ["label", { for: "box" }, "question"],
    ["div", 0,
      ["textarea", { id: "box", rows: 1, maxlength: MOST, dir: "auto", autocomplete: "off", enterkeyhint: "send" }],
      ["button.strong", 0, "send"]],
    ["p.left small"]],
  ["div.notes small", 0, ...["privacy", "exit_history", "exit_shift", "call_log"].map((name) => ["p", 0, name])]], string);
const [log, box, select, counter, send, again] =
  [".log", "textarea", "select", ".left", ".strong", ".again"].map((place) => panel.querySelector(place));

/** Empty but for the moment of an announcement. Outside of the shadow root, where it is surest to be heard; on a host
    page within it, since what is said there is not for the page. */
const region = make(["div", { slot: "live", "aria-live": "polite" }]);
const wrap = make(["div.signpost"]);

/** What stands in place of an answer that did not arrive: the way to help came with the words of the interface. */
const failure = () => make(["li.failure", 0,
  ["p", 0, "failed"],
  ["button.retry", 0, "again"],
  ["p", 0, "call_instead"],
  ...help.map(([href, value], place) => ["a.way phone", { href }, "help." + place, ["b", 0, fact(value)]])], string);

/** Offers some languages, each by its own name. */
const offer = (some) => {
  select.textContent = "";
  select.append(...some.map(([value, name, dir]) => make(["option", { value, lang: value, dir }, name])));
  select.value = words.language;
};

/** Says the interface's words in the current language; what was said in the conversation stays as it is. */
const draw = () => {
  wrap.querySelectorAll("[data-say]").forEach(fill);
  wrap.lang = select.value = words.language;
  wrap.dir = words.direction;
};

/** Puts `text` into the text box, and counts it. */
const write = (text) => {
  const { length } = box.value = text;
  counter.hidden = length < COUNTED_FROM;
  counter.textContent = (words.strings.left + "").replace("{count}", MOST - length);
};

/** Opens the panel over the page. */
const open = () => {
  panel.hidden = false;
  page.raise(panel);
  panel.querySelector("h2").focus();
};

/** Shuts it, without forgetting what was said. */
const close = () => {
  panel.hidden = true;
  quiet();
  page.shut();
};

const restart = () => {
  forget();
  hold();
  box.focus();
};

/** What a tap does: the act of a button, or the suggestion that it sends back, in the language that it is read in. */
wrap.onclick = (event) => {
  const node = event.target.closest("button, .exit");
  if (!node) return;
  const row = node.closest("[data-to]");
  const act = { again: restart, close, exit: leave, keep, retry: () => busy || turn(last) }[node.className];
  if (act) {
    event.preventDefault();
    act(row);
  } else if (row) tell(row, node);
  else if (node.name) ask({ choose: node.value, language: words.language }, node.textContent);
};

select.onchange = choose;
box.form.onsubmit = submit;
box.oninput = (event) => {
  typedAt = event.timeStamp;
  write(box.value);
};
box.onkeydown = (event) => {
  // Safari sends the Enter that ends a composition after it, with keyCode 229.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
};
if (page.shut) {
  panel.className += " over";
  panel.hidden = true;
  panel.onkeydown = (event) => {
    if (event.key === "Escape" && !event.isComposing) close();
  };
}
// Listeners of the host page would hear the typing.
wrap.onkeydown = wrap.onkeyup = wrap.oninput = (event) => event.stopPropagation();
hold();
write("");
wrap.append(panel, make(["slot", { name: "live" }]));
// The others come when the text box is in use: their names need fonts of many scripts, and a slow phone takes its time.
offer(languages.filter(([tag]) => tag === words.language));
setTimeout(offer, LANGUAGES_AFTER_MS, languages);
draw();
page.dress(root, STYLE + words.theme, "signpost.css");
root.append(wrap);
(page.MODE === "open" ? host : wrap).append(region);
return [live, open];
