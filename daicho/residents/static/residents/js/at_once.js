// 本登録のあとの転出証明書 — the paper comes out by itself, once, in a window of its own. Where the browser lets no window open, nothing is sent and
// the button waits, in focus.

const form = document.querySelector("form[data-at-once]");
const button = form?.querySelector("[data-issue]");
if (button) {
  button.focus();
  if (window.open("", "paper") !== null) {
    button.formTarget = "paper";
    form.requestSubmit(button);
  }
}
const here = new URL(location.href);
here.searchParams.delete("registered"); // who opens this page again does not print again
history.replaceState(null, "", here);
