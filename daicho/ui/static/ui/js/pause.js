// 離席 — a page that nobody has touched for the city's dated time is blanked, and its officer must prove their body to go on (F-2-14).
// Who types or reads on is at work, and the server is told so once a minute: else it would ask for the body in the middle of a form.

const TOLD_EVERY = 60_000;
const after = Number(document.body.dataset.pausesAfter) * 1000;
let touched = Date.now();
let told = Date.now();

for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "input"]) {
  document.addEventListener(kind, () => {
    touched = Date.now();
    if (touched - told > TOLD_EVERY) tell();
  }, { capture: true, passive: true });
}

function tell() {
  told = Date.now();
  const headers = { "X-CSRFToken": document.querySelector("meta[name=csrf-token]")?.content ?? "" };
  fetch(document.body.dataset.presentUrl, { method: "POST", headers }).then((answer) => { if (!answer.ok) blank(); }, () => {});
}

function blank() {
  document.querySelector("main").replaceChildren();
  document.title = "";
  location.replace(document.body.dataset.returnTo);
}

function watch() {
  if (Date.now() - touched >= after) blank();
  else setTimeout(watch, Math.min(after - (Date.now() - touched) + 50, 5_000));
}
watch();
