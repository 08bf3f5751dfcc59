/// What a configuration says about lines and frames, prepared for the decoder.
final class Framing: Sendable {
    let framers: [any Framer]
    /// Beginnings of lines in which an open quote protects line ends.
    let quoted: [[UInt8]]
    let lineLimit: Int
    let quotedLimit: Int
    /// Until a line is this long it may still become a frame.
    let decisionLength: Int
    private let prefixes: [[UInt8]]
    /// What all prefixes of frames begin with, and all of lines with open quotes: enough to rule most lines out.
    let frameBeginning: LineBeginning
    let quotedBeginning: LineBeginning

    init(_ configuration: Configuration) {
        framers = configuration.framers
        prefixes = configuration.framers.map(\.prefix)
        quoted = configuration.urcs.compactMap { spec in
            guard spec.quoting == .multiline, case .prefixed(let prefix, _, _) = spec.shape else { return nil }
            return prefix
        }
        lineLimit = max(configuration.lineLimit, 16)
        quotedLimit = min(configuration.quotedLimit, lineLimit)
        decisionLength = prefixes.map(\.count).max() ?? 0
        frameBeginning = LineBeginning(of: prefixes)
        quotedBeginning = LineBeginning(of: quoted)
    }

    enum Decision: Equatable, Sendable {
        /// Too short to tell.
        case open
        case line
        /// Begins with the prefix of this framer.
        case frame(Int)
    }

    func decide(_ line: borrowing ByteBuffer) -> Decision {
        let bytes = line.contents
        guard frameBeginning.mayStand(in: bytes.span, at: 0) else { return .line }
        var decision = Decision.line
        for index in prefixes.indices {
            let length = min(prefixes[index].count, line.count)
            var matched = 0
            while matched < length, prefixes[index][matched] == line[matched] { matched += 1 }
            guard matched == length else { continue }
            if length == prefixes[index].count { return .frame(index) }
            decision = .open
        }
        return decision
    }

    func isQuoted(_ line: borrowing ByteBuffer) -> Bool {
        let bytes = line.contents
        guard quotedBeginning.mayStand(in: bytes.span, at: 0) else { return false }
        return quoted.contains { bytes.span.starts(with: $0) }
    }
}
