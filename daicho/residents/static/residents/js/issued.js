// 交付のあと — the paper opens in a window of its own; when the clerk comes back, this page shows its number and fee. Come back to before
// it was issued, the page looks again a few times.

const AGAIN = 5;

for (const form of document.querySelectorAll("form[data-issued]")) {
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.matches("[data-issue]")) return;
    let left = false;
    const back = () => {
      if (left || document.visibilityState !== "visible") return;
      left = true;
      location.replace(form.dataset.issued);
    };
    addEventListener("focus", back);
    document.addEventListener("visibilitychange", back);
    setTimeout(() => { event.submitter.disabled = true; }); // after the browser took the submission: one copy a page
  });
}

const looked = Number(new URLSearchParams(location.search).get("looked") ?? 0);
if (document.querySelector("[data-not-yet]") && looked < AGAIN) {
  const again = new URL(location.href);
  again.searchParams.set("looked", String(looked + 1));
  setTimeout(() => location.replace(again), 1000);
}
