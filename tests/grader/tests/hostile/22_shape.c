/* expect: wrong|crash
 * a matrix of a thousand million rows */
Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = ae_encode_right(x, W, mem);
    return (Mat){.n = 1000000000, .d = 7, .a = z.a};
}
