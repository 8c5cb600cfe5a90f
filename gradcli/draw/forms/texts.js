// Names and numbers as the page writes and reads them. Names stand between two `, so that `rich` can set them in italics.
const W = D.words, N = D.names, Y = D.output;
const named = n => "`" + N[n] + "`";
const d = (of, by) => "\u2202" + named(of) + "/\u2202" + named(by);
const flat = text => text.replace(/`/g, "");
const italic = name => !/[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/.test(name) && /^[^\d\u2212]/.test(name);
const rich = text => text.split(/`/).map((t, i) => i % 2 && italic(t) ? el("i", "", t) : t);
const fill = (text = "", facts) => text.replace(/\{(\w+)\}/g, (whole, name) => name in facts ? facts[name] : whole);

// A number with so many significant digits, as Python's "%.4g" rounds it: ties go to the even digit.
const num = (x, places = 4) => {
  if (typeof x === "boolean") return W[x];
  if (isNaN(x)) return "NaN";
  if (!isFinite(x)) return x > 0 ? "\u221e" : "\u2212\u221e";
  const fraction = spelled(x), a = abs(x), q = places - 1;
  if (fraction && places === 4) return fraction;
  if (a === 0) return "0";
  let m = a.toExponential(q);
  const low = /^([\d.]*)e(.*)/.exec(a.toExponential(40)), kept = low[1].slice(0, q ? q + 2 : 1);
  if (/^\.?50*$/.test(low[1].slice(kept.length)) && kept.slice(-1) % 2 === 0) m = kept + "e" + low[2];
  const [digits, power] = m.split("e"), p = +power;
  let text;
  if (p < -4 || p > q) {
    text = (q ? digits.replace(/\.?0+$/, "") : digits) + "e" + (p < 0 ? "\u2212" : "") + abs(p);
  } else {
    text = (+m).toFixed(q - p);
    if (text.includes(".")) text = text.replace(/\.?0+$/, "");
  }
  return (x < 0 ? "\u2212" : "") + text;
};

// A number as it is typed: 12, −0.5, 1/3, 2e−3, ０．５ or 0,5. `unit` is the worth of its last digit, 0 of a fraction.
const read = typed => {
  const text = typed.replace(/[\u2212\u2012\u2013\u30fc]/g, "-").replace(/^.*[=\u2248]/, "").replace(/[\s\u2019']/g, "");
  const plain = /^[-+]?[1-9]\d{0,2}(,\d{3})+(\.|$)/.test(text) ? text.replace(/,/g, "") : text.replace(",", ".");
  const parts = plain.split("/");
  if (parts.length > 2 || !parts.every(part => /^\(?[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\)?$/.test(part))) return null;
  const [a, b] = parts.map(part => +part.replace(/[()]/g, ""));
  if (!isFinite(parts.length > 1 ? a/b : a)) return null;
  if (parts.length > 1) {
    keep(a/b, plain.replace(/[+()]/g, ""));
    return {x: a/b, unit: 0, digits: 99};
  }
  const [digits, power] = plain.replace(/[-+()]*/, "").split("e"), after = (digits.split(".")[1] || "").length;
  return {x: a, unit: 10**((+power || 0) - after), digits: digits.replace(".", "").replace(/^0+/, "").length};
};

const eq = exact => exact ? " = " : " \u2248 ";
const is = x => eq(sure(x)) + num(x);
