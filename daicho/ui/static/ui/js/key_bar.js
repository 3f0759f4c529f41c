// 使えるキー — the bar at the foot: what each function key does on this very page, read from the page itself, also by mouse.

const bar = document.getElementById("key-bar");
const order = (name) => (name.startsWith("Shift+") ? 100 : 0) + Number(name.replace(/\D/g, ""));

function label(target) {
  if (target.dataset.keyLabel) return target.dataset.keyLabel;
  const named = target.labels?.[0] ?? target;
  const copy = named.cloneNode(true);
  copy.querySelectorAll("kbd, .required, .visually-hidden").forEach((each) => each.remove());
  return copy.textContent.trim();
}

function draw() {
  const keys = new Map();
  for (const target of document.querySelectorAll("[data-key]")) {
    if (target.offsetParent !== null && !target.disabled && !keys.has(target.dataset.key)) keys.set(target.dataset.key, target);
  }
  bar.replaceChildren();
  for (const [name, target] of [...keys].sort(([a], [b]) => order(a) - order(b))) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "key-bar__key";
    button.tabIndex = -1; // each target is itself in the tab order
    const key = document.createElement("kbd");
    key.textContent = name;
    button.append(key, label(target));
    button.addEventListener("click", () => { target.focus(); if (!target.matches("input, select, textarea, section")) target.click(); });
    bar.append(button);
  }
  if (document.querySelector("form[data-enter='next']")) {
    const note = document.createElement("span");
    note.className = "key-bar__note";
    note.textContent = "Enter 次の項目　Ctrl+Enter 送信";
    bar.append(note);
  }
  bar.hidden = !bar.childElementCount;
}

if (bar) {
  draw();
  document.body.addEventListener("htmx:afterSettle", draw);
}
