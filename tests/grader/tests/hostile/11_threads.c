/* expect: any
 * threads without end */
#include <pthread.h>
#include <unistd.h>
static void *idle(void *none) { sleep(100); return none; }

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    pthread_t t;
    for (int i = 0; i < 100000; i++) pthread_create(&t, NULL, idle, NULL);
    return ae_encode_right(x, W, mem);
}
