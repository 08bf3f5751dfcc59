import Glibc

/// Allocations of the protocol core while it reads, per line or frame that reaches somebody, over 100 000 of them; and
/// those of submitting a command. Needs the counter: `LD_PRELOAD=libmalloc_count.so`.
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
                driver.allocationCount = { count() }
                let (before, readingBefore) = (count(), driver.whileReading)
                for _ in 0..<rounds {
                    driver.play(corpus, chunk: chunk)
                }
                let reading = driver.whileReading - readingBefore
                let asking = count() - before - reading
                let perLine = Double(reading) / Double(rounds * corpus.delivered)
                let perCommand = Double(asking) / Double(rounds * corpus.turns.count)
                print("allocations,\(corpus.name),\(chunk),\(perLine),\(perCommand)")
            }
        }
    }
}
