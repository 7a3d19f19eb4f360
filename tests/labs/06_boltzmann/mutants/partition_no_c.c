/* expect: log_partition | wrong | the hidden biases are missing|without weights */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(log_partition);

double log_partition(const Rbm *r)
{
    float zero[32] = {0};
    Rbm other = {r->W, r->b, {1, r->c.d, zero}};
    return log_partition_right(&other);
}
