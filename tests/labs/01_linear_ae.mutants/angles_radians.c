/* expect: principal_angles | wrong | degrees */
#define principal_angles principal_angles_right
#include "../../../solutions/01_linear_ae.c"
#undef principal_angles

Mat principal_angles(Mat U, Mat V, Arena *mem)
{
    Mat angle = principal_angles_right(U, V, mem);
    mat_scale(angle, 1 / 57.29577951f);
    return angle;
}
