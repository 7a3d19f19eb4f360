# Labs on deep generative networks. Plain `make` prints the menu; README.md tells the rest.
#   SRC=solutions    the reference instead of your lab          ARGS='--seed 2'    flags for the program
#   QUICK=1          seconds on small data, into out/quick/     SLIDES=1           figures in 16:9 with large type, into out/slides/
#   KERNELS=native   the processor's fastest kernels; other digits than those of the handouts
#   SAN=1            address and undefined sanitizers           V=1                show the commands
#   CC=clang         another compiler                           CFLAGS='-O0 -g'    your flags, last
MAKEFLAGS += --no-builtin-rules
SHELL  := bash -o pipefail
.DELETE_ON_ERROR:
.SECONDARY:

ifeq ($(origin CC),default)
CC     := cc
endif
OBJCOPY ?= objcopy
NM     ?= nm
PKG_CONFIG ?= pkg-config
SHIPPED ?= $(CURDIR)/common/data
SRC    ?= labs
FROM   ?= 1000
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
BUILD  := build$(if $(SAN),-san)$(if $(filter-out cc gcc,$(CC)),-$(notdir $(CC)))
OUT    := out$(if $(QUICK),/quick)
FIGS   := $(OUT)/$(if $(SLIDES),slides,figures)
NAMES  := $(patsubst labs/%.c,%,$(wildcard labs/[0-9][0-9]_*.c))
SOLVED := $(patsubst solutions/%.c,%,$(wildcard solutions/[0-9][0-9]_*.c))     # none where only the labs were handed out
LIB    := $(BUILD)/libgen.a
CORES  := $(shell nproc 2>/dev/null || echo 2)
GRADE  := python3 tests/grade
Q      := $(if $(V),,@)
say     = $(if $(V),,@printf '  %-6s %s\n' '$(1)' '$(2)';)
comma  := ,
probe   = $(shell printf 'int main(void){return 0;}' | $(CC) $(1) -x c - -o /dev/null 2>/dev/null && echo '$(1)')
pkg     = $(shell $(PKG_CONFIG) $(1) 2>/dev/null)
OPT    := $(if $(SAN),-O1 -g -DDEBUG -fno-omit-frame-pointer -fsanitize=address$(comma)undefined -fno-sanitize-recover=all,-O3 $(call probe,-march=native))
OMP    := $(call probe,-fopenmp)
ALLC   := -std=gnu11 -Wall -Wextra -Wshadow $(if $(OMP),,-Wno-unknown-pragmas) -Werror=return-type -DSHIPPED_DATA='"$(SHIPPED)"' -Icommon -Ilabs -Iplots -Itests/grade -Itests/common \
          $(OPT) -ffp-contract=off -fno-math-errno -fno-trapping-math $(OMP) $(call pkg,--cflags openblas zlib) $(CFLAGS)
LIBS   := $(or $(call pkg,--libs openblas zlib),-lopenblas -lz) -lm
# what a driver does to the student's half: locals that are never set come out wrong, malloc and parallel regions come by the driver, arenas too
UNSET  := $(call probe,-ftrivial-auto-var-init=pattern)
WATCH  := $(if $(SAN),true,$(OBJCOPY) $(patsubst %,--redefine-sym %,malloc=student_malloc calloc=student_calloc realloc=student_realloc free=student_free GOMP_parallel=student_parallel))
WRAP   := $(if $(SAN),,-Wl$(comma)--wrap=arena_alloc$(comma)--wrap=arena_rewind$(comma)--wrap=arena_reset$(comma)--wrap=arena_free)
GOLD   := $(call probe,-fuse-ld=gold)              # for the hundreds of small programs: a third of the time
CHECK  := $(or $(call pkg,--libs check),-lcheck -lsubunit -lrt -lpthread)
TESTS  := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/common/test_*.c))
JUDGES := $(NAMES:%=$(BUILD)/tests/labs/%.judge)
SUITE  := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/common/suite.c))
plot    = $(patsubst %.c,$(BUILD)/%.o,$(wildcard plots/$(1)_plot.c))
driver  = $(call plot,$(1)) $(BUILD)/tests/labs/$(1).cases.o $(BUILD)/tests/grade/driver.o $(LIB)
# sanitizers look at right answers: what a mutant does to memory is its own affair
slips   = $(patsubst %.c,$(BUILD)/driver/%,$(wildcard $(if $(SAN),,tests/labs/$(1).mutants/*.c) tests/labs/$(1).variants/*.c tests/labs/$(1).life/*.c))
right   = $(BUILD)/driver/solutions/$(1) $(patsubst %.c,$(BUILD)/driver/%,$(wildcard tests/labs/$(1).variants/*.c))
DRIVERS:= $(foreach n,$(SOLVED),$(BUILD)/driver/cut/$(n) $(BUILD)/driver/solutions/$(n) $(call slips,$(n)))

help:           ## this menu
	@echo 'Labs on deep generative networks:'; printf '  %s\n' $(NAMES); echo
	@echo '  make 01        build and run your lab 01, draw its figures'; echo '  make test-01   the exercise report of your lab 01'
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 17; echo; sed -n 's/^#   /  /p' Makefile
setup:          ## install by name what is missing
	@sh common/setup.sh
build: $(TESTS) $(JUDGES) $(DRIVERS) $(NAMES:%=$(BUILD)/labs/%) $(foreach d,solutions cut,$(SOLVED:%=$(BUILD)/$(d)/%)) $(BUILD)/tests/bench/bench   ## compile everything, tests too
figures:        ## run every solution on real data, draw every figure of the lecture; a lab per core, each drawn when it ends
	$(Q)$(MAKE) -skj$(CORES) --no-print-directory $(SOLVED:%=$(BUILD)/solutions/%) || true
	$(Q)python3 plots/figures.py $(OUT) $(SOLVED) -- $(MAKE) $(MAKEOVERRIDES)
test:           ## run every test; a lab that passed is tested again when something that it is made of has changed
	$(Q)$(MAKE) -j$(CORES) --no-print-directory build
	$(Q)bad=0; for t in $(TESTS); do $$t || bad=1; done; $(MAKE) -k -j$(CORES) -Otarget --no-print-directory tested || bad=1; \
	    tail -qn1 $(BUILD)/tested/*.txt | awk '{ p += $$1; f += $$3 } END { print p " passed, " f " failed" }'; exit $$bad
steady:         ## do the verdicts hold at other seeds, with other compilers and threads?  LAB=08 SEEDS=300 FROM=1000 (SLIPS=1: wrong answers alone, at each)
	$(Q)$(MAKE) -sj$(CORES) --no-print-directory $(foreach n,$(filter $(LAB)%,$(SOLVED)),$(BUILD)/tests/labs/$(n).judge $(call right,$(n)) $(call slips,$(n)))
	$(Q)[ -n "$(SLIPS)" ] || $(MAKE) -sj$(CORES) --no-print-directory BUILD=$(BUILD)-O0 CFLAGS=-O0 right
	$(Q)if [ -z "$(SLIPS)" ] && command -v clang >/dev/null; then $(MAKE) -sj$(CORES) --no-print-directory BUILD=$(BUILD)-clang CC=clang right; fi
	$(Q)$(GRADE)/steady.py $(if $(SLIPS),--slips) $(BUILD) $(or $(SEEDS),300) $(FROM) $(filter $(LAB)%,$(SOLVED))
right: $(foreach n,$(filter $(LAB)%,$(SOLVED)),$(call right,$(n)))
warnings:       ## what the compiler has to say of every file; builds nothing
	$(Q)ls labs/*.c | xargs -P$(CORES) -n4 $(CC) $(ALLC) -fsyntax-only
	$(Q)find common plots solutions tests -name '*.c' ! -path 'tests/hostile/*' | xargs -P$(CORES) -n8 $(CC) $(ALLC) -DSOLUTION -fsyntax-only
tested: $(SOLVED:%=$(BUILD)/tested/%) $(if $(SOLVED),$(BUILD)/tested/life $(BUILD)/tested/kernels)
$(BUILD)/tested/kernels: $(addprefix $(BUILD)/,$(addsuffix /08_gan,solutions cut driver/solutions) tests/labs/08_gan.judge tests/bench/bench) tests/grade/kernels.py
	@mkdir -p $(@D); rm -f $@.txt; $(GRADE)/kernels.py $(BUILD) | tee $@.txt && touch $@
# last and alone, because it looks at the clock
$(BUILD)/tested/life: $(foreach n,00_unsupervised 01_linear_ae,$(BUILD)/tests/labs/$(n).judge $(call slips,$(n)) tests/labs/$(n).golden.txt) \
    tests/grade/report.py tests/grade/life.py | $(SOLVED:%=$(BUILD)/tested/%)
	@mkdir -p $(@D); rm -f $@.txt; $(GRADE)/life.py $(BUILD) | tee $@.txt && touch $@
labs:           ## cut the students' files from solutions/; never over a student's work, unless FORCE=1
	$(Q)FORCE=$(FORCE) sh solutions/cut.sh $(SOLVED)
handouts: figures   ## theory and notebook of every lab, HTML and .ipynb, for students and for lecturers
	$(Q)$(MAKE) --no-print-directory woven
results: $(SOLVED:%=$(BUILD)/solutions/%)     ## handouts/RESULTS.md: every number of every lab at SEEDS=1,2,3, a run for each that is not there yet
	$(Q)CC='$(CC)' FORCE=$(FORCE) python3 handouts/results.py $(BUILD) $(OUT) $(or $(SEEDS),1$(comma)2$(comma)3) $(filter $(LAB)%,$(SOLVED))
woven: $(SOLVED:%=$(OUT)/handouts/.%)
golden: $(SOLVED:%=$(BUILD)/driver/solutions/%)  ## write anew the reference values that the exercise report compares with
	$(Q)for n in $(SOLVED); do $(BUILD)/driver/solutions/$$n all 1 > tests/labs/$$n.golden.txt 3>&-; done
bench: $(BUILD)/tests/bench/bench   ## speed of one training step, side by side with PyTorch when python3-torch is installed
	$(Q)python3 tests/bench/bench.py $< out && $(call drawn,bench,out)
kits: $(foreach n,$(filter $(LAB)%,$(SOLVED)),$(BUILD)/kits/$(n)/name)
grade: kits     ## grade a class: LAB=04 SUBMISSIONS=dir [OUT=grades/04_vae] [SEED=...] [JOBS=2] [SANDBOX=bwrap|chroot|none]
	$(Q)[ '$(words $(filter $(LAB)%,$(SOLVED)))' = 1 ] && [ -n '$(SUBMISSIONS)' ] || { echo 'make grade LAB=04 SUBMISSIONS=dir' >&2; exit 2; }
	$(Q)tests/grade/grade class $(BUILD)/kits/$(filter $(LAB)%,$(SOLVED)) '$(SUBMISSIONS)' '$(if $(filter file,$(origin OUT)),grades/$(filter $(LAB)%,$(SOLVED)),$(OUT))' \
	    $(if $(SEED),--secret '$(SEED)') --jobs $(or $(JOBS),2) $(if $(SANDBOX),--sandbox $(SANDBOX))
release:        ## dist/dgn-labs-VERSION.tar.gz, what students get
	$(Q)sh tests/grade/release.sh $(VERSION)
gradescope:     ## dist/gradescope-NN_name.zip, an autograder to upload: LAB=04
	$(Q)[ '$(words $(filter $(LAB)%,$(SOLVED)))' = 1 ] || { echo 'make gradescope LAB=04' >&2; exit 2; }
	$(Q)sh tests/grade/gradescope.sh $(filter $(LAB)%,$(SOLVED))
hostile: $(BUILD)/kits/01_linear_ae/name      ## attacks on the grader, on each kind of sandbox that this machine offers
	$(Q)$(GRADE)/hostile.py $(BUILD)/kits/01_linear_ae solutions/01_linear_ae.c
deep:           ## before a release, as root: the README's two commands on fresh Debian 12 and 13, and an emulated ARM processor
	$(Q)sh tests/systems.sh
clean:          ## remove what was built; out/ stays
	$(Q)rm -rf build build-*
.PHONY: help setup build figures deep results woven test steady right warnings tested labs handouts golden kits grade release gradescope hostile bench clean FORCE

# ---- compiling; objects are made anew when the flags change, and only then ----
$(BUILD)/flags: FORCE | $(filter setup,$(MAKECMDGOALS)) ; @mkdir -p $(@D); echo '$(CC) $(ALLC)' | cmp -s - $@ || echo '$(CC) $(ALLC)' > $@
$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALLC) -MMD -MP $(if $(filter solutions/%,$<),-DSOLUTION) -c $< -o $@
$(BUILD)/driver/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(ALLC) $(UNSET) -MMD -MP -Dmain=lab_main $(if $(filter labs/%,$<),,-DSOLUTION) -c $< -o $@ && $(WATCH) $@
$(LIB): $(patsubst %.c,$(BUILD)/%.o,$(wildcard common/*.c))
	$(Q)rm -f $@; $(AR) rcs $@ $^
link    = $(call say,LD,$@)$(CC) $(OPT) $(OMP) $(CFLAGS) $(LDFLAGS) $^
$(BUILD)/tests/common/%: $(BUILD)/tests/common/%.o $(SUITE) $(LIB) ; $(link) $(CHECK) $(LIBS) -o $@
$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(LIB) ; $(link) $(LIBS) -o $@
$(BUILD)/tests/labs/%.judge: $(BUILD)/tests/labs/%.judge.o $(BUILD)/tests/grade/judge.o $(LIB) ; $(link) $(CHECK) $(LIBS) -o $@
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- each lab: NN runs it, test-NN reports on its exercises. printed.txt is what the solution printed; a student's run removes it ----
drawn   = mkdir -p $(FIGS); for e in svg png pdf gif frame; do GNUPLOT_LIB=plots gnuplot -c plots/$(1).gp $$e $(if $(SLIDES),slide,handout) $(2) $(FIGS) || exit 1; done
draw    = $(call drawn,$(1),$(OUT)/$(1))
# ALONE=1: one thread, since figures.py runs a lab on each core and most nets here are too small to gain from two
run     = mkdir -p $(OUT)/$(2); rm -f $(OUT)/$(2)/printed.txt; touch $(OUT)/$(2)/.started; $(1) $(if $(QUICK),--quick) $(if $(KERNELS),--kernels $(KERNELS)) $(if $(ALONE),--threads 1) --out $(OUT)/$(2) $(ARGS)
record  = $(if $(ARGS),$(run),$(run) | tee $(OUT)/$(2)/printed.tmp && mv $(OUT)/$(2)/printed.tmp $(OUT)/$(2)/printed.txt)
define lab
.PHONY: $(1) test-$(1)
$(BUILD)/labs/$(2): $(BUILD)/labs/$(2).o $(call plot,$(2)) $(LIB)           ; $$(link) $$(LIBS) -o $$@
$(BUILD)/solutions/$(2): $(BUILD)/solutions/$(2).o $(call plot,$(2)) $(LIB) ; $$(link) $$(LIBS) -o $$@
$(1): $(BUILD)/$(SRC)/$(2)
	$(Q)$$(call $(if $(filter solutions,$(SRC)),record,run),$$<,$(2)); s=$$$$?; $$(call draw,$(2)); [ $$$$s -eq 3 ] || exit $$$$s      # 3: an exercise is unwritten, and the lab has said so
.PHONY: figures-$(1)
figures-$(1): $(if $(filter $(2),$(SOLVED)),$(FIGS)/.$(2),$(1))
test-$(1): $(BUILD)/driver/$(SRC)/$(2) $(BUILD)/tests/labs/$(2).judge
	$(Q)$(GRADE)/report.py $(2) $$^ tests/labs/$(2).golden.txt $(SRC)/$(2).c
$(OUT)/$(2)/printed.txt: $(BUILD)/solutions/$(2)
	$(Q)$$(call record,$$<,$(2))
$(FIGS)/.$(2): $(OUT)/$(2)/printed.txt plots/$(2).gp plots/style.gp
	$(Q)$$(call draw,$(2)); touch $$@
$(OUT)/handouts/.$(2): $(FIGS)/.$(2) handouts/$(2).md handouts/weave.sh handouts/weave.awk handouts/style.css $(BUILD)/cut/$(2).c
	$(Q)sh handouts/weave.sh $(2) $(OUT) $(BUILD)/cut && touch $$@
$(BUILD)/tested/$(2): $(BUILD)/tests/labs/$(2).judge $(addsuffix /$(2),$(BUILD)/solutions $(BUILD)/cut $(BUILD)/driver/solutions $(BUILD)/driver/cut) \
    $(call slips,$(2)) $(wildcard tests/labs/$(2).* tests/grade/*.py)
	@mkdir -p $$(@D); rm -f $$@.txt; $(GRADE)/selftest.py $(BUILD) $(2) | tee $$@.txt && touch $$@
$(BUILD)/driver/%/$(2): $(BUILD)/driver/%/$(2).o $(call driver,$(2)) ; $$(link) $$(WRAP) $$(LIBS) -o $$@
$(BUILD)/driver/tests/labs/$(2).%: $(BUILD)/driver/tests/labs/$(2).%.o $(BUILD)/driver/solutions/$(2).o $(call driver,$(2))
	$(call say,LD,$$@)$(OBJCOPY) $$$$($(NM) -g --defined-only $$< | sed 's/.* \(.*\)/--redefine-sym \1=\1_right/') $(BUILD)/driver/solutions/$(2).o $$@.right.o && \
	    $(CC) $$(OPT) $$(OMP) $$(CFLAGS) $$(LDFLAGS) $$(GOLD) $$< $$@.right.o $(call driver,$(2)) $$(WRAP) $$(LIBS) -o $$@ && rm $$@.right.o
$(BUILD)/kits/$(2)/name: tests/grade/kit.sh $(BUILD)/tests/labs/$(2).judge $(BUILD)/driver/solutions/$(2) $(BUILD)/cut/$(2).c tests/labs/$(2).toml tests/labs/$(2).golden.txt
	$(call say,KIT,$(2))mkdir -p $(BUILD)/kits; sh tests/grade/kit.sh $(BUILD) $(2) $(BUILD)/kits/$(2) $(CC) -std=gnu11 $(call probe,-march=native) -ffp-contract=off -fno-math-errno -fno-trapping-math $(OMP)
$(BUILD)/cut/$(2).c: solutions/$(2).c labs/$(2).h $(BUILD)/flags
	@mkdir -p $$(@D); unifdef -USOLUTION $$< > $$@; [ $$$$? -le 1 ]
$(BUILD)/cut/$(2): $(BUILD)/cut/$(2).c $(call plot,$(2)) $(LIB) ; $(Q)$(CC) $(ALLC) $$^ $(LIBS) -o $$@
$(BUILD)/driver/cut/$(2).o: $(BUILD)/cut/$(2).c ; @mkdir -p $$(@D); $(CC) $(ALLC) $(UNSET) -Dmain=lab_main -c $$< -o $$@ && $(WATCH) $$@
endef
$(foreach n,$(NAMES),$(eval $(call lab,$(firstword $(subst _, ,$(n))),$(n))))
