internal import Dispatch
internal import Glibc

/// The lines of standard input, read by a thread of its own.
struct StandardInputLines: Sendable {
    /// Ends with the input. A last line without a line end counts, a byte order mark does not; invalid UTF-8 becomes
    /// U+FFFD. One reader.
    let lines: AsyncStream<String>
    private let feed: AsyncStream<String>.Continuation

    init() {
        (lines, feed) = AsyncStream.makeStream()
        let feed = feed
        DispatchQueue(label: "moonwire.console.input").async {
            var rest: [UInt8] = []
            var isFirst = true
            var chunk = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(STDIN_FILENO, &chunk, chunk.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { break }
                rest += chunk[..<count]
                if isFirst, rest.starts(with: InputFile.byteOrderMark) {
                    rest.removeFirst(InputFile.byteOrderMark.count)
                }
                isFirst = false
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    feed.yield(Self.text(rest[..<end]))
                    rest.removeSubrange(...end)
                }
            }
            if !rest.isEmpty { feed.yield(Self.text(rest[...])) }
            feed.finish()
        }
    }

    /// Ends the lines although there may be more input: nobody is left to take it.
    func finish() { feed.finish() }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
    }
}
