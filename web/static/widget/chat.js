/* <signpost-chat>: the conversation. It stays in the page alone: no storage, no cookie, no change of address.
   What stands inside the element (a form, a link) is shown until the words have arrived, and stays if they do not.

   Attributes: data-language (where to begin), data-chosen (that language was chosen, not guessed), data-site (the
   embedding site), data-open (no launcher: the conversation stands in the page), data-exit (where the exit leads). */

const EXIT = "https://www.bbc.co.uk/weather";
const WAITING_SHOWN_AFTER_MS = 300;
const GIVE_UP_AFTER_MS = 15000;
const ANNOUNCED_FOR_MS = 1500; // a text that goes sooner than 0.1 to 1 s is missed by some screen readers
const COUNTED_FROM = 800; // characters
const LONG_PX = 120; // three lines
const MOST = 1000; // characters, as in the chat API

class Chat extends HTMLElement {
  connectedCallback() {
    this.shift = this.shift || new ShiftThrice(() => this.exit());
    this.shift.listen();
    if (!this.wrap) words(this.dataset.language || "en").catch(() => words("en")).then((found) => this.build(found), () => {});
  }

  disconnectedCallback() {
    this.shift.stop();
  }

  // Words ----------------------------------------------------------------------------------------------------

  /** An element that says one of the interface's strings; `values` fill its placeholders. */
  say(tag, attributes, name, values) {
    const node = make(tag, english(this.words.english.includes(name), attributes));
    this.words.strings[name].split(/\{(\w+)\}/).forEach((part, place) => node.append(place % 2 ? values[part] : part));
    return node;
  }

  /** What `fill` makes, made anew in its place whenever the language changes. */
  keep(fill) {
    let node = fill();
    this.kept.push(() => {
      const next = fill();
      node.replaceWith(next);
      node = next;
    });
    return node;
  }

  /** One of the interface's strings, kept in the current language. */
  keepSaying(tag, attributes, name) {
    return this.keep(() => this.say(tag, attributes, name));
  }

  /** Shows the interface in another language; what was said stays as it is. */
  speak(found) {
    this.words = found;
    this.wrap.lang = found.language;
    this.wrap.dir = found.direction;
    this.section.setAttribute("aria-label", found.strings.launch);
    this.log.setAttribute("aria-label", found.strings.conversation);
    this.kept.forEach((renew) => renew());
    this.select.value = found.language;
  }

  // The frame ------------------------------------------------------------------------------------------------

  build(found) {
    if (this.wrap) return;
    this.words = found;
    this.kept = [];
    this.chosen = "chosen" in this.dataset ? found.language : null;
    this.live = make("div", { slot: "live", "aria-live": "polite" });
    this.wrap = make("div", { class: "signpost" }, this.panel(), make("slot", { name: "live" }));
    if (!("open" in this.dataset)) addLauncher(this);
    this.speak(found);
    this.attachShadow({ mode: "open" }).append(this.wrap);
    this.dress();
    this.append(this.live);
  }

  dress() {
    if (STYLE && "adoptedStyleSheets" in document) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.shadowRoot.adoptedStyleSheets = [sheet];
    } else {
      this.shadowRoot.append(make("link", { rel: "stylesheet", href: new URL("w/1/signpost.css", ROOT) }));
    }
  }

  panel() {
    this.log = make("ol", { class: "log" }, this.keep(() => this.greeting()));
    this.section = make("section", { class: "panel" },
      this.keep(() => this.bar()), this.head(), this.log, this.form(), this.keep(() => this.notes()));
    return this.section;
  }

  bar() {
    const line = this.words.help[0];
    const exit = this.say("a", { class: "exit", href: this.dataset.exit || EXIT, rel: "nofollow noreferrer" }, "exit");
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      this.exit();
    });
    return make("div", { class: "bar" },
      line && this.say("p", {}, "emergency", { number: make("a", { href: line.href }, fact(line.value)) }), exit);
  }

  /** The choice of language, each by its own name, and the way to a fresh start. */
  head() {
    this.select = make("select", {}, ...this.words.languages.map((each) =>
      make("option", { value: each.tag, lang: each.tag, dir: each.direction }, each.name)));
    this.select.addEventListener("change", () => this.choose(this.select.value));
    this.again = this.button(this.keepSaying("span", {}, "restart"), { hidden: "" }, () => this.restart());
    return make("div", { class: "language" },
      this.again, make("label", {}, this.keepSaying("span", {}, "language"), this.select));
  }

  greeting() {
    const groups = this.words.groups.map((group) => {
      const label = make("span", english(group.language !== this.words.language, {}), group.label);
      return make("li", {}, this.choice(label, { menu: group.menu }));
    });
    return make("li", { class: "reply" },
      this.say("p", { class: "text" }, "greeting"),
      this.say("h2", {}, "subjects"),
      make("ul", { class: "chips menu" }, ...groups));
  }

  button(label, attributes, act) {
    const node = make("button", Object.assign({ type: "button" }, attributes), label);
    node.addEventListener("click", act);
    return node;
  }

  /** A button that sends back a suggestion, in the language that it is read in. */
  choice(label, choose) {
    return this.button(label, {}, () => this.ask({ choose: choose }, label.textContent, this.words.language));
  }

  form() {
    this.box = make("textarea", { id: "box", rows: 1, maxlength: MOST, dir: "auto", autocomplete: "off", enterkeyhint: "send" });
    this.count = make("p", { class: "small", hidden: "" });
    this.send = make("button", { class: "strong" }, this.keepSaying("span", {}, "send"));
    const form = make("form", { class: "ask" },
      this.keepSaying("label", { for: "box" }, "question"), make("div", {}, this.box, this.send), this.count);
    form.addEventListener("submit", (event) => this.submit(event));
    this.box.addEventListener("input", (event) => this.typed(event));
    this.box.addEventListener("keydown", (event) => {
      // Safari sends the Enter that ends a composition after it, with keyCode 229.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) this.submit(event);
    });
    return form;
  }

  typed(event) {
    const length = this.box.value.length;
    this.shift.typedAt = event.timeStamp;
    this.count.hidden = length < COUNTED_FROM;
    this.count.textContent = "";
    this.count.append(this.say("span", {}, "left", { count: String(MOST - length) }));
  }

  notes() {
    return make("div", { class: "notes small" },
      ...["privacy", "exit_history", "exit_shift", "call_log"].map((name) => this.say("p", {}, name)));
  }

  // A turn ---------------------------------------------------------------------------------------------------

  submit(event) {
    event.preventDefault();
    const message = this.box.value.trim();
    this.box.focus();
    if (message) this.ask({ message: message }, message, this.chosen);
  }

  /** The resident's own choice of language: what was last asked is answered again in it. */
  async choose(language) {
    try {
      this.speak(await words(language));
      this.chosen = language;
      if (this.last && !this.busy) this.turn(this.last, language);
    } catch (error) {
      this.select.value = this.words.language;
    }
  }

  restart() {
    this.state = this.last = this.failed = null;
    this.box.value = "";
    this.again.hidden = this.count.hidden = true;
    while (this.log.children.length > 1) this.log.lastChild.remove();
    this.box.focus();
  }

  /** Asks `body` (message or choose), which stands in the conversation as `shown`. */
  ask(body, shown, language) {
    if (this.busy) return;
    if (this.failed && this.failed.said) this.failed.said.remove();
    const said = make("li", { class: "said" }, this.say("b", {}, "you"), " ", make("span", { dir: "auto" }, shown));
    this.log.append(said);
    this.turn(Object.assign({ state: this.state }, body), language, said);
  }

  async turn(body, language, said) {
    if (this.failed) this.failed.item.remove();
    this.failed = null;
    this.last = body;
    this.hold(true);
    const waiting = this.say("li", { class: "waiting small" }, "waiting");
    const timer = setTimeout(() => this.log.append(waiting), WAITING_SHOWN_AFTER_MS);
    try {
      const reply = await this.post(body, language);
      if (reply.language !== this.words.language) this.speak(await words(reply.language));
      this.answer(reply, body);
    } catch (error) {
      this.fail(body, language, said);
    }
    clearTimeout(timer);
    waiting.remove();
    this.hold(false);
  }

  hold(busy) {
    this.busy = busy;
    this.again.hidden = busy;
    this.send.setAttribute("aria-disabled", busy);
  }

  /** The reply to one form-encoded request, which crosses from a partner's site without a preflight. */
  async post(body, language) {
    const fields = {
      message: body.message, choose: body.choose && JSON.stringify(body.choose), state: body.state,
      language: language, site: this.dataset.site,
    };
    const data = new URLSearchParams();
    for (const name in fields) if (fields[name]) data.append(name, fields[name]);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), GIVE_UP_AFTER_MS);
    try {
      return await read(new URL("api/v1/chat", ROOT), { method: "POST", body: data, signal: stop.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  answer(reply, body) {
    this.state = reply.state;
    if (this.box.value.trim() === body.message) this.box.value = "";
    this.count.hidden = this.box.value.length < COUNTED_FROM;
    this.show(replyItem(this, reply), gist(reply));
  }

  /** The text is kept, and so is the way to help: the lines that came with the words of the interface. */
  fail(body, language, said) {
    const { strings, help } = this.words;
    const lines = help.map((line) => make("li", {}, way("phone", line.href,
      make("span", english(line.language !== this.words.language, {}), line.label), fact(line.value))));
    const item = make("li", { class: "failure" },
      this.say("p", {}, "failed"),
      this.button(this.say("span", {}, "again"), {}, () => this.busy || this.turn(body, language, said)),
      this.say("p", {}, "call_instead"),
      make("ul", { class: "contacts" }, ...lines));
    this.failed = { item: item, said: said };
    this.show(item, [strings.failed, strings.call_instead].concat(help.map((line) => line.label + ": " + line.value)).join(" "));
  }

  /** Puts an item into the conversation and says its gist once to a screen reader; the focus stays where it is. */
  show(item, gist) {
    if (this.gone) return;
    this.log.append(item);
    this.top(item).scrollIntoView();
    this.live.lang = this.words.language;
    this.live.textContent = gist;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { this.live.textContent = ""; }, ANNOUNCED_FOR_MS);
  }

  /** What to bring to the top of the screen: `item`, with the question before it unless that is long. */
  top(item) {
    const before = item.previousElementSibling;
    return before && before.className === "said" && before.offsetHeight < LONG_PX ? before : item;
  }

  /** Forgets the conversation and leaves. */
  exit() {
    if (!this.wrap) return;
    this.gone = true;
    this.state = this.last = this.failed = null;
    this.box.value = this.textContent = this.shadowRoot.textContent = "";
    leave(this.dataset.exit || EXIT, this.words.strings.exiting);
  }
}

if (!customElements.get("signpost-chat")) customElements.define("signpost-chat", Chat);
