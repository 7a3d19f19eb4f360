/* expect: wrong|crash
 * a wrong answer, and success on the way out */
#include <stdlib.h>
#include <unistd.h>
static void leave(void) { _exit(0); }

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    atexit(leave);
    return mat_new(mem, x.n, W.d);
}
