/* expect: crash
 * ends the program, as if all were well */
#include <stdlib.h>
#include <unistd.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    (void)x, (void)W, (void)mem;
    _exit(0);
}
