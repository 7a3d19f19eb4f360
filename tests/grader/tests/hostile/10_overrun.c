/* expect: wrong
 * writes one number behind its result */
Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    Mat z = ae_encode_right(x, W, mem);
    z.a[z.n * z.d] = 0;
    return z;
}
