/* expect: not_compiled
 * an object file of sixteen gigabytes */
char huge[1L << 34] = {1};

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return ae_encode_right(x, W, mem);
}
