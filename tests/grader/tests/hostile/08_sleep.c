/* expect: timeout
 * waits for an hour */
#include <unistd.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    sleep(3600);
    return ae_encode_right(x, W, mem);
}
