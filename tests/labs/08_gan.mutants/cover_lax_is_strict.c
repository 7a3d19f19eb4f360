/* expect: mode_coverage | wrong | lax count */
#define mode_coverage mode_coverage_right
#include "../../../solutions/08_gan.c"
#undef mode_coverage

Coverage mode_coverage(const Mixture *m, Mat x)
{
    Coverage c = mode_coverage_right(m, x);
    c.strict = c.lax;
    return c;
}
