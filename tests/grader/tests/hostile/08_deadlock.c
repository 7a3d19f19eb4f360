/* expect: timeout
 * two threads that wait for each other */
#include <pthread.h>
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static void *wait_for_a(void *none) { pthread_mutex_lock(&a); return none; }

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    pthread_t t;
    pthread_mutex_lock(&a);
    pthread_create(&t, NULL, wait_for_a, NULL);
    pthread_join(t, NULL);
    return ae_encode_right(x, W, mem);
}
