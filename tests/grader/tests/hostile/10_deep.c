/* expect: crash
 * runs out of stack */
static int deep(volatile char *at) { volatile char room[65536]; room[0] = *at; return deep(room) + room[7]; }

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    volatile char c = (char)deep((char[]){1});
    (void)c;
    return ae_encode_right(x, W, mem);
}
