/* Elements from trees: the server sends replies in this form (web/trees.py), made by the templates of the page without
   script, so that both always show the same. This file and the next ones are the body of
   begin(host, root, words, page): `words` as web/widget.py gives them, `page` what launcher.js lends. */

/** The element of a tree: [its tag and classes ("p.small open"), its attributes or 0, ...children]; a child is a tree, an
    element, or a text, which `say` makes into what stands for it. */
const make = ([kind, attributes, ...children], say = (text) => text) => {
  const [tag, look = ""] = kind.split(".");
  const node = document.createElementNS("http://www.w3.org/" + (/svg|path/.test(tag) ? "2000/svg" : "1999/xhtml"), tag);
  for (const [name, value] of Object.entries({ class: look, ...attributes })) node.setAttribute(name, value);
  node.append(...children.map((child) => child.map ? make(child, say) : say(child)));
  return node;
};

/** Says a string of the interface in the element that is for it; one that lacks a translation stands in English. */
const fill = (node) => {
  const text = words.strings[node.dataset.say]; // a list of one: in English
  node.textContent = text;
  [node.lang, node.dir] = text.map ? ["en", "ltr"] : [words.language, words.direction];
  return node;
};

/** An element for the interface's string `name`; where there is none of that name, it is a text by itself. */
const string = (name) => name in words.strings ? fill(make(["span", { "data-say": name }])) : name;

/** The JSON at an address, asked for without saying who asks. Throws where it does not come. */
const read = async (path, options) => {
  const response = await fetch(page.ROOT + path, { ...options, credentials: "omit", referrerPolicy: "no-referrer" });
  if (!response.ok) throw response.status;
  return response.json();
};
