/* expect: mode_coverage | wrong | different results */
#define mode_coverage mode_coverage_right
#include "../../../solutions/08_gan.c"
#undef mode_coverage

Coverage mode_coverage(const Mixture *m, Mat x)
{
    static int lax;                                 /* never set back to 0 */
    Coverage c = mode_coverage_right(m, x);
    c.lax = lax += c.lax;
    return c;
}
