"""Functions in C that a compiler makes for several rows at once, where a library has none that are exact enough.

Measured with 60 digits at 80,000 places: exp 0.76 units in the last place, sin and cos 0.74. The vectors that glibc has
of these reach 2.3 to 2.8.
"""

MOST_TURNED = 1e6  # the largest angle that is brought near 0 here

# e^x = 2^n e^r with |r| <= ln(2)/2; ln(2) is in two parts, of which the first has 0 in its last bits, so that its
# product with n is exact (W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980). Of the Taylor
# series of e^r all terms above 2^-56 are there. A power of 2 is made in two halves, as 2^n may be subnormal.
_EXP = """static inline double several_exp(double x)
{
    const double near = x > 800.0 ? 800.0 : x < -800.0 ? -800.0 : x;
    const double n = near * 0x1.71547652b82fep0 + 0x1.8p52 - 0x1.8p52;
    const double high = near - n * 0x1.62e42feep-1;
    const double low = n * 0x1.a39ef35793c76p-33;
    const double r = high - low;
    const double lost = (high - r) - low;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    const double half = n * 0.5 + 0x1.8p52 - 0x1.8p52;
    return (1.0 + (r + (r * r * p + lost))) * power_of_2(half) * power_of_2(n - half);
}"""

_POWER = """static inline double power_of_2(double n)
{
    return of_bits(bits_of(n + (0x1.8p52 + 1023.0)) << 52);
}"""

_OF_BITS = """static inline double of_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}"""

_BITS_OF = """static inline uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}"""

# x = n pi/2 + r; pi/2 is in three parts, of which the first two have 33 bits, so that their products with n < 2^20 are
# exact. The polynomials are those of fdlibm (Sun Microsystems, 1993), k_sin.c and k_cos.c.
_WAVE = """static inline double wave(double x, uint64_t quarter)
{
    const double turned = x * 0x1.45f306dc9c883p-1 + 0x1.8p52;
    const double n = turned - 0x1.8p52;
    const double first = x - n * 0x1.921fb544p0;
    const double second = first - n * 0x1.0b4611a6p-34;
    const double third = ((first - second) - n * 0x1.0b4611a6p-34) - n * 0x1.3198a2e037073p-69;
    const double r = second + third;
    const double lost = (second - r) + third;
    const double z = r * r;
    const double v = z * r;
    double p = z * 1.58969099521155010221e-10 - 2.50507602534068634195e-08;
    p = z * p + 2.75573137070700676789e-06;
    p = z * p - 1.98412698298579493134e-04;
    p = z * p + 8.33333333332248946124e-03;
    const double near_0 = r - ((z * (0.5 * lost - v * p) - lost) + v * 1.66666666666666324348e-01);
    double q = z * -1.13596475577881948265e-11 + 2.08757232129817482790e-09;
    q = z * q - 2.75573143513906633035e-07;
    q = z * q + 2.48015872894767294178e-05;
    q = z * q - 1.38888888888741095749e-03;
    q = z * q + 4.16666666666666019037e-02;
    const double half = 0.5 * z;
    const double whole = 1.0 - half;
    const double near_1 = whole + (((1.0 - whole) - half) + (z * (z * q) - r * lost));
    const uint64_t place = bits_of(turned) + quarter;
    const double found = place & 1 ? near_1 : near_0;
    return place & 2 ? -found : found;
}"""

_SIN = """static inline double several_sin(double x)
{
    return x == 0.0 ? x : wave(x, 0);
}"""

_COS = """static inline double several_cos(double x)
{
    return wave(x, 1);
}"""

CALLS = {name: f"several_{name}" for name in ("exp", "sin", "cos")}
HELPERS = {
    "of_bits": _OF_BITS, "bits_of": _BITS_OF, "power_of_2": _POWER, "wave": _WAVE, "several_exp": _EXP,
    "several_sin": _SIN, "several_cos": _COS,
}  # fmt: skip

# What libmvec, a part of glibc for x86-64, has with less than 1.9 units in the last place, for vectors of any width,
# and with how many arguments; as measured with 60 digits at 32,000 places (glibc 2.36). Beyond are exp, expm1, sin,
# cos, tan, acosh, atan2 (2.0 to 2.8), erf, asinh and asin; with the rounding of an argument acos.
LIBRARY = {
    "log": 1, "log2": 1, "log10": 1, "log1p": 1, "exp2": 1, "atan": 1, "sinh": 1, "cosh": 1, "tanh": 1, "atanh": 1,
    "cbrt": 1, "erfc": 1, "hypot": 2, "pow": 2,
}  # fmt: skip
LIBRARY_SINCE = (2, 35)  # glibc's version
