# suite.mk: the tests of the suite itself. `make test` runs them all; what students get does not hold this file.
#
# For each lab, tests/grade/selftest.py lets the judge decide on the solution, on the untouched stub, on wrong versions
# of each exercise (.mutants) and on unusual right ones (.variants), and runs the program on odd data.
# build/tested/NN_name is as new as the last time that all of this passed.

# The linker gold takes a third of the time, which counts for hundreds of small programs.
GOLD     := $(call probe,-fuse-ld=gold)
LIBRARY   = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/common/test_*.c))
# Wrong and unusual versions of a lab. What a wrong one does to memory is its own affair: sanitizers look at right ones.
mutants   = $(if $(SAN),,$(wildcard tests/labs/$(1).mutants/*.c))
variants  = $(wildcard tests/labs/$(1).variants/*.c tests/labs/$(1).life/*.c)
versions  = $(patsubst %.c,$(BUILD)/driver/%,$(call mutants,$(1)) $(call variants,$(1)))
# Right answers: the solution and the unusual ones.
right     = $(BUILD)/driver/solutions/$(1) $(patsubst %.c,$(BUILD)/driver/%,$(wildcard tests/labs/$(1).variants/*.c))
CHOSEN    = $(filter $(LAB)%,$(SOLVED))

# ---- make test ----

test:
	$(Q)$(MAKE) -j$(CORES) --no-print-directory build
	$(Q)MAKE='$(MAKE)' sh tests/run_all.sh $(CORES) $(BUILD) $(LIBRARY)

# Everything that can be compiled.
build: $(LIBRARY) $(JUDGES) $(BUILD)/tests/bench/bench $(NAMES:%=$(BUILD)/labs/%) $(SOLVED:%=$(BUILD)/solutions/%) \
       $(SOLVED:%=$(BUILD)/cut/%) $(SOLVED:%=$(BUILD)/driver/cut/%) $(SOLVED:%=$(BUILD)/driver/solutions/%) \
       $(foreach name,$(SOLVED),$(call versions,$(name)))

tested: $(SOLVED:%=$(BUILD)/tested/%) $(if $(SOLVED),$(BUILD)/tested/life $(BUILD)/tested/kernels)

# ---- programs ----

$(BUILD)/tests/common/%: $(BUILD)/tests/common/%.o $(BUILD)/tests/common/suite.o $(LIB)
	$(call say,LD,$@)$(LINK) $^ $(CHECK) $(LIBS) -o $@

$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(LIB)
	$(call say,LD,$@)$(LINK) $^ $(LIBS) -o $@

# The untouched stubs, whatever somebody wrote in labs/, and their drivers.
$(BUILD)/cut/%.c: solutions/%.c labs/%.h $(BUILD)/flags
	@mkdir -p $(@D); unifdef -USOLUTION $< > $@; [ $$? -le 1 ]
$(BUILD)/cut/%.o: $(BUILD)/cut/%.c
	$(call say,CC,$<)$(CC) $(COMPILE) -MMD -MP -c $< -o $@
$(BUILD)/cut/%: $(BUILD)/cut/%.o $$(call plot,$$*) $(LIB)
	$(call say,LD,$@)$(LINK) $^ $(LIBS) -o $@
$(BUILD)/driver/cut/%.o: $(BUILD)/cut/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(COMPILE) $(UNSET) -Dmain=lab_main -MMD -MP -c $< -o $@
	$(Q)$(if $(SAN),,OBJCOPY='$(OBJCOPY)' sh tests/grade/watch.sh $@)
$(BUILD)/driver/cut/%: $(BUILD)/driver/cut/%.o $$(call driver_parts,$$*)
	$(call say,LD,$@)$(LINK) $^ $(ARENAS) $(LIBS) -o $@

# A wrong or unusual version is linked with the rest of the solution: see mutant.sh.
define versions_of
$(BUILD)/driver/tests/labs/$(1).%: $(BUILD)/driver/tests/labs/$(1).%.o $(BUILD)/driver/solutions/$(1).o \
                                   $(call driver_parts,$(1))
	$$(call say,LD,$$@)OBJCOPY='$(OBJCOPY)' NM='$(NM)' \
	    sh tests/grade/mutant.sh $$< $(BUILD)/driver/solutions/$(1).o $$@.right.o
	$$(Q)$$(LINK) $$(GOLD) $$< $$@.right.o $(call driver_parts,$(1)) $$(ARENAS) $$(LIBS) -o $$@ && rm $$@.right.o
$(BUILD)/tested/$(1): $(call versions,$(1)) $(wildcard tests/labs/$(1).*)
endef
$(foreach name,$(SOLVED),$(eval $(call versions_of,$(name))))

# ---- what has passed ----

$(BUILD)/tested/%: $(BUILD)/tests/labs/%.judge $(BUILD)/solutions/% $(BUILD)/cut/% \
                   $(BUILD)/driver/solutions/% $(BUILD)/driver/cut/% $(wildcard tests/grade/*.py)
	@mkdir -p $(@D); rm -f $@.txt
	$(Q)python3 tests/grade/selftest.py $(BUILD) $* | tee $@.txt && touch $@

$(BUILD)/tested/kernels: $(addsuffix /08_gan,$(addprefix $(BUILD)/,solutions cut driver/solutions)) \
                         $(BUILD)/tests/labs/08_gan.judge $(BUILD)/tests/bench/bench tests/grade/kernels.py
	@mkdir -p $(@D); rm -f $@.txt
	$(Q)python3 tests/grade/kernels.py $(BUILD) | tee $@.txt && touch $@

# Last and alone, because it looks at the clock.
$(BUILD)/tested/life: $(foreach name,00_unsupervised 01_linear_ae,$(BUILD)/tests/labs/$(name).judge) \
                      tests/labs/00_unsupervised.golden.txt tests/labs/01_linear_ae.golden.txt \
                      $(foreach name,00_unsupervised 01_linear_ae,$(call versions,$(name))) \
                      tests/grade/report.py tests/grade/life.py | $(SOLVED:%=$(BUILD)/tested/%)
	@mkdir -p $(@D); rm -f $@.txt
	$(Q)python3 tests/grade/life.py $(BUILD) | tee $@.txt && touch $@

# ---- more of the same, for whoever works on the suite ----

# LAB=08 SEEDS=300 FROM=1000; SLIPS=1: wrong answers alone, at every seed
steady:
	$(Q)$(MAKE) -sj$(CORES) --no-print-directory $(CHOSEN:%=$(BUILD)/tests/labs/%.judge) \
	    $(foreach name,$(CHOSEN),$(call right,$(name)) $(call versions,$(name)))
	$(Q)[ -n "$(SLIPS)" ] || $(MAKE) -sj$(CORES) --no-print-directory BUILD=$(BUILD)-O0 CFLAGS=-O0 right
	$(Q)[ -n "$(SLIPS)" ] || ! command -v clang >/dev/null || \
	    $(MAKE) -sj$(CORES) --no-print-directory BUILD=$(BUILD)-clang CC=clang right
	$(Q)python3 tests/grade/steady.py $(if $(SLIPS),--slips) $(BUILD) $(or $(SEEDS),300) $(or $(FROM),1000) $(CHOSEN)
right: $(foreach name,$(CHOSEN),$(call right,$(name)))

# The values of the public seed, with which the exercise report compares.
golden: $(SOLVED:%=$(BUILD)/driver/solutions/%)
	$(Q)for name in $(SOLVED); do $(BUILD)/driver/solutions/$$name all 1 > tests/labs/$$name.golden.txt 3>&-; done

warnings:
	$(Q)ls labs/*.c | xargs -P$(CORES) -n4 $(CC) $(COMPILE) -fsyntax-only
	$(Q)find common plots solutions tests -name '*.c' ! -path 'tests/hostile/*' | \
	    xargs -P$(CORES) -n8 $(CC) $(COMPILE) -DSOLUTION -fsyntax-only

bench: $(BUILD)/tests/bench/bench
	$(Q)python3 tests/bench/bench.py $< out && sh plots/draw.sh bench out

deep:
	$(Q)sh tests/systems.sh

.PHONY: test build tested steady right golden warnings bench deep
