# handouts.mk: theory and notebook of every lab, and the page of results.

# Two editions, HTML and .ipynb: see weave.sh. A make of its own, when the figures are there. LAB="04 17": these alone.
handouts: figures
	$(Q)$(MAKE) --no-print-directory woven
woven: $(CHOSEN:%=$(OUT)/handouts/.%)
$(OUT)/handouts/.%: $(FIGS)/.% handouts/%.md handouts/weave.sh handouts/weave.awk handouts/style.css $(BUILD)/cut/%.c
	$(Q)sh handouts/weave.sh $* $(OUT) $(BUILD)/cut && touch $@

# Every number of every lab: LAB=04 SEEDS=1,2,3. A run that is there already is not repeated, unless FORCE=1.
results: $(SOLVED:%=$(BUILD)/solutions/%)
	$(Q)CC='$(CC)' FORCE=$(FORCE) python3 handouts/results.py $(BUILD) $(OUT) \
	    $(or $(SEEDS),1$(comma)2$(comma)3) $(filter $(LAB)%,$(SOLVED))

.PHONY: handouts woven results
