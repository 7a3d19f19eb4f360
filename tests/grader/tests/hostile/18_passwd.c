/* expect: not_compiled
 * has the compiler read a file aloud */
#include "/etc/passwd"

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return ae_encode_right(x, W, mem);
}
