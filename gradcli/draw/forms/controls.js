// The controls: what a reader does with the page becomes a change of its state.

// The table of the steps so far, for the details below and for paper.
const list = () => {
  $("table").replaceChildren(...steps.slice(0, S.step + 1).map((step, at) => {
    const [head, lines] = caption(at);
    return el("tr", "", el("th", step[0], ...rich(head)), el("td", "", ...said(at ? lines : [[pointSaid()]])));
  }));
};

// The picture is as large as there is room, never smaller than its labels can be read unless the whole of it is asked
// for, and scrolls to the current step.
const calm = matchMedia("(prefers-reduced-motion:reduce)");
const {width, height} = svg.viewBox.baseVal;
let whole = false;
const fit = () => {
  const room = max(innerHeight*0.35, innerHeight - all("h1")[0].offsetHeight - $("bar").offsetHeight - 40);
  const scale = max(!whole, min(2, figure.clientWidth/width, room/height));
  svg.style.width = width*scale + "px";
  document.body.style.cssText = "--room:" + room + "px";
};
let followed = -1;
const bounds = e => e.getBoundingClientRect();
const follow = () => {
  if (followed === S.step) return;
  followed = S.step;
  const current = steps[S.step][1];
  if (D.items[current] >= 0 && !svg.contains(document.activeElement)) rove(current);
  const marked = all(".cur", svg), boxes = marked.map(bounds), f = bounds(figure);
  const to = (low, high, from, room, first) => {
    const a = min(...boxes.map(b => b[low])), b = max(...boxes.map(b => b[high]));
    if (a >= from + 8 && b <= from + room - 8) return 0;
    const [c, e] = b - a < room - 16 ? [a, b] : [first[low], first[high]];
    return (c + e)/2 - from - room/2;
  };
  if (!boxes.length) return void figure.scrollTo(0, 0);
  const node = boxes[boxes.length - 1];
  figure.scrollBy({left: to("left", "right", f.left, figure.clientWidth, node), top: to("top", "bottom", f.top, figure.clientHeight, node), behavior: calm.matches ? "auto" : "smooth"});
};
addEventListener("resize", () => { followed = -1; fit(); follow(); });

// The card: on hover and on keyboard focus. One item is a stop of the Tab key; the arrows up and down go to others.
const card = $("card");
let opened = null, stop = 0;
const isHeld = e => e.altKey || e.ctrlKey || e.metaKey;
const rove = i => {
  tell(items[stop], "tabindex", -1);
  tell(items[stop = i], "tabindex", 0);
};
const open = i => {
  opened = i;
  card.replaceChildren(...facts(i).map(line => el("p", line.startsWith("\u2202") ? "grad" : "", ...rich(line))));
  card.hidden = false;
  const b = bounds(items[i]), c = bounds(card);
  const x = min(max(8, b.left + b.width/2 - c.width/2), innerWidth - c.width - 8);
  const y = b.bottom + c.height + 12 < innerHeight ? b.bottom + 8 : max(8, b.top - c.height - 8);
  card.style.left = x + "px";
  card.style.top = y + "px";
};
const close = () => { card.hidden = true; opened = null; };
const drawn = items.map((e, i) => i).filter(i => D.items[i] >= 0);
for (const i of drawn) {
  const e = items[i];
  tell(e, "tabindex", i ? -1 : 0);
  tell(e, "role", "img");
  e.onmouseenter = e.onfocus = () => open(i);
  e.onmouseleave = e.onblur = close;
  e.onkeydown = event => {
    const by = {ArrowDown: 1, ArrowUp: -1}[event.key], to = drawn[drawn.indexOf(i) + by];
    if (!by || isHeld(event)) return;
    event.preventDefault();
    if (to === undefined) return;
    rove(to);
    items[to].focus();
  };
}
tell(svg, "role", "group");
all("title", svg).forEach(e => e.remove()); // the card says it
groups.forEach(e => tell(e, "role", "img"));
labels.forEach(e => tell(e, "aria-hidden", true));

// Playing goes on until the end, a key or a button.
let playing = 0;
const pause = () => {
  clearInterval(playing);
  playing = 0;
  $("play").textContent = W.play;
};
const play = () => {
  if (playing) return pause();
  if (ended()) set({step: 0});
  playing = setInterval(() => {
    set({step: S.step + 1});
    remember();
    if (ended()) pause();
  }, 1600);
  $("play").textContent = W.pause;
};

// The picture as it is shown, as a file of its own.
const save = () => {
  const copy = svg.cloneNode(true);
  all(".hide", copy).forEach(e => e.remove());
  all(".cur", copy).forEach(e => e.classList.remove("cur"));
  for (const e of [copy, ...all("*", copy)]) for (const name of ["tabindex", "aria-hidden", "style"]) if (name !== "style" || e === copy) e.removeAttribute(name);
  Object.entries({role: "img", width, height}).forEach(each => tell(copy, ...each));
  const add = tag => copy.insertBefore(document.createElementNS(svg.namespaceURI, tag), all(".e", copy)[0]);
  const colours = getComputedStyle(svg); // as literals: not every program that reads SVG knows variables
  add("style").textContent = $("look").textContent.replace(/var\((.*?)\)/g, (whole, name) => colours.getPropertyValue(name));
  const ground = add("rect");
  Object.entries({class: "bg", width, height}).forEach(each => tell(ground, ...each));
  const link = el("a"), file = decodeURIComponent(location.pathname.split("/").pop()).replace(/\.html?$/, "") || "graph";
  link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], {type: "image/svg+xml"}));
  link.download = file + ".svg";
  link.click();
  URL.revokeObjectURL(link.href);
};

Object.assign($("at"), {min: 0, max: last, step: 1});
$("at").oninput = e => go(+e.target.value);
const press = {
  first: () => go(0), back: () => go(S.step - 1), step: () => go(S.step + 1), last: () => go(last), play, save,
  fit: () => { tell($("fit"), "aria-pressed", whole = !whole); fit(); },
  reset: () => { pause(); set({step: 0, point: {...asGiven}}); remember(); },
};
for (const id in press) $(id).onclick = press[id];
$("rows").ontoggle = list;
addEventListener("keydown", e => {
  const tag = e.target.tagName;
  if (e.key === "Escape") close();
  if (tag === "INPUT" || isHeld(e) || e.key === " " && (tag === "BUTTON" || tag === "SUMMARY")) return;
  const act = {ArrowRight: press.step, ArrowLeft: press.back, Home: press.first, End: press.last, " ": play}[e.key];
  if (!act) return;
  e.preventDefault();
  act();
});
addEventListener("hashchange", recall);
let shut = false;
addEventListener("beforeprint", () => { shut = !$("rows").open; $("rows").open = true; list(); });
addEventListener("afterprint", () => { if (shut) $("rows").open = false; });
all("[hidden]").forEach(e => { if (e !== card) e.hidden = false; });
recall();
