// 本登録のあとの転出証明書 — the paper comes out by itself, once, in a tab of its own. Where the browser lets none open, nothing is sent: the page
// looks again, and its button waits, in focus.

const LOOKS_AGAIN_MS = 4000;

const form = document.querySelector("form[data-at-once]");
const button = form?.querySelector("[data-issue]");
if (button) {
  form.requestSubmit(button);
  setTimeout(() => location.replace(form.dataset.issued), LOOKS_AGAIN_MS);
} else {
  document.querySelector(".move-out-paper [data-issue]:not(:disabled)")?.focus();
}
const here = new URL(location.href);
here.searchParams.delete("registered"); // who opens this page again does not print again
history.replaceState(null, "", here);
