import Testing

@testable import ATProtocol

/// A prepared shape takes exactly the lines its shape takes.
@Suite("Line matchers")
struct LineMatcherTests {
    static let shapes: [LineShape] = [
        .prefix("+CSQ"), .prefix("+CSQ", extra: .none), .prefix("+CSQ", .integer), .prefix("+CSQ", .integer, .integer),
        .prefix("+CSQ", .integer, extra: .allowed), .prefix("+CSQ", .any, .string), .prefix("+CSQ", .group),
        .prefix("+CSQ", .integer, .string), .prefix("+CSQ", .integer, .any), .prefix("+CSQ", .integer, .any, .integer),
        .prefix("+CSQ", .exactly(-7), .integer), .prefix("+CSQ", .exactly(1), .exactly(2)),
        .prefix("RDY", extra: .none),
        .prefix("+SIXTEEN_BYTES_X", .integer), .prefix("+SEVENTEEN_BYTES_", .integer), .prefix("+EIGHT_8", .integer),
        .prefix("+A:B", .integer), .prefix("", .integer), .bare(.any), .bare(.digits(2...3)), .undeclared,
    ]

    static let tails = [
        "", ":", ": ", ":1", ": 23,0", ": 23 , 0 ", ": 23,0,", ": 23,", ": 23, ", ": ,0", ": +5", ": -7,3", ": -",
        ": 1,2", ": x", ": 1,a,2", ": 1, a ,2,",
        ": \"a,b\"", ": 1,\"a\"", ": (0-1)", ": 999999999999999999", ": 9999999999999999999", ":1:2", "X: 1", " : 1",
    ]

    static let names = [
        "+CSQ", "+CS", "+CSQN", "RDY", "+SIXTEEN_BYTES_X", "+SEVENTEEN_BYTES_", "+EIGHT_8", "+A", "+A:B", "", "12",
        "\u{e9}",
    ]

    @Test("Names and fields decide as the shape itself does", arguments: shapes)
    func asTheShape(_ shape: LineShape) {
        let matcher = LineMatcher(shape)
        var taken = 0
        for name in Self.names {
            for tail in Self.tails where !(name + tail).isEmpty {
                let line = Array((name + tail).utf8)
                let expected = shape.accepts(line)
                if expected { taken += 1 }
                guard let accepts = matcher.accepts(line) else { continue }
                #expect(accepts == expected, "\(name + tail)")
            }
        }
        #expect(taken > 0)
    }

    @Test("A shape with a short prefix never has to be asked itself")
    func selfContained() {
        #expect(LineMatcher(.prefix("+CMQTTRXPAYLOAD", .integer, .integer)).isSelfContained)
        #expect(LineMatcher(.prefix("+SIXTEEN_BYTES_X")).isSelfContained)
        #expect(!LineMatcher(.prefix("+SEVENTEEN_BYTES_")).isSelfContained)
        #expect(!LineMatcher(.prefix("+A:B")).isSelfContained)
        #expect(!LineMatcher(.undeclared).isSelfContained)
    }

    @Test("A name ends at the first colon, or is the whole line", arguments: 0...20)
    func name(count: Int) {
        let word = [UInt8](repeating: UInt8(ascii: "x"), count: count)
        let alone = LineName(word)
        let expected = count <= LineName.longest ? count : nil
        #expect(alone.count == expected)
        for tail in [":", ": 1", ":,:::::::::::::::::"] {
            let named = LineName((word + Array(tail.utf8)))
            #expect(named.count == expected)
            if expected != nil { #expect(named == alone && named.hash == alone.hash) }
        }
        var other = word
        if let last = other.indices.last {
            other[last] = UInt8(ascii: "y")
            if expected != nil { #expect(LineName(other) != alone) }
        }
    }

    @Test("A set of names finds each that is in it")
    func nameSet() {
        var names = NameSet()
        let words = (0..<300).map { Array("+N\($0)".utf8) }
        for word in words { names.insert(LineName(word)) }
        for word in words { #expect(names.mayContain(LineName(word))) }
        #expect(!NameSet().mayContain(LineName(words[0])))
    }

    @Test("Common beginnings rule out what they must and nothing else")
    func beginnings() {
        let prefixes = ["+CMQTTRXTOPIC", "+CMQTTRXPAYLOAD", "+CMQTTRECV"].map { Array($0.utf8) }
        let beginning = LineBeginning(of: prefixes)
        for prefix in prefixes {
            for count in 0...prefix.count {
                #expect(beginning.mayStand(in: Array(prefix.prefix(count))))
            }
        }
        for text in ["-", "+CS", "+CMQTTX", "+CREG: 1", "OK", "+CMQTTPUB: 0,0"] {
            #expect(!beginning.mayStand(in: Array(text.utf8)), "\(text)")
        }
        #expect(!LineBeginning(of: []).mayStand(in: prefixes[0]))
    }
}

// Expectations cannot take spans.

extension LineMatcher {
    fileprivate func accepts(_ line: [UInt8]) -> Bool? { accepts(line.span, named: LineName(of: line.span)) }
}

extension LineShape {
    fileprivate func accepts(_ line: [UInt8]) -> Bool { accepts(line.span) }
}

extension LineName {
    fileprivate init(_ line: [UInt8]) { self.init(of: line.span) }
}

extension LineBeginning {
    fileprivate func mayStand(in bytes: [UInt8]) -> Bool { mayStand(in: bytes.span, at: 0) }
}
