/// What must not be shown, and where it stands. Works on tokens: what cannot be told apart is masked whole.
struct Redaction: Sendable {
    /// Bytes that are shown by `*`, as ranges of the token.
    typealias Masks = [Record.Mask]

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

    /// Masks of an information line whose fields are declared secret.
    static func masks(ofInformation line: Span<UInt8>, _ spec: borrowing CommandSpec) -> Masks {
        guard !spec.secretFields.isEmpty, let colon = line.colon else { return [] }
        var fields = LineFields(from: colon + 1, in: line)
        var masks: Masks = []
        var index = 0
        while let field = fields.next(in: line) {
            if let secret = spec.secretFields.first(where: { $0.index == index }) {
                let inner = field.isQuoted ? field.range.lowerBound + 1..<field.range.upperBound - 1 : field.range
                if !inner.isEmpty { masks.append(Record.Mask(range: inner, label: secret.label)) }
            }
            index += 1
        }
        return masks
    }

    static func whole(_ count: Int) -> Masks {
        count == 0 ? [] : [Record.Mask(range: 0..<count, label: "secret")]
    }

    private static func exposes(_ token: Span<UInt8>, _ exchange: Exchange) -> Bool {
        guard exchange.hasSecrets else { return false }
        if sharesBeginning(token, exchange.command.line) { return true }
        for secret in exchange.command.secrets where token.contains(exchange.command.bytes(of: secret)) { return true }
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
