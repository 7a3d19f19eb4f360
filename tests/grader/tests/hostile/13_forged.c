/* expect: wrong|crash
 * writes a whole transcript of its own, and leaves */
#include <stdio.h>
#include <unistd.h>

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    FILE *f = fdopen(3, "w");
    for (int turn = 0; turn < 4; turn++) fprintf(f, "result z%d %d %d", turn, x.n, W.d);
    fprintf(f, "result z %d %d", x.n, W.d);
    for (int i = 0; i < x.n * W.d; i++) fprintf(f, " 0x0p+0");
    fprintf(f, "\nend\n");
    fflush(f);
    (void)mem;
    _exit(0);
}
