// 照合 — computes a file's SHA-256 in this browser and compares; reads what the QR code says behind the address's #. Nothing is sent anywhere.
"use strict";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const drop = document.getElementById("drop");

async function compare(file) {
  const same = document.getElementById("same");
  same.textContent = "計算しています。";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const found = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found === drop.dataset.delivered) same.textContent = "○ 同じです。当市が交付したままのファイルです。";
  else if (found === drop.dataset.unsigned) same.textContent = "△ 内容は当市が作成したままですが、電子署名がありません。";
  else same.textContent = "× 違います。このファイルは、この番号で当市が交付したものではありません。";
  same.dataset.digest = found;
}

if (drop) {
  if (!(window.crypto && crypto.subtle)) document.getElementById("same").textContent = "この端末では計算できません。下の値と、別の道具で比べてください。";
  document.getElementById("file").addEventListener("change", (event) => event.target.files[0] && compare(event.target.files[0]));
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files[0]) compare(event.dataTransfer.files[0]);
  });
}

// The facts of the QR code (daicho/paper/verifying.py): is the code on this sheet the one that this page speaks of?
function scanned(token) {
  const bytes = Uint8Array.from(atob(token.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const letters = (from, to) => {
    let number = 0n;
    for (const byte of bytes.slice(from, to)) number = (number << 8n) | BigInt(byte);
    let text = "";
    for (let at = ((to - from) * 8) / 5 - 1; at >= 0; at--) text += LETTERS[Number((number >> BigInt(5 * at)) & 31n)];
    return text;
  };
  const tally = letters(19, 24);
  return { code: letters(5, 15), tally: `${tally.slice(0, 4)}-${tally.slice(4)}`, number: new TextDecoder().decode(bytes.slice(51, -64)) };
}

const facts = document.getElementById("facts");
if (facts && location.hash.length > 1) {
  const line = document.getElementById("scanned");
  line.hidden = false;
  try {
    const said = scanned(location.hash.slice(1));
    line.textContent = said.code === facts.dataset.code && said.tally === facts.dataset.tally
      ? `二次元コードの発行番号：${said.number}　証明書の左下の番号と同じであることを確かめてください。`
      : "二次元コードの内容が、当市の記録と違います。この証明書は、当市が発行したものではないおそれがあります。";
  } catch {
    line.textContent = "二次元コードの内容を読めません。読み直してください。";
  }
}
