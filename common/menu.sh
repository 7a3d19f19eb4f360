#!/bin/sh
# menu.sh: what plain `make` prints: the labs, then the commands that this tree has, in three groups.
set -eu
show() { printf '  %-21s %s\n' "$1" "$2"; }
has() { [ -f "$1" ]; }

echo 'Labs on deep generative networks:'
echo
ls labs | sed -n 's/^\([0-9][0-9]_.*\)\.c$/  \1/p' | paste - - - | expand -t 28
echo
echo 'Do a lab'
show 'make 01'      'build your lab 01, run it, draw its figures in out/figures'
show 'make test-01' 'which exercises of lab 01 pass, which do not, and why'
show 'make setup'   'install by name what is missing'
show 'make clean'   'remove what was built; out/ stays'
if has solutions/labs.mk; then
    echo
    echo 'Teach and draw'
    show 'make figures'    'every figure of the lecture, from real data; goes on where it was interrupted'
    show 'make handouts'   'theory and notebook of every lab for students and for lecturers, as HTML and .ipynb'
    show 'make release'    'dist/dgn-labs-VERSION.tar.gz: what students get'
    show 'make grade'      'grade a class: LAB=04 SUBMISSIONS=dir [OUT=dir SEED=text JOBS=2 SANDBOX=none]'
    show 'make gradescope' 'dist/gradescope-NN_name.zip, an autograder to upload: LAB=04'
    show 'make results'    'handouts/RESULTS.md, every number of every lab: SEEDS=1,2,3'
    echo
    echo 'Work on the suite'
    show 'make test'      'run every test whose parts have changed; DEEP=1: odd data, too; LAB="04 17"'
    show 'make labs'     "cut the students' files from solutions/; never over a student's work, unless FORCE=1"
    show 'make warnings' 'compile every file with all warnings, build nothing'
    show 'make stability' 'verdicts at other seeds, compilers, threads: LAB=08 SEEDS=300 FROM=1000 [MUTANTS=1]'
    show 'make references' 'write anew the values that the exercise report compares with'
    show 'make bench'    'speed of a training step, side by side with PyTorch where python3-torch is installed'
    show 'make attacks'  'attacks on the grader, on each kind of sandbox that this machine offers'
    show 'make deep'     'before a release, as root: all in depth, fresh Debian 12 and 13, other processors'
fi
echo
echo 'Settings'
show 'SRC=solutions'     'the reference in place of your lab'
show "ARGS='--seed 2'"   'flags for the program; make 01 ARGS=--help lists them'
show 'QUICK=1'           'a run of seconds on small data, into out/quick/'
show 'SLIDES=1'          'figures in 16:9 with large type, into out/slides/'
show 'KERNELS=native'    "the processor's fastest kernels; other digits than those of the handouts"
show 'SAN=1'             'address and undefined-behaviour sanitizers'
show 'CC=clang'          'another compiler'
show "CFLAGS='-O0 -g'"   'your own flags, last'
show 'V=1'               'show the commands'
