/* On a partner's page, a button opens the panel over it; Escape and Close shut it, and nothing is trapped. */

function addLauncher(chat) {
  const panel = chat.section;
  const open = (is) => {
    panel.hidden = !is;
    launch.hidden = is;
    launch.setAttribute("aria-expanded", is);
    (is ? panel.querySelector("h2") : launch).focus();
  };
  const launch = chat.button(chat.keepSaying("span", {}, "launch"), { class: "launch strong", "aria-expanded": false }, () => open(true));
  const close = chat.button(chat.keepSaying("span", {}, "close"), {}, () => open(false));
  const head = make("div", { class: "head" }, chat.keepSaying("h2", { tabindex: -1 }, "launch"), close);
  panel.classList.add("over");
  panel.hidden = true;
  panel.insertBefore(head, panel.children[1]);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) open(false);
  });
  chat.wrap.prepend(launch);
}
