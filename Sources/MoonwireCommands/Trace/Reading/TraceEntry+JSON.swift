internal import ATProtocol

/// A line of a trace that is JSON but no record; `message` says why.
struct TraceFormatError: Error, Equatable {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}

extension TraceOrigin {
    init(_ json: JSONValue) throws(TraceFormatError) {
        guard case .object = json, let version = json["v"] else {
            throw TraceFormatError("a trace begins with {\"v\":1,…}")
        }
        guard version == 1 else {
            throw TraceFormatError("the trace has version \(version.text), this program reads version 1")
        }
        profile = json["profile"]?.string ?? ""
        port = json["port"]?.string ?? ""
        baud = json["baud"]?.integer()
        wall = json["wall"]?.string ?? ""
    }
}

extension TraceEntry {
    /// - Parameter previous: the time of the record before, for a `dropped`, which has none: it is written by the sink.
    init(_ json: JSONValue, after previous: Moment) throws(TraceFormatError) {
        guard case .object = json else { throw TraceFormatError("a record is an object") }
        guard let name = json["ev"]?.string else { throw TraceFormatError("the record has no \"ev\"") }
        guard let kind = Record.Kind(rawValue: name) else { throw TraceFormatError("unknown \"ev\": \"\(name)\"") }
        var record = Record(
            number: try Self.number("n", in: json),
            at: kind == .dropped ? previous : Moment(nanoseconds: try Self.number("t", in: json)),
            generation: PortGeneration(try Self.number("g", in: json, default: 1)),
            kind: kind,
            bytes: try Self.bytes(json["d"]),
            reading: json["as"]?.string ?? "",
            rule: try Self.number("rule", in: json, default: 0)
        )
        if json["x"] != nil { record.exchange = ExchangeID(try Self.number("x", in: json)) }
        if json["of"] != nil { record.resolves = try Self.number("of", in: json) }
        record.cuts = try Self.cuts(json["cuts"])
        record.mask = try Self.masks(json["mask"], of: record.bytes)
        self.init(record: record, wall: json["w"]?.string ?? "")
        if kind == .dropped { dropped = Int(record.reading) }
    }

    private static func number<Number: FixedWidthInteger>(
        _ name: String,
        in json: JSONValue,
        default absent: Number? = nil
    ) throws(TraceFormatError) -> Number {
        guard let value = json[name] else {
            guard let absent else { throw TraceFormatError("the record's \"\(name)\" is missing") }
            return absent
        }
        guard let number = value.integer(as: Number.self) else {
            let wanted = "a whole number from \(Number.min)"
            throw TraceFormatError("the record's \"\(name)\" is \(value.text); \(wanted) is expected")
        }
        return number
    }

    /// Each code point is the byte of the same number.
    private static func bytes(_ json: JSONValue?) throws(TraceFormatError) -> [UInt8] {
        guard let json else { return [] }
        guard let text = json.string else { throw TraceFormatError("the record's \"d\" is no string") }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else {
                throw TraceFormatError(
                    "the record's \"d\" has the character U+\(String(scalar.value, radix: 16)), which is no byte"
                )
            }
            bytes.append(byte)
        }
        return bytes
    }

    private static func cuts(_ json: JSONValue?) throws(TraceFormatError) -> [Record.Cut] {
        guard let json else { return [] }
        let fault = TraceFormatError("the record's \"cuts\" are not pairs of time and size")
        guard let list = json.array else { throw fault }
        var cuts: [Record.Cut] = []
        for pair in list {
            guard let pair = pair.array, pair.count == 2, let at = pair[0].integer(as: Int64.self),
                let count = pair[1].integer(as: Int.self),
                count >= 0
            else { throw fault }
            cuts.append(Record.Cut(at: Moment(nanoseconds: at), count: count))
        }
        return cuts
    }

    private static func masks(_ json: JSONValue?, of bytes: [UInt8]) throws(TraceFormatError) -> [Record.Mask] {
        guard let json else { return [] }
        let fault = TraceFormatError("the record's \"mask\" is not a list of [start, length, label] within \"d\"")
        guard let list = json.array else { throw fault }
        var masks: [Record.Mask] = []
        for item in list {
            guard let item = item.array, item.count == 3, let start = item[0].integer(as: Int.self),
                let count = item[1].integer(as: Int.self),
                let label = item[2].string, start >= 0, count >= 0, start <= bytes.count,
                count <= bytes.count - start
            else { throw fault }
            masks.append(Record.Mask(range: start..<start + count, label: label))
        }
        return masks
    }
}
