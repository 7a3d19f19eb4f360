/* expect: principal_angles | wrong | degrees */
#include "01_linear_ae.h"
#include "version.h"

RIGHT(principal_angles);

Mat principal_angles(Mat U, Mat V, Arena *mem)
{
    Mat angle = principal_angles_right(U, V, mem);
    mat_scale(angle, 1 / 57.29577951f);
    return angle;
}
