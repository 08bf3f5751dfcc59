/// Collects a command line, byte by byte.
struct InputLine: Sendable {
    /// More than any firmware takes; what crosses it is forgotten, and the line is over its limit anyway.
    private static let capacity = 8192

    /// As received, for the echo.
    private(set) var bytes: [UInt8] = []
    private(set) var hasBackspace = false
    private var echoed = 0
    /// The agenda has an appointment for the echo of an incomplete line.
    var isTypingExpected = false

    var isEmpty: Bool { bytes.isEmpty }

    mutating func append(_ byte: UInt8) {
        guard bytes.count < Self.capacity else { return }
        if byte == 0x08 { hasBackspace = true }
        bytes.append(byte)
    }

    mutating func take() -> InputLine {
        defer { clear() }
        return self
    }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        hasBackspace = false
        echoed = 0
        isTypingExpected = false
    }

    var unechoed: ArraySlice<UInt8> { bytes[echoed...] }

    mutating func markEchoed() { echoed = bytes.count }

    /// What stands behind the first `AT`. Nil: there is none, and the line gets no answer.
    var body: [UInt8]? {
        let text = hasBackspace ? edited : bytes
        for index in text.indices.dropLast()
        where text[index].uppercased == UInt8(ascii: "A") && text[index + 1].uppercased == UInt8(ascii: "T") {
            return Array(text[(index + 2)...])
        }
        return nil
    }

    private var edited: [UInt8] {
        var text: [UInt8] = []
        for byte in bytes {
            if byte == 0x08 { _ = text.popLast() } else { text.append(byte) }
        }
        return text
    }
}
