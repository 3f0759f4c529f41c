// 前住所地への照会 — the answer takes the focus only from a clerk who waits for it: one who went on typing is not interrupted. When our own server does
// not answer the question either, the clerk is told, and the form beside it goes on untouched.

const TOLD = "照会できませんでした。通信を確認し、しばらくしてからもう一度照会してください。この画面の入力は、紙の転出証明書を見てそのまま続けられます。";

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    if (!event.target.closest("#move-out")) return;
    const place = document.querySelector("#move-out");
    place.querySelector("[data-failed]")?.remove();
    const said = document.createElement("p");
    said.className = "notice notice--warning";
    said.dataset.failed = "";
    said.textContent = TOLD;
    place.prepend(said);
  });
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "move-out" && document.activeElement === document.body) event.target.querySelector("[data-answer]")?.focus();
});
