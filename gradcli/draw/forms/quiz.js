// The quiz: it asks for what stands on the next arrow, shows it when it is known, and says of what is wrong what it may
// be. `hooks` tie it to the page: what lies ahead of the question cannot be stepped to. What is asked, of numbers or of
// arrays, another script says: a question has the numbers that answer it, and a field for each.
const points = Q.points.map(values => values.map(valued));
let played = null, questions = [], at = 0, right = 0, tries = 0, wrong = 0, feedback = [];
const begin = () => {
  played = R;
  questions = R && R.bad < 0 ? steps.flatMap(asks) : [];
  at = right = tries = wrong = 0;
  feedback = [];
};
const most = () => {
  if (played !== R) begin();
  return at < questions.length ? questions[at].step - 1 : R && R.bad < 0 ? last : D.step;
};
const asked = () => most() === S.step ? questions[at] : undefined;
const ofStep = q => questions.slice(0, at + 1).filter(p => p.step === q.step && p.e);

const LEAST = 2;
const truth = text => [true, false].map(x => ({x})).find(({x}) => [W[x], "" + x, "" + +x].includes(text));
const equals = ({x, unit, digits}, y, off, large) => abs(x - y) <= off + 1e-9*abs(y) || (digits >= LEAST || unit*10 <= large) && abs(x - y) <= unit/2*(1 + 1e-9);
const consistent = (q, answers) => {
  const off = slack(q), fits = (x, k) => isFinite(x) && equals(answers[k], x, min(off, 1e-3*abs(x)));
  const found = typeof q.values[0] === "number" && suspects(q).find(([, , x]) => [x].flat().every(fits));
  return found && fill(T.consistent, {mistake: fill(T[found[0]], found[1])});
};

const advance = (q, code) => {
  const [line, ...more] = solution(q);
  feedback = [[fill(T[code], {shown: line}), ...more]];
  at += 1;
  wrong = 0;
  set({step: most()});
  remember();
};
const check = typed => {
  const q = asked(), off = slack(q), isNumber = k => typeof q.values[k] === "number", say = text => { feedback = [[text]]; render(); };
  const answers = typed.map((text, k) => (isNumber(k) ? read : truth)(text.normalize("NFKC").trim().toLowerCase()));
  const unread = answers.findIndex(answer => !answer);
  if (unread >= 0) return say(isNumber(unread) ? T.unread : T.truth);
  const bad = q.values.flatMap((y, k) => (isNumber(k) ? equals(answers[k], y, off, q.large) : answers[k].x === y) ? [] : [k]);
  const isShort = k => isNumber(k) && answers[k].x && answers[k].digits < LEAST && abs(answers[k].x - q.values[k]) <= answers[k].unit/2;
  if (bad.length && bad.every(isShort)) return say(T.digits);
  tries += 1;
  if (!bad.length) {
    right += 1;
    blanks().forEach(field => { field.value = ""; });
    return advance(q, "right");
  }
  wrong += 1;
  const why = consistent(q, answers), told = typed.length > 1 ? fill(T.some, {count: bad.length, size: typed.length}) : fill(T.wrong, {answer: typed[0].trim()});
  refuse(bad);
  say(why ? fill(T.because, {wrong: told, why}) : told);
};

hooks.most = most;
hooks.caption = step => {
  const q = asked();
  if (q) {
    const [head, lines] = question(q);
    return [head, [lines, ...feedback]];
  }
  const [head, lines] = caption(step);
  return step === last && at && at === questions.length ? [T.over, feedback] : [head, lines];
};
hooks.after.push(() => {
  const q = asked();
  $("quiz").hidden = !R || R.bad >= 0;
  if (q || at === questions.length) place(q);
  $("tell").hidden = !q || wrong < 2;
  $("other").hidden = points.length < 2;
  $("score").textContent = fill(T.score, {right, asked: questions.length, tries});
  flipAll(".ask", svg, "ask", false);
  if (!q) return;
  $("caption").firstChild.className = steps[q.step][0]; // the colour of the pass
  flipAll(".cur", svg, "cur", false);
  flip(items[q.i], "cur", true);
  mark(q);
  followed = -1;
});
const focus = () => blanks().find(field => !field.disabled)?.focus();
$("quiz").onsubmit = e => {
  e.preventDefault();
  pause();
  const typed = blanks().map(field => field.value);
  if (!asked()) set({step: most()});
  else if (typed.some(text => text.trim())) check(typed);
  focus();
};
$("tell").onclick = () => { advance(asked(), "told"); focus(); };
$("other").onclick = () => {
  const now = D.variables.map(n => S.point[n]).join(), round = points.findIndex(values => values.join() === now);
  const values = points[(round + 1) % points.length], point = {...S.point};
  D.variables.forEach((n, k) => { point[n] = values[k]; });
  pause();
  set({step: D.step, point});
  remember();
  focus();
};
set({step: D.step});
