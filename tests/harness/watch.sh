#!/bin/sh
# watch.sh OBJECT: lets the driver see what a student's functions take and give back.
#
# In the compiled file, every call of malloc, calloc, realloc and free is renamed to a function of
# tests/harness/driver.c (student_malloc, ...), which counts, fills new memory with a pattern and then calls the real
# one. So is GOMP_parallel, the start of an OpenMP region: the driver lets the threads begin together, so that a race
# shows. The rest of the program, the library and libc go on calling the real functions.
set -eu
exec ${OBJCOPY:-objcopy} --redefine-sym malloc=student_malloc --redefine-sym calloc=student_calloc \
    --redefine-sym realloc=student_realloc --redefine-sym free=student_free \
    --redefine-sym GOMP_parallel=student_parallel "$1"
