# suite.mk: the tests of the suite itself. `make test` runs them all; what students get does not hold this file.
#
# For each lab, tests/suite/verdicts.py lets the judge decide on the solution, on the untouched stub, on wrong versions
# of each exercise (mutants.toml, mutants/) and on unusual right ones (variants/); tests/suite/programs.py runs the lab
# itself, in depth on odd data, too. build/tested/NN_name.verdicts, .program and .deep are as new as the last time that
# all of this passed.

LIBRARY   = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/library/test_*.c))

# ---- make test ----

# LAB="04 17": these labs only; DEEP=1: their programs in depth, too.
test:
	$(Q)$(MAKE) -j$(CORES) --no-print-directory build
	$(Q)MAKE='$(MAKE)' sh tests/suite/run_all.sh $(CORES) '$(LIBRARY)' '$(TESTED)'

# Everything that is tested, compiled. (A student's own labs/ are not.)
build: $(LIBRARY) $(BUILD)/tests/bench/bench \
       $(foreach name,$(CHOSEN),$(BUILD)/solutions/$(name) $(BUILD)/cut/$(name) $(call judged,$(name)))

VERDICTS  = $(CHOSEN:%=$(BUILD)/tested/%.verdicts)
PROGRAMS  = $(foreach depth,program $(if $(SAN),,$(if $(DEEP),deep)),$(CHOSEN:%=$(BUILD)/tested/%.$(depth)))
ONCE      = $(if $(LAB),,$(if $(SOLVED),$(BUILD)/tested/processes $(BUILD)/tested/kernels))
TESTED    = $(VERDICTS) $(PROGRAMS) $(ONCE)
tested: $(TESTED)
verdicts: $(VERDICTS)
programs: $(PROGRAMS)

# ---- programs ----

$(BUILD)/tests/library/%: $(BUILD)/tests/library/%.o $(BUILD)/tests/library/suite.o $(LIB)
	$(call say,LD,$@)$(LINK) $^ $(CHECK) $(LIBS) -o $@

$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(LIB)
	$(call say,LD,$@)$(LINK) $^ $(LIBS) -o $@

# The untouched stubs, whatever somebody wrote in labs/, and their drivers. They stop at the first exercise, so they
# are compiled fast rather than well.
$(BUILD)/cut/%.c: solutions/%.c labs/%.h $(BUILD)/flags
	@mkdir -p $(@D); unifdef -USOLUTION $< > $@; [ $$? -le 1 ]
$(BUILD)/cut/%.o: $(BUILD)/cut/%.c
	$(call say,CC,$<)$(CC) $(COMPILE) -O0 -MMD -MP -c $< -o $@
$(BUILD)/cut/%: $(BUILD)/cut/%.o $$(call plot,$$*) $(LIB)
	$(call say,LD,$@)$(LINK) $^ $(LIBS) -o $@
$(BUILD)/driver/cut/%.o: $(BUILD)/cut/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(COMPILE) -O0 $(UNSET) -Dmain=lab_main -MMD -MP -c $< -o $@
	$(Q)$(if $(SAN),,OBJCOPY='$(OBJCOPY)' sh tests/harness/watch.sh $@)
$(BUILD)/driver/cut/%: $(BUILD)/driver/cut/%.o $$(call driver_parts,$$*)
	$(call say,LD,$@)$(LINK) $^ $(ARENAS) $(LIBS) -o $@

# All wrong and unusual versions of a lab are one program, and DGN_VERSION says which one it is: see versions.py.
# A folder is newer than the program when a file in it is gone.
of_lab = $(wildcard tests/labs/$(1)/mutants.toml \
                    $(foreach kind,mutants variants processes,$(addprefix tests/labs/$(1)/$(kind),/*.c /.)))
$(BUILD)/versions/%/solution.c $(BUILD)/versions/%/files.c: solutions/%.c $$(call of_lab,$$*) \
                                                                tests/suite/versions.py tests/suite/answers.py
	$(Q)python3 tests/suite/versions.py $* $(BUILD)/versions/$* $(if $(SAN),--right)
# Wrong versions compile without warnings, whatever a compiler thinks of them.
$(BUILD)/versions/%.o: $(BUILD)/versions/%.c $(BUILD)/flags
	$(call say,CC,$<)$(CC) $(COMPILE) -I. $(UNSET) -Dmain=lab_main -DSOLUTION -w -MMD -MP -c $< -o $@
	$(Q)$(if $(SAN),,OBJCOPY='$(OBJCOPY)' sh tests/harness/watch.sh $@)
$(BUILD)/versions/%/driver: $(BUILD)/versions/%/solution.o $(BUILD)/versions/%/files.o $(BUILD)/tests/suite/choose.o \
                     $$(call driver_parts,$$*)
	$(call say,LD,$@)$(LINK) $^ $(ARENAS) $(LIBS) -o $@

# ---- what has passed ----

# A script's output stands in TARGET.txt; TARGET is there when all of it passed.
passes = @mkdir -p $(@D); rm -f $@.txt; python3 tests/suite/$(1) | tee $@.txt && touch $@

judged = $(BUILD)/tests/labs/$(1)/judge $(BUILD)/versions/$(1)/driver \
         $(BUILD)/driver/solutions/$(1) $(BUILD)/driver/cut/$(1)

$(BUILD)/tested/%.verdicts: $$(call judged,$$*) $$(wildcard tests/labs/$$*/*.t*) \
                            $(addprefix tests/,harness/report.py suite/verdicts.py suite/answers.py)
	$(call passes,verdicts.py $(BUILD) $*)

$(BUILD)/tested/%.program: $(BUILD)/solutions/% $(BUILD)/cut/% $$(wildcard tests/labs/$$*/*.py) \
                           $(addprefix tests/suite/,programs.py odd_data.py arrays.py)
	$(call passes,programs.py $(BUILD) $*)
# It looks at the quick run that the test above has left in build/quick/.
$(BUILD)/tested/%.deep: $(BUILD)/tested/%.program
	$(call passes,programs.py --deep $(BUILD) $*)

$(BUILD)/tested/kernels: $(addsuffix /08_gan,$(addprefix $(BUILD)/,solutions cut driver/solutions)) \
                         $(BUILD)/tests/labs/08_gan/judge $(BUILD)/tests/bench/bench tests/suite/kernels.py
	$(call passes,kernels.py $(BUILD))

$(BUILD)/tested/processes: $$(call judged,00_unsupervised) $$(call judged,01_linear_ae) \
                           tests/harness/report.py tests/suite/processes.py
	$(call passes,processes.py $(BUILD))

# ---- more of the same, for whoever works on the suite ----

# LAB=08 SEEDS=300 FROM=1000; MUTANTS=1: wrong answers alone, at every seed
stability:
	$(Q)$(MAKE) -sj$(CORES) --no-print-directory answers
	$(Q)[ -n "$(MUTANTS)" ] || $(MAKE) -sj$(CORES) --no-print-directory BUILD=$(BUILD)-O0 CFLAGS=-O0 answers
	$(Q)[ -n "$(MUTANTS)" ] || ! command -v clang >/dev/null || \
	    $(MAKE) -sj$(CORES) --no-print-directory BUILD=$(BUILD)-clang CC=clang answers
	$(Q)python3 tests/suite/stability.py $(if $(MUTANTS),--mutants) $(BUILD) \
	    $(or $(SEEDS),300) $(or $(FROM),1000) $(CHOSEN)
answers: $(foreach name,$(CHOSEN),$(filter-out %/cut/$(name),$(call judged,$(name))))

# What the solutions give at the public seed, with which the exercise report compares.
references: $(SOLVED:%=$(BUILD)/driver/solutions/%)
	$(Q)for name in $(SOLVED); do $(BUILD)/driver/solutions/$$name all 1 > tests/labs/$$name/reference.txt 3>&-; done

warnings:
	$(Q)ls labs/*.c | xargs -P$(CORES) -n4 $(CC) $(COMPILE) -fsyntax-only
	$(Q)find common plots solutions tests -name '*.c' ! -path 'tests/grader/tests/hostile/*' | \
	    xargs -P$(CORES) -n8 $(CC) $(COMPILE) -DSOLUTION -fsyntax-only

bench: $(BUILD)/tests/bench/bench
	$(Q)python3 tests/bench/bench.py $< out && sh plots/draw.sh bench out

deep:
	$(Q)sh tests/suite/deep.sh

.PHONY: test build tested verdicts programs stability answers references warnings bench deep
