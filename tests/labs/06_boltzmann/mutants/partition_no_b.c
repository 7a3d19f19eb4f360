/* expect: log_partition | wrong | the visible biases are missing|without weights */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(log_partition);

double log_partition(const Rbm *r)
{
    float zero[256] = {0};
    Rbm other = {r->W, {1, r->b.d, zero}, r->c};
    return log_partition_right(&other);
}
