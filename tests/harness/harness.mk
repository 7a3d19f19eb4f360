# harness.mk: drivers and judges, which `make test-NN` runs.
#
# A driver is a lab's functions (from labs/, solutions/ or the untouched stubs in build/cut/), the cases that call them
# (tests/labs/NN_name/cases.c) and tests/harness/driver.c, which prints what went in and what came out. A judge is a
# plain Check program without any of the lab's functions: it runs a driver, reads what it prints, and decides.

CHECK   := $(or $(call pkg,--libs check),-lcheck -lsubunit -lrt -lpthread)
# Variables that a student never sets hold a pattern, so that they are wrong every time and not only now and then.
UNSET   := $(call probe,-ftrivial-auto-var-init=pattern)
# The driver sees what an exercise takes from an arena and gives back. Not with sanitizers, which see more.
ARENAS  := $(if $(SAN),,$(foreach f,alloc rewind reset free,-Wl$(comma)--wrap=arena_$(f)))

$(BUILD)/driver/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(COMPILE) $(UNSET) -Dmain=lab_main $(if $(filter labs/%,$<),,-DSOLUTION) -MMD -MP -c $< -o $@
	$(Q)$(if $(SAN),,OBJCOPY='$(OBJCOPY)' sh tests/harness/watch.sh $@)

# What a driver is made of beside the lab's own functions.
driver_parts = $(call plot,$(1)) $(BUILD)/tests/labs/$(1)/cases.o $(BUILD)/tests/harness/driver.o $(LIB)

$(BUILD)/driver/labs/%: $(BUILD)/driver/labs/%.o $$(call driver_parts,$$*)
	$(call say,LD,$@)$(LINK) $^ $(ARENAS) $(LIBS) -o $@
$(BUILD)/driver/solutions/%: $(BUILD)/driver/solutions/%.o $$(call driver_parts,$$*)
	$(call say,LD,$@)$(LINK) $^ $(ARENAS) $(LIBS) -o $@

$(BUILD)/tests/labs/%/judge: $(BUILD)/tests/labs/%/judge.o $(BUILD)/tests/harness/judge.o $(LIB)
	$(call say,LD,$@)$(LINK) $^ $(CHECK) $(LIBS) -o $@

# test-01: build/driver/labs/01_linear_ae build/tests/labs/01_linear_ae/judge, for each lab
$(foreach name,$(NAMES),$(eval test-$(firstword $(subst _, ,$(name))): \
    $(BUILD)/driver/$(SRC)/$(name) $(BUILD)/tests/labs/$(name)/judge))
