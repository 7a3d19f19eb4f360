/* libm.c: functions of <math.h> whose last digit depends on the version of the C library, made the same everywhere.
 *
 * glibc 2.41 (Debian 13) rounds these float functions correctly; older versions (Debian 12) are off by one in the last
 * place here and there. A training that calls one of them then ends with other weights. The double functions are
 * accurate to far more digits than a float holds, so rounding their result once gives the correctly rounded float,
 * but for about one argument in a hundred million. These definitions come before libm's when a program is linked.
 * expf, logf, powf, sinf, cosf and their like need none of this: all versions since 2.28 compute them alike.
 */
#include <math.h>

#define ROUNDED(name, precise) \
    float name(float x) { return (float)precise((double)x); }

ROUNDED(tanf, tan)
ROUNDED(asinf, asin)
ROUNDED(acosf, acos)
ROUNDED(atanf, atan)
ROUNDED(sinhf, sinh)
ROUNDED(coshf, cosh)
ROUNDED(tanhf, tanh)
ROUNDED(expm1f, expm1)
ROUNDED(log1pf, log1p)
ROUNDED(log10f, log10)
ROUNDED(cbrtf, cbrt)
ROUNDED(erff, erf)
ROUNDED(erfcf, erfc)

float atan2f(float y, float x) { return (float)atan2((double)y, (double)x); }
