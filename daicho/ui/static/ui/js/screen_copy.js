// 画面の印刷 — the button takes a copy of the screen and prints it; both are on record first. Printed otherwise, a page is blank (print.css).

const button = document.querySelector("[data-screen-copy]");

async function tell(step) {
  const { url, screen, page } = button.dataset;
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const body = new URLSearchParams({ screen, page, step });
  const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, body, redirect: "error" });
  if (answer.status !== 204) throw new Error(`not recorded: ${answer.status}`);
}

button?.addEventListener("click", async () => {
  button.disabled = true;
  try {
    await tell("copy");
    document.documentElement.dataset.copied = "yes";
    await tell("print");
    window.print();
  } catch {
    document.getElementById("live").textContent = "印刷を記録できなかったため、印刷しませんでした。もう一度操作してください。";
  } finally {
    delete document.documentElement.dataset.copied;
    button.disabled = false;
  }
});
