/* expect: not_compiled
 * a hundred thousand messages */
#define M _Pragma("GCC error \"flood\"")
#define N M M M M M M M M M M
#define O N N N N N N N N N N
#define P O O O O O O O O O O
#define Q P P P P P P P P P P
Q Q Q Q Q Q Q Q Q Q

Mat ae_encode(Mat x, Mat W, Arena *mem)
{
    return ae_encode_right(x, W, mem);
}
