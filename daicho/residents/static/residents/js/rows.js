// 一覧の移動 — ↑ and ↓ go from person to person in a list marked data-rows; Enter opens, as on any link. Tab works as ever.
// From the section that holds the list ↓ goes to its first.

document.addEventListener("keydown", (event) => {
  if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const first = event.key === "ArrowDown" && event.target.matches("section") && event.target.querySelector("[data-rows] [data-row]");
  if (first) {
    event.preventDefault();
    first.focus();
    return;
  }
  const from = event.target.closest("[data-rows] [data-row]");
  if (!from) return;
  const all = [...from.closest("[data-rows]").querySelectorAll("[data-row]")];
  const at = all.indexOf(from);
  const to = { ArrowDown: all[at + 1], ArrowUp: all[at - 1], Home: all[0], End: all.at(-1) }[event.key];
  if (!to) return;
  event.preventDefault();
  to.focus();
  to.scrollIntoView({ block: "nearest" });
});
