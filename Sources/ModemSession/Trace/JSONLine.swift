internal import ATProtocol

/// Writes one record as a line of JSON. Keys and values as in the trace format, version 1.
struct JSONLine: ~Copyable {
    private(set) var text = TextBytes()
    private var clock = WallClockText()

    mutating func removeAll() { text.removeAll() }

    mutating func append(_ header: TraceHeader) {
        raw("{\"v\":1,\"profile\":")
        string(header.profile)
        raw(",\"port\":")
        string(header.port)
        if let baud = header.baud {
            raw(",\"baud\":")
            text.append(decimal: baud)
        }
        raw(",\"wall\":")
        time(header.wall)
        raw("}\n")
    }

    /// - Parameter origin: where `t` counts from.
    mutating func append(_ record: Record, wall: WallTime, origin: Moment) {
        number(record.number)
        raw(",\"t\":")
        text.append(decimal: (record.at - origin).nanoseconds)
        raw(",\"w\":")
        time(wall)
        raw(",\"g\":")
        text.append(decimal: record.generation.number)
        if let exchange = record.exchange {
            raw(",\"x\":")
            text.append(decimal: exchange.number)
        }
        raw(",\"ev\":")
        string(record.kind.rawValue)
        if !record.bytes.isEmpty {
            raw(",\"d\":")
            latin1(record.bytes)
        }
        if !record.reading.isEmpty {
            raw(",\"as\":")
            string(record.reading)
        }
        if record.rule != 0 {
            raw(",\"rule\":")
            text.append(decimal: record.rule)
        }
        if let resolved = record.resolves {
            raw(",\"of\":")
            text.append(decimal: resolved)
        }
        if !record.cuts.isEmpty {
            list("cuts", record.cuts) { line, cut in line.pair((cut.at - origin).nanoseconds, cut.count) }
        }
        if !record.mask.isEmpty {
            list("mask", record.mask) { line, mask in
                line.pair(mask.range.lowerBound, mask.range.count)
                line.raw(",")
                line.string(mask.label)
            }
        }
        raw("}\n")
    }

    /// Records that the queue had no room for.
    mutating func append(dropped count: Int, after number: UInt64, wall: WallTime) {
        self.number(number)
        raw(",\"w\":")
        time(wall)
        raw(",\"ev\":\"dropped\",\"as\":\"")
        text.append(decimal: count)
        raw("\"}\n")
    }

    private mutating func number(_ number: UInt64) {
        raw("{\"n\":")
        text.append(decimal: number)
    }

    private mutating func pair(_ first: some FixedWidthInteger, _ second: Int) {
        text.append(decimal: first)
        raw(",")
        text.append(decimal: second)
    }

    private mutating func list<Element>(
        _ name: StaticString,
        _ elements: [Element],
        _ element: (inout JSONLine, Element) -> Void
    ) {
        raw(",\"")
        raw(name)
        raw("\":")
        for (index, item) in elements.enumerated() {
            raw(index == 0 ? "[[" : ",[")
            element(&self, item)
            raw("]")
        }
        raw("]")
    }

    private mutating func raw(_ text: StaticString) { self.text.append(text) }

    private mutating func time(_ wall: WallTime) {
        raw("\"")
        clock.append(wall, to: &text)
        raw("\"")
    }

    /// Text that is UTF-8 already.
    private mutating func string(_ string: String) {
        var string = string
        raw("\"")
        string.withUTF8 { escaped($0) { line, byte in line.text.append(byte) } }
        raw("\"")
    }

    /// Each byte as the code point of the same number.
    private mutating func latin1(_ bytes: [UInt8]) {
        raw("\"")
        bytes.withUnsafeBufferPointer {
            escaped($0) { line, byte in
                line.text.append(0xC0 | byte >> 6)
                line.text.append(0x80 | byte & 0x3F)
            }
        }
        raw("\"")
    }

    /// Bytes that JSON takes as they are go in one piece.
    /// - Parameter high: appends a byte beyond ASCII.
    private mutating func escaped(_ bytes: UnsafeBufferPointer<UInt8>, _ high: (inout JSONLine, UInt8) -> Void) {
        var plain = 0
        for index in bytes.indices where !bytes[index].isPlain {
            text.append(UnsafeBufferPointer(rebasing: bytes[plain..<index]))
            plain = index + 1
            if bytes[index] < 0x80 { escape(bytes[index]) } else { high(&self, bytes[index]) }
        }
        text.append(UnsafeBufferPointer(rebasing: bytes[plain...]))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case UInt8(ascii: "\r"): raw("\\r")
        case UInt8(ascii: "\n"): raw("\\n")
        default:
            raw("\\u00")
            text.append(Self.hexadecimal[Int(byte >> 4)])
            text.append(Self.hexadecimal[Int(byte & 15)])
        }
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)
}

extension UInt8 {
    /// Stands in a JSON string as it is.
    fileprivate var isPlain: Bool {
        (0x20..<0x7F).contains(self) && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
    }
}
