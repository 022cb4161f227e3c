// Everything works without this script. It saves reloads on the review page, adds keys, and shows progress of uploads.
"use strict";
(() => {
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  root.classList.add("scripted");

  const say = text => {
    const place = $("#said");
    if (place) { place.textContent = ""; setTimeout(() => { place.textContent = text; }, 60); }
  };
  const warn = (beside, text) => {
    const told = beside.parentElement.querySelector(":scope > .notice.away") || document.createElement("p");
    told.className = "notice bad away";
    told.setAttribute("role", "alert");
    told.textContent = text;
    beside.after(told);
  };
  const json = (address, options = {}) =>
    fetch(address, { ...options, headers: { Accept: "application/json" }, credentials: "same-origin" });

  // Menus close with Escape and when something else is clicked.
  document.addEventListener("click", event => {
    for (const menu of $$("details.menu[open], details.sieve[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.menu[open], details.sieve[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); }
  });

  // --- Review -----------------------------------------------------------------------------------------------------
  const desk = $("#desk");
  const cards = () => $$(".suggestion", desk);
  const wide = matchMedia("(min-width: 72rem)");
  let current = null;
  let pin = null;

  // Cards stand beside their places; the one in hand stands exactly there and the others make room.
  const lift = () => {
    const all = cards();
    const sheet = $(".paper", desk);
    sheet.style.height = "";
    for (const card of all) card.style.top = "";
    if (!wide.matches || !all.length) return;
    const boxes = all.map(card => card.getBoundingClientRect());
    const tops = all.map((card, i) => ($("#m" + card.dataset.n)?.getBoundingClientRect().top ?? boxes[i].top + 14) - 14);
    const roof = desk.getBoundingClientRect().top;
    const held = Math.max(all.findIndex(card => card.dataset.n === current), 0);
    if (pin !== null) tops[held] = pin - scrollY;
    for (let i = held - 1; i >= 0; i--) tops[i] = Math.min(tops[i], tops[i + 1] - boxes[i].height - 12);
    for (let i = 0, below = roof; i < all.length; i++) {
      tops[i] = Math.max(tops[i], below);
      below = tops[i] + boxes[i].height + 12;
    }
    // Where the last card was lifted, the paper need not be as long as before.
    const ends = $$(":scope > .at", sheet).map(part => part.getBoundingClientRect().bottom);
    const last = tops[all.length - 1] + boxes[all.length - 1].height;
    const length = Math.max(...ends, last) - sheet.getBoundingClientRect().top + parseFloat(getComputedStyle(sheet).paddingBottom);
    all.forEach((card, i) => { card.style.top = `${Math.round(tops[i] - boxes[i].top)}px`; });
    sheet.style.height = `${Math.ceil(length)}px`;
  };

  const show = card => {
    for (const old of $$(".here", desk)) old.classList.remove("here");
    current = card ? card.dataset.n : null;
    if (card) for (const place of $$(`[data-s="${current}"]`, desk)) place.classList.add("here");
  };
  const hold = card => { pin = card.getBoundingClientRect().top + scrollY; };

  const go = card => {
    if (!card) return;
    if (card.dataset.n !== current) pin = null;
    show(card);
    lift();
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };

  const step = (by, only = () => true) => {
    const all = cards();
    const at = all.findIndex(card => card.dataset.n === current);
    for (let i = at + by; i >= 0 && i < all.length; i += by) if (only(all[i])) return go(all[i]);
    if (by > 0 && at >= 0 && only !== undefined) return go(all.find(only));
  };
  const open = card => card.dataset.standing === "open";

  const replaced = answer => {
    const place = $("#" + answer.place);
    if (!place || !answer.html) return location.reload();
    const before = $("#s" + answer.suggestion);
    if (before) { show(before); hold(before); }
    const opened = $$("details[open]", place).map(each => each.closest(".suggestion")?.dataset.n + each.className);
    place.innerHTML = answer.html;
    for (const each of $$("details", place)) {
      const key = each.closest(".suggestion")?.dataset.n + each.className;
      if (key !== answer.suggestion + "edit" && opened.includes(key)) each.open = true;
    }
    $("#count strong").textContent = answer.decided;
    const meter = $("#meter");
    meter.value = answer.counts.decided;
    const next = $("#next");
    if (next) { next.hidden = answer.next === null; next.href = "#s" + answer.next; }
    const card = $("#s" + answer.suggestion);
    if (card) go(card); else lift();
    if (answer.refused) $("textarea", $("details.edit", card)).focus();
    say(answer.said);
  };

  const decide = async (form, button) => {
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    form.inert = true;
    try {
      const response = await json(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(data) });
      if (response.status === 401) return location.reload();
      replaced(await response.json());
    } catch {
      form.inert = false;
      button?.focus();
      warn(form, desk.dataset.away);
    }
  };

  // A key that does nothing here says so, to be seen and to be heard.
  const tell = (card, text) => {
    const told = $(":scope > .told", card) || document.createElement("p");
    told.className = "told small quiet";
    told.textContent = text;
    $(".decide", card).after(told);
    say(text);
  };

  const press = action => {
    const card = current && $("#s" + current);
    if (!card) return;
    if (action === "edit") {
      const details = $("details.edit", card);
      if (!details) return;
      details.open = true;
      return $("textarea", details).focus();
    }
    const button = $(`.decide button[value="${action}"]`, card);
    if (button) button.click();
    else if ($(".decide", card)) tell(card, open(card) ? desk.dataset.open : desk.dataset.decided);
  };

  const keys = {
    j: () => step(1), k: () => step(-1), n: () => step(1, open), a: () => press("accept"), r: () => press("reject"),
    e: () => press("edit"), u: () => press("undo"), "?": () => $("#keys").showModal(),
  };

  if (desk) {
    desk.addEventListener("submit", event => {
      if (!event.target.matches("[data-live]")) return;
      event.preventDefault();
      decide(event.target, event.submitter);
    });
    desk.addEventListener("focusin", event => {
      const card = event.target.closest(".suggestion");
      if (card && card.dataset.n !== current) { show(card); hold(card); }
    });
    desk.addEventListener("toggle", lift, true);
    document.addEventListener("click", event => {
      const link = event.target.closest?.('a[href^="#s"]');
      const card = link && $(link.getAttribute("href"));
      if (card) { event.preventDefault(); history.replaceState(null, "", link.hash); go(card); }
    });
    document.addEventListener("keydown", event => {
      if (root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target.closest("input, select, textarea, dialog, [contenteditable]")) {
        if (event.key === "Escape" && current && event.target.matches("textarea")) go($("#s" + current));
        return;
      }
      const act = keys[event.key];
      if (act) { event.preventDefault(); act(); }
    });
    $("#show-keys")?.addEventListener("click", keys["?"]);
    wide.addEventListener("change", lift);
    addEventListener("resize", lift);
    addEventListener("load", () => { lift(); const card = location.hash.startsWith("#s") && $(location.hash); if (card) go(card); });
  }

  // --- Upload -----------------------------------------------------------------------------------------------------
  const upload = $("#upload");
  if (upload) {
    const list = $("#sent ul");
    const told = upload.dataset;
    let batch = upload.elements.batch?.value || "";
    const waiting = [];
    let sending = 0;
    let count = 0;
    let left = 0;

    const line = name => {
      const item = document.createElement("li");
      const label = document.createElement("bdi");
      label.textContent = name;
      const state = document.createElement("span");
      state.className = "small quiet";
      state.textContent = told.sending;
      const meter = document.createElement("progress");
      meter.max = 1;
      meter.setAttribute("aria-label", name);
      item.append(label, state, meter);
      list.append(item);
      return { item, state, meter };
    };
    const end = (shown, text, why, bad) => {
      shown.meter.remove();
      shown.state.textContent = text;
      shown.state.className = bad ? "badge bad" : "badge good";
      if (why) { const p = document.createElement("p"); p.className = "small"; p.textContent = why; shown.item.append(p); }
    };
    const send = (file, name, shown) => new Promise(done => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      if (batch) body.append("batch", batch);
      body.append("files", file, name);
      request.upload.onprogress = event => { if (event.lengthComputable) shown.meter.value = event.loaded / event.total; };
      request.onload = () => {
        // Somebody who sends thousands is asked to slow down, and their files must not be lost for it.
        if (request.status === 429 || request.status === 503) {
          shown.meter.removeAttribute("value");
          return setTimeout(() => send(file, name, shown).then(done), 1000 * (+request.getResponseHeader("Retry-After") || 5));
        }
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* told below */ }
        if (answer.batch) batch = answer.batch;
        const bad = request.status >= 400 || answer.state === "refused";
        end(shown, bad ? told.refused : told.sent, bad ? `${answer.message || told.away} ${answer.remedy || ""}` : "", bad);
        done();
      };
      request.onerror = () => { end(shown, told.refused, told.away, true); done(); };
      request.open("POST", upload.getAttribute("action"));
      request.setRequestHeader("Accept", "application/json");
      request.send(body);
    });
    const add = files => {
      if (!files.length) return;
      $("#sent").hidden = false;
      $("#onward").hidden = true;
      if ((count += files.length) > +told.most) return warn(upload, told.tooMany);
      for (const { file, name } of files) {
        const shown = line(name);
        if (file.size > +told.megabytes * 1e6) end(shown, told.refused, told.tooLarge, true);
        else waiting.push(() => send(file, name, shown));
      }
      pump();
    };
    // The first file makes the upload; the others join it, a few at a time.
    const pump = () => {
      while (waiting.length && sending < (batch ? 4 : 1)) {
        sending += 1;
        waiting.shift()().finally(() => { sending -= 1; pump(); });
      }
      if (!batch || sending || waiting.length) return;
      const onward = $("#onward");
      onward.href = `/batches/${batch}`;
      onward.hidden = false;
      say(told.done);
    };
    // What a person named themselves is sent, whatever it is, and they are told; of a folder only what may be a document.
    const meant = found => {
      const seen = found.filter(({ name }) => !/(^|\/)(\.|~\$|~WR[LDA]|Thumbs\.db$|desktop\.ini$|__MACOSX)[^/]*/i.test(name));
      const kept = seen.filter(({ name }) => !name.includes("/") || /\.(docx|docm|dotx|dotm|doc|odt|rtf|pdf)$/i.test(name));
      left += seen.length - kept.length;
      $("#left").hidden = !left;
      $("#left").textContent = told.left.replace("{n}", left);
      if (left) say($("#left").textContent);
      add(kept);
    };
    const chosen = input => {
      meant([...input.files].map(file => ({ file, name: file.webkitRelativePath || file.name })));
      input.value = "";
    };
    const walk = async (entry, path = "") => {
      if (entry.isFile) return [{ file: await new Promise((yes, no) => entry.file(yes, no)), name: path + entry.name }];
      const reader = entry.createReader();
      const found = [];
      for (;;) {
        const some = await new Promise((yes, no) => reader.readEntries(yes, no));
        if (!some.length) break;
        for (const each of some) found.push(...await walk(each, `${path}${entry.name}/`));
      }
      return found;
    };
    $("#files").addEventListener("change", event => chosen(event.target));
    $("#folder").addEventListener("change", event => chosen(event.target));
    $("button", upload).closest(".actions").hidden = true;
    const drop = $("#drop");
    for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, event => { event.preventDefault(); drop.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    drop.addEventListener("drop", async event => {
      event.preventDefault();
      const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
      const found = entries.length ? (await Promise.all(entries.map(each => walk(each)))).flat()
        : [...event.dataTransfer.files].map(file => ({ file, name: file.name }));
      meant(found);
    });
  }

  // --- Checking a batch -------------------------------------------------------------------------------------------
  // A kind or a language that was chosen is kept at once: who starts without pressing the button beside it would lose it.
  for (const form of $$("form[data-kept]")) {
    const select = $("select", form);
    $("button", form).hidden = true;
    select.addEventListener("change", async () => {
      select.disabled = true;
      try {
        const answer = await json(form.getAttribute("action"), { method: "POST", body: new URLSearchParams({ [select.name]: select.value }) });
        if (!answer.ok) throw new Error();
        say(form.dataset.kept);
      } catch { warn(form, form.dataset.away); }
      select.disabled = false;
      select.focus();
    });
  }

  // --- Following a batch --------------------------------------------------------------------------------------------
  // A form that was sent leads to another page; loading this one anew would call that off.
  let leaving = false;
  document.addEventListener("submit", event => { leaving = !event.defaultPrevented; });
  addEventListener("pageshow", () => { leaving = false; });
  const following = $("[data-follow]");
  const follow = async () => {
    const answer = await (await json(following.dataset.follow)).json();
    const far = answer.started ? answer.done : answer.read;
    const label = following.dataset.label.replace("{done}", far).replace("{total}", answer.total);
    const meter = $("progress", following);
    if (meter && meter.value !== far) { meter.value = far; $("[data-progress-label]", following).textContent = label; say(label); }
    for (const file of answer.files) {
      const badge = $(`[data-file="${file.id}"] [data-state] .badge`);
      if (badge && file.label && badge.textContent !== file.label) badge.textContent = file.label;
    }
    if (!leaving && (answer.finished || (!answer.started && !answer.reading))) location.reload();
    else setTimeout(retry, 1200 + answer.total);
  };
  const retry = () => follow().catch(() => setTimeout(retry, 5000));
  if (following) { $("[data-again]", following).hidden = true; retry(); }
})();
