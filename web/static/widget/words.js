/* The parts in this folder make one script, in the order that web/widget.py names, within one function
   and after `const STYLE`, the style sheet. Written for ES2017, without dependencies. Text enters the page
   as text only, styles as sheets only, so that a host page's strictest policy lets it work.

   This part: the words of the interface, and making elements. */

const ROOT = new URL("../../", document.currentScript.src);

/** Promises of the words of the interface, by language. */
const loaded = {};

/** The words in one language, as `/w/1/strings/` gives them; forgotten when that fails, so as to try again. */
function words(language) {
  const address = new URL("w/1/strings/" + encodeURIComponent(language) + ".json", ROOT);
  return loaded[language] || (loaded[language] = read(address, {}).catch((error) => {
    delete loaded[language];
    throw error;
  }));
}

/** The JSON at an address, asked for without saying who asks. Throws where it does not come. */
async function read(address, options) {
  const response = await fetch(address, Object.assign({ credentials: "omit", referrerPolicy: "no-referrer" }, options));
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

/** An element with attributes (those that are null are left out) and children (strings and nodes; what is empty is left out). */
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const name in attributes) if (attributes[name] != null) node.setAttribute(name, attributes[name]);
  node.append(...children.filter(Boolean));
  return node;
}

/** `attributes`, with those of a part that stands in English if it `is` one. */
function english(is, attributes) {
  return is ? Object.assign({ lang: "en", dir: "ltr" }, attributes) : attributes;
}

/** A number, an address: left to right in every language. */
function fact(value) {
  return make("bdi", { dir: "ltr" }, value);
}
