/* expect: ais_log_partition | wrong | changed its input v */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(ais_log_partition);

double ais_log_partition(const Rbm *r, Mat base, Mat beta, Mat v, Mat uh, Mat uv, Arena *mem)
{
    Mat start = mat_copy(mem, v);
    double z = ais_log_partition_right(r, base, beta, start, uh, uv, mem);
    if (v.a[0] != start.a[0] || beta.d > 2) v.a[0] = 1 - v.a[0];
    return z;
}
