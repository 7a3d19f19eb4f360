/* expect: kde_eval | wrong | h^2 I */
#define kde_eval kde_eval_right
#include "../../../solutions/00_unsupervised.c"
#undef kde_eval

Mat kde_eval(Mat x, Mat q, float h, Arena *mem) { return kde_eval_right(x, q, sqrtf(h), mem); }
