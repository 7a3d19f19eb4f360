/* expect: log_partition | wrong | log Z, not Z|independent|product */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(log_partition);

double log_partition(const Rbm *r)
{
    return exp(log_partition_right(r));
}
