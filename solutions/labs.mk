# labs.mk: make labs cuts the students' files from solutions/. A lab that holds a student's work stays, unless FORCE=1.

labs:
	$(Q)FORCE=$(FORCE) sh solutions/cut.sh $(SOLVED)

.PHONY: labs
