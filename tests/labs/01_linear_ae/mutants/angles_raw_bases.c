/* expect: principal_angles | wrong | orthonormal */
#include "01_linear_ae.h"
#include "version.h"

Mat principal_angles(Mat U, Mat V, Arena *mem)
{
    Mat Q = mat_copy(mem, V);
    mat_sub(Q, mat_mul(mem, U, mat_mul_tn(mem, U, V)));
    Mat angle = mat_singular_values(mem, Q);
    for (int i = 0; i < angle.d; i++) angle.a[i] = 57.29577951f * asinf(fminf(angle.a[i], 1));
    return angle;
}
