// Looks whether what is made aside is there, and shows it; without script "Look again" is pressed by hand.
// Whoever has begun to type is left in peace.
"use strict";
const SECONDS = 4;
const again = document.querySelector("[data-look-again]");
const fields = document.querySelectorAll("input:not([type=hidden]), textarea");
const isTyping = () => [...fields].some((field) => field.value !== field.defaultValue);

async function look() {
  if (!isTyping()) {
    if (again.form.method === "post") {
      again.click();
      return;
    }
    const page = await fetch(location.href).then((answer) => answer.text()).catch(() => "data-look-again");
    if (!page.includes("data-look-again") && !isTyping()) {
      location.reload();
      return;
    }
  }
  setTimeout(look, SECONDS * 1000);
}

if (again) setTimeout(look, SECONDS * 1000);
