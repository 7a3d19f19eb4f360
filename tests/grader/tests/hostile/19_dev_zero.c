/* expect: not_compiled
 * a file without an end */
#include "/dev/zero"

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return ae_encode_right(x, W, mem);
}
