/* expect: mode_coverage | wrong | lax count */
#include "08_gan.h"
#include "version.h"

RIGHT(mode_coverage);

Coverage mode_coverage(const Mixture *m, Mat x)
{
    Coverage c = mode_coverage_right(m, x);
    c.strict = c.lax;
    return c;
}
