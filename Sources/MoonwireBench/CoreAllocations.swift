import Glibc

/// Allocations of the protocol core per line or frame that reaches somebody, over 100 000 of them. Needs the counter:
/// `LD_PRELOAD=libmalloc_count.so`.
struct CoreAllocations {
    private typealias Counter = @convention(c) () -> UInt

    func run() throws {
        guard let symbol = dlsym(nil, "allocation_count") else {
            throw BenchFailure("the allocation counter is not loaded")
        }
        let count = unsafeBitCast(symbol, to: Counter.self)
        for corpus in [try Corpus.bare(), try Corpus.answers(), try Corpus.mixed(), try Corpus.messages()] {
            for chunk in [1, 16, 4096] {
                var driver = try CoreDriver()
                let rounds = 100_000 / corpus.delivered
                for _ in 0..<(rounds / 10) {
                    driver.play(corpus, chunk: chunk)
                }
                let before = count()
                for _ in 0..<rounds {
                    driver.play(corpus, chunk: chunk)
                }
                let calls = count() - before
                let lines = rounds * corpus.delivered
                let turns = rounds * corpus.turns.count
                print(
                    "allocations,\(corpus.name),\(chunk),\(Double(calls) / Double(lines)),\(Double(calls) / Double(turns))"
                )
            }
        }
    }
}
