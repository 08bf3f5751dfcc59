/// What must not be shown, and where it stands. Works on tokens: what cannot be told apart is masked whole.
struct Redaction: Sendable {
    /// Bytes that are shown by `*`, as ranges of the token.
    typealias Masks = [Record.Mask]

    /// Length of a token that is suspicious as a part of a secret: a line of a key that comes back.
    fileprivate static let suspiciousPiece = 8
    /// Length of a common beginning with the command that makes a line suspicious.
    private static let suspiciousPrefix = 4

    /// Whether anything open has secrets.
    static func isNeeded(_ queue: borrowing ExchangeQueue) -> Bool {
        if queue.active?.hasSecrets == true { return true }
        for index in queue.pending.indices where queue.pending[index].hasSecrets { return true }
        for index in queue.zombies.indices where queue.zombies[index].hasSecrets { return true }
        return false
    }

    /// Masks of a line, frame or piece of noise that is not an exact echo.
    static func masks(of token: Span<UInt8>, _ queue: borrowing ExchangeQueue) -> Masks {
        if let active = queue.active, exposes(token, active) { return whole(token.count) }
        for exchange in queue.pending where exposes(token, exchange) { return whole(token.count) }
        for exchange in queue.zombies where exposes(token, exchange) { return whole(token.count) }
        return []
    }

    /// Whether a line repeats a secret of an open exchange, or a piece of one: data that come back although no echo was
    /// expected. Unlike a record, a line that a script waits for is not given up for a byte that is there by chance.
    static func isRepetition(_ line: Span<UInt8>, _ queue: borrowing ExchangeQueue) -> Bool {
        guard isNeeded(queue) else { return false }
        if let active = queue.active, repeats(line, active) { return true }
        for exchange in queue.pending where repeats(line, exchange) { return true }
        for exchange in queue.zombies where repeats(line, exchange) { return true }
        return false
    }

    private static func repeats(_ line: Span<UInt8>, _ exchange: Exchange) -> Bool {
        for secret in exchange.command.secrets {
            let bytes = exchange.command.bytes(of: secret)
            if bytes.count >= suspiciousPrefix, line.contains(bytes) { return true }
            if bytes.hold(piece: line) { return true }
        }
        return false
    }

    /// Masks of an information line of a command. The answer to joined ones holds the lines of each.
    static func masks(ofAnswer line: Span<UInt8>, to spec: CommandSpec) -> Masks {
        if !spec.secretFields.isEmpty { return masks(ofInformation: line, spec.secretFields) }
        return masks(ofStray: line, spec.secretLines)
    }

    private static func masks(ofInformation line: Span<UInt8>, _ secretFields: [CommandSpec.SecretField]) -> Masks {
        guard !secretFields.isEmpty, let colon = line.colon else { return [] }
        var fields = LineFields(from: colon + 1, in: line)
        var masks: Masks = []
        var index = 0
        while let field = fields.next(in: line) {
            if let secret = secretFields.first(where: { $0.index == index }) {
                let inner = field.isQuoted ? field.range.lowerBound + 1..<field.range.upperBound - 1 : field.range
                if !inner.isEmpty { masks.append(Record.Mask(range: inner, label: secret.label)) }
            }
            index += 1
        }
        return masks
    }

    /// Masks of a line that no open command has asked for.
    static func masks(ofStray line: Span<UInt8>, _ known: [CommandSpec.SecretLine]) -> Masks {
        guard let colon = line.colon else { return [] }
        let name = line.extracting(first: colon)
        for secretLine in known where name.equals(secretLine.prefix) {
            return masks(ofInformation: line, secretLine.fields)
        }
        return []
    }

    static func whole(_ count: Int) -> Masks {
        count == 0 ? [] : [Record.Mask(range: 0..<count, label: "secret")]
    }

    private static func exposes(_ token: Span<UInt8>, _ exchange: Exchange) -> Bool {
        guard exchange.hasSecrets else { return false }
        if sharesBeginning(token, exchange.command.line) { return true }
        for secret in exchange.command.secrets {
            let bytes = exchange.command.bytes(of: secret)
            if token.contains(bytes) || bytes.hold(piece: token) { return true }
        }
        return false
    }

    private static func sharesBeginning(_ token: Span<UInt8>, _ line: [UInt8]) -> Bool {
        guard token.count >= suspiciousPrefix, line.count >= suspiciousPrefix else { return false }
        for index in 0..<suspiciousPrefix where token[index].lowercased != line[index].lowercased { return false }
        return true
    }
}

extension Command {
    func bytes(of secret: Secret) -> ArraySlice<UInt8> {
        let part = secret.part == .line ? line : data ?? []
        return part[secret.range.clamped(to: part.indices)]
    }

    func masks(of part: Secret.Part) -> [Record.Mask] {
        let limits = part == .line ? line.indices : (data ?? []).indices
        return secrets.filter { $0.part == part }.compactMap { secret in
            let range = secret.range.clamped(to: limits)
            return range.isEmpty ? nil : Record.Mask(range: range, label: secret.label)
        }
    }

    /// The line as it may be shown.
    var shownLine: [UInt8] {
        secrets.isEmpty ? line : line.masked(masks(of: .line))
    }
}

extension Array<UInt8> {
    /// A copy with `*` for each masked byte.
    func masked(_ masks: [Record.Mask], offset: Int = 0) -> [UInt8] {
        guard !masks.isEmpty else { return self }
        var copy = self
        for mask in masks {
            for index in mask.range.lowerBound + offset..<mask.range.upperBound + offset
            where copy.indices.contains(index) {
                copy[index] = .maskMark
            }
        }
        return copy
    }
}

extension ArraySlice<UInt8> {
    /// Whether the token is a piece of these bytes, too long for chance.
    fileprivate func hold(piece token: Span<UInt8>) -> Bool {
        guard token.count >= Redaction.suspiciousPiece, count > token.count else { return false }
        return Array(self).span.contains(Array(copying: token)[...])
    }
}

extension Span<UInt8> {
    /// Whether `needle` stands anywhere in these bytes; an empty one never does.
    fileprivate func contains(_ needle: ArraySlice<UInt8>) -> Bool {
        guard let first = needle.first, count >= needle.count else { return false }
        let base = needle.startIndex
        for start in 0...count - needle.count where self[start] == first {
            var length = 1
            while length < needle.count, self[start + length] == needle[base + length] { length += 1 }
            if length == needle.count { return true }
        }
        return false
    }
}
