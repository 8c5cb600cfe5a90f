// The numbers of a page: fractions where all operations allow it. What is computed of anything else is a double.
const {abs, max, min} = Math, LIMIT = 10n**3000n, WIDEST = 32, ratios = new Map(), given = new Map(), found = new Map();
const bits = n => n.toString(2).length;
// The nearest double of two positive integers: of 66 bits, the last of which says whether more follow.
const nearest = (n, d) => {
  const shift = max(0, bits(d) - bits(n) + 66), low = max(0, bits(n) - bits(d) - 66), q = (n << BigInt(shift))/(d << BigInt(low));
  const rest = (n << BigInt(shift)) % (d << BigInt(low)) ? 1n : 0n, power = low - shift, half = Math.trunc(power/2);
  return Number(q | rest)*2**half*2**(power - half);
};
class Ratio {
  constructor(n, d) {
    this.n = n;
    this.d = d;
    this.x = n < 0n ? -nearest(-n, d) : n ? nearest(n, d) : 0;
  }
  valueOf() { return this.x; }
}
// Each fraction is one object, so that === compares them.
const ratio = (n, d = 1n) => {
  if (!d) return Number(n)/0;
  let a = n < 0n ? -n : n, b = d < 0n ? -d : d;
  while (b) [a, b] = [b, a % b];
  if (d < 0n) a = -a;
  n /= a;
  d /= a;
  const key = n + "/" + d;
  if (d > LIMIT || n > LIMIT || -n > LIMIT) return new Ratio(n, d).x;
  if (!ratios.has(key)) ratios.set(key, new Ratio(n, d));
  return ratios.get(key);
};
// A number as it is written: 0.1 is 1/10.
const written = text => {
  const [, sign, whole, part = "", power = "0"] = /^(-?)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text), e = power - part.length;
  if (abs(e) > 3000) return +text;
  return ratio(BigInt(sign + (whole + part || "0"))*10n**BigInt(max(0, e)), 10n**BigInt(max(0, -e)));
};
const rational = x => {
  if (typeof x === "number" && !isFinite(x)) return x;
  const [a, b] = String(x).split("/").map(written);
  return b === undefined ? a : over(a, b);
};
const ofTwo = (f, g) => (x, y) => x instanceof Ratio && y instanceof Ratio ? f(x, y) : g(+x, +y);
const one = (f, g) => x => x instanceof Ratio ? f(x) : g(x);
const plus = ofTwo((x, y) => ratio(x.n*y.d + y.n*x.d, x.d*y.d), (x, y) => x + y);
const times = ofTwo((x, y) => ratio(x.n*y.n, x.d*y.d), (x, y) => x*y);
const over = ofTwo((x, y) => ratio(x.n*y.d, x.d*y.n), (x, y) => x/y);
const negated = one(x => ratio(-x.n, x.d), x => -x), minus = (x, y) => plus(x, negated(y));
const compare = ofTwo((x, y) => x.n*y.d < y.n*x.d ? -1 : +(x !== y), (x, y) => x < y ? -1 : x > y ? 1 : x === y ? 0 : NaN);
const smallest = (...all) => all.reduce((x, y) => compare(y, x) < 0 || y != y ? y : x);
const largest = (...all) => all.reduce((x, y) => compare(y, x) > 0 || y != y ? y : x);
const size = x => x < 0 ? negated(x) : x, signOf = x => rational(Math.sign(+x));
const floor = one(x => ratio((x.n - (x.n % x.d + x.d) % x.d)/x.d), Math.floor), ceil = x => negated(floor(negated(x)));
const remainder = (x, y) => minus(x, times(y, floor(over(x, y))));
const rounded = x => {
  const low = floor(x), rest = compare(minus(x, low), ratio(1n, 2n));
  return rest < 0 || rest === 0 && low % 2 === 0 ? low : plus(low, ratio(1n));
};
// Roots and powers, where they are fractions.
const root = (n, k) => {
  if (n < 0n || bits(n) > 1000) return null;
  let r = BigInt(Math.round(Number(n)**(1/Number(k))));
  for (let turn = 0; r && turn < 3; turn += 1) r = ((k - 1n)*r + n/r**(k - 1n))/k;
  return [r, r + 1n].find(x => x**k === n) ?? null;
};
const rooted = (x, k, f) => {
  if (x < 0 && k % 2n) return negated(rooted(negated(x), k, f));
  const n = x instanceof Ratio ? root(x.n, k) : null, d = n === null ? null : root(x.d, k);
  return d === null ? f(+x) : ratio(n, d);
};
const power = ofTwo((x, y) => {
  const times = y.n < 0n ? -y.n : y.n, f = x => Math.pow(x, 1/Number(y.d)), base = y.d > 1n ? rooted(x, y.d, f) : x;
  if (!(base instanceof Ratio) || times*BigInt(max(bits(base.n), bits(base.d))) > 10000n) return Math.pow(+x, +y);
  return y.n < 0n ? ratio(base.d**times, base.n**times) : ratio(base.n**times, base.d**times);
}, Math.pow);
const total = all => all.reduce((x, y) => plus(x, y));
const hypotenuse = (...all) => {
  const found = rooted(total(all.map(x => times(x, x))), 2n, () => null);
  return found ?? Math.hypot(...all);
};
const logarithm = (base, f) => x => {
  const k = Math.round(f(+x));
  return abs(k) < 3000 && power(rational(base), rational(k)) === x ? rational(k) : f(+x);
};
// A function that has a rational value at one point alone.
const only = (f, x, point, value) => x === rational(point) ? rational(value) : f(+x);

// What a pass begins with; fractions that are typed or given are kept beside the doubles that stand for them.
const keep = (x, text) => given.set(x, text);
const valued = x => {
  if (typeof x !== "string") return x;
  const y = +rational(x);
  keep(y, x);
  return y;
};
const start = point => {
  ratios.clear();
  found.clear();
  return Object.fromEntries(Object.entries(point).map(([n, x]) => [n, typeof G.constants[n] === "number" ? x : rational(given.get(x) ?? x)]));
};
// What is shown is the nearest double, of which the fraction is known.
const shown = x => {
  if (!(x instanceof Ratio)) return x;
  found.set(x.x, x);
  return x.x;
};
const isRational = x => x instanceof Ratio;
const typed = x => given.get(x) ?? x;
const spelled = x => {
  const r = found.get(x), text = r && r.n + (r.d > 1n ? "/" + r.d : "");
  return r && text.length <= WIDEST ? text.replace("-", "\u2212") : undefined;
};
// What stands before digits that are not all of a fraction.
const roughly = (x, places) => found.has(x) && (places < 4 || !spelled(x)) ? "\u2248" : "";

// "=" stands where the numbers are exact as they are printed, else "≈".
const sure = x => typeof x === "boolean" || !isFinite(x) || spelled(x) !== undefined;
const holds = (all, r, combine) => [...all, r].every(sure) && (!isFinite(r) || all.map(x => found.get(x)).reduce(combine) === found.get(r));
const multiplies = (all, r) => holds(all, r, times), adds = (all, r) => holds(all, r, plus);
const exact = (how, all, r) => [...all, r].every(sure) && (how !== "-" || !all.some(x => x && x !== 1) || multiplies([r, r], all[0]));
for (const n in D.at) D.at[n] = valued(D.at[n]);
