# build.mk: the compiler and its flags, the library, the programs of the labs. Everything is built in build/.
#
# Objects are compiled anew when a file that they include has changed, or the flags (build/flags holds them).
# What a developer may set: CC, CFLAGS (come last), LDFLAGS, SAN=1, V=1; for a cross compiler also AR, OBJCOPY, NM,
# PKG_CONFIG and SHIPPED, the path of the shipped data where the programs will run.

ifeq ($(origin CC),default)
CC = cc
endif
OBJCOPY    = objcopy
NM         = nm
PKG_CONFIG = pkg-config
SHIPPED    = $(CURDIR)/common/data
CORES     := $(shell nproc 2>/dev/null || echo 2)

# One folder for each compiler, and for the sanitizers.
BUILD  := build$(if $(SAN),-san)$(if $(filter-out cc gcc,$(CC)),-$(notdir $(CC)))
LIB    := $(BUILD)/libgen.a

# What a command line says: `CC file` without V=1, the whole command with it.
Q       = $(if $(V),,@)
say     = $(if $(V),,@printf '  %-6s %s\n' '$(1)' '$(2)';)

# probe: a flag, if this compiler knows it. pkg: what pkg-config says of a package.
probe   = $(shell printf 'int main(void){return 0;}' | $(CC) $(1) -x c - -o /dev/null 2>/dev/null && echo '$(1)')
pkg     = $(shell $(PKG_CONFIG) $(1) 2>/dev/null)
comma  := ,

# ---- flags ----

OPENMP   := $(call probe,-fopenmp)
FAST      = $(SPEED) $(NATIVE)
NATIVE   := $(call probe,-march=native)
# gcc 12 for ARM ends in an internal error at a loop like this one with -O3.
LOOP      = double f(float *a, int n) \
            { double m = 0; for (int i = 0; i < n; i++) m = __builtin_fmax(m, (double)a[i]); return m; }
SPEED    := $(if $(shell printf '%s' '$(LOOP)' | $(CC) -O3 -x c -c - -o /dev/null 2>/dev/null && echo fine),-O3,-O2)
SANITIZE  = -O1 -g -DDEBUG -fno-omit-frame-pointer -fsanitize=address$(comma)undefined -fno-sanitize-recover=all
OPTIMISE := $(if $(SAN),$(SANITIZE),$(FAST))
# The same digits from every compiler (-ffp-contract=off: no fused multiply-add); loops over sqrtf become vector code.
DIGITS    = -ffp-contract=off -fno-math-errno -fno-trapping-math
WARN      = -Wall -Wextra -Wshadow -Werror=return-type $(if $(OPENMP),,-Wno-unknown-pragmas)
INCLUDE   = -Icommon -Ilabs -Iplots -Itests/harness -Itests/library
COMPILE  := -std=gnu11 $(WARN) -DSHIPPED_DATA='"$(SHIPPED)"' $(INCLUDE) $(OPTIMISE) $(DIGITS) $(OPENMP) \
            $(call pkg,--cflags openblas zlib) $(CFLAGS)
LIBS     := $(or $(call pkg,--libs openblas zlib),-lopenblas -lz) -lm
LINK      = $(CC) $(OPTIMISE) $(OPENMP) $(CFLAGS) $(LDFLAGS)

# ---- rules ----

# Written only when the flags differ from those of the last build.
$(BUILD)/flags: FORCE | $(filter setup,$(MAKECMDGOALS))
	@mkdir -p $(@D); echo '$(CC) $(COMPILE)' | cmp -s - $@ || echo '$(CC) $(COMPILE)' > $@

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(COMPILE) $(if $(filter solutions/%,$<),-DSOLUTION) -MMD -MP -c $< -o $@

$(LIB): $(patsubst %.c,$(BUILD)/%.o,$(wildcard common/*.c))
	$(Q)rm -f $@; $(AR) rcs $@ $^

# A lab is its own file, the file that gathers what its figures need (if it has figures), and the library. Whether it
# has is known when the rule is used and $* is the lab's name: hence the second expansion, and $$.
.SECONDEXPANSION:
plot = $(patsubst %.c,$(BUILD)/%.o,$(wildcard plots/$(1)_plot.c))
$(BUILD)/labs/%: $(BUILD)/labs/%.o $$(call plot,$$*) $(LIB)
	$(call say,LD,$@)$(LINK) $^ $(LIBS) -o $@
$(BUILD)/solutions/%: $(BUILD)/solutions/%.o $$(call plot,$$*) $(LIB)
	$(call say,LD,$@)$(LINK) $^ $(LIBS) -o $@

# 01: build/labs/01_linear_ae, for each lab
$(foreach name,$(NAMES),$(eval $(firstword $(subst _, ,$(name))): $(BUILD)/$(SRC)/$(name)))

.PHONY: FORCE
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
