/* A reply of the chat API as elements. `chat` says the interface's own words in the reply's language. */

/** One way to reach a service, as a large link where it can be opened. */
function way(kind, href, label, value) {
  return make(href ? "a" : "div", { class: "way " + kind, href: href, rel: "noreferrer" }, label, make("b", {}, value));
}

/** A contact's value as people read it: of a web address, whose it is. */
function shown(contact) {
  return contact.value.replace(/^https?:\/\/(www\.)?([^/]+).*/, "$2");
}

/** What a screen reader is told of a reply: the notices, the answer, and whom to contact first. */
function gist(reply) {
  const said = reply.urgent.map((notice) => notice.title + ". " + notice.text).concat(reply.text);
  const first = reply.services[0];
  if (first) said.push(first.name + ": " + shown(first.contacts[0]));
  return said.join(" ");
}

/** The item of the conversation that shows a reply: notices first, then the answer, whom to contact, what next. */
function replyItem(chat, reply) {
  /** A text of the reply, marked where it stands in English; nothing where there is none. */
  const part = (tag, attributes, text, place) =>
    text && make(tag, english(reply.in_english.includes(place), attributes), text);
  const headed = (name, parts) => parts.length ? [chat.say("h2", { class: "of-" + name }, name)].concat(parts) : [];
  const numbered = (parts) => parts.length ? [make("ol", { class: "steps" }, ...parts)] : [];
  const choices = reply.suggestions.map((each, place) => make("li", {},
    chat.choice(part("span", {}, each.label, "/suggestions/" + place + "/label"), each.choose)));
  return make("li", { class: "reply", lang: reply.language, dir: reply.direction },
    ...reply.urgent.map((notice, place) => noticeSection(chat, part, notice, "/urgent/" + place)),
    part("p", { class: "text" }, reply.text, "/text"),
    ...headed("steps", numbered(reply.steps.map((step, place) => make("li", {}, part("span", {}, step, "/steps/" + place))))),
    ...headed("services", reply.services.map((service, place) => card(chat, part, service, "/services/" + place))),
    reply.translated !== "full" && chat.say("p", { class: "small" }, reply.translated),
    ...headed(reply.outcome === "clarify" ? "choices" : "next", choices.length ? [make("ul", { class: "chips" }, ...choices)] : []));
}

/** A safety notice; one that no translator has confirmed stands with its English. */
function noticeSection(chat, part, notice, place) {
  const original = notice.english;
  return make("section", { class: "notice " + notice.kind },
    part("h2", {}, notice.title, place + "/title"),
    part("p", {}, notice.text, place + "/text"),
    original && make("div", { class: "english", lang: "en", dir: "ltr" },
      make("p", {}, make("b", {}, original.title)), make("p", {}, original.text)),
    contactList(chat, part, notice, place));
}

function card(chat, part, service, place) {
  const spoken = service.languages.map((tag) => chat.words.names[tag] || tag).join(", ");
  const cost = part("span", {}, service.cost, place + "/cost");
  return make("section", { class: "card" },
    make("h3", {}, make("bdi", {}, service.name)),
    part("p", {}, service.summary, place + "/summary"),
    part("p", { class: "small" }, service.for_whom, place + "/for_whom"),
    contactList(chat, part, service, place),
    cost && chat.say("p", { class: "small" }, "cost", { cost: cost }),
    spoken && chat.say("p", { class: "small" }, "spoken", { languages: spoken }),
    origin(chat, service));
}

function contactList(chat, part, owner, place) {
  const items = owner.contacts.map((contact, number) =>
    contactItem(chat, part, contact, place + "/contacts/" + number, contact.checked !== owner.checked && owner.checked));
  return items.length && make("ul", { class: "contacts" }, ...items);
}

/** `dated`: the contact was confirmed at another time than the card says. */
function contactItem(chat, part, contact, place, dated) {
  return make("li", { class: "contact" },
    way(contact.kind, contact.href, part("span", {}, contact.label, place + "/label"), fact(shown(contact))),
    opening(chat, part, contact, place),
    part("p", { class: "small note" }, contact.note, place + "/note"),
    dated && origin(chat, contact));
}

/** Whether it is open now, when it opens, and its hours; nothing where they are not known. */
function opening(chat, part, contact, place) {
  const open = contact.open_now;
  const hours = part("span", {}, contact.hours, place + "/hours");
  const parts = [
    open != null && chat.say("b", {}, open ? "open" : "closed"),
    open === false && part("span", {}, contact.next_open_text, place + "/next_open_text"),
    hours && chat.say("span", {}, "hours", { hours: hours }),
  ].filter(Boolean).map((each) => make("span", {}, each));
  return parts.length && make("p", { class: open ? "small open" : "small" }, ...parts);
}

/** When staff last confirmed it, and where it comes from: a page, or one of the two founding documents. */
function origin(chat, record) {
  const source = /^https?:/.test(record.source)
    ? chat.say("a", { href: record.source, rel: "noreferrer" }, "source")
    : chat.say("span", {}, "source_" + record.source);
  const checked = chat.say("span", {}, "checked", { date: make("bdi", {}, record.checked_text) });
  return make("p", { class: "small" }, make("span", {}, checked), make("span", {}, source));
}
