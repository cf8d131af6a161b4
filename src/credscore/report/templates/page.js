// Switches, notes and the walk through the evidence. Without it the page is whole but for these; all notes stand in the list below the text.
(() => {
  "use strict";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  const note = one("#note"), walker = one("#walker"), live = one("#live");
  const named = (list) => (list || "").split(" ").filter(Boolean);
  const source = (id) => document.getElementById("n-" + id);
  const pieces = (id) => all(`.seg[data-e~="${id}"]`);

  // Colours
  const theme = one("#theme"), themes = ["auto", "light", "dark"];
  theme.addEventListener("click", () => {
    const next = themes[(themes.indexOf(document.documentElement.dataset.theme || "auto") + 1) % 3];
    document.documentElement.dataset.theme = next;
    theme.textContent = "Colours: " + next;
  });

  // Layers: the style sheet hides the marks, here they lose their place in the order of focus
  const switches = all(".legend input");
  const shown = (id) => {
    const box = one("#layer-" + source(id).dataset.layer);
    return !box || box.checked;
  };
  const settle = () => {
    for (const mark of all(".seg[data-o]")) {
      const on = named(mark.dataset.o).some(shown);
      mark.tabIndex = on ? 0 : -1;
      if (on) mark.setAttribute("role", "button"); else mark.removeAttribute("role");
      mark.setAttribute("aria-describedby", named(mark.dataset.o).filter(shown).map((id) => "n-" + id).join(" "));
    }
  };
  for (const box of switches) box.addEventListener("change", () => { hide(); settle(); });
  for (const button of all(".all button")) {
    button.addEventListener("click", () => {
      for (const box of switches) box.checked = button.value === "on";
      hide();
      settle();
    });
  }

  // Notes
  let lit = [], pinned = null, leaving = 0;
  const hide = () => {
    clearTimeout(leaving);
    for (const piece of lit) piece.classList.remove("lit", "told");
    lit = [];
    pinned = null;
    note.hidden = true;
  };
  const show = (mark) => {
    const ids = named(mark.dataset.e).filter(shown);
    if (!ids.length) return;
    hide();
    note.replaceChildren(...ids.map((id) => {
      const copy = source(id).cloneNode(true);
      copy.removeAttribute("id");
      return copy;
    }));
    for (const id of ids) {
      for (const piece of pieces(id)) { piece.classList.add("lit"); lit.push(piece); }
      for (const piece of all(`.seg[data-t~="${id}"]`)) { piece.classList.add("told"); lit.push(piece); }
    }
    note.hidden = false;
    const box = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const left = Math.max(16, Math.min(box.left, document.documentElement.clientWidth - note.offsetWidth - 16));
    const below = box.bottom + 8 + note.offsetHeight <= window.innerHeight || box.top < note.offsetHeight + 8;
    note.style.left = left + window.scrollX + "px";
    note.style.top = (below ? box.bottom + 8 : box.top - 8 - note.offsetHeight) + window.scrollY + "px";
  };
  const leave = () => { if (!pinned) leaving = setTimeout(() => { if (!pinned) hide(); }, 160); };
  for (const mark of all(".seg[data-e]")) {
    mark.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse" && !pinned) { clearTimeout(leaving); show(mark); } });
    mark.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
    mark.addEventListener("click", () => {
      const again = pinned === mark;
      hide();
      if (!again) { show(mark); pinned = note.hidden ? null : mark; }
    });
    mark.addEventListener("focus", () => { if (mark.matches(":focus-visible")) { show(mark); pinned = note.hidden ? null : mark; } });
    mark.addEventListener("blur", () => { if (!note.matches(":hover")) hide(); });
  }
  note.addEventListener("pointerenter", () => clearTimeout(leaving));
  note.addEventListener("pointerleave", leave);
  document.addEventListener("click", (event) => { if (!event.target.closest(".seg[data-e], #note")) hide(); });

  // The walk
  let walk = null;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const clear = () => { for (const piece of all(".seg.here")) piece.classList.remove("here"); };
  const stand = (step) => {
    const { ids, button } = walk;
    walk.at = (walk.at + step + ids.length) % ids.length;
    const id = ids[walk.at], found = pieces(id);
    hide();
    clear();
    const box = one("#layer-" + source(id).dataset.layer);
    if (box && !box.checked) { box.checked = true; settle(); }
    for (const piece of found) {
      for (let parent = piece.closest("details"); parent; parent = parent.parentElement.closest("details")) parent.open = true;
      piece.classList.add("here");
    }
    found[0].scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    const words = found.map((piece) => piece.textContent).join("").replace(/\s+/g, " ").trim();
    const told = button.dataset.say;
    walker.querySelector(".of").textContent = `${walk.at + 1} of ${ids.length}`;
    walker.querySelector(".say").textContent = told;
    live.textContent = `${walk.at + 1} of ${ids.length}: “${words.length > 160 ? words.slice(0, 160) + "…" : words}”. ${told}`;
    walker.hidden = false;
  };
  const stop = (back) => {
    if (!walk) return;
    walk.button.removeAttribute("aria-pressed");
    if (back) walk.button.focus({ preventScroll: true });
    walk = null;
    clear();
    walker.hidden = true;
    live.textContent = "";
  };
  for (const button of all("[data-walk]")) {
    button.addEventListener("click", (event) => {
      if (walk && walk.button === button) { stand(event.shiftKey ? -1 : 1); return; }
      stop(false);
      walk = { ids: named(button.dataset.walk), at: 0, button };
      button.setAttribute("aria-pressed", "true");
      stand(0);
    });
  }
  walker.querySelector("[value=back]").addEventListener("click", () => stand(-1));
  walker.querySelector("[value=on]").addEventListener("click", () => stand(1));
  walker.querySelector("[value=stop]").addEventListener("click", () => stop(true));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const mark = event.target.closest && event.target.closest(".seg[role]");
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") {
      if (!note.hidden) hide(); else stop(true);
    } else if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      mark.click();
    } else if (mark && turn) {
      const marks = all(".seg[role]").filter((other) => other.offsetParent);
      event.preventDefault();
      marks[(marks.indexOf(mark) + turn + marks.length) % marks.length].focus();
    } else if (walk && turn && walker.contains(event.target)) {
      stand(turn);
    }
  });

  settle();
})();
