// 同じ値の写し — a button beside a field puts the text of another field into it; F4 does the same in the field that has the focus.
// <button data-copy-from="ID" data-copy-to="ID" [data-copy-part="surname"]>. With "surname" only what stands before the first
// space is taken, and a given name already typed stays behind it.

const SPACE = /[ \u3000]+/;

function copied(part, source, present) {
  if (part !== "surname") return source;
  const surname = source.trim().split(SPACE)[0];
  const given = present.trim().split(SPACE).slice(1).join("\u3000");
  return surname ? `${surname}\u3000${given}` : present;
}

function copy(button) {
  const from = document.getElementById(button.dataset.copyFrom);
  const to = document.getElementById(button.dataset.copyTo);
  if (!from || !to || !from.value) return to;
  to.value = copied(button.dataset.copyPart, from.value, to.value);
  to.dispatchEvent(new Event("change", { bubbles: true }));
  return to;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy-from]");
  if (!button) return;
  const to = copy(button);
  to?.focus();
  to?.setSelectionRange(to.value.length, to.value.length);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "F4" || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  const button = event.target.id && document.querySelector(`[data-copy-to="${CSS.escape(event.target.id)}"]`);
  if (!button) return;
  event.preventDefault();
  const to = copy(button);
  if (button.dataset.copyPart) to.setSelectionRange(to.value.length, to.value.length); // the given name follows
  else to.dispatchEvent(new CustomEvent("next-field", { bubbles: true })); // keyboard.js knows which it is
});
