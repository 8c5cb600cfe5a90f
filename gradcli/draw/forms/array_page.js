const $ = id => document.getElementById(id), parts = document.querySelectorAll("#graph [data-f]");
const end = D.said.length - 1;
let now = D.step;
const show = step => {
  now = Math.max(0, Math.min(end, step));
  for (const part of parts) {
    const set = (selector, name, from) => {
      for (const e of part.querySelectorAll(selector)) e.classList.toggle(name, now < from);
    };
    set(".f,.fh", "later", +part.dataset.f);
    set(".v", "ahead", +part.dataset.f);
    set(".b,.bh,.g,.d,.s", "ahead", +part.dataset.b);
  }
  $("caption").textContent = D.said[now];
  $("at").value = now;
  $("count").textContent = now + " / " + end;
};
const go = {first: () => 0, back: () => now - 1, step: () => now + 1, last: () => end};
for (const id in go) $(id).onclick = () => show(go[id]());
$("at").max = end;
$("at").oninput = () => show(+$("at").value);
const keys = {ArrowLeft: "back", ArrowRight: "step", Home: "first", End: "last"};
addEventListener("keydown", e => {
  if (!keys[e.key] || e.target.id === "at" || e.ctrlKey || e.altKey || e.metaKey) return;
  e.preventDefault();
  show(go[keys[e.key]]());
});
$("bar").hidden = false;
show(now);
