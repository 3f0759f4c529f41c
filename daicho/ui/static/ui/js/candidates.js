// 候補 — a combobox (ARIA 1.2): candidates from the server's dictionary of 町字, from a list in the page (続柄), or from what
// the page offers at this moment: `data-takes="NAME"` lists every text under `data-offers="NAME"`, of a field or as `data-value`.
// Candidates that hang on another field, `data-beside="NAME"`, are those of what stands there (the 方書 at a 住所), else of what the register has
// there; they show as soon as the empty field is entered.
// Nothing is forced: what was typed stays unless a candidate is chosen with ↓ and Enter, or by mouse.

const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

function offered(name, taker) {
  const texts = new Map();
  for (const source of document.querySelectorAll(`[data-offers="${CSS.escape(name)}"]`)) {
    const text = (source.matches("input") ? source.value : source.dataset.value).trim();
    if (!text || source === taker) continue;
    const value = (source.dataset.offerPrefix ?? "") + text;
    if (!texts.has(value)) texts.set(value, source.dataset.offerNote);
  }
  return [...texts].map(([value, note]) => ({ value, note }));
}

class Combobox {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("[role=combobox]");
    this.list = root.querySelector("[role=listbox]");
    this.url = root.dataset.candidatesUrl;
    this.takes = root.dataset.takes;
    this.noteInto = root.dataset.noteInto; // the field that a candidate's note belongs into: 郵便番号 of a 町字
    this.beside = root.dataset.beside;
    this.chosen = -1;
    if (this.beside) this.input.addEventListener("focus", () => { if (!this.input.value) this.ask(); });
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.ask(); });
    this.input.addEventListener("compositionend", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the input keeps the focus
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
    });
  }

  options() { return [...this.list.querySelectorAll("[role=option]:not([hidden])")]; }

  ask(all = false) {
    clearTimeout(this.timer);
    if (this.takes) this.fill(offered(this.takes, this.input));
    if (!this.url) return this.filter(all);
    this.timer = setTimeout(() => this.fetch(), 150);
  }

  filter(all) {
    const typed = all ? "" : this.input.value.trim();
    for (const option of this.list.querySelectorAll("[role=option]")) {
      option.hidden = typed !== "" && !option.dataset.value.startsWith(typed) && !option.textContent.includes(typed);
    }
    const found = this.options();
    this.show(found.length > 0 && !(found.length === 1 && found[0].dataset.value === typed));
  }

  textBeside() {
    const field = this.beside ? this.input.form?.elements.namedItem(this.beside) : null;
    return field?.value.trim() || document.getElementById(`${field?.id}-present`)?.dataset.value || "";
  }

  async fetch() {
    const asked = this.input.value.trim();
    const beside = this.textBeside();
    if (!asked && !beside) return this.close();
    try {
      const answer = await fetch(this.url, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams({ value: asked, beside }) });
      if (!answer.ok || this.input.value.trim() !== asked || document.activeElement !== this.input) return;
      this.fill((await answer.json()).candidates);
    } catch {
      this.close();
    }
  }

  fill(candidates) {
    this.list.replaceChildren(...candidates.map((each, place) => {
      const option = document.createElement("li");
      option.className = "combobox__option";
      option.role = "option";
      option.id = `${this.list.id}-${place}`;
      option.dataset.value = each.value;
      option.dataset.note = each.note ?? "";
      option.setAttribute("aria-selected", "false");
      const text = document.createElement("span");
      text.className = "name-glyph";
      text.textContent = each.value;
      option.append(text);
      if (each.note) {
        const note = document.createElement("span");
        note.className = "combobox__note";
        note.textContent = each.note;
        option.append(note);
      }
      return option;
    }));
    this.show(candidates.length > 0);
  }

  show(open) {
    this.mark(-1);
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() { clearTimeout(this.timer); this.show(false); }

  mark(place) {
    const options = this.options();
    options.forEach((option, each) => option.setAttribute("aria-selected", String(each === place)));
    this.chosen = place;
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
  }

  take(option) {
    this.input.value = option.dataset.value;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.noted(option.dataset.note);
  }

  noted(note) {
    const into = this.noteInto && note ? this.input.form?.elements.namedItem(this.noteInto) : null;
    if (!into) return;
    into.value = note;
    into.dispatchEvent(new Event("change", { bubbles: true }));
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const options = this.options();
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) { if (event.key === "ArrowDown") this.ask(true); return; }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark((this.chosen + step + options.length) % options.length);
    } else if (event.key === "Enter" && open && this.chosen >= 0) {
      event.preventDefault(); // the choice; the next Enter goes on
      this.take(options[this.chosen]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  }
}

const begin = (root) => root.querySelectorAll(".combobox").forEach((each) => { each.combobox ??= new Combobox(each); });
begin(document);
document.body.addEventListener("htmx:load", (event) => begin(event.detail.elt));
