/* Saving as you type. The Save button does the same without script.
   Nothing is kept in the browser's storage: words stay in the open page, and the page says so. */
(() => {
  "use strict";

  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 60000;
  const ARROW_WAIT = 2000;
  const OK = (status) => status >= 200 && status < 300;
  const said = document.getElementById("said");

  /** The autosaving form an htmx event is about, or nothing. */
  const formOf = (event) => event.target.closest?.("form[data-autosave]");

  /** What we know of each form: edits made, sent and saved, boxes changed since sending, the next try and its wait,
      whether the trouble is told, the radios where an arrow key is choosing, with when that is over, and the button
      that was pressed and has no answer yet. */
  const states = new WeakMap();
  function stateOf(form) {
    const edits = { edits: 0, sent: 0, saved: 0, since: new Map() };
    const fresh = { ...edits, wait: FIRST_WAIT, retry: 0, isTold: false, choosing: "", chosen: 0, press: null };
    if (!states.has(form)) states.set(form, fresh);
    return states.get(form);
  }
  const isConflict = (form) => form.querySelector(".save")?.dataset.state === "conflict";
  const isUnsaved = (form) => stateOf(form).edits > stateOf(form).saved;
  const forms = () => [...document.querySelectorAll("form[data-autosave]")];

  /** Puts `words` where the form says how it stands. A conflict has no such line: it stays to be read. */
  function show(form, words) {
    const line = form.querySelector(".save-words");
    if (line) line.textContent = words;
  }

  function tryAgainLater(form) {
    const state = stateOf(form);
    clearTimeout(state.retry);
    state.retry = setTimeout(() => htmx.trigger(form, "retry"), state.wait);
    state.wait = Math.min(state.wait * 2, LONGEST_WAIT);
  }

  function notSaved(form) {
    const state = stateOf(form);
    const words = form.dataset.unsaved ?? said.dataset.unsaved;
    show(form, words);
    if (!state.isTold) window.say(words);
    state.isTold = true;
    tryAgainLater(form);
  }

  function saved(form) {
    const state = stateOf(form);
    clearTimeout(state.retry);
    state.saved = state.sent;
    state.wait = FIRST_WAIT;
    state.isTold = false;
  }

  /** What is said aloud once it is saved: how it stands, and what the answer brings to be said once. */
  function wordsOf(form, region) {
    const once = form.querySelector("[data-say-once]");
    once?.remove();
    return [once?.textContent, region?.innerText].map((words) => words?.trim()).filter(Boolean).join(" ");
  }

  /** After Save, htmx goes where the answer says. To a spot on this same page that would load nothing: load it. */
  function goOn(xhr) {
    const there = new URL(xhr.getResponseHeader("HX-Redirect") || "#", location.href);
    const isHere = there.pathname === location.pathname && there.search === location.search;
    if (xhr.getResponseHeader("HX-Redirect") && isHere) location.reload();
  }

  document.addEventListener("input", (event) => {
    const form = formOf(event);
    if (!form) return;
    const { target: box } = event;
    const state = stateOf(form);
    state.edits += 1;
    // The last change stands last. What it is now is kept too: a fresh radio of the same name takes the old one's dot.
    state.since.delete(box);
    state.since.set(box, { value: box.value, checked: box.checked });
  });

  /* An arrow key chooses each radio that it passes. What it stops at is the choice: nothing is sent before the focus
     goes elsewhere, Space says so, or no arrow came for a while. */
  function chosen(form) {
    const state = stateOf(form);
    clearTimeout(state.chosen);
    state.choosing = "";
    if (isUnsaved(form)) htmx.trigger(form, "retry");
  }

  document.addEventListener("keydown", (event) => {
    const form = formOf(event);
    if (!form || event.target.type !== "radio") return;
    const state = stateOf(form);
    if (event.key === " " && state.choosing) chosen(form);
    if (!/^Arrow(Up|Down|Left|Right)$/.test(event.key)) return;
    clearTimeout(state.chosen);
    state.choosing = event.target.name;
    state.chosen = setTimeout(() => chosen(form), ARROW_WAIT);
  });

  // By name, not by node: the answer to an earlier save may bring the radios anew, and the focus with them.
  document.addEventListener("focusin", (event) => {
    const around = event.target.closest?.("fieldset");
    for (const form of forms()) {
      const { choosing } = stateOf(form);
      if (choosing && !around?.elements.namedItem(choosing)) chosen(form);
    }
  });

  /* Saved by a press already: a late save by itself would say the same once more, and bring back what was removed since. */
  function hasNothingNew(form) {
    const isAskedAgain = form.querySelector(".save")?.dataset.state === "again";
    return stateOf(form).edits > 0 && !isUnsaved(form) && !isAskedAgain;
  }

  const isPressed = (config) => config.triggeringEvent?.type === "submit";

  /* htmx sends along the button that was pressed last, for as long as it has the focus; in Safari a button never has
     it, so for ever. What saves by itself presses no button. */
  document.addEventListener("htmx:configRequest", (event) => {
    const form = formOf(event);
    if (!form) return;
    const { detail } = event;
    const state = stateOf(form);
    if (isPressed(detail)) {
      const { name, value } = detail.triggeringEvent.submitter ?? {};
      state.press = "pressAgain" in form.dataset ? { path: detail.path, name, value } : null;
      return;
    }
    for (const button of form.querySelectorAll("button[name]")) delete detail.parameters[button.name];
    // Where a button keeps more than a save does, what was pressed and not answered is pressed again.
    detail.path = state.press?.path ?? form.getAttribute("action");
    if (state.press?.name) detail.parameters[state.press.name] = state.press.value;
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event);
    if (!form) return;
    // After a conflict only the Save button may write over the other wording.
    const mustWait = isConflict(form) || stateOf(form).choosing || hasNothingNew(form);
    if (mustWait && !isPressed(event.detail.requestConfig)) {
      event.preventDefault();
      return;
    }
    stateOf(form).sent = stateOf(form).edits;
    stateOf(form).since.clear();
    show(form, said.dataset.saving);
  });

  /** The answer may bring parts of the form anew. What was changed there since sending stays as the person left it. */
  function putBack(form) {
    for (const [box, left] of stateOf(form).since) {
      const fresh = box.isConnected ? null : document.getElementById(box.id);
      if (fresh) Object.assign(fresh, left);
    }
  }

  /* An answer that is no save region (a page from a proxy, a sign-in page) is not put into the form. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = formOf(event);
    if (!form) return;
    const { xhr } = event.detail;
    const isRegion = /^\s*<div class="save"/.test(xhr.responseText);
    const isFreshToken = xhr.status === 403 && xhr.getResponseHeader("X-Save-Region") === "1";
    if (isFreshToken) event.detail.shouldSwap = true;
    const isSaidAlready = xhr.status === 401 && event.target.dataset.state === "signed-out";
    if (isFreshToken || (isRegion && event.detail.shouldSwap && !isSaidAlready)) return;
    event.detail.shouldSwap = false;
    if (OK(xhr.status)) event.detail.isError = true;
  });

  /* Save leads on to another page before the request counts as over: nothing is unsaved by then, so nothing asks. */
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const form = formOf(event);
    if (form && event.detail.xhr.status === 204) saved(form);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event);
    if (!form) return;
    putBack(form);
    const region = form.querySelector(".save");
    const status = event.detail.xhr?.status ?? 0;
    const reported = region?.dataset.state ?? "";
    if (OK(status) || status === 422) stateOf(form).press = null;
    if (OK(status) && !event.detail.failed) {
      saved(form);
      if (status === 204) goOn(event.detail.xhr);
      else window.say(wordsOf(form, region));
    } else if (status === 403 && reported === "again") {
      htmx.trigger(form, "retry");
    } else if ([401, 409, 422].includes(status) || reported === "reload") {
      // Trying again by the clock would change nothing: wait for the next word, or for the person to come back.
      clearTimeout(stateOf(form).retry);
      stateOf(form).isTold = false;
    } else {
      notSaved(form);
    }
  });

  /* Come back to the page, or to the network: try what is still unsaved. */
  function tryNow() {
    for (const form of forms()) {
      if (isUnsaved(form)) htmx.trigger(form, "retry");
    }
  }
  addEventListener("online", tryNow);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tryNow();
  });

  /** Sends what is not saved yet, past htmx. Resolves to whether it was kept. */
  function send(form, options) {
    const asked = { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" }, ...options };
    // Not form.action: a box that is called "action" stands in front of it.
    return fetch(form.getAttribute("action"), asked).then((answer) => answer.ok, () => false);
  }
  const waiting = () => forms().filter((form) => isUnsaved(form) && !isConflict(form));

  /* Going to another page of ours: the last words first, then the page. If they cannot be kept, the browser asks. */
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.origin !== location.origin) return;
    const unsaved = waiting();
    if (unsaved.length === 0) return;
    event.preventDefault();
    for (const form of unsaved) {
      const edits = stateOf(form).edits;
      if (await send(form, { signal: AbortSignal.timeout(3000) })) stateOf(form).saved = edits;
    }
    location.assign(link.href);
  });

  /* The page goes: the last words are sent on their way, and the browser finishes that by itself. */
  function sendLast() {
    for (const form of waiting()) send(form, { keepalive: true });
  }
  addEventListener("pagehide", sendLast);
  addEventListener("leaving", sendLast);

  /** Whether there is a name in a box that only a button keeps. */
  const hasName = (form) => [...form.querySelectorAll("[data-waits] input")].some((box) => box.value.trim());

  addEventListener("beforeunload", (event) => {
    if (window.isLeaving || !forms().some((form) => isUnsaved(form) || hasName(form))) return;
    event.preventDefault();
  });

  // Without htmx the browser sends the form itself: that is a save too.
  document.addEventListener("submit", (event) => {
    const form = formOf(event);
    if (form && !event.defaultPrevented) stateOf(form).saved = stateOf(form).edits;
  });
})();
