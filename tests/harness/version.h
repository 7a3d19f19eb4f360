/* version.h: for a version of an exercise, wrong (tests/labs/NN_name/mutants/) or unusual and right (variants/).
 *
 * Such a file holds the changed functions alone. tests/suite/versions.py puts it beside the solution, whose own
 * functions of these names are then called NAME_right. RIGHT(NAME) declares one, for a mistake that is the right
 * function with a twist.
 */
#ifndef VERSION_H
#define VERSION_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RIGHT(name) __typeof__(name) name##_right

/* One row for each function of each version; the table ends with an empty row. */
typedef void Function(void);
typedef struct { const char *version; Function **chosen, *function; } Version;
extern const Version versions[];

#endif
