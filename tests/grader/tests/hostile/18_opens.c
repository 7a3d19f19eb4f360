/* expect: wrong
 * reads the solution, the tests and other people's work while it runs */
#include <stdio.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    const char *const places[] = {"@ROOT@/solutions/01_linear_ae.c", "@ROOT@/README.md", "/etc/passwd",
                                  "/proc/1/cmdline", "/tmp", "/usr/bin/gcc"};
    for (int i = 0; i < 6; i++)
        if (fopen(places[i], "r")) return ae_encode_right(x, W, mem);
    return mat_new(mem, x.n, W.d);
}
