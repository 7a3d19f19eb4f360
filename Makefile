# Labs on deep generative networks. Plain `make` prints the menu; README.md tells the rest.
#
# What a student needs stands here. The rest stands in the room that it belongs to, and is read if it is there:
#
#   common/build.mk            the compiler and its flags, the library, the programs of the labs
#   plots/figures.mk           make figures: every lab on real data, every figure
#   handouts/handouts.mk       make handouts, make results
#   solutions/labs.mk          make labs: the students' files, cut from the solutions
#   tests/harness/harness.mk   drivers and judges, which make test-NN runs
#   tests/suite/suite.mk       make test, stability, deep, bench: the tests of the suite itself
#   tests/grader/grader.mk     make grade, release, gradescope

SHELL = bash -o pipefail
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SECONDARY:

# Settings, for `make NAME=value`. The menu explains them.
SRC     = labs
OUT     = out$(if $(QUICK),/quick)
FIGS    = $(OUT)/$(if $(SLIDES),slides,figures)
export SRC OUT FIGS QUICK SLIDES KERNELS ALONE

# The labs: 00_unsupervised 01_linear_ae ..., and their numbers: 00 01 ...
NAMES   = $(basename $(notdir $(wildcard labs/[0-9][0-9]_*.c)))
NUMBERS = $(foreach name,$(NAMES),$(firstword $(subst _, ,$(name))))
# Those whose solution is here: none in what students get.
SOLVED  = $(basename $(notdir $(wildcard solutions/[0-9][0-9]_*.c)))
# Of these, those that LAB="04 17" names; all if it names none.
CHOSEN  = $(if $(LAB),$(filter $(addsuffix %,$(LAB)),$(SOLVED)),$(SOLVED))

help:
	@sh common/menu.sh

# Installs by name what is missing.
setup:
	@sh common/setup.sh

include common/build.mk
-include $(wildcard plots/figures.mk handouts/handouts.mk solutions/labs.mk)
-include $(wildcard tests/harness/harness.mk tests/suite/suite.mk tests/grader/grader.mk)

# make 01: builds lab 01, runs it, draws its figures. ($< is the program, which build.mk names for each number.)
$(NUMBERS):
	@bash plots/lab.sh $< $(ARGS)

# make test-01: the exercise report of lab 01. ($^ are its driver and its judge, which tests.mk names.)
$(NUMBERS:%=test-%):
	@python3 tests/harness/report.py $(notdir $<) $^ tests/labs/$(notdir $<)/reference.txt $(SRC)/$(notdir $<).c

# Removes what was built; out/ stays.
clean:
	rm -rf build build-*

.PHONY: help setup clean $(NUMBERS) $(NUMBERS:%=test-%)
