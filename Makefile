# `make` prints the targets. Two of them do all the set-up of a fresh machine with a JDK 17, Maven and make: run, test.
MVN  ?= mvn -B -ntp
JAVA ?= java
JAR   = target/baozi.jar
SOURCES = pom.xml $(shell find src/main -type f)

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(JAR) ## build and serve conf/baozi.json
	$(JAVA) -jar $(JAR) serve conf/baozi.json

demo: $(JAR) ## the steamer: bakers faster than eaters, a line a second
	$(JAVA) -jar $(JAR) serve conf/demo.json

test: ## format check, compile, unit tests, the jar, tests of the jar
	$(MVN) verify

bench: ## JMH and load runs, as ratios measured in one run; some of them with ONLY="bench.EchoBench bench.Crowd"
	$(MVN) -q -DskipTests package
	src/test/scripts/bench $(ONLY)

bench-durable: ## puts forced to disk beside the store and the peers that are installed, and the start with a backlog
	$(MAKE) bench ONLY="bench.peers.DurablePuts bench.peers.Backlog"

bench-files: ## a file put and got beside bare Vert.x sockets and iperf3, BENCH_MIB=1024
	$(MAKE) bench ONLY="bench.peers.FileCopies"

fuzz: ## fuzz the framing, FUZZ_SECONDS=60 a test; what breaks it is kept among the test resources
	JAZZER_FUZZ=1 $(MVN) test -Dtest='*FuzzTest' -DreuseForks=false -Djazzer.hooks=true -Djazzer.max_duration=$(or $(FUZZ_SECONDS),60)s

torture: ## the jar killed, its power cut and its disk failing, SECONDS=300 SEED=any DIR=any
	$(MVN) -q -DskipTests package
	$(JAVA) -Dbaozi.jar=$(JAR) -cp target/test-classes:$(JAR) io.baozi.torture.TortureRun "$(or $(SECONDS),300)" "$(SEED)" "$(DIR)"

history: ## clients of the jar killed, stopped and cut, what they saw checked, SECONDS=120 SEED=any
	$(MVN) -q -DskipTests package
	$(JAVA) -Dbaozi.jar=$(JAR) -cp target/test-classes:$(JAR) io.baozi.history.HistoryRun "$(or $(SECONDS),120)" "$(SEED)"

format: ## format the sources
	$(MVN) -q spotless:apply

clean: ## remove what was built
	$(MVN) -q clean

$(JAR): $(SOURCES)
	$(MVN) -q -DskipTests package

.PHONY: help run demo test bench bench-durable bench-files fuzz history torture format clean
