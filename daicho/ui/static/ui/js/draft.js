// 入力中の保存 — each field is kept on the server when it is left, and at most 2 s after the last key.
// <form data-draft-url="…"> ; each field goes as POST field=NAME&value=…[&value=…], answered 2xx when it is kept.
// Saves of one form go one after another, so that an older text never overwrites a newer one. A failed save is tried again
// and is said aloud; what the input method is still converting is not sent.

const AFTER_LAST_KEY_MS = 1500;
const RETRY_MS = [1000, 3000, 10000];
const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.draftUrl;
    this.state = document.querySelector(form.dataset.draftState || "[data-draft-state]");
    this.kept = new Map(); // name → what the server has
    this.timers = new Map();
    this.queue = new Set();
    this.failures = 0;
    for (const name of this.names()) this.kept.set(name, this.read(name));
    form.addEventListener("input", (event) => { if (!event.isComposing) this.later(event.target.name); });
    form.addEventListener("compositionend", (event) => this.later(event.target.name));
    form.addEventListener("change", (event) => this.soon(event.target.name));
    form.addEventListener("focusout", (event) => this.soon(event.target.name));
    form.addEventListener("submit", () => { this.sent = true; this.flight?.abort(); });
    addEventListener("pageshow", () => { this.sent = false; }); // come back to by the browser's own way
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.leave(); });
  }

  names() {
    const skipped = new Set(["csrfmiddlewaretoken", ""]);
    return new Set([...this.form.elements].filter((each) => each.type !== "submit" && each.dataset.draft !== "no").map((each) => each.name).filter((name) => !skipped.has(name)));
  }

  values(name) { return new FormData(this.form).getAll(name).map(String); }
  read(name) { return JSON.stringify(this.values(name)); }
  changed(name) { return this.names().has(name) && this.read(name) !== this.kept.get(name); }

  later(name) {
    if (!this.changed(name)) return;
    this.say("changed", "未保存");
    clearTimeout(this.timers.get(name));
    this.timers.set(name, setTimeout(() => this.now(name), AFTER_LAST_KEY_MS));
  }

  // After the event: a key that sends the form takes the focus from its field first, and then the form itself carries the text.
  soon(name) { setTimeout(() => this.now(name)); }

  now(name) {
    clearTimeout(this.timers.get(name));
    if (this.sent) return;
    if (this.changed(name)) this.queue.add(name);
    else if (this.state?.dataset.state !== "changed") return; // else it was typed back to what is kept, and nothing may be left to keep
    this.work();
  }

  async work() {
    if (this.busy) return;
    this.busy = true;
    while (this.queue.size) {
      const [name] = this.queue;
      this.queue.delete(name);
      if (!this.changed(name)) continue; // left while its last keys were being kept
      const text = this.read(name);
      this.say("saving", "保存しています…");
      const kept = await this.send(name);
      if (this.sent) break; // a save that came after the form would be refused
      if (kept) {
        this.kept.set(name, text);
        this.failures = 0;
      } else {
        this.queue.add(name);
        await this.wait();
        if (this.stopped) break;
      }
    }
    this.busy = false;
    if (!this.stopped && !this.sent && ![...this.names()].some((name) => this.changed(name))) this.say("saved", `保存済み ${new Date().toLocaleTimeString("ja-JP", { timeZone: "Asia/Tokyo" })}`);
  }

  body(name) {
    const body = new URLSearchParams({ field: name });
    if (this.form.elements.people) body.append("people", this.form.elements.people.value); // a late save must not land on another person
    for (const value of this.values(name)) body.append("value", value);
    return body;
  }

  async send(name) {
    this.flight = new AbortController();
    try {
      const answer = await fetch(this.url, { signal: this.flight.signal, method: "POST", headers: { "X-CSRFToken": token(), "X-Daicho-Draft": "1" }, body: this.body(name) });
      if (answer.status === 401 || answer.status === 403) {
        this.stopped = true;
        this.say("failed", "保存できません。利用が終了しています。別の画面で利用を開始してください。");
      } else if (answer.status >= 400 && answer.status < 500) {
        this.stopped = true; // asking again would not help
        this.say("failed", "この画面では、もう保存できません。一覧から開き直してください。");
      }
      return answer.ok;
    } catch {
      return false;
    }
  }

  wait() {
    if (!this.stopped) this.say("failed", "保存できません。つながり次第、もう一度保存します。");
    const pause = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)];
    return new Promise((resolve) => setTimeout(resolve, pause));
  }

  // The page goes away: what is not kept yet is sent along, without waiting for an answer.
  leave() {
    if (this.sent) return;
    for (const name of this.names()) {
      if (this.changed(name)) fetch(this.url, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token(), "X-Daicho-Draft": "1" }, body: this.body(name) }).then((answer) => { if (answer.ok) this.kept.set(name, this.read(name)); }, () => {});
    }
  }

  say(state, text) {
    if (!this.state || this.state.textContent === text) return;
    this.state.dataset.state = state;
    this.state.textContent = text;
  }
}

const begin = (root) => {
  for (const form of root.querySelectorAll("form[data-draft-url]")) form.draft ??= new Draft(form);
};
begin(document);
document.body.addEventListener("htmx:load", (event) => begin(event.detail.elt.parentElement ?? document));
