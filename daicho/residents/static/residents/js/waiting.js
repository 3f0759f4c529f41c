// 仮登録の一覧 — when the list renews itself, what was chosen stays chosen; choosing an office shows it at once.
// (htmx gives the focus back to what has the same id.)

let chosen = new Set();

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "waiting-rows") return;
  chosen = new Set([...event.detail.target.querySelectorAll("input[name=filing]:checked")].map((each) => each.value));
});

document.body.addEventListener("htmx:afterSettle", () => {
  for (const each of document.querySelectorAll("#waiting-rows input[name=filing]")) {
    if (chosen.has(each.value)) each.checked = true;
  }
});

document.getElementById("office")?.addEventListener("change", (event) => event.target.form.requestSubmit());
