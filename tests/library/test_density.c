/* test_density.c: grids, histograms and sums in logs. */
#include "suite.h"

START_TEST(log_sum_exp_neither_overflows_nor_loses_what_is_small)
{
    close_to(log_sum_exp((double[]){log(1), log(2), log(5)}, 3), log(8), 1e-12);
    close_to(log_sum_exp((double[]){-1000, -1000}, 2), log(2) - 1000, 1e-12);
    close_to(log_sum_exp((double[]){1000, 0}, 2), 1000, 1e-12);
    close_to(log_sum_exp((double[]){-INFINITY, 3}, 2), 3, 1e-12);
    ck_assert(log_sum_exp((double[]){-INFINITY, -INFINITY}, 2) == -INFINITY);
}
END_TEST

START_TEST(grid_points_go_from_end_to_end_first_coordinate_fastest)
{
    Mat line = grid_points(-1, 1, 5, 1, &mem), plane = grid_points(0, 2, 3, 2, &mem);
    ck_assert(line.n == 5 && line.d == 1 && plane.n == 9 && plane.d == 2);
    for (int i = 0; i < 5; i++) close_to(line.a[i], -1 + .5 * i, 1e-7);
    for (int i = 0; i < 9; i++) {
        close_to(row(plane, i)[0], i % 3, 1e-7);
        close_to(row(plane, i)[1], i / 3, 1e-7);
    }
    dies(grid_points(0, 1, 1, 2, &mem), "grid_points: 1 points a side in 2 dimensions");
    dies(grid_points(0, 1, 1000, 4, &mem), "grid_points: 1000 points a side in 4 dimensions");
}
END_TEST

START_TEST(a_histogram_counts_by_hand)
{
    Mat x = {3, 1, (float[]){.1f, .2f, .9f}},
        q = {4, 1, (float[]){.3f, .6f, -5, 7}}; /* two bins on [0,1]: 2.5 and 1.5 of 4, width 1/2 */
    Mat log_p = histogram_log_density(x, q, 0, 1, 2, &mem);
    for (int i = 0; i < 4; i++) close_to(log_p.a[i], log((i % 2 ? 1.5 : 2.5) / 4 / .5), 1e-6);
    Mat plane = histogram_log_density((Mat){1, 2, (float[]){.9f, .1f}}, (Mat){2, 2, (float[]){.8f, .2f, .2f, .8f}}, 0,
                                      1, 2, &mem);
    close_to(plane.a[0], log(1.5 / 3 / .25), 1e-6);
    close_to(plane.a[1], log(.5 / 3 / .25), 1e-6);
    dies(histogram_log_density(x, q, 1, 1, 2, &mem), "histogram: 2 bins on [1, 1]");
    dies(histogram_log_density(x, grid_points(0, 1, 3, 2, &mem), 0, 1, 2, &mem), "in 1 dimensions, asked in 2");
}
END_TEST

START_TEST(a_histogram_integrates_to_1)
{
    for (int d = 1; d <= 2; d++) {
        Mat q = grid_points(-2 + 4. / 80, 2 - 4. / 80, 40, d, &mem),
            log_p = histogram_log_density(random_mat(200, d, 1), q, -2, 2, 10, &mem);
        double sum = 0; /* four points to a bin, none on an edge */
        for (int i = 0; i < q.n; i++) sum += exp((double)log_p.a[i]) * pow(.1, d);
        close_to(sum, 1, 1e-5);
    }
}
END_TEST

int main(void)
{
    return run_tests("density",
                 (const TTest *[]){log_sum_exp_neither_overflows_nor_loses_what_is_small,
                                   grid_points_go_from_end_to_end_first_coordinate_fastest, a_histogram_counts_by_hand,
                                   a_histogram_integrates_to_1, NULL});
}
