// The page: its whole state is S, `render` (of a picture of numbers or of arrays) shows it and nothing else does, and
// whatever changes it calls `set`.
const $ = id => document.getElementById(id), all = (s, e = document) => [...e.querySelectorAll(s)];
const el = (tag, name, ...inside) => {
  const e = document.createElement(tag);
  if (name) e.className = name;
  e.append(...inside);
  return e;
};
const flip = (e, name, on) => e.classList.toggle(name, !!on);
const flipAll = (s, e, name, on) => all(s, e).forEach(part => flip(part, name, on));
const tell = (e, name, value) => e.setAttribute(name, value), label = (e, text) => tell(e, "aria-label", text);

// The structure. An edge goes from item s to item t, of which it is argument k as the row `reader` has it.
const edges = D.edges.map(([s, t, reader, k, back, above = D.room, below = D.room, chain = ""], i) => ({i, s, t, reader, k, back, above, below, chain, x: D.items[s], end: reader < 0}));
const into = D.items.map((n, t) => edges.filter(e => e.t === t)), sends = into.map(list => list.filter(e => e.back));
const readBy = {}; // the row that reads a row of a merged sum or product, and as which argument
for (const rows of Object.values(D.rows)) for (const n of rows) D.inputs[n].forEach((x, k) => { if (rows.includes(x)) readBy[x] = [n, k]; });

// The steps: forward through the operations, the output's 1, and back.
const steps = D.steps.flatMap(([kind, ...reached]) => reached.map(i => [kind, i])), last = steps.length - 1, never = last + 1;
const forwardAt = D.items.map(() => 0), backAt = D.items.map(() => never);
steps.forEach(([kind, i], at) => { if (kind === "forward") forwardAt[i] = at; else if (kind !== "start") backAt[i] = at; });
// The edges by which gradients come back to a node, in the order in which they arrive.
const out = D.names.map((name, n) => edges.filter(e => e.back && e.x === n).sort((a, b) => backAt[a.t] - backAt[b.t]));
const summedAt = D.names.map((name, n) => out[n].length ? max(...out[n].map(e => backAt[e.t])) : last);

// The state. R is what both passes make of its point, null while a value is missing.
const S = {step: D.step, point: {...D.constants}};
let R = null;
for (const n of D.variables) S.point[n] = D.at[n] ?? NaN;
const asGiven = {...S.point};
// Where another script of the page changes what is shown: the last step that may be seen, and what is said.
const hooks = {most: () => last, caption, after: []};
const ended = () => S.step === hooks.most(), isAsGiven = () => D.variables.every(n => S.point[n] === D.at[n]), known = () => D.variables.filter(n => isFinite(S.point[n]));
const set = ({step = S.step, point = S.point}) => {
  if (point !== S.point || !R) R = D.variables.every(n => isFinite(point[n])) ? run(point) : null;
  Object.assign(S, {step: max(0, min(hooks.most(), step)), point});
  render();
};
const go = step => { pause(); set({step}); remember(); };
const move = (n, value) => { set({point: {...S.point, [n]: value}}); remember(); };

// The state in the address: "#3&a=2&x=-1" is step 3 at this point.
let waiting = 0;
const address = () => "#" + [S.step, ...known().map(n => encodeURIComponent(N[n]) + "=" + typed(S.point[n]))].join("&");
const remember = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => history.replaceState(null, "", address()), 150);
};
const recall = () => {
  const [step, ...values] = location.hash.slice(1).split("&"), point = {...S.point};
  for (const part of values) {
    const [name, text] = part.split("="), n = D.variables.find(n => encodeURIComponent(N[n]) === name);
    if (n !== undefined && read(text || "")) point[n] = read(text).x;
  }
  set({step: /^\d+$/.test(step) ? +step : S.step, point});
};

// The picture.
const svg = $("graph"), figure = all("figure")[0], groups = all(".e", svg), items = all(".q", svg);
const about = all("desc", svg)[0], description = about.textContent;
// Widths are a canvas's: to ask the picture for one would lay it out anew for each label.
const pen = document.createElement("canvas").getContext("2d"), family = getComputedStyle(svg).fontFamily, FONT = 13;
const textWidth = (text, font) => {
  pen.font = font + "px " + family;
  return pen.measureText(text).width;
};
// A label as exact, and then as large, as its room allows.
const SIZES = [4, 3, 2, 1].flatMap(places => [[places, FONT], [places, 12]]);
const put = (e, x, room, before = "") => {
  const written = places => x === null ? "" : typeof x === "string" ? x : before + roughly(x, places) + num(x, places);
  const [places, font] = SIZES.find(([places, font]) => textWidth(written(places), font) <= room) ?? [1, 12];
  e.textContent = written(places);
  e.style.fontSize = font < FONT ? font + "px" : "";
};
const said = lines => lines.map(([line, ...more]) => el("div", "", el("p", "", ...rich(line)), ...more.filter(Boolean).map(text => el("p", "say", ...rich(text)))));
// What stands above a node: its name, and what the point lies on, which is no name and so upright.
const entitle = (name, text, mark) => {
  const part = document.createElementNS(svg.namespaceURI, "tspan");
  tell(part, "class", italic(text) ? "i" : "");
  part.textContent = text;
  name.classList.remove("i");
  name.replaceChildren(part, mark ? (text ? " \u00b7 " : "") + mark : "");
};
// What is shown of every step: what is said of it, what may be wrong, and where in the steps it is.
const conclude = (what, trouble) => {
  about.textContent = S.step === last && isAsGiven() ? description : svg.getAttribute("aria-label");
  const [head, told] = hooks.caption(S.step), lines = el("div", "", ...said(told));
  lines.id = "lines";
  $("caption").replaceChildren(el("b", what, ...rich(head)), lines, ...trouble ? [el("p", "note", ...rich(trouble))] : []);
  $("at").value = S.step;
  $("at").max = hooks.most();
  $("count").textContent = S.step + " / " + last;
  for (const [id, off] of [["first", !S.step], ["back", !S.step], ["step", ended()], ["last", ended()]]) tell($(id), "aria-disabled", off);
  if ($("rows").open) list();
  if (opened !== null) open(opened);
  for (const f of hooks.after) f();
  fit();
  follow();
};
