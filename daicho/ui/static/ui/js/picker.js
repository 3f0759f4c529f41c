// 文字を探す・住所を選ぶ — a dialog that puts what is chosen into the field that had the cursor: a character where the cursor stood, an address
// instead of what was there. Its inside comes from the server, by POST. Arrow keys go among the choices; Esc closes, and the field has the focus again.

const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";
const TYPED = "input[type=text], textarea";
const OF_WORDS = "textarea, input[type=text]:not([data-date-echo], [data-hide-on-leave], [inputmode], [readonly])"; // no date, number or code
let field = null;

document.addEventListener("focusin", (event) => {
  if (event.target.matches(OF_WORDS) && !event.target.closest("dialog")) field = event.target;
});

class Picker {
  constructor(opener) {
    this.url = opener.dataset.picker;
    this.of = `:is(${opener.dataset.of})`;
    this.dialog = document.createElement("dialog");
    this.dialog.className = "picker";
    const heading = this.heading = document.createElement("h2");
    heading.id = `picker-${opener.dataset.key.replace("+", "-")}`;
    this.what = opener.dataset.heading;
    this.dialog.setAttribute("aria-labelledby", heading.id);
    this.inside = document.createElement("div");
    this.inside.dataset.dialogInside = "";
    this.dialog.append(heading, this.inside);
    document.body.append(this.dialog);
    opener.addEventListener("click", () => this.open());
    this.dialog.addEventListener("close", () => this.into?.focus());
    this.dialog.addEventListener("click", (event) => this.clicked(event));
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("htmx:afterSwap", () => this.first());
  }

  async open() {
    this.into = field ?? document.querySelector(`main ${this.of} :is(${OF_WORDS}), main ${this.of}:is(${OF_WORDS})`);
    const label = this.into?.labels?.[0]?.textContent.trim();
    this.heading.textContent = label ? `${this.what}　→　${label}` : this.what;
    this.dialog.showModal();
    if (this.inside.childElementCount) return this.first();
    const answer = await fetch(this.url, { method: "POST", headers: { "X-CSRFToken": token() } });
    if (!answer.ok) return this.dialog.close();
    this.inside.innerHTML = await answer.text(); // from our own server, escaped there
    window.htmx?.process(this.inside);
    this.first();
  }

  first() { (this.inside.querySelector("[aria-invalid], .picker__one, .picker__name, [data-replace]") ?? this.inside.querySelector(TYPED))?.focus(); }

  clicked(event) {
    const chosen = event.target.closest("[data-insert], [data-replace]");
    if (chosen) this.put(chosen);
    else if (event.target.closest("[data-dialog-close]")) this.dialog.close();
  }

  put(chosen) {
    const into = this.into;
    if (into && chosen.dataset.insert) {
      into.setRangeText(chosen.dataset.insert, into.selectionStart ?? into.value.length, into.selectionEnd ?? into.value.length, "end");
    } else if (into) {
      const root = into.closest(".combobox");
      const inCity = root?.dataset.candidatesUrl?.endsWith("/towns") && chosen.dataset.inside;
      into.value = inCity ? chosen.dataset.inside : chosen.dataset.replace;
      const noted = root?.dataset.noteInto && chosen.dataset.note ? into.form?.elements.namedItem(root.dataset.noteInto) : null;
      if (noted) { noted.value = chosen.dataset.note; noted.dispatchEvent(new Event("change", { bubbles: true })); }
    }
    into?.dispatchEvent(new Event("change", { bubbles: true }));
    this.dialog.close();
  }

  key(event) {
    const choices = [...this.inside.querySelectorAll(".picker__one, .picker__name")];
    const at = choices.indexOf(document.activeElement);
    if (at < 0 || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const across = choices.findIndex((one) => one.offsetTop > choices[0].offsetTop);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across > 0 ? across : 1, ArrowUp: across > 0 ? -across : -1 }[event.key];
    choices[Math.min(Math.max(at + step, 0), choices.length - 1)].focus();
  }
}

for (const opener of document.querySelectorAll("[data-picker]")) {
  if (!document.querySelector(`main :is(${opener.dataset.of})`)) continue;
  opener.hidden = false;
  new Picker(opener);
}
