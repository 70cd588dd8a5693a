"use strict";
(() => {
  const started = performance.now(), root = document.documentElement;
  let errors = 0;
  const count = () => { errors += 1; root.dataset.errors = String(errors); };
  addEventListener("error", count);
  addEventListener("unhandledrejection", count);
  addEventListener("securitypolicyviolation", count);
  root.dataset.errors = "0";

  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  // Content of the document becomes text nodes, and nothing else.
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.append(String(text));
    return element;
  };
  const plural = (number, one, more) => `${number} ${number === 1 ? one : more ?? one + "s"}`;
  const ways = ["payload", "wire", "interface", "documentation", "nothing"];
  const shown = new Set(ways);
  let onlyDifferences = false, search = "", file = 0, chosen = null;

  const causes = data.differences.filter((found) => found.follows === null).length;
  document.title = `${data.document} and its client`;
  by("title").append(data.document);
  const verdict = by("verdict"), left = data.left_out.length;
  const all = data.differences.length;
  verdict.append(all === 0 ? "No difference between the document and its client" : `${plural(all, "difference")} by ${plural(causes, "cause")}`);
  if (left > 0) verdict.append(`, ${left} not judged`);
  verdict.append(".");
  verdict.className = all === 0 && left === 0 ? "good" : "bad";
  const about = make("p", "", `${plural(data.draws, "draw")} of each schema from seed ${data.seed}. `);
  about.append(data.mutants === null
    ? "Whether the suite would notice an edit was not tried: `cargo xtask mutants --report` with the same directory does."
    : `The suite noticed ${data.mutants[0]} of ${data.mutants[1]} edits of the document.`);
  verdict.after(about);
  if (data.cut) { by("note").append(data.cut); by("note").hidden = false; }

  // The differences of no line, and what was not judged.
  const lineOf = new Map();
  data.differences.forEach((found, index) => {
    if (found.at === null) return;
    const key = found.at.join(":");
    lineOf.set(key, [...(lineOf.get(key) ?? []), index]);
  });
  const entry = (index) => {
    const found = data.differences[index], button = make("button", found.follows === null ? "found" : "found follows");
    button.type = "button";
    button.dataset.difference = String(index);
    button.append(make("strong", "", found.title), make("br"), found.detail);
    const followers = data.differences.filter((other) => other.follows === index).length;
    if (followers > 0) button.append(make("br"), `and ${followers} more that follow from it`);
    button.addEventListener("click", () => openDifference(index));
    return button;
  };
  const openDifference = (index) => {
    const found = data.differences[index], rows = [];
    rows.push(["What is different", found.detail]);
    if (found.place) rows.push(["Where", found.place]);
    found.verdicts.forEach((says) => rows.push(["", says]));
    if (found.shown_by) rows.push([found.times > 1 ? `Shown by (one of ${found.times})` : "Shown by", found.shown_by]);
    if (found.repeat) rows.push(["Repeat", found.repeat]);
    if (found.follows !== null) rows.push(["Follows from", data.differences[found.follows].title]);
    const follow = data.differences.map((other, number) => [other, number]).filter(([other]) => other.follows === index);
    open(found.title, rows, follow.map(([other]) => other.title), "What follows");
    if (found.at !== null && found.at[0] !== file) { file = found.at[0]; by("file").value = String(file); draw(); }
    mark(document.querySelector(`[data-difference="${index}"]`));
  };
  const openKeyword = (number) => {
    const keyword = data.keywords[number], rows = [["Where", keyword.pointer]];
    rows.push(["Judged by", { payload: "payloads that are decoded, checked and built", wire: "calls against a server",
      interface: "names, types and the derived schema", documentation: "what readers are told", nothing: "nothing" }[keyword.way]]);
    if (keyword.cases > 0) rows.push(["Cases", plural(keyword.cases, "case")]);
    if (keyword.mutants > 0) rows.push(["Mutants", `${keyword.killed} of ${keyword.mutants} were noticed`]);
    const more = keyword.cases > keyword.labels.length && keyword.labels.length > 0 ? [`… and ${keyword.cases - keyword.labels.length} more`] : [];
    open(keyword.pointer.split("/").pop().replaceAll("~1", "/").replaceAll("~0", "~"), rows, [...keyword.labels, ...more], "Cases", keyword.fates, "Mutants");
    mark(document.querySelector(`[data-keyword="${number}"]`));
  };
  const open = (title, rows, ...lists) => {
    const detail = by("detail"), close = make("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", shut);
    const terms = make("dl");
    rows.forEach(([term, text]) => { if (term) terms.append(make("dt", "", term)); terms.append(make("dd", "", text)); });
    detail.replaceChildren(close, make("h2", "", title), terms);
    for (let index = 0; index < lists.length; index += 2) {
      if (lists[index].length === 0) continue;
      const list = make("ul");
      lists[index].forEach((text) => list.append(make("li", "", text)));
      detail.append(make("h2", "", lists[index + 1]), list);
    }
    detail.hidden = false;
    document.querySelector("main").classList.add("open");
  };
  const shut = () => {
    by("detail").hidden = true;
    document.querySelector("main").classList.remove("open");
    mark(null);
  };
  const mark = (element) => {
    chosen?.classList.remove("on");
    chosen = element;
    if (!element) return;
    element.classList.add("on");
    element.scrollIntoView({ block: "center" });
  };

  // Every cause above the text: where it has a line, what it says stands there too.
  const elsewhere = by("causes");
  data.differences.forEach((found, index) => {
    if (found.follows !== null) return;
    const button = entry(index);
    if (found.at !== null) { delete button.dataset.difference; button.append(make("br"), make("code", "", found.place)); }
    elsewhere.append(button);
  });
  data.left_out.forEach((text) => elsewhere.append(make("p", "found", text)));

  // The filters, with how many keywords each has.
  ways.forEach((way, index) => {
    const number = data.keywords.filter((keyword) => keyword.way === way).length;
    const button = make("button", `kw ${way}`, `${way} ${number}`);
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    button.title = `Key ${index + 1}`;
    button.addEventListener("click", () => toggle(way, button));
    by("filters").append(button);
  });
  const toggle = (way, button) => {
    shown.has(way) ? shown.delete(way) : shown.add(way);
    button.setAttribute("aria-pressed", String(shown.has(way)));
    document.querySelectorAll(`#text .kw.${way}`).forEach((element) => element.classList.toggle("off", !shown.has(way)));
  };

  const draw = () => {
    const text = by("text"), lines = data.files[file]?.lines ?? [], parts = document.createDocumentFragment();
    let before = 0;
    for (const [number, pieces] of lines) {
      const found = lineOf.get(`${file}:${number}`) ?? [];
      const told = pieces.map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");
      if (onlyDifferences && found.length === 0) continue;
      if (search && !told.toLowerCase().includes(search)) continue;
      if (number > before + 1 && parts.childNodes.length > 0) parts.append(make("div", "gap", "…"));
      before = number;
      const line = make("div", found.length > 0 ? "line hit" : "line"), code = make("span", "code");
      pieces.forEach((piece) => {
        if (typeof piece === "string") return code.append(piece);
        const way = data.keywords[piece[1]].way, keyword = make("span", shown.has(way) ? `kw ${way}` : `kw ${way} off`, piece[0]);
        keyword.dataset.keyword = String(piece[1]);
        code.append(keyword);
      });
      line.append(make("span", "no", number), code);
      parts.append(line);
      found.filter((index) => data.differences[index].follows === null).forEach((index) => parts.append(entry(index)));
      const follow = found.filter((index) => data.differences[index].follows !== null);
      if (follow.length === 1 || onlyDifferences) follow.forEach((index) => parts.append(entry(index)));
      else if (follow.length > 1) {
        const fold = make("button", "found follows", `${follow.length} differences here follow from others`);
        fold.type = "button";
        fold.addEventListener("click", () => fold.replaceWith(...follow.map(entry)));
        parts.append(fold);
      }
    }
    if (parts.childNodes.length === 0) parts.append(make("p", "gap", "No line is left."));
    text.replaceChildren(parts);
  };
  by("text").addEventListener("click", (event) => {
    const keyword = event.target.closest("[data-keyword]");
    if (keyword) openKeyword(Number(keyword.dataset.keyword));
  });
  by("search").addEventListener("input", (event) => { search = event.target.value.toLowerCase(); draw(); });
  const only = by("only");
  only.addEventListener("click", () => {
    onlyDifferences = !onlyDifferences;
    only.setAttribute("aria-pressed", String(onlyDifferences));
    draw();
  });
  if (data.files.length > 1) {
    const choice = by("file");
    data.files.forEach(({ name }, index) => { const option = make("option", "", name); option.value = String(index); choice.append(option); });
    choice.hidden = false;
    choice.addEventListener("change", () => { file = Number(choice.value); shut(); draw(); });
  }

  // Steps from what is chosen to the next of its kind.
  const step = (selector, by) => {
    const all = [...document.querySelectorAll(selector)];
    if (all.length === 0) return;
    const here = all.indexOf(chosen), next = here < 0 ? (by > 0 ? 0 : all.length - 1) : (here + by + all.length) % all.length;
    const target = all[next];
    if (target.dataset.difference !== undefined) openDifference(Number(target.dataset.difference));
    else openKeyword(Number(target.dataset.keyword));
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") { document.activeElement?.blur(); return shut(); }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
    const keys = { n: () => step(".found[data-difference]", 1), p: () => step(".found[data-difference]", -1),
      j: () => step("#text .kw:not(.off)", 1), k: () => step("#text .kw:not(.off)", -1),
      d: () => only.click(), "/": () => by("search").focus() };
    const run = keys[event.key] ?? (() => by("filters").children[Number(event.key) - 1]?.click());
    if (keys[event.key] || /^[1-5]$/.test(event.key)) { event.preventDefault(); run(); }
  });

  draw();
  root.dataset.requests = String(performance.getEntriesByType("resource").length);
  root.dataset.milliseconds = String(Math.round(performance.now() - started));
  root.dataset.state = "shown";
})();
