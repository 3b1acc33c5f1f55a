/* <signpost-chat>: the element in a host page, its launcher, and the loading of the conversation.

   The host page is neither trusted nor touched: text enters as text only, styles as sheets only, nothing is stored, no
   address is changed. What stands inside the element (a link, a form) stays until the conversation is there, and comes
   back where it cannot be had. A tag without an element gets one at the end of the page, with the tag's attributes:
   data-site (who embeds it), data-language (where to begin; the site's or the browser's if left out), data-chosen (that language was
   chosen, not guessed), data-open (no launcher: the conversation stands in the page).

   web/bundles.py puts the files of this folder together, within one function, after LAUNCHER_STYLE (launcher.css) and
   `load`. Written for browsers of 2018 and later, without dependencies. */

const NAME = "signpost-chat";
const TAG = document.currentScript;
const ROOT = new URL("../../", TAG.src);
/** A host page gets no way into the conversation; our own stays open to whoever checks it for accessibility. */
const MODE = ROOT.origin === location.origin ? "open" : "closed";
const LABEL = "Information and contacts";

/** Element -> what to call when it comes into the page (true) or leaves it (false). */
const lives = new WeakMap();

/** The element that has the conversation: one a page. */
let present;

const complain = (what) => console.warn("Signpost: " + what);

/** Calls `act` once the page is parsed: a tag in its head runs before there is a body, or a link in the element. */
const whenParsed = (act) => document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", act) : act();

/** Styles a shadow root; by a link where a browser takes no constructed sheets. */
const dress = (root, style, file) => {
  if ("adoptedStyleSheets" in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } else {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = ROOT + "w/1/" + file;
    root.append(link);
  }
};

/** The element's shadow root, which hides what stands inside the element. */
const attach = (host) => {
  const root = host.attachShadow({ mode: MODE });
  dress(root, LAUNCHER_STYLE, "launcher.css");
  return root;
};

/** Puts `node` above all that the page has, where a browser can. */
const raise = (node) => {
  if (node.showPopover) {
    node.popover = "manual";
    node.showPopover();
  }
};

/** Begins the conversation in the element's shadow root, and gives what opens it; `shut` is called when it is closed. */
const converse = async (host, root, shut) => {
  const { language, site } = { ...TAG.dataset, ...host.dataset };
  const query = site ? "?site=" + encodeURIComponent(site) : "";
  const [begin, words] = await load((ending) => encodeURIComponent(language || "auto") + ending + query);
  if (site && words.site !== site) complain("unknown data-site");
  if (language && words.language !== language) complain("unknown data-language");
  const [live, open] = begin(host, root || attach(host), words, { ROOT, MODE, dress, raise, shut });
  lives.set(host, live);
  live(host.isConnected);
  return open;
};

/** A button at the edge of the window, which opens the conversation over the page. */
const launcher = (host) => {
  const root = attach(host);
  const own = host.querySelector("a");
  const button = document.createElement("button");
  let opening;
  button.textContent = own && own.textContent.trim() || LABEL;
  button.ariaExpanded = false;
  button.onclick = async () => {
    button.ariaBusy = true;
    opening = opening || converse(host, root, () => {
      button.hidden = false;
      button.focus();
    });
    try {
      const open = await opening;
      button.hidden = true;
      open();
    } catch (error) {
      complain("no connection, or " + location.origin + " is not listed");
      if (own) button.replaceWith(document.createElement("slot"));
      else location = ROOT;
    }
    button.ariaBusy = null;
  };
  root.append(button);
  lives.set(host, (is) => is && raise(button));
  raise(button);
};

/** Gives an element its conversation, unless the page has one already. */
const enter = (host) => {
  if (!host.isConnected) return;
  if (present && present !== host) return complain("one a page");
  present = host;
  if (lives.has(host)) return lives.get(host)(true);
  lives.set(host, () => {});
  "open" in host.dataset ? converse(host).catch(complain) : launcher(host);
};

class Chat extends HTMLElement {
  connectedCallback() {
    whenParsed(() => enter(this));
  }

  disconnectedCallback() {
    if (present !== this) return;
    present = null;
    lives.get(this)(false);
    const next = document.querySelector(NAME);
    if (next) enter(next);
  }
}

if (!customElements.get(NAME)) {
  customElements.define(NAME, Chat);
  whenParsed(() => {
    if (!Object.keys(TAG.dataset).length || document.querySelector(NAME)) return;
    const host = document.createElement(NAME);
    Object.assign(host.dataset, TAG.dataset);
    document.body.append(host);
  });
}
