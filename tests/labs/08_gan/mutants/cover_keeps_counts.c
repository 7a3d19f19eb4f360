/* expect: mode_coverage | wrong | different results */
#include "08_gan.h"
#include "version.h"

RIGHT(mode_coverage);

Coverage mode_coverage(const Mixture *m, Mat x)
{
    static int lax; /* never set back to 0 */
    Coverage c = mode_coverage_right(m, x);
    c.lax = lax += c.lax;
    return c;
}
