// 生体認証 — asks the device of this terminal to sign the server's question, and sends its answer. W3C Web Authentication; F-2-08.
// A device that could not recognise its owner answers nothing: that, too, is sent, so that it stands in the trail and counts.

const ceremony = document.querySelector("form[data-ceremony]");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function question(told) {
  const options = { ...told, challenge: bytes(told.challenge) };
  if (told.user) options.user = { ...told.user, id: bytes(told.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (told[list]) options[list] = told[list].map((each) => ({ ...each, id: bytes(each.id) }));
  }
  return { publicKey: options };
}

function answer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response };
}

async function ask() {
  const ways = { get: (options) => navigator.credentials.get(options), create: (options) => navigator.credentials.create(options) };
  if (!window.PublicKeyCredential) return { failed: "NotSupportedError" };
  try {
    return answer(await ways[ceremony.dataset.ceremony](question(JSON.parse(ceremony.dataset.question))));
  } catch (error) {
    return { failed: error.name };
  }
}

ceremony?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = ceremony.querySelector("button[type=submit]");
  button.disabled = true;
  ceremony.querySelector("[data-waiting]").hidden = false;
  ceremony.elements.answer.value = JSON.stringify(await ask());
  ceremony.submit();
});
