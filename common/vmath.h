/* vmath.h: exp, tanh, sigmoid, log and log1p as straight-line code, so that the compiler turns loops over them into
 * vector code.
 *
 * libm's are exact to the last bit but are calls, one number at a time. These stay within 2 ulp or 1e-6 of libm
 * (tests/library/test_vmath.c) over the range where the result is a normal float; below -87.3 exp is 0, above 88.3
 * infinite. A NaN comes through. Reduction and polynomials are the classic ones of Cody & Waite 1980, with coefficients
 * of the Cephes library's order.
 */
#ifndef VMATH_H
#define VMATH_H

#include <stdint.h>
#include <string.h>

static inline float    vm_float(uint32_t bits) { float x; memcpy(&x, &bits, 4); return x; }
static inline uint32_t vm_bits(float x) { uint32_t b; memcpy(&b, &x, 4); return b; }

/* e^x = 2^n e^r with n the nearest integer to x / ln 2; adding 1.5 * 2^23 rounds, and leaves n in the low bits. */
static inline float vm_exp(float x)
{
    float zero = x < -87.33f ? 0.f : 1.f;
    x = x > 89 ? 89 : x;
    x = x < -87.33f ? -87.33f : x;
    float shifted = x * 1.44269504f + 12582912.f, n = shifted - 12582912.f;
    float r = x - n * .693359375f - n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    return zero * (p * r * r + r + 1) * vm_float((vm_bits(shifted) << 23) + 0x3f800000u);
}

static inline float vm_sigmoid(float x) { return 1 / (1 + vm_exp(-x)); }

static inline float vm_tanh(float x)
{
    float a = x < 0 ? -x : x, z = x * x;
    float p = -5.70498872745e-3f;                  /* |x| < 0.625: a polynomial, so that small x keeps all its digits */
    p = p * z + 2.06390887954e-2f;
    p = p * z - 5.37397155531e-2f;
    p = p * z + 1.33314422036e-1f;
    p = p * z - 3.33332819422e-1f;
    float small = p * z * x + x, large = 1 - 2 / (vm_exp(2 * a) + 1);
    float signed_large = x < 0 ? -large : large;
    return a < .625f ? small : signed_large;
}

/* log x for a normal x > 0: x = 2^n m with m in [0.707, 1.414). */
static inline float vm_log(float x)
{
    uint32_t bits = vm_bits(x) + (0x3f800000u - 0x3f3504f3u);
    float n = (float)((int32_t)(bits >> 23) - 127), f = vm_float((bits & 0x007fffffu) + 0x3f3504f3u) - 1;
    float p = 7.0376836292e-2f, z = f * f;
    p = p * f - 1.1514610310e-1f;
    p = p * f + 1.1676998740e-1f;
    p = p * f - 1.2420140846e-1f;
    p = p * f + 1.4249322787e-1f;
    p = p * f - 1.6668057665e-1f;
    p = p * f + 2.0000714765e-1f;
    p = p * f - 2.4999993993e-1f;
    p = p * f + 3.3333331174e-1f;
    /* 0, or the NaN that came in */
    return (p * f * z + n * -2.12194440e-4f - .5f * z) + f + n * .693359375f + (x - x);
}

/* log(1 + e) for e in [0, 1]; below 2^-12 the rounding of 1 + e would show. */
static inline float vm_log1p(float e)
{
    float small = e - .5f * e * e, large = vm_log(1 + e);       /* both, then a choice: a branch would end the vector */
    return e < 2.44e-4f ? small : large;
}

/* cos and sin of a whole turn times u, for u in [0, 1): reduced to within an eighth of a turn. */
static inline void vm_turn(float u, float *c, float *s)
{
    float quarter = 4 * u + 12582912.f, r = (u - (quarter - 12582912.f) * .25f) * 6.28318531f, z = r * r;
    uint32_t q = vm_bits(quarter) & 3u;
    float sine = ((-1.9515295891e-4f * z + 8.3321608736e-3f) * z - 1.6666654611e-1f) * z * r + r;
    float cosine = (2.443315711809948e-5f * z - 1.388731625493765e-3f) * z + 4.166664568298827e-2f;
    cosine = cosine * z * z - .5f * z + 1;
    float a = q & 1u ? sine : cosine, b = q & 1u ? cosine : sine;
    *c = q == 1 || q == 2 ? -a : a;
    *s = q >= 2 ? -b : b;
}

/* Sums of many terms: sixteen partial sums side by side are one vector add, and lose fewer digits than one. */
enum { VM_LANES = 16 };
static inline double vm_total(const float *lane)
{
    double sum = 0;
    for (int i = 0; i < VM_LANES; i++) sum += (double)lane[i];
    return sum;
}

#endif
