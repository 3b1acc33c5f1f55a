/* What a page gets that is of no listed site: the reason, for whoever keeps the page, and a plain link for its readers. */

const TAG = document.currentScript;

const refuse = () => {
  if (document.querySelector("signpost-chat a")) return;
  const link = document.createElement("a");
  link.href = new URL("../../", TAG.src);
  link.textContent = "Information and contacts";
  document.body.append(link);
};

console.warn("Signpost: " + location.origin + " is not a listed site.");
document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", refuse) : refuse();
