/* expect: gibbs_step | wrong | is its input v */
#include "06_boltzmann.h"
#include "version.h"

RIGHT(gibbs_step);

Mat gibbs_step(const Rbm *r, Mat v, Mat uh, Mat uv, Arena *mem)
{
    mat_set(v, gibbs_step_right(r, v, uh, uv, mem));
    return v;
}
