/* Everything here is extra: each page works without it. Saving as you type is in autosave.js. */
(() => {
  "use strict";

  /* Errors: go to the list of what needs another look. Browsers that know autofocus are there already. */
  document.getElementById("error-summary")?.focus();

  /* Leave this page: cover it at once, then go, so that Back does not lead here. */
  const LEAVE_PRESSES = 3;
  const LEAVE_PAUSE = 5000;

  function leave() {
    const link = document.querySelector("a[data-loading]");
    if (!link) return;
    // autosave.js: unsaved words never hold anybody on the page, and are sent as it goes.
    window.isLeaving = true;
    dispatchEvent(new Event("leaving"));
    const veil = document.createElement("div");
    veil.className = "veil";
    document.title = link.dataset.loading;
    document.body.replaceChildren(veil);
    location.replace(link.href);
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-leave]")) return;
    event.preventDefault();
    leave();
  });

  let presses = 0;
  let lastPress = 0;
  let isUsedWithAnother = false;

  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") isUsedWithAnother = true;
  });

  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = 0;
      return;
    }
    const isAlone = !isUsedWithAnother;
    isUsedWithAnother = false;
    const isSoon = event.timeStamp - lastPress < LEAVE_PAUSE;
    lastPress = event.timeStamp;
    if (!isAlone) presses = 0;
    else presses = isSoon ? presses + 1 : 1;
    if (presses === LEAVE_PRESSES) leave();
  });

  // A page brought back by Back is asked for anew: the person may have signed out.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  /* Lists: keep the focus on the same button after a swap, and say what happened. */
  let focusNext = null;

  document.addEventListener("htmx:beforeRequest", (event) => {
    const asked = event.detail.elt;
    const button = asked.matches("[data-keep-focus]") ? asked : asked.querySelector("[data-keep-focus]");
    focusNext = button && document.activeElement === button ? button : null;
  });

  document.addEventListener("htmx:afterSettle", () => {
    const words = document.querySelector("[data-say]");
    if (words) {
      say(words.textContent.trim());
      words.removeAttribute("data-say");
    }
    if (!focusNext) return;
    const same = document.getElementById(focusNext.id);
    const other = document.getElementById(focusNext.dataset.keepFocus);
    (same || other || document.getElementById("main")).focus();
    focusNext = null;
  });

  /** Says `words` to screen readers, politely. Regions that are swapped in are not read reliably; this one stays. */
  function say(words) {
    const region = document.getElementById("said");
    if (region) region.textContent = words;
  }
  window.say = say;

  /* Small buttons that only script can do. They are hidden until it is here. */
  const acts = {
    print: () => print(),
    copy: (button) => {
      const source = document.getElementById(button.dataset.copy);
      const words = source.value ?? source.innerText;
      navigator.clipboard.writeText(words).then(() => {
        button.textContent = button.dataset.copied;
        say(button.dataset.copied);
      });
    },
    show: (button) => {
      const box = document.getElementById(button.dataset.show);
      const isShown = box.type === "text";
      box.type = isShown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!isShown));
    },
  };

  const offered = Object.keys(acts).filter((name) => name !== "copy" || navigator.clipboard);

  /** Shows the buttons that wait for script, and a place of their own that hides with them. */
  function offer() {
    for (const button of document.querySelectorAll(offered.map((name) => `[data-${name}][hidden]`).join())) {
      button.hidden = false;
    }
    for (const place of document.querySelectorAll("[data-print-place]")) place.hidden = false;
  }
  offer();
  document.addEventListener("htmx:afterSettle", offer);

  document.addEventListener("click", (event) => {
    for (const name of offered) {
      const button = event.target.closest?.(`[data-${name}]`);
      if (button) acts[name](button);
    }
  });

  // A password is sent as one, so that no browser offers to remember it as plain text.
  document.addEventListener("submit", (event) => {
    for (const button of event.target.querySelectorAll('[data-show][aria-pressed="true"]')) acts.show(button);
  });

  /* The browser's own time zone, so that "14:02" is the person's 14:02. */
  for (const box of document.querySelectorAll("[data-time-zone]")) {
    box.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  }
})();
