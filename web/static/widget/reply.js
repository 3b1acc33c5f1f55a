/* A reply of the chat API as elements. `chat` says the interface's own words in the reply's language. */

const OPEN_CARDS = 2; // whose contacts are in sight; the others are opened by name
const CARD_CONTACTS = 3; // in sight; the rest opens
const NOTICE_CONTACTS = 2;

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
    ...headed("services", reply.services.map((service, place) => card(chat, part, service, place))),
    reply.translated !== "full" && chat.say("p", { class: "small" }, reply.translated),
    ...headed(reply.topic ? "next" : "choices", choices.length ? [make("ul", { class: "chips" }, ...choices)] : []));
}

/** A safety notice; one that no translator has confirmed stands with its English. */
function noticeSection(chat, part, notice, place) {
  const original = notice.english;
  return make("section", { class: "notice " + notice.kind },
    part("h2", {}, notice.title, place + "/title"),
    part("p", {}, notice.text, place + "/text"),
    original && make("div", { class: "english", lang: "en", dir: "ltr" },
      make("p", {}, make("b", {}, original.title)), make("p", {}, original.text)),
    contactList(chat, part, notice, place, NOTICE_CONTACTS));
}

/** A service: the first ones open, the others by name, to be opened. */
function card(chat, part, service, number) {
  const place = "/services/" + number;
  const name = make("bdi", {}, service.name);
  const spoken = service.languages.map((tag) => chat.words.names[tag] || tag).join(", ");
  const cost = part("span", {}, service.cost, place + "/cost");
  const first = number < OPEN_CARDS;
  return make(first ? "section" : "details", { class: "card" },
    make(first ? "h3" : "summary", {}, name),
    part("p", {}, service.summary, place + "/summary"),
    part("p", { class: "small" }, service.for_whom, place + "/for_whom"),
    contactList(chat, part, service, place, CARD_CONTACTS),
    cost && chat.say("p", { class: "small" }, "cost", { cost: cost }),
    spoken && chat.say("p", { class: "small" }, "spoken", { languages: spoken }),
    line("small", origin(chat, service)));
}

/** The contacts of a notice or a service, of which the first `most` are in sight. */
function contactList(chat, part, owner, place, most) {
  const items = owner.contacts.map((contact, number) => contactItem(chat, part, contact, place + "/contacts/" + number, owner));
  const rest = items.splice(most);
  const list = items.length && make("ul", { class: "contacts" }, ...items);
  return rest.length ? make("div", { class: "contacts" }, list,
    make("details", {}, chat.say("summary", {}, "more"), make("ul", { class: "contacts" }, ...rest))) : list;
}

/** A card's contact says when it was confirmed if that was at another time than the card; a notice's is brief. */
function contactItem(chat, part, contact, place, owner) {
  const dated = owner.checked && owner.checked !== contact.checked;
  return make("li", { class: "contact" },
    way(contact.kind, contact.href, part("span", {}, contact.label, place + "/label"), fact(shown(contact))),
    part("p", { class: "small note" }, contact.note, place + "/note"),
    line(contact.open_now ? "small open" : "small",
      (owner.checked || !contact.open_now ? opening(chat, part, contact, place) : []).concat(dated ? origin(chat, contact) : [])));
}

/** Whether it is open now, when it opens, and its hours; empty where they are not known. */
function opening(chat, part, contact, place) {
  const open = contact.open_now;
  const hours = part("span", {}, contact.hours, place + "/hours");
  return [
    open != null && chat.say("b", {}, open ? "open" : "closed"),
    open === false && part("span", {}, contact.next_open_text, place + "/next_open_text"),
    hours && chat.say("span", {}, "hours", { hours: hours }),
  ];
}

/** When staff last confirmed it, and where it comes from: a page, or one of the two founding documents. */
function origin(chat, record) {
  return [
    chat.say("span", {}, "checked", { date: make("bdi", {}, record.checked_text) }),
    /^https?:/.test(record.source)
      ? chat.say("a", { href: record.source, rel: "noreferrer" }, "source")
      : chat.say("span", {}, "source_" + record.source),
  ];
}

/** A line of facts with dots between; nothing where there are none. */
function line(look, facts) {
  const parts = facts.filter(Boolean).map((each) => make("span", {}, each));
  return parts.length && make("p", { class: look }, ...parts);
}
