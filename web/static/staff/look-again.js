// Presses "Look again" after some seconds, unless somebody is typing; without script it is pressed by hand.
"use strict";
const SECONDS = 4;
const again = document.querySelector("[data-look-again]");
if (again) setTimeout(() => { if (!document.activeElement || document.activeElement === document.body) again.click(); }, SECONDS * 1000);
