# figures.mk: every lab on real data, every figure. plots/run.sh runs a program, plots/draw.sh draws from what it wrote.

# One lab per core, the longest first, each drawn when it ends: see figures.py. LAB="04 17": these alone.
figures:
	$(Q)$(if $(CHOSEN),$(MAKE) -skj$(CORES) --no-print-directory $(CHOSEN:%=$(BUILD)/solutions/%) || true)
	$(Q)python3 plots/figures.py $(OUT) $(CHOSEN) -- $(MAKE) $(MAKEOVERRIDES)

# printed.txt is what a whole run of a solution printed. A run by hand with flags, or of a student's lab, removes it.
$(OUT)/%/printed.txt: $(BUILD)/solutions/%
	$(Q)SRC=solutions bash plots/run.sh $<

$(FIGS)/.%: $(OUT)/%/printed.txt plots/%.gp plots/style.gp
	$(Q)sh plots/draw.sh $* $(OUT)/$* && touch $@

# figures-01: those of one lab; of the student's own where the solution is not here
$(foreach name,$(NAMES),$(eval figures-$(firstword $(subst _, ,$(name))): \
    $(if $(filter $(SOLVED),$(name)),$(FIGS)/.$(name),$(firstword $(subst _, ,$(name))))))

.PHONY: figures $(NUMBERS:%=figures-%)
