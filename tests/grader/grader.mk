# grader.mk: grading a class, and what leaves the house. What students get does not hold this file.

VERSION = $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
ONE     = $(filter $(LAB)%,$(SOLVED))

# A kit is all that grading one lab takes: see kit.sh.
kits: $(ONE:%=$(BUILD)/kits/%/name)
$(BUILD)/kits/%/name: tests/grader/kit.sh $(BUILD)/tests/labs/%/judge $(BUILD)/driver/solutions/% $(BUILD)/cut/%.c \
                      tests/labs/%/points.toml tests/labs/%/reference.txt
	$(call say,KIT,$*)mkdir -p $(BUILD)/kits
	$(Q)sh tests/grader/kit.sh $(BUILD) $* $(BUILD)/kits/$* $(CC) -std=gnu11 $(NATIVE) $(DIGITS) $(OPENMP)

# make grade LAB=04 SUBMISSIONS=dir [OUT=grades/04_vae] [SEED=text] [JOBS=2] [SANDBOX=bwrap|chroot|none]
GRADES = $(if $(filter file,$(origin OUT)),grades/$(ONE),$(OUT))
grade: kits
	$(Q)[ '$(words $(ONE))' = 1 ] && [ -n '$(SUBMISSIONS)' ] || { echo 'make grade LAB=04 SUBMISSIONS=dir' >&2; exit 2; }
	$(Q)tests/grader/grade class $(BUILD)/kits/$(ONE) '$(SUBMISSIONS)' '$(GRADES)' \
	    $(if $(SEED),--secret '$(SEED)') --jobs $(or $(JOBS),2) $(if $(SANDBOX),--sandbox $(SANDBOX))

release:
	$(Q)sh tests/grader/release.sh $(VERSION)

gradescope:
	$(Q)[ '$(words $(ONE))' = 1 ] || { echo 'make gradescope LAB=04' >&2; exit 2; }
	$(Q)sh tests/grader/gradescope.sh $(ONE)

attacks: $(BUILD)/kits/01_linear_ae/name
	$(Q)python3 tests/grader/tests/attacks.py $(BUILD)/kits/01_linear_ae solutions/01_linear_ae.c \
	    $(if $(NUMBER),--slice $(NUMBER))

.PHONY: kits grade release gradescope attacks
