internal import ATProtocol

/// Writes one record as a line of JSON. Keys and values as in the trace format, version 1.
struct JSONLine {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(_ header: TraceHeader) {
        raw("{\"v\":1,\"profile\":")
        string(header.profile.utf8)
        raw(",\"port\":")
        string(header.port.utf8)
        if let baud = header.baud { raw(",\"baud\":\(baud)") }
        raw(",\"wall\":")
        time(header.wall)
        raw("}\n")
    }

    /// - Parameter origin: where `t` counts from.
    mutating func append(_ record: Record, wall: WallTime, origin: Moment) {
        raw("{\"n\":\(record.number),\"t\":\((record.at - origin).nanoseconds),\"w\":")
        time(wall)
        raw(",\"g\":\(record.generation.number)")
        if let exchange = record.exchange { raw(",\"x\":\(exchange.number)") }
        raw(",\"ev\":\"\(record.kind.rawValue)\"")
        if !record.bytes.isEmpty {
            raw(",\"d\":")
            latin1(record.bytes)
        }
        if !record.reading.isEmpty {
            raw(",\"as\":")
            string(record.reading.utf8)
        }
        if record.rule != 0 { raw(",\"rule\":\(record.rule)") }
        if let resolved = record.resolves { raw(",\"of\":\(resolved)") }
        if !record.cuts.isEmpty {
            list("cuts", record.cuts) { $0.raw("[\(($1.at - origin).nanoseconds),\($1.count)]") }
        }
        if !record.mask.isEmpty {
            list("mask", record.mask) {
                $0.raw("[\($1.range.lowerBound),\($1.range.count),")
                $0.string($1.label.utf8)
                $0.raw("]")
            }
        }
        raw("}\n")
    }

    /// Records that the queue had no room for.
    mutating func append(dropped count: Int, after number: UInt64, wall: WallTime) {
        raw("{\"n\":\(number),\"w\":")
        time(wall)
        raw(",\"ev\":\"dropped\",\"as\":\"\(count)\"}\n")
    }

    private mutating func list<Element>(
        _ name: String,
        _ elements: [Element],
        _ element: (inout JSONLine, Element) -> Void
    ) {
        raw(",\"\(name)\":[")
        for (index, item) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            element(&self, item)
        }
        raw("]")
    }

    private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func time(_ wall: WallTime) {
        bytes.append(UInt8(ascii: "\""))
        wall.append(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Text that is UTF-8 already.
    private mutating func string(_ text: some Sequence<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text { escaped(byte) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Each byte as the code point of the same number.
    private mutating func latin1(_ text: [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            if byte < 0x80 {
                escaped(byte)
            } else {
                bytes.append(0xC0 | byte >> 6)
                bytes.append(0x80 | byte & 0x3F)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case UInt8(ascii: "\r"): raw("\\r")
        case UInt8(ascii: "\n"): raw("\\n")
        case 0..<0x20, 0x7F:
            raw("\\u00")
            bytes.append(Self.hexadecimal[Int(byte >> 4)])
            bytes.append(Self.hexadecimal[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)
}
