"""Functions of other systems that gradcli has not, and for which it has no formula: none is a slip of the pen.

Names in small letters stand for those in any capitals, unless these have a meaning in `elsewhere`.
"""

_NAMES = (
    # What they mean depends on the system that has them: the order of the arguments, ties, a branch, or all of it.
    "arcctg cond exp1 frac hard_sigmoid huber Int log1mexp log_b logb logbf mode nint not quotient remainder select "
    "sinc_ threshold unwrap "
    # Special functions.
    "airy airyai airybi bdtr bdtri bei ber besselh besseli besselj besselk bessely betadist betainc betaincc "
    "betaincinv chi ci clcos clsin coshc cosint dawsn dawson dilog e1 ei ellipe ellipj ellipk ellipkinc elliprc "
    "elliprf erf2 erf2inv erfi eta expi expint expn exprel factorial2 factorialk faddeeva fdtr fdtri gammainc "
    "gammaincc gammaincinv gegenbauer hankel1 hankel2 hermite hyp0f1 hyp1f1 hyp2f1 hyper i0 i0e i1 i1e igamma igammac "
    "iv ive j0 j1 jinc jn jv jve k0 k1 kei ker kn kv laguerre lambertw lchoose legendre lerchphi li log1m logdet lqn "
    "multigammaln mvlgamma nbdtr nbdtri pdtr pdtri phi polylog psigamma radian shi si siegelz sinint spence squarew "
    "struve theta webere wofz y0 y1 yn yv zeta zetac "
    # Parts of numbers and what is whole.
    "angle arg bernoulli bin cas cdouble cis cispi clog conj conjugate cosc denom denominator digits even exponent "
    "fib fibonacci fpart frexp fround gcd ilogb imag int16 int32 int64 int8 intc intp invert isint isprime lcm long "
    "mantissa modf nan nextafter nextpow2 numer numerator oct odd phase polar popcount primes real rec rect short "
    "sigma signbit significand sincos sincosd spacing uint uint16 uint32 uint64 uint8 uintc uintp ulong ulp "
    # Of vectors, matrices and data.
    "absmin all any argmax argmin argsort avg cat chol choose collect conv corr corrcoef cosm count cov cross "
    "crossprod cse cumprod cumsum det diff dim dims dstack eig einsum expj expm eye fetch fft filter find flip "
    "gather geqrf ifft imul index inverse isin kron large len length linspace logm lookup lu mae mag map match "
    "maxa median mid mina mnorm mse msort ndim nprod ones perms pinv pmax pmean pmin polyfit polyval range rank "
    "repeat reshape roots rot rotate scatter search seq series set shape signal sinm size slice slope small sort "
    "split sqrtm stack stdev stdevp sumprod sumproduct svd tensor trapz tree trend tril triu "
    "unique varp vdot zeros zip "
    # Random numbers and distributions.
    "binom binomdist chidist dbeta dbinom dexp dgamma dpois dunif expondist fdist gammadist gammainv normalcdf "
    "normalpdf normdist pbeta pbinom pexp pgamma poisson ppois punif qbeta qexp qgamma qunif rand randbetween randi "
    "randint randn random rbeta rbinom rexp rnd rnorm rpois runif tdist tinv "
    # Other layers and losses of networks.
    "crelu dropout entmax geglu gumbel_softmax maxout nll reglu rrelu snake sparsemax swiglu "
    # Calculus and algebra, text, logic and what else programs call.
    "apply ascii assert atof atoi basic bool cdbl char chirp chop cint complex convert cplot curve deg delta "
    "derivative dirac disp divmod domain eval exec expand expr factor fetch foldl for format idiff integral integrate "
    "isinf isnan iszero left limit list lower main malloc month nfloat nor nprint null or parse plot pprint print "
    "printf println puts ref refine rel require return right ring rootof show sizeof sln solve sprintf srepr "
    "sring str string subs switch tag timed today token type typeof ufunc upper use val value vring while xor xring "
)
ABSENT = frozenset(_NAMES.split())
