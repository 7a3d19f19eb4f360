/* expect: timeout
 * never ends */
Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    volatile int on = 1;
    while (on) {}
    return ae_encode_right(x, W, mem);
}
