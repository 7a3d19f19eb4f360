/* expect: principal_angles | wrong | use the sines */
#include "01_linear_ae.h"
#include "version.h"

Mat principal_angles(Mat U, Mat V, Arena *mem)
{
    Mat P = mat_orthonormal(mem, U), Q = mat_orthonormal(mem, V), c = mat_singular_values(mem, mat_mul_tn(mem, P, Q)), angle = mat_copy(mem, c);
    for (int i = 0; i < c.d; i++) angle.a[i] = 57.29577951f * acosf(fminf(c.a[c.d - 1 - i], 1));
    return angle;
}
