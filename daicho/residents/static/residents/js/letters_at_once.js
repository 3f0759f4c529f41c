// 続けて出る通知票 — a letter that goes out with the event, without another act: fetched once and handed to the browser as a file (標準仕様 4.3.3).
// One after another; what was refused is said beside its button, which stays.

for (const form of document.querySelectorAll("form[data-letter-at-once]")) {
  const said = form.querySelector("[data-letter-said]");
  const button = form.querySelector("button");
  button.disabled = true;
  said.textContent = "出力しています";
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  if (answer.ok && answer.headers.get("Content-Type") === "application/pdf") {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "notice.pdf";
    link.click();
    said.textContent = "出力しました。もう1部必要なときは、画面を開き直してください。";
  } else {
    button.disabled = false;
    said.textContent = "出力できませんでした。「出力」を押して、理由を確かめてください。";
  }
}
