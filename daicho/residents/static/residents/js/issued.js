// 交付のあと — the paper opens in a window of its own; when the clerk comes back, this page shows its number and fee.

const form = document.querySelector("form[data-issued]");
form?.addEventListener("submit", (event) => {
  if (!event.submitter?.matches("[data-issue]")) return;
  let left = false; // a second way back would break off the first, which has taken what the next page says once
  const back = () => {
    if (left || document.visibilityState !== "visible") return;
    left = true;
    location.replace(form.dataset.issued);
  };
  addEventListener("focus", back);
  document.addEventListener("visibilitychange", back);
  setTimeout(() => { event.submitter.disabled = true; }); // after the browser took the submission: one copy a page
});
