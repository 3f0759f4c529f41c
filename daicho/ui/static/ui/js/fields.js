// 項目の働き — kana put right on leaving, dates read back by the server, numbers hidden on leaving. Safe with an input method.

const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

// カナ: ひらがな and 半角カナ become 全角カタカナ, spaces one 全角 space. The server does the same again.
export function toKatakana(text) {
  return text
    .replace(/[\uff61-\uff9f]+/g, (half) => half.normalize("NFKC"))
    .normalize("NFC") // カ + ゛ of half-width kana become one letter
    .replace(/[\u3041-\u3096\u309d\u309e]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .trim()
    .replace(/[ \u3000]+/g, "\u3000");
}

document.addEventListener("focusout", (event) => {
  const field = event.target;
  if (!field.matches?.("[data-kana]")) return;
  const put = toKatakana(field.value);
  if (put !== field.value) {
    field.value = put;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

// 年月日: the server says how it reads what was typed; only the answer to the last question counts.
const waiting = new WeakMap();
// 西暦 for the few items that the law wants so; 生年月日 by what 住民種別 says at this moment.
function calendar(field) {
  const [name, value] = (field.dataset.westernWhen ?? "").split("=");
  return "western" in field.dataset || (name && field.form?.elements[name]?.value === value) ? "western" : "";
}
document.addEventListener("change", (event) => {
  if (!event.target.name) return;
  for (const field of document.querySelectorAll(`[data-western-when^="${CSS.escape(event.target.name)}="]`)) echo(field);
});
async function echo(field) {
  const place = document.querySelector(`[data-echo-of="${CSS.escape(field.id)}"]`);
  if (!place) return;
  const asked = field.value;
  try {
    const answer = await fetch(field.dataset.dateEcho, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams({ value: asked, calendar: calendar(field) }),
    });
    if (!answer.ok || field.value !== asked) return;
    const read = await answer.json();
    // Half a date is no mistake yet: it is named one only when the field is left.
    if (!read.ok && document.activeElement === field) return place.replaceChildren();
    place.textContent = read.text;
    place.classList.toggle("field__echo--bad", !read.ok);
    place.classList.toggle("field__echo--alert", read.alert);
  } catch {
    place.replaceChildren(); // no line: the form works on, the server reads the date when it is sent
  }
}
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.("[data-date-echo]") || event.isComposing) return;
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(() => echo(field), 250));
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-date-echo]")) {
    clearTimeout(waiting.get(event.target));
    echo(event.target);
  }
});

// 番号: seen while it is typed, hidden when the field is left, so that nobody reads it over the counter.
function hide(field, hidden) {
  field.type = hidden && field.value ? "password" : "text";
}
for (const field of document.querySelectorAll("[data-hide-on-leave]")) hide(field, document.activeElement !== field);
document.addEventListener("focusin", (event) => { if (event.target.matches?.("[data-hide-on-leave]")) hide(event.target, false); });
document.addEventListener("focusout", (event) => { if (event.target.matches?.("[data-hide-on-leave]")) hide(event.target, true); });
