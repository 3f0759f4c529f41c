// 交付のあと — the paper opens in a window of its own; when the clerk comes back, this page shows its number and fee.

const form = document.querySelector("form[data-issued]");
form?.addEventListener("submit", (event) => {
  if (!event.submitter?.matches("[data-issue]")) return;
  const back = () => { if (document.visibilityState === "visible") location.replace(form.dataset.issued); };
  addEventListener("focus", back, { once: true });
  document.addEventListener("visibilitychange", back);
  setTimeout(() => { event.submitter.disabled = true; }); // after the browser took the submission: one copy a page
});
