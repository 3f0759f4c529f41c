// キー操作 — the whole job without the mouse. Enter goes to the next field in forms that say data-enter="next",
// Ctrl+Enter submits, function keys press what carries data-key. Nothing traps: Tab, Shift+Tab, Esc and Alt are never touched.

const isComposing = (event) => event.isComposing || event.keyCode === 229; // 変換中のキーは入力のもの

function stops(form) {
  return [...form.querySelectorAll("input, select, textarea, button[type=submit], button:not([type])")].filter(
    (each) => !each.disabled && each.type !== "hidden" && !each.readOnly && each.offsetParent !== null && each.dataset.enter !== "skip",
  );
}

// A radio group is one stop: the chosen button, or the first.
function isOwnStop(each) {
  if (each.type !== "radio") return true;
  const group = [...each.form.querySelectorAll(`input[type=radio][name="${CSS.escape(each.name)}"]`)];
  return each === (group.find((one) => one.checked) ?? group[0]);
}

function focusNext(from) {
  const all = stops(from.form);
  const rest = all.slice(all.indexOf(from) + 1).filter((each) => isOwnStop(each) && !(from.type === "radio" && each.name === from.name));
  const next = rest[0];
  if (!next) return false;
  next.focus();
  if (next.matches("input[type=text]")) next.select();
  return true;
}

// Other scripts ask for it by an event: an import would run this file a second time, under the name without its digest.
document.addEventListener("next-field", (event) => focusNext(event.target));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || isComposing(event) || event.defaultPrevented) return;
  const field = event.target;
  const form = field.form;
  if (!form) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    const submit = form.querySelector("[data-main-submit]") ?? form.querySelector("button[type=submit]");
    form.requestSubmit(submit ?? undefined);
    return;
  }
  if (form.dataset.enter !== "next" || event.shiftKey || event.altKey) return;
  if (field.matches("textarea, button, summary, a, input[type=file]")) return;
  event.preventDefault();
  focusNext(field);
});

function press(target) {
  if (target.matches("input, select, textarea, section")) {
    target.focus();
    target.select?.();
  } else {
    target.focus();
    target.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (!/^F([1-9]|1[0-2])$/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey || isComposing(event)) return;
  const name = event.shiftKey ? `Shift+${event.key}` : event.key;
  const target = [...document.querySelectorAll(`[data-key="${name}"]`)].find((each) => each.offsetParent !== null && !each.disabled);
  if (!target) return; // the browser keeps its own keys where the page has no use for them
  event.preventDefault();
  press(target);
});

// An error summary is where the eye should be after sending; its links go to the very control.
document.querySelector("[data-focus-first]")?.focus();
document.addEventListener("click", (event) => {
  const link = event.target.closest(".summary a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  control.focus();
  control.scrollIntoView({ block: "center" });
});

// A menu that folds closes when the focus leaves it or Esc is pressed.
for (const menu of document.querySelectorAll(".folds")) {
  menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); } });
}
