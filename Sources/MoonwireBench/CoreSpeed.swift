/// Nanoseconds of processor time per byte of the protocol core alone, for some MiB of each corpus at each chunk size.
///
/// `core MIB [CORPUS CHUNK]`.
struct CoreSpeed {
    private let total: Int
    private let only: [String]

    init(_ arguments: ArraySlice<String>) throws {
        guard let size = arguments.first.flatMap({ Int($0) }) else { throw BenchFailure("core MIB") }
        total = size << 20
        only = Array(arguments.dropFirst())
    }

    func run() throws {
        for corpus in [try Corpus.answers(), try Corpus.mixed(), try Corpus.messages()] {
            for chunk in [1, 16, 4096] where only.isEmpty || only == [corpus.name, "\(chunk)"] {
                var driver = try CoreDriver()
                let rounds = total / corpus.size
                for _ in 0..<(rounds / 64) {
                    driver.play(corpus, chunk: chunk)
                }
                let before = driver.completed
                let start = processorTime()
                for _ in 0..<rounds {
                    driver.play(corpus, chunk: chunk)
                }
                let time = processorTime() - start
                guard driver.completed - before == rounds * corpus.turns.count else {
                    throw BenchFailure(
                        "\(corpus.name): \(driver.completed - before) answers of \(rounds * corpus.turns.count)"
                    )
                }
                print("core,\(corpus.name),\(chunk),\(Double(time) / Double(rounds * corpus.size))")
            }
        }
    }
}
